"""Events into beats: what a player shows. The same stored events always give the same beats."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from harken.engine import events as ev
from harken.engine.moves import UNCLEAR

Beat = dict[str, Any]


def beats(events: Iterable[ev.Event | None]) -> list[Beat]:
    """The beats of a breath, in order. An entry that was burned shows nothing; a wordless breath is a pause."""
    shown = [beat for event in events if event is not None for beat in _BEATS.get(type(event), _none)(event)]
    return shown or [{"kind": "pause"}]


def _none(event: ev.Event) -> Iterator[Beat]:
    yield from ()


def _lines(kind: str, lines: Sequence[ev.Line], **more: Any) -> Iterator[Beat]:
    for line in lines:
        if line["by"] == "pause":
            yield {"kind": "pause"}
            continue
        beat: Beat = {"kind": "place" if line["by"] == "place" else kind, **more, "text": line["text"]}
        for part in ("voice", "spans"):
            if part in line:
                beat[part] = line[part]
        yield beat


def _told(event: ev.Told | ev.HeardOnce) -> Iterator[Beat]:
    title = event.title
    for beat in _lines("line", event.lines, telling=event.telling, form=event.form):
        if beat["kind"] == "line" and title:
            beat["title"], title = title, ""
        yield beat


def _answered(event: ev.Answered) -> Iterator[Beat]:
    if event.move == UNCLEAR and not event.lines:
        yield {"kind": "study"}
    yield from _lines("study" if event.move == UNCLEAR else "answer", event.lines)


def _taken_back(event: ev.TakenBack) -> Iterator[Beat]:
    yield {"kind": "taken_back"}


def _scene(event: ev.SceneChanged) -> Iterator[Beat]:
    yield {
        "kind": "scene",
        "scene": event.scene,
        "art": event.art,
        "light": event.light / 1000,
        "sound": event.sound,
        "motion": event.motion / 1000,
    }


def _thing(kind: str) -> Callable[[Any], Iterator[Beat]]:
    def show(event: ev.Appeared | ev.Dissolved) -> Iterator[Beat]:
        beat: Beat = {"kind": kind, "thing": event.thing}
        if isinstance(event, ev.Appeared):
            beat |= {"form": event.form, "label": event.label}
        yield beat

    return show


def _promise(status: str) -> Callable[[Any], Iterator[Beat]]:
    def show(event: ev.Promised | ev.Recalled | ev.PromiseKept) -> Iterator[Beat]:
        shown = False
        for beat in _lines("promise", event.lines, telling=event.telling, status=status):
            shown = True
            yield beat
        if not shown:
            yield {"kind": "promise", "telling": event.telling, "status": status}

    return show


def _phase(event: ev.PhaseChanged) -> Iterator[Beat]:
    yield {"kind": "phase", "phase": event.phase}


def _scar(event: ev.Scarred) -> Iterator[Beat]:
    strokes = [[list(point) for point in stroke] for stroke in event.strokes]
    yield {"kind": "scar", "meeting": event.meeting, "strokes": strokes, "label": event.label}


def _woke(event: ev.Woke) -> Iterator[Beat]:
    yield {"kind": "wake", "by": event.by}


_BEATS: dict[type[ev.Event], Callable[[Any], Iterator[Beat]]] = {
    ev.Told: _told,
    ev.HeardOnce: _told,
    ev.Answered: _answered,
    ev.TakenBack: _taken_back,
    ev.SmallTalk: lambda event: _lines("talk", event.lines),
    ev.PlaceAnswered: lambda event: _lines("place", event.lines),
    ev.SceneChanged: _scene,
    ev.Appeared: _thing("appear"),
    ev.Dissolved: _thing("dissolve"),
    ev.Promised: _promise("made"),
    ev.Recalled: _promise("owed"),
    ev.PromiseKept: _promise("kept"),
    ev.PhaseChanged: _phase,
    ev.Scarred: _scar,
    ev.Woke: _woke,
}
