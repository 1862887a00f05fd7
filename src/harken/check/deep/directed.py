"""Best-first search in the real engine: from the first arrival, towards one goal. Whatever it finds is a replay."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from heapq import heapify, heappop, heappush
from random import Random
from typing import Any

from harken.check.deep.goals import NEVER, Distance
from harken.check.deep.lines import alike, lines
from harken.check.replay import Replay, told_in
from harken.check.wandering import Seen
from harken.engine import State, Story, arrive, breathe
from harken.engine.breath import Outcome

_BREATH = 0.001
"""What a breath costs beside the distance: a shorter way is preferred a little. Of equals the newest is followed."""
_ELSEWHERE = 0.05
"""How often a state is taken by chance, so that a wrong guess does not hold the search for ever."""


class Place:
    """A state that was come to, and how."""

    __slots__ = ("before", "line", "outcome")

    def __init__(self, outcome: Outcome, before: Place | None, line: str | None) -> None:
        self.outcome, self.before, self.line = outcome, before, line

    @property
    def state(self) -> State:
        """The state."""
        return self.outcome.state

    def replay(self, seed: int) -> Replay:
        """The way here. ``line`` is None where a meeting begins."""
        meetings: list[list[str]] = [[]]
        place: Place | None = self
        while place is not None:
            if place.line is None:
                meetings.append([])
            else:
                meetings[-1].append(place.line)
            place = place.before
        return Replay(seed, tuple(tuple(reversed(lines)) for lines in reversed(meetings[:-1])))


class Search:
    """One search. ``note`` sees every breath and says whether it is what is sought."""

    def __init__(self, story: Story, distance: Distance, seed: int, note: Callable[[Seen], bool]) -> None:
        self.story, self.distance, self.seed, self.note = story, distance, seed, note
        self.breaths, self.found = 0, False
        self._rng = Random(f"{story.id} {distance.goal.telling} {seed}")
        self._heap: list[tuple[float, int, int, Place]] = []
        self._seen: set[object] = set()
        self._count = 0
        self._themes = frozenset(t for x in story.tellings.values() for c in x.guard for t in c.confided)
        self._put(State(), arrive(story, State(), seed, None), None, None, 0)

    def run(self, breaths: int, go_on: Callable[[], bool] = lambda: True) -> bool:
        """Search for so many breaths more; whether it was found. Ends sooner when there is nowhere left to look."""
        most = self.breaths + breaths
        while self._heap and not self.found and self.breaths < most and go_on():
            deep, place = self._take()
            for before, outcome, line in self._next(place):
                self.breaths += 1
                self._put(before, outcome, place, line, deep + 1)
                if self.found:
                    break
        return self.found

    def _take(self) -> tuple[int, Place]:
        if self._rng.random() < _ELSEWHERE:
            chosen = self._rng.randrange(len(self._heap))
            _, _, deep, place = self._heap.pop(chosen)
            heapify(self._heap)
            return deep, place
        _, _, deep, place = heappop(self._heap)
        return deep, place

    def _next(self, place: Place) -> Iterator[tuple[State, Outcome, str | None]]:
        state = place.state
        if state.over:
            if state.meeting < self.story.meetings:
                yield state, arrive(self.story, state, self.seed, None), None
            return
        for line, heard in lines(self.story, state, self._themes):
            yield state, breathe(self.story, state, heard, place.outcome.ready), line

    def _put(self, before: State, outcome: Outcome, place: Place | None, line: str | None, deep: int) -> None:
        new = Place(outcome, place, line)
        seen = Seen(before, outcome, told_in(outcome) if line is not None else (), lambda: new.replay(self.seed))
        if self.note(seen):
            self.found = True
            return
        key = alike(outcome.state)
        if key in self._seen:
            return
        self._seen.add(key)
        far = self.distance(outcome.state)
        if far < NEVER:
            self._count += 1
            item: Any = (far + _BREATH * deep, -self._count, deep, new)
            heappush(self._heap, item)
