"""A reader who listens well and has no luck: of everything that lands best they do what leads away from a telling.

A beam search in the real engine. Whoever it finds listened as the claim says and did not hear it: a counterexample.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from harken.check.deep.budget import Budget
from harken.check.deep.directed import Place
from harken.check.deep.goals import Distance
from harken.check.deep.lines import alike
from harken.check.evidence import Aim
from harken.check.replay import Replay
from harken.check.wandering import Ground, wordless
from harken.engine import State, Story, arrive, breathe

WIDE = 24


def who_does_not_hear(story: Story, telling: str, meetings: int, budget: Budget, wide: int = WIDE) -> Replay | None:
    """Somebody who listens for so many meetings and does not hear it; None if none was found."""
    ground, seed = Ground(wordless(story)), 0
    while not budget.spent:
        found = _one(ground, telling, meetings, budget, seed, wide)
        if found is not None:
            return found
        seed += 1
    return None


def _one(ground: Ground, telling: str, meetings: int, budget: Budget, seed: int, wide: int) -> Replay | None:
    story = ground.story
    distance = Distance(story, Aim(telling))
    rng = Random(seed)
    beam = [Place(arrive(story, State(), seed, None), None, None)]
    while beam:
        after: dict[object, tuple[float, float, Place]] = {}
        for place in beam:
            if budget.spent:
                return None
            for new in _next(ground, place, seed):
                if telling in new.state.told_set:
                    continue
                if new.state.over and new.state.meeting >= meetings:
                    return new.replay(seed)
                after.setdefault(alike(new.state), (-distance(new.state), rng.random(), new))
        beam = [place for *_, place in sorted(after.values(), key=lambda one: one[:2])[:wide]]
    return None


def _next(ground: Ground, place: Place, seed: int) -> Iterator[Place]:
    """Everything that lands best here, each that differs once."""
    story, state = ground.story, place.state
    if state.over:
        yield Place(arrive(story, state, seed, None), place, None)
        return
    seen: set[object] = set()
    for line in ground.most(state, ground.offers(state)) or ["stay"]:
        new = Place(breathe(story, state, ground.heard(state, line), place.outcome.ready), place, line)
        key = alike(new.state)
        if key not in seen:
            seen.add(key)
            yield new
