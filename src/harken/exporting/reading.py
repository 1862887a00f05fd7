"""A log as it was lived: meeting by meeting, what was said and done and told, in order. Jars and burned words are not
in it; that something is gone is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from harken.engine import events as ev

Lines = tuple[str, ...]


class Item(NamedTuple):
    """One thing of a reading. ``kind`` is one of: meeting, said, did, told, jar, place, answered, promise, scar, woke,
    gone. ``id`` is a telling's; ``entry`` is its place in the log, from 0.
    """

    kind: str
    entry: int
    meeting: int
    breath: int
    lines: Lines = ()
    title: str = ""
    id: str = ""
    strokes: tuple[Any, ...] = ()


def items(log: Iterable[ev.Event | None]) -> Iterator[Item]:
    """Everything of the log that has words, and what stands for words that are gone."""
    meeting = breath = 0
    for entry, event in enumerate(log):
        if isinstance(event, ev.Met):
            meeting, breath = event.meeting, 0
        elif isinstance(event, ev.Moved):
            breath = event.breath
        spoken_of = breath + 1 if isinstance(event, ev.Said) else breath  # words stand before the breath they begin
        for kind, more in _item(event):
            yield Item(kind, entry, meeting, spoken_of, **more)


def _item(event: ev.Event | None) -> Iterator[tuple[str, dict[str, Any]]]:
    if event is None:
        yield "gone", {}
    elif isinstance(event, ev.Met):
        yield "meeting", {"title": event.story, "lines": (event.name,) if event.name else ()}
    elif isinstance(event, ev.Said):
        yield "said", {"lines": tuple(event.text.splitlines()) or ("",)}
    elif isinstance(event, ev.Moved) and event.said is None:
        yield "did", {"lines": (event.move,), "id": event.target or ""}
    elif isinstance(event, ev.HeardOnce):
        yield "jar", {"title": event.title, "id": event.telling}
    elif isinstance(event, ev.Told) and event.lines:
        yield "told", {"title": event.title, "id": event.telling, "lines": _texts(event.lines)}
    elif isinstance(event, ev.Scarred):
        yield "scar", {"lines": (event.label,), "strokes": event.strokes}
    elif isinstance(event, ev.Woke):
        yield "woke", {"lines": (event.by,)}
    elif isinstance(event, ev.Promised | ev.Recalled | ev.PromiseKept) and event.lines:
        yield "promise", {"id": event.telling, "lines": _texts(event.lines)}
    elif isinstance(event, ev.PlaceAnswered):
        yield "place", {"lines": _texts(event.lines)}
    elif isinstance(event, ev.Answered | ev.SmallTalk) and event.lines:
        yield "answered", {"lines": _texts(event.lines)}


def _texts(lines: Sequence[ev.Line]) -> Lines:
    return tuple(line["text"] for line in lines if line.get("text"))
