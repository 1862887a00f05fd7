"""What was surely told before each telling: a greatest fixpoint over what opens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from harken.check.opening import NEVER, Ask, Opening
from harken.engine import Story
from harken.engine.names import RAN


class Preceding(Opening):
    """For each telling what comes before it (``must``), what it forbids, and the facts that are so when it is told."""

    def __init__(self, story: Story) -> None:
        super().__init__(story)
        self.must = [0] * len(self.ids)

    def _order(self) -> None:
        """What was surely told before each telling: the greatest fixpoint."""
        everything = self.reached
        self.must = [everything] * len(self.ids)
        self._forbids = [0] * len(self.ids)
        self._facts: list[dict[str, str]] = [{} for _ in self.ids]
        changed = True
        while changed:
            changed = False
            self._before_moment = self._moment_before()
            for number in self.opened:
                now = everything
                for place in self._open_clauses(number):
                    now &= self.before(number, self._asks[number][place])
                now &= ~(1 << number)
                if now != self.must[number]:
                    self.must[number] = now
                    changed = True
        for number in self.opened:
            clauses = [self._asks[number][place] for place in self._open_clauses(number)]
            untold = everything
            for ask in clauses:
                untold &= ask.untold
            self._forbids[number] = untold
        for number in self.opened:
            self._facts[number] = self._needed_facts(number)
        self._strict = sum(1 << n for n in self.opened if self._forbids[n])
        self._factual = sum(1 << n for n in self.opened if self._facts[n])

    def _moment_before(self) -> int:
        found = self.reached
        for ask in self._moment:
            if self._lacks(ask, NEVER) is None:
                found &= self._needs_before(ask)
        return found if self._moment else 0

    def _open_clauses(self, number: int) -> Iterator[int]:
        for place, ask in enumerate(self._asks[number]):
            open_ = (number, place) not in self._ruled and place not in self._lacking[number]
            if open_ and self._lacks(ask, number) is None:
                yield place

    def before(self, number: int, ask: Ask) -> int:
        """What was surely told before this telling is told by this clause."""
        telling = self.tellings[number]
        found = self._needs_before(ask)
        if telling.arc == "moment":
            found |= self._before_moment
        if telling.only_on and not any(g.target == telling.on for g in self.story.gestures):
            thing = self.story.things[telling.on or ""]
            if not thing.here:
                found |= self._one_of(self._showers.get(thing.id, ()))
        return found

    def _needs_before(self, ask: Ask) -> int:
        found = ask.told
        rest = ask.told
        while rest:
            low = rest & -rest
            found |= self.must[low.bit_length() - 1]
            rest ^= low
            rest &= ~self.must[low.bit_length() - 1]
        for pair in ask.clause.facts:
            found |= self._one_of(self._setters.get(pair, ()))
        for counter, least in ask.clause.counters:
            if counter == RAN:
                continue
            raisers = [n for n in self._raisers.get(counter, ()) if self.reached >> n & 1]
            if len(raisers) == least:
                for n in raisers:
                    found |= self.must[n] | 1 << n
            else:
                found |= self._one_of(raisers)
        return found

    def _one_of(self, numbers: Iterable[int]) -> int:
        """What was surely told once one of these was."""
        found = self.reached
        some = False
        for n in numbers:
            if self.reached >> n & 1:
                some = True
                found &= self.must[n] | 1 << n
        return found if some else 0

    def _needed_facts(self, number: int) -> dict[str, str]:
        """Facts that are surely so when this is told."""
        common: dict[str, str] | None = None
        for place in self._open_clauses(number):
            facts = dict(self._asks[number][place].clause.facts)
            common = facts if common is None else {f: v for f, v in common.items() if facts.get(f) == v}
        return common or {}
