"""Every reading of a story, followed to its end: for small stories everything is decided by it.

Breadth first, a breath at a time, so that what is found is found by a shortest way. A point reached later than one
that is otherwise the same is dropped, as long as nothing has changed by itself between the two: whoever came sooner
can look about meanwhile. Looking about until something does change is followed in one step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, NamedTuple

from harken.check.model import Action, Followed, Model, Point

Sought = Callable[[Point, int], bool]
"""Asked as a telling (its number) is told at a point that does not have it yet: whether this is what is sought."""


class Reader(NamedTuple):
    """A reader of one kind: all that they may do at a point, and the telling (its number) that they wait for."""

    does: Callable[[Point], Iterable[Action]]
    waits_for: int


@dataclass
class Way:
    """How a point was reached: from where, by which action, and what was told."""

    point: Point
    before: int
    action: Action | None
    told: tuple[int, ...]


@dataclass
class Search:
    """What was followed. ``whole``: nothing was left out, so that what was not found cannot happen."""

    model: Model
    ways: list[Way] = field(default_factory=list)
    first: dict[int, int] = field(default_factory=dict)
    """Telling -> the way that ends with it, one of the shortest."""
    found: dict[str, int] = field(default_factory=dict)
    """What was sought, by its name -> the way that ends with it."""
    over: list[int] = field(default_factory=list)
    """The ways that end the last meeting that was followed."""
    whole: bool = False
    meetings: int = 0
    """Meetings that were followed to their ends."""

    def path(self, way: int) -> list[Way]:
        """The ways from the first arrival to this one."""
        path = []
        while way >= 0:
            path.append(self.ways[way])
            way = self.ways[way].before
        return path[::-1]


def follow(
    model: Model,
    most: int,
    sought: dict[str, Sought] | None = None,
    seconds: float | None = None,
    meetings: int | None = None,
    reader: Reader | None = None,
) -> Search:
    """Follow every reading over the written meetings, up to ``most`` points and so many seconds.

    With a ``reader``, only what that reader does, breath by breath, until they have heard what they wait for.
    """
    search = Search(model)
    if not model.whole and reader is None:
        return search
    until = None if seconds is None else perf_counter() + seconds
    over: list[int] | None = [-1]
    for _ in range(meetings or model.story.meetings):
        now = []
        seen: set[Point] = set()
        for before in over or ():
            for point in model.arrivals(search.ways[before].point if before >= 0 else None):
                if point not in seen and not (reader and point.veiled):
                    seen.add(point)
                    now.append(_add(search, Way(point, before, None, ())))
        over = _meeting(search, now, most, sought or {}, until, reader)
        if over is None:
            return search
        search.meetings += 1
        search.over = over
    search.whole = True
    return search


def _add(search: Search, way: Way) -> int:
    search.ways.append(way)
    return len(search.ways) - 1


def _meeting(
    search: Search, now: list[int], most: int, sought: dict[str, Sought], until: float | None, reader: Reader | None
) -> list[int] | None:
    """One meeting to its end; the ways that end it, or None where there were too many."""
    model = search.model
    over: list[int] = []
    seen: set[object] = set()
    ended: set[Point] = set()
    at_breath: dict[int, list[int]] = {0: now}
    while at_breath:
        now = at_breath.pop(min(at_breath))
        for number in now:
            at = search.ways[number].point
            for action, (point, told) in _from(model, at, reader):
                if reader is not None and point.told >> reader.waits_for & 1:
                    continue
                key: object = _ended(point) if point.over else point if reader else _same(model, point)
                known: set[Any] = ended if point.over else seen
                if key in known and not told:
                    continue
                new = key not in known
                place = _noted(search, at, Way(point, number, action, told), sought, new)
                if not new:
                    continue
                known.add(key)
                if point.over:
                    over.append(place)
                elif action.move == "not-meant":
                    now.append(place)
                else:
                    at_breath.setdefault(point.breath, []).append(place)
                if not point.over and reader is None:
                    _wait(search, place, seen, at_breath)
            if len(search.ways) > most or (until is not None and perf_counter() > until):
                return None
    return over


def _wait(search: Search, place: int, seen: set[object], at_breath: dict[int, list[int]]) -> None:
    """Looking about until something changes by itself."""
    point = search.ways[place].point
    for breath in _turns(search.model, point):
        if breath > point.breath:
            later = point._replace(breath=breath, landing=None)
            key = _same(search.model, later)
            if key not in seen:
                seen.add(key)
                at_breath.setdefault(breath, []).append(_add(search, Way(later, place, Action("look"), ())))


def _turns(model: Model, point: Point) -> list[int]:
    """The breaths after which the next one is no more like those before: the moment may come, the phase is over."""
    if point.phase == "arrival":
        return []
    if point.phase == "unravelling":
        return [point.until - 1]
    moment = model.story.moment
    soon = [moment.after - 1] if moment is not None and point.phase == "talk" and moment.after - 1 < point.until else []
    return [*soon, point.until]


def _from(model: Model, at: Point, reader: Reader | None) -> Iterator[tuple[Action, Followed]]:
    if reader is None:
        yield from model.successors(at)
        return
    for action in reader.does(at):
        for one in model.step(at, action):
            yield action, one


def _noted(search: Search, at: Point, way: Way, sought: dict[str, Sought], new: bool) -> int:
    place = _add(search, way) if new else -1
    had = at.told
    for number in way.told:
        hits = [name for name, is_it in sought.items() if name not in search.found and is_it(_with(at, had), number)]
        if hits or number not in search.first:
            place = place if place >= 0 else _add(search, way)
            search.first.setdefault(number, place)
            search.found.update(dict.fromkeys(hits, place))
        had |= 1 << number
    return place


def _with(at: Point, told: int) -> Point:
    return at if told == at.told else at._replace(told=told)


def _same(model: Model, point: Point) -> object:
    """The point without how late it is, but for what is behind it of ``_turns``."""
    behind = point.breath if point.phase == "arrival" else sum(point.breath >= turn for turn in _turns(model, point))
    return point._replace(breath=behind) if point.phase != "talk" else point._replace(breath=behind, until=0)


def _ended(point: Point) -> Point:
    """What a meeting leaves behind."""
    return Point(
        point.meeting, 0, "", 0, 0, 0, False, point.trust, point.wound, False, None, -1, "", False, point.told, 0,
        point.facts, point.counters, point.themes, frozenset(), point.owed, 0, "", True,
    )  # fmt: skip
