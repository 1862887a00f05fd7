"""What can be told if nothing but needs stood in the way: a least fixpoint over the guards of a story.

Tellings are bits of whole numbers. Every tie and every landing is granted, and choosing is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from harken.engine import Story
from harken.engine.guard import Clause
from harken.engine.moves import ARCS, BANDS, MOVES, band
from harken.engine.names import RAN
from harken.engine.story import Telling

NEVER = 10**9
SINGLE = ("arrival", "waking")
"""Arcs of which one telling is told in a meeting."""


class Ask(NamedTuple):
    """One clause of a telling's guard, in numbers."""

    trust: int
    meeting: int
    told: int
    untold: int
    clause: Clause


class Opening:
    """What opens, in which order, and what is in the way of the rest."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.tellings = list(story.tellings.values())
        self.ids = [telling.id for telling in self.tellings]
        self.number = {name: number for number, name in enumerate(self.ids)}
        self.arc = [sum(1 << n for n, t in enumerate(self.tellings) if t.arc == arc) for arc in ARCS]
        self.dead: dict[int, str] = {}
        self._gains = [_gain(story, telling) for telling in self.tellings]
        self._asks = [[self._ask(c, t.seal) for c in t.guard] for t in self.tellings]
        self._moment = [self._ask(c, 0) for c in story.moment.needs] if story.moment else []
        self._lacking = [set(self._unknown(t)) for t in self.tellings]
        self._setters: dict[tuple[str, str], list[int]] = {}
        self._raisers: dict[str, list[int]] = {}
        self._showers: dict[str, list[int]] = {}
        for number, telling in enumerate(self.tellings):
            for pair in telling.effects.sets:
                self._setters.setdefault(pair, []).append(number)
            for counter in telling.effects.raises:
                self._raisers.setdefault(counter, []).append(number)
            for thing in telling.effects.appear:
                self._showers.setdefault(thing, []).append(number)
        self._ruled: dict[tuple[int, int], str] = {}

    def _ask(self, clause: Clause, seal: int) -> Ask:
        return Ask(
            clause.trust, max(1, clause.meeting, seal), self._bits(clause.told), self._bits(clause.untold), clause
        )

    def _bits(self, names: Iterable[str]) -> int:
        found = 0
        for name in names:
            if name in self.number:
                found |= 1 << self.number[name]
        return found

    def _unknown(self, telling: Telling) -> Iterator[int]:
        """Clauses that need what this edition does not have."""
        for number, clause in enumerate(telling.guard):
            if any(name not in self.number for name in clause.told):
                yield number

    def _reach(self) -> None:
        """What can be told if nothing but needs stood in the way: a least fixpoint, in the order in which it opens."""
        self.reached, self.opened, self._why = 0, [], {}
        self._total = max(0, self.story.confider.temperament["run"].light[0]) * self.story.meetings
        waiting = list(range(len(self.ids)))
        while True:
            left = []
            for number in waiting:
                why = self._opens(number)
                if why is None:
                    self.reached |= 1 << number
                    self.opened.append(number)
                    self._total += self._gains[number]
                else:
                    self._why[number] = why
                    left.append(number)
            if len(left) == len(waiting):
                break
            waiting = left
        self.dead = {number: self._why[number] for number in waiting}

    def _opens(self, number: int) -> str | None:
        """None if some clause can hold; else what is in the way."""
        telling = self.tellings[number]
        why = self._placed(telling)
        if why is not None:
            return why
        whys = []
        for place, ask in enumerate(self._asks[number]):
            why = self._ruled.get((number, place)) or self._lacks(ask, number)
            if place in self._lacking[number]:
                why = "it needs a telling that this story does not have"
            if why is None:
                return None
            whys.append(why)
        return "; or ".join(dict.fromkeys(whys)) or "its guard can never hold"

    def _placed(self, telling: Telling) -> str | None:
        """Why no breath can have this telling in it, whatever it needs; None if one can."""
        story = self.story
        if telling.arc == "moment":
            if story.moment is None:
                return "the story has no moment"
            whys = [self._lacks(ask, NEVER) for ask in self._moment]
            if None not in whys:
                return f"the moment never comes: {whys[0] if whys else 'its guard can never hold'}"
        if telling.only_on:
            if telling.arc in SINGLE:
                return f"it is told only when {telling.on} asks for it, and nothing can be asked at {telling.arc}"
            if not self._on_offer(telling.on or ""):
                return f"it is told only when {telling.on} asks for it, and {telling.on} is never there"
        return None

    def _on_offer(self, target: str) -> bool:
        if any(gesture.target == target for gesture in self.story.gestures):
            return True
        thing = self.story.things.get(target)
        if thing is None or not thing.moves:
            return False
        return thing.here or any(self.reached >> n & 1 for n in self._showers.get(target, ()))

    def _lacks(self, ask: Ask, number: int) -> str | None:
        missing = ask.told & ~self.reached
        if missing:
            name = self.ids[lowest(missing)]
            return f"it needs {name}, which cannot be told before it"
        trust = self.story.start[0] + self._total
        if ask.trust > trust:
            return f"it needs trust {ask.trust}, and at most {trust} can be earned before it"
        if ask.meeting > self.story.meetings:
            return f"it needs meeting {ask.meeting}, and {self.story.meetings} are written"
        for fact, value in ask.clause.facts:
            if not any(self.reached >> n & 1 for n in self._setters.get((fact, value), ())):
                return f"nothing that can be told before it makes {fact} {value}"
        for counter, least in ask.clause.counters:
            if counter == RAN:
                if least >= self.story.meetings:
                    return f"it needs {least} times of running, and {self.story.meetings} meetings are written"
                continue
            most = sum(self.reached >> n & 1 for n in self._raisers.get(counter, ()))
            if min(most, self.story.counters.get(counter, 0)) < least:
                return f"{counter} can rise to {most} before it, and it needs {least}"
        return None


def _gain(story: Story, telling: Telling) -> int:
    """The most trust that the reader's answer to this telling can earn. What is told at waking never lands."""
    if telling.arc == "waking":
        return 0
    part = BANDS[band(telling.depth)]
    temperament = story.confider.temperament
    landing = telling.landing
    return max(0, *(landing[m] if m in landing else getattr(temperament[m], part)[0] for m in MOVES))


def members(bits: int) -> Iterator[int]:
    """The numbers in a set, from the lowest."""
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low


def lowest(bits: int) -> int:
    """The lowest number in a set."""
    return (bits & -bits).bit_length() - 1
