"""A keep as its reader sees it: each entry with what it is, where it was said, and whether it is still there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from harken.engine import events as ev

BURNABLE = ("said", "vow", "jar")
"""Kinds a reader can burn one by one. What was told to them also says that it was told, which the story goes on from:
it goes with the whole reading (``forget``).
"""
VOW = "vow"


class Shown(NamedTuple):
    """One entry. ``entry`` is its place in the log; ``state`` is kept, burned or scrubbed; a burned one has no text."""

    entry: int
    meeting: int
    breath: int
    kind: str
    id: str | None
    title: str | None
    text: tuple[str, ...]
    state: str
    strokes: tuple[Any, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """As it stands in /keep.json."""
        said = {**self._asdict(), "text": list(self.text)}
        if not self.strokes:
            del said["strokes"]
        return said


def shown(entries: Sequence[Any]) -> list[Shown]:
    """What of a log's entries (``Encounter.entries()``) a reader is shown: what was told, said, promised and left."""
    vows = {event.said for event in _events(entries) if isinstance(event, ev.Moved) and event.target == VOW}
    made: list[Shown] = []
    meeting = breath = 0
    before: ev.Event | None = None
    for entry in entries:
        event = entry.event
        if isinstance(event, ev.Met):
            meeting, breath = event.meeting, 0
        elif isinstance(event, ev.Moved):
            breath = event.breath
        found = _gone(before) if event is None else _there(event)
        if found is not None:
            kind, id, title, text, strokes = found
            kind = VOW if kind == "said" and entry.number in vows else kind
            spoken = breath + 1 if kind in ("said", VOW) else breath  # words stand before the breath they begin
            made.append(Shown(entry.number, meeting, spoken, kind, id, title, text, entry.state, strokes))
        before = event
    return made


_Found = tuple[str, str | None, str | None, tuple[str, ...], tuple[Any, ...]]


def _there(event: ev.Event) -> _Found | None:
    match event:
        case ev.Said():
            return "said", None, None, (event.text,), ()
        case ev.HeardOnce():
            return "jar", event.telling, event.title or None, _texts(event.lines), ()
        case ev.Told() if event.lines:
            return VOW if event.form == VOW else "telling", event.telling, event.title or None, _texts(event.lines), ()
        case ev.Promised():
            return "promise", event.telling, None, _texts(event.lines), ()
        case ev.Scarred():
            return "scar", None, event.label, (), event.strokes
        case _:
            return None


def _gone(before: ev.Event | None) -> _Found:
    """A burned entry: a jar's stands after the note that it was told, anything else was the reader's own words."""
    if isinstance(before, ev.Told) and not before.lines:
        return "jar", before.telling, before.title or None, (), ()
    return "said", None, None, (), ()


def _events(entries: Iterable[Any]) -> list[ev.Event | None]:
    return [entry.event for entry in entries]


def _texts(lines: Sequence[ev.Line]) -> tuple[str, ...]:
    return tuple(line["text"] for line in lines if line.get("text"))
