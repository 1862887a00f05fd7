"""What may stand in place of the words for a while: the help, the menu, what else can be done, the transcript."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from harken.terminal.choices import Choice
from harken.terminal.measure import Cell, cells, clean, wrap
from harken.terminal.wording import Paragraph

MENU = ("Wake gently", "Transcript", "Still the picture", "Close the window")
MOVING = "Let the picture breathe"
_KEYS = (
    ("1 to 9", "do what stands beside the number"),
    ("space", "with nothing typed: breathe with them, and stay"),
    ("m", "what else can be done; mm shows more of it"),
    ("any words", "are said aloud when you press enter; begin with > to say a number or a command"),
    ("page up, page down", "what was said before"),
    ("escape", "a menu: wake gently, the transcript, still the picture, close the window"),
    ("ctrl-d", "close the window; the meeting waits where it is"),
)


class PanelRow(NamedTuple):
    """A row of a panel. ``tone`` is how it is shown: ``title``, ``key``, ``plain``, ``yours`` or ``place``."""

    cells: tuple[Cell, ...]
    tone: str = "plain"


def help_rows(measure: int) -> list[PanelRow]:
    """What the keys do."""
    rows = [*_title("What can be done", measure)]
    for key, does in _KEYS:
        rows += hung(key, measure, "key")
        rows += hung(does, measure, "plain", indent=2)
    return [
        *rows,
        PanelRow(()),
        *hung("Nothing you say is marked right or wrong. Staying is enough.", measure, "place"),
    ]


def menu_rows(measure: int, chosen: int, *, still: bool) -> list[PanelRow]:
    """The menu, with one entry chosen."""
    labels = [MOVING if still and label == MENU[2] else label for label in MENU]
    rows = [*_title("The window", measure)]
    for n, label in enumerate(labels):
        start = "› " if n == chosen else "  "
        rows += hung(f"{start}{n + 1}  {label}", measure, "key" if n == chosen else "plain")
    return [*rows, PanelRow(()), *hung("escape goes back", measure, "place")]


def more_rows(page: Sequence[Choice], number: int, pages: int, measure: int, marked: Choice | None) -> list[PanelRow]:
    """What else can be done."""
    rows = [*_title("What else can be done", measure)]
    for choice in page:
        tone = "key" if choice == marked else "plain"
        rows += hung(f"{choice.digit}  {choice.offer.label}", measure, tone, hang=3)
    if pages > 1:
        again = "m shows more" if number + 1 < pages else "backspace goes back"
        rows += [PanelRow(()), *hung(again, measure, "place")]
    return rows


def transcript_rows(told: Sequence[Paragraph], measure: int) -> list[PanelRow]:
    """Everything said so far."""
    rows = [*_title("What was said", measure)]
    for paragraph in told:
        if paragraph.kind == "yours":
            rows += hung(f"› {paragraph.text}", measure, "yours", hang=2)
        elif paragraph.kind != "pause":
            rows += hung(paragraph.text, measure, "place" if paragraph.kind == "place" else "plain")
        else:
            continue
        rows.append(PanelRow(()))
    return rows[:-1]


def _title(text: str, measure: int) -> list[PanelRow]:
    return [*hung(text, measure, "title"), PanelRow(())]


def hung(text: str, measure: int, tone: str, indent: int = 0, hang: int = 0) -> list[PanelRow]:
    """The text in rows after an indent; its first ``hang`` cells hang out to the left of all but the first row."""
    words = cells(clean(text))
    first, rest = words[:hang], words[hang:]
    rows = wrap(rest, measure - indent - hang)
    blank = Cell(" ", 1)
    out = []
    for n, row in enumerate(rows):
        lead = first if n == 0 else [blank] * hang
        out.append(PanelRow((*[blank] * indent, *lead, *row), tone))
    return out
