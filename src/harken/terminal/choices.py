"""What can be done, laid out under digits; and what a line in the box means. Knows no terminal.

There are no modes: ``?`` in the box shows the help for as long as it stands there alone, ``m`` shows the rest of what
can be done, a digit marks what it would do; to type on is to say it instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from harken.engine.offers import Offer
from harken.terminal.measure import clean, width
from harken.terminal.turns import meant

DIGITS = 9
SHORT = 5
"""A list of so many stays in one column."""
_GAP = 3


class Choice(NamedTuple):
    """An offer under its digit, and where it is shown: its row and column in the list."""

    offer: Offer
    digit: int
    row: int
    column: int


def lay(offers: Sequence[Offer], measure: int, rows: int) -> tuple[list[Choice], list[Offer]]:
    """The first offers in at most ``rows`` rows, in two columns where the labels are short; and all the others."""
    loud = [offer for offer in offers if not offer.quiet]
    quiet = [offer for offer in offers if offer.quiet]
    shown = loud[: min(2 * rows, DIGITS)]
    deep = (len(shown) + 1) // 2
    left, right = (max(map(label_width, side), default=0) for side in (shown[:deep], shown[deep:]))
    if len(loud) <= min(rows, SHORT) or left + _GAP + right > measure:
        shown, deep = loud[: min(rows, DIGITS)], DIGITS
    laid = [Choice(offer, n + 1, n % deep, (n // deep) * (left + _GAP)) for n, offer in enumerate(shown)]
    return laid, [*loud[len(shown) :], *quiet]


def label_width(offer: Offer) -> int:
    """The columns an offer takes with its digit."""
    return 3 + width(clean(offer.label))


def pages_of(rest: Sequence[Offer]) -> list[list[Choice]]:
    """Everything else that can be done, by pages of nine."""
    return [
        [Choice(offer, n + 1, n, 0) for n, offer in enumerate(rest[start : start + DIGITS])]
        for start in range(0, len(rest), DIGITS)
    ]


class Reading(NamedTuple):
    """What the line in the box means now: a choice it stands for, a page of the rest to show, or the help."""

    choice: Choice | None = None
    more: int | None = None
    help: bool = False


def read(line: str, choices: Sequence[Choice], pages: Sequence[Sequence[Choice]]) -> Reading:
    """Read a line that may be a digit, ``m``, ``m`` and a digit, or ``?``. Of all other lines nothing is thought."""
    if line == "?":
        return Reading(help=True)
    if len(line) == 1 and line in "123456789":
        return Reading(choice=next((choice for choice in choices if choice.digit == int(line)), None))
    deep = len(line) - len(line.lstrip("m"))
    if not 0 < deep <= len(pages) or len(line) > deep + 1:
        return Reading()
    page = pages[deep - 1]
    if len(line) == deep:
        return Reading(more=deep - 1)
    chosen = next((choice for choice in page if line[deep:] == str(choice.digit)), None)
    return Reading(choice=chosen, more=deep - 1) if chosen else Reading()


def said(line: str, offers: Sequence[Offer]) -> tuple[str | None, str | None]:
    """The line as it is said: an offer's id, or words."""
    return meant(line, offers)
