"""From what was typed or chosen to a ``Said``; and the turn ids, so that a retry is never a second breath."""

from __future__ import annotations

import os
from collections.abc import Sequence

from harken.engine.offers import Offer
from harken.meeting import Said

NAME_MOST = 80


class Turns:
    """Makes the ids. The same thing said again before it was answered keeps its id: it is the same breath."""

    def __init__(self) -> None:
        self._open: Said | None = None

    def said(self, offer: str | None, text: str | None) -> Said:
        """What to hand to the meeting."""
        if self._open is None or (self._open.offer, self._open.text) != (offer, text):
            self._open = Said(new_turn(), offer=offer, text=text)
        return self._open

    def answered(self) -> None:
        """The last one was answered, or refused for good."""
        self._open = None


def new_turn() -> str:
    """An id no other turn has."""
    return os.urandom(16).hex()


def meant(line: str, offers: Sequence[Offer]) -> tuple[str | None, str | None]:
    """The line as an offer's id or as text, by the rules of a script: exactly one of the two is not None."""
    ids = {offer.id for offer in offers}
    if line == "":
        return ("stay", None) if "stay" in ids else (None, "")
    if line.startswith(">"):
        return None, line[1:].removeprefix(" ")
    return (line, None) if line in ids else (None, line)


def name_from(typed: str | None) -> str | None:
    """A name fit to be spoken: one line, nothing a terminal would obey, or None."""
    if typed is None:
        return None
    shown = "".join(sign if sign.isprintable() else " " for sign in typed)
    return " ".join(shown.split())[:NAME_MOST].strip() or None
