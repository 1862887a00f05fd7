"""Readers in the real engine: what the fast ways must agree with, and what plays when there is no numpy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from harken.check.policies import PHASES
from harken.check.simulate import luck
from harken.check.simulate.manner import Manner
from harken.check.simulate.tally import Tally
from harken.engine import Heard, State, arrive, breathe
from harken.engine.events import Event, Told, Woke


@dataclass(frozen=True)
class Step:
    """One breath of a reader: what they did, what happened, and the state after it."""

    heard: Heard
    events: tuple[Event, ...]
    state: State

    @property
    def told(self) -> tuple[str, ...]:
        """What was told in it, in order."""
        return tuple(event.telling for event in self.events if isinstance(event, Told))


def read(manner: Manner, key: int, meetings: int) -> Iterator[Step]:
    """One reader with this key, over these meetings."""
    story, state = manner.story, State()
    for meeting in range(1, meetings + 1):
        now = luck.meeting_key(key, meeting)
        outcome = arrive(story, state, luck.meeting_seed(now), "Reader")
        while not outcome.state.over:
            heard = _next(manner, outcome.state, luck.breath_luck(now, outcome.state.breath + 1))
            outcome = breathe(story, outcome.state, heard, outcome.ready)
            yield Step(heard, outcome.events, outcome.state)
        state = outcome.state


def _next(manner: Manner, state: State, lot: int) -> Heard:
    form = manner.forms.index(manner.story.tellings[state.pending].form) + 1 if state.pending else 0
    present = {thing for thing, _, _ in state.things}
    here = sum(1 << number for number, thing in enumerate(manner.things) if thing in present)
    phase, scene = PHASES.index(state.phase), manner.scenes.index(state.scene)
    return manner.heard(lot, phase, form, state.last is not None, here, scene)


def shards(manner: Manner, parts: Iterable[tuple[int, int]], meetings: int) -> Tally:
    """The readers of these shards: where the luck of each begins, and how many they are."""
    tally = Tally()
    number = {telling: place for place, telling in enumerate(manner.story.tellings)}
    for base, count in parts:
        tally.readers += count
        for reader in range(count):
            _count(tally, number, read(manner, luck.reader_key(base, reader), meetings))
    return tally


def _count(tally: Tally, number: Mapping[str, int], reading: Iterable[Step]) -> None:
    told: set[str] = set()
    for step in reading:
        tally.breaths += 1
        at = (step.state.meeting, step.state.breath)
        for telling in step.told:
            tally.times[number[telling]] += 1
            if telling not in told:
                told.add(telling)
                tally.first[number[telling], *at] += 1
        for event in step.events:
            if isinstance(event, Woke):
                tally.left[*at, event.by] += 1
    tally.heard[len(told)] += 1
