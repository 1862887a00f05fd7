"""Readers who look for one telling: backwards along what it needs, one breath at a time.

What a telling needs, and what that needs, is to be told; what would close any of it is not to be told before it. In
each breath a seeker tries a few moves (a breath is a pure function, so trying costs nothing but time), and makes the
one whose outcome serves best. What they find is a reading in the engine like any other.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from harken.check.bounds import Bounds
from harken.check.replay import Replay, told_in
from harken.check.wandering import Ground, Seen, words_for
from harken.engine import State, arrive, breathe
from harken.engine.breath import Outcome
from harken.engine.guard import Clause
from harken.engine.names import RAN
from harken.engine.offers import Offer

_IDLE = 3
"""Meetings' worth of breaths without coming nearer after which a seeker gives up."""


class Goal(NamedTuple):
    """What a seeker is after: what is to be told (and the telling itself), what is not, and the rest that it asks."""

    telling: str
    told: frozenset[str]
    untold: tuple[tuple[str, frozenset[str]], ...]
    """For some of these: what is not to be told before them."""
    themes: frozenset[str]
    targets: frozenset[str]
    trust: int
    ran: int
    meeting: int


def goal_of(bounds: Bounds, telling: str, turn: int) -> Goal:
    """The goal of this telling; where there are several ways to it, another one each turn."""
    found = _Closure(bounds, turn)
    found.add(telling)
    untold = tuple((name, frozenset(of)) for name, of in found.untold.items() if of)
    return Goal(
        telling, frozenset(found.told), untold, frozenset(found.themes), frozenset(found.targets), found.trust,
        found.ran, found.meeting,
    )  # fmt: skip


class _Closure:
    """What a telling asks for, and what that asks for."""

    def __init__(self, bounds: Bounds, turn: int) -> None:
        self.bounds, self.turn = bounds, turn
        self.told: set[str] = set()
        self.untold: dict[str, set[str]] = {}
        self.themes: set[str] = set()
        self.targets: set[str] = set()
        self.trust = self.ran = self.meeting = 0

    def add(self, name: str) -> None:
        """This telling, and what it needs."""
        number = self.bounds.number.get(name)
        if name in self.told or number is None:
            return
        self.told.add(name)
        telling = self.bounds.tellings[number]
        self.meeting = max(self.meeting, telling.seal)
        if telling.on:
            self.targets.add(telling.on)
            if telling.only_on:
                self._one([t.id for t in self.bounds.tellings if telling.on in t.effects.appear])
        if telling.guard:
            self._clause(name, telling.guard[self.turn % len(telling.guard)])
        moment = self.bounds.story.moment
        if telling.arc == "moment" and moment is not None and moment.needs:
            self._clause(name, moment.needs[self.turn % len(moment.needs)])

    def _clause(self, of: str, clause: Clause) -> None:
        bounds = self.bounds
        untold = self.untold.setdefault(of, set())
        self.trust, self.meeting = max(self.trust, clause.trust), max(self.meeting, clause.meeting)
        untold.update(clause.untold)
        self.themes.update(clause.confided)
        for name in clause.told:
            self.add(name)
        for fact, value in clause.facts:
            setters = [t.id for t in bounds.tellings if (fact, value) in t.effects.sets]
            self._one(setters)
            untold.update(t.id for t in bounds.tellings for f, v in t.effects.sets if f == fact and v != value)
        for counter, least in clause.counters:
            if counter == RAN:
                self.ran = max(self.ran, least)
            for telling in [t.id for t in bounds.tellings if counter in t.effects.raises][:least]:
                self.add(telling)

    def _one(self, names: Sequence[str]) -> None:
        able = [name for name in names if self.bounds.number[name] not in self.bounds.dead]
        if able and self.told.isdisjoint(able):
            self.add(able[self.turn % len(able)])


def seeking(ground: Ground, goal: Goal, number: int) -> Iterator[tuple[Seen, int]]:
    """Every breath of one reading by somebody who looks for this, and how many were tried for it."""
    story = ground.story
    seeker = _Seeker(ground, goal, number)
    state, done = State(), []  # type: tuple[State, list[tuple[str, ...]]]
    idle = 0
    for _ in range(story.meetings):
        lines: list[str] = []

        def so_far(done: tuple[tuple[str, ...], ...] = tuple(done), lines: list[str] = lines) -> Replay:
            return Replay(number, (*done, tuple(lines)))

        outcome = arrive(story, state, number, None)
        yield Seen(state, outcome, (), so_far), 0
        while not outcome.state.over:
            before = outcome.state
            line, outcome, tried = seeker.makes(before, outcome)
            lines.append(line)
            yield Seen(before, outcome, told_in(outcome), so_far), tried
            idle = 0 if seeker.nearer(before, outcome) else idle + 1
            if idle > _IDLE * story.clock_of(1):
                return
        done.append(tuple(lines))
        state = outcome.state


class _Seeker:
    def __init__(self, ground: Ground, goal: Goal, number: int) -> None:
        self.ground, self.goal = ground, goal
        self.rng = random.Random(f"{ground.story.id} {goal.telling} {number}")
        self.careless = number % 3 == 2

    def makes(self, state: State, so_far: Outcome) -> tuple[str, Outcome, int]:
        """The line that serves best, what comes of it, and how many were tried."""
        story, best, lines = self.ground.story, None, self._lines(state)
        for line in lines:
            outcome = breathe(story, state, self.ground.heard(state, line), so_far.ready)
            value = self._value(state, outcome, line)
            if best is None or value > best[0]:
                best = value, line, outcome
        assert best is not None
        return best[1], best[2], len(lines)

    def nearer(self, before: State, outcome: Outcome) -> bool:
        """Whether this breath told something that is needed, or the meetings go by that must."""
        told = any(name in self.goal.told and name not in before.told_set for name in told_in(outcome))
        return told or before.meeting < self.goal.meeting

    def _lines(self, state: State) -> list[str]:
        """The few lines that are tried: what earns most, what earns least, what aims well, and what lets time pass."""
        made = self.ground.offers(state)
        lines = [self.rng.choice(most)] if (most := self.ground.most(state, made)) else ["stay"]
        said = [o for o in made if o.kind == "move" and o.move != "run"]
        if said:
            lines.append(min(said, key=lambda o: self.ground.worth(state, o)).id)
            lines.append(self.rng.choice(said).id)
        lines += [o.id for o in made if o.target in self.goal.targets and o.move != "look"][:2]
        lines += [f"> {words}" for theme in self._to_confide(state) if (words := words_for(theme))][:1]
        lines.append("look")
        if self.rng.random() < (0.3 if self.careless else 0.05):
            lines.append("wake")
        if state.arrived and state.counters.get(RAN, 0) < self.goal.ran and _offers(made, "run"):
            lines.append("run")
        return list(dict.fromkeys(lines))

    def _to_confide(self, state: State) -> list[str]:
        return sorted(self.goal.themes - state.themes)

    def _value(self, before: State, outcome: Outcome, line: str) -> float:
        goal, state = self.goal, outcome.state
        value = self.rng.random()
        for name in told_in(outcome):
            if name == goal.telling:
                value += 1000
            elif name in goal.told and name not in before.told_set:
                value += 60
            if any(name in closes and of not in before.told_set for of, closes in goal.untold):
                value -= 200
        wanted = goal.trust - before.trust
        value += (4 if wanted > 0 else -1 if self.careless else 0) * (state.trust - before.trust)
        value += 30 * len((state.themes - before.themes) & goal.themes)
        value += 40 * (min(goal.ran, state.counters.get(RAN, 0)) - min(goal.ran, before.counters.get(RAN, 0)))
        if line in ("wake", "run") and before.meeting >= goal.meeting and goal.ran <= state.counters.get(RAN, 0):
            value -= 20
        return value


def _offers(made: Sequence[Offer], move: str) -> bool:
    return any(offer.id == move for offer in made)
