"""What is kept, from the log: everything told and said over all meetings, as far as it was not burned."""

from __future__ import annotations

from typing import NamedTuple

from harken.engine import events as ev
from harken.engine.scar import Stroke
from harken.meeting import Meeting


class Piece(NamedTuple):
    """One entry: ``kind`` is telling, yours, promise or scar."""

    meeting: int
    kind: str
    title: str
    text: tuple[str, ...]
    strokes: tuple[Stroke, ...] = ()


def pieces(meeting: Meeting) -> list[Piece]:
    """Every piece, oldest first. What was burned, and what a jar held, is not there."""
    found: list[Piece] = []
    number = 0
    for event in meeting.log:
        if isinstance(event, ev.Met):
            number = event.meeting
        piece = _piece(event, number)
        if piece is not None and (piece.text or piece.strokes):
            found.append(piece)
    return found


def _piece(event: ev.Event | None, number: int) -> Piece | None:
    match event:
        case ev.Told():
            return Piece(number, "telling", event.title, _words(event.lines))
        case ev.Said():
            return Piece(number, "yours", "", (event.text.strip(),) if event.text.strip() else ())
        case ev.Promised():
            return Piece(number, "promise", "", _words(event.lines))
        case ev.Scarred():
            return Piece(number, "scar", event.label, (), tuple(event.strokes))
        case _:
            return None


def _words(lines: tuple[ev.Line, ...]) -> tuple[str, ...]:
    return tuple(line["text"] for line in lines if line.get("text"))
