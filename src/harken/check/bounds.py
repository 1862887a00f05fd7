"""What can never be, for any reader: bounds on every reading of a story, from its guards alone.

Tellings are bits of whole numbers. For each: what was surely told before it (``must``), the first meeting in which it
can be (``earliest``), or why it never is (``dead``). Choosing is left out, every tie and every landing is granted, so
that what is ruled out here is ruled out in the engine; docs/checking.md says why each rule holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from harken.engine import Story
from harken.engine.guard import Clause
from harken.engine.moves import ACHE_OF_HEARING, ARCS, BANDS, LENGTHEN_MOST, MOVES, TRUST, band
from harken.engine.names import RAN
from harken.engine.story import Telling

NEVER = 10**9
_RANK = {arc: number for number, arc in enumerate(ARCS)}
_SINGLE = ("arrival", "waking")
"""Arcs of which one telling is told in a meeting."""


class Ask(NamedTuple):
    """One clause of a telling's guard, in numbers."""

    trust: int
    meeting: int
    told: int
    untold: int
    clause: Clause


class Bounds:
    """The bounds of one story."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.tellings = list(story.tellings.values())
        self.ids = [telling.id for telling in self.tellings]
        self.number = {name: number for number, name in enumerate(self.ids)}
        count = len(self.ids)
        self.arc = [sum(1 << n for n, t in enumerate(self.tellings) if t.arc == arc) for arc in ARCS]
        self.dead: dict[int, str] = {}
        self.must = [0] * count
        self.earliest = [NEVER] * count
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
        self._work()

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

    # --- the work ---------------------------------------------------------------------------------------------

    def _work(self) -> None:
        """Reach, order and rule out until nothing more is ruled out."""
        for _ in range(len(self.ids) + 2):
            self._reach()
            self._order()
            if not self._rule_out():
                break
        self._meetings()

    def _reach(self) -> None:
        """What can be told if nothing but needs stood in the way: a least fixpoint, in the order in which it opens."""
        self.reached, self.opened, self._why = 0, [], {}
        self._total = 0
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
            if telling.arc in _SINGLE:
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
            name = self.ids[_lowest(missing)]
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

    # --- what comes before ------------------------------------------------------------------------------------

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

    # --- what cannot be after all -----------------------------------------------------------------------------

    def _rule_out(self) -> bool:
        """Look at every clause again, now that it is known what comes before it; whether any was ruled out."""
        found = False
        total = self.story.start[0] + self._total
        everything_easy = not self._strict and not self._factual
        after: dict[int, int] | None = None
        for number in self.opened:
            for place in list(self._open_clauses(number)):
                ask = self._asks[number][place]
                why = None
                if not everything_easy or ask.untold or ask.clause.facts:
                    why = self._contradicts(number, ask)
                if why is None and number in self._needs_itself(ask, number):
                    why = "it would have to be told before itself"
                if why is None and ask.trust > self.story.start[0] and total - ask.trust < 60:
                    after = after if after is not None else self._afters()
                    most = self._most_trust(number, ask, after[number])
                    if most < ask.trust:
                        why = f"it needs trust {ask.trust}, and at most {most} can be earned before it"
                if why is not None:
                    self._ruled[number, place] = why
                    found = True
        return found

    def _needs_itself(self, ask: Ask, number: int) -> tuple[int, ...]:
        return (number,) if self.before(number, ask) >> number & 1 else ()

    def _afters(self) -> dict[int, int]:
        """For each telling, those that are surely told after it."""
        after = dict.fromkeys(self.opened, 0)
        for number in self.opened:
            for earlier in _members(self.must[number]):
                after[earlier] |= 1 << number
        return after

    def _most_trust(self, number: int, ask: Ask, after: int) -> int:
        """The most that can have been earned before it: each telling lands once, giving back no more than it took."""
        not_before = after | 1 << number | ask.untold
        earned = sum(self._gains[n] for n in self.opened if not not_before >> n & 1)
        return min(TRUST[1], self.story.start[0] + earned)

    def _contradicts(self, number: int, ask: Ask) -> str | None:
        before = self.before(number, ask)
        clash = before & ask.untold
        if clash:
            return f"it is told only after {self.ids[_lowest(clash)]}, and only if that was not told"
        forbidden = before & self._strict
        facts = dict(ask.clause.facts)
        for earlier in _members(before & self._factual):
            for fact, value in self._facts[earlier].items():
                if facts.setdefault(fact, value) != value:
                    return f"it needs {fact} to be {facts[fact]}, and {self.ids[earlier]} before it needs {value}"
        for fact, value in facts.items():
            setters = [n for n in self._setters.get((fact, value), ()) if self.reached >> n & 1]
            others = sum(1 << n for (f, v), ns in self._setters.items() if f == fact and v != value for n in ns)
            if setters and all(self.must[n] & others and not self._sets(n, fact, value, others) for n in setters):
                return f"{fact} is something else before it can be {value}"
        return self._circle(number, ask, before, forbidden)

    def _sets(self, number: int, fact: str, value: str, others: int) -> bool:
        """Whether this telling can be the one that sets the fact, although others that set it come before it."""
        return not self.must[number] & others

    def _circle(self, number: int, ask: Ask, before: int, strict: int) -> str | None:
        """Tellings before this that must each come before the other."""
        together = before | 1 << number
        first = {n: self._forbids[n] & together for n in _members(strict)}
        if ask.untold & together:
            first[number] = ask.untold & together
        edges = {
            n: [m for m in first if m != n and later & (self.must[m] | 1 << m)] for n, later in first.items() if later
        }
        for n, later in first.items():
            if later & self.must[n]:
                return f"{self.ids[n]} cannot be told after {self.ids[_lowest(later & self.must[n])]}"
        done: set[int] = set()
        for start in edges:
            path: list[int] = []
            if _goes_round(start, edges, done, path):
                names = " and ".join(self.ids[n] for n in path[:3])
                return f"it needs {names}, and each of them must come before the other"
        return None

    # --- when -------------------------------------------------------------------------------------------------

    def _meetings(self) -> None:
        """The first meeting in which each telling can be told; what comes after the last written one never is."""
        earliest = [NEVER] * len(self.ids)
        room = self._room()
        changed = True
        while changed:
            changed = False
            for number in self.opened:
                best = min((self._first(number, self._asks[number][p], earliest, room)
                            for p in self._open_clauses(number)), default=NEVER)  # fmt: skip
                if best < earliest[number]:
                    earliest[number] = best
                    changed = True
        self.earliest = earliest
        for number in self.opened:
            if earliest[number] > self.story.meetings:
                self.dead[number] = f"it cannot come within the {self.story.meetings} meetings that are written: " + (
                    f"meeting {earliest[number]} would be the first" if earliest[number] < NEVER else "none is late"
                )
        self.reached &= ~sum(1 << n for n in self.dead if self.reached >> n & 1)

    def _room(self) -> list[int]:
        """How much can be told up to the end of each meeting (from 1): one telling a breath, and one at waking."""
        longer = any(t.effects.lengthen for t in self.tellings) * LENGTHEN_MOST
        room, total = [0], 0
        for meeting in range(1, self.story.meetings + 1):
            total += self.story.clock_of(meeting) + longer + 1
            room.append(total)
        return room

    def _first(self, number: int, ask: Ask, earliest: list[int], room: list[int]) -> int:
        arc = self.tellings[number].arc
        rank = _RANK[arc]
        first = ask.meeting
        if arc == "moment" and self._moment:
            first = max(first, min((a.meeting for a in self._moment), default=1))
        first = max([first, *(least + 1 for counter, least in ask.clause.counters if counter == RAN)])
        before = self.must[number] | ask.told
        for earlier in _members(ask.told | (self.must[number] if arc in _SINGLE else 0)):
            there = earliest[earlier]
            other = _RANK[self.tellings[earlier].arc]
            first = max(first, there + (other > rank or (other == rank and arc in _SINGLE)))
        for pair in ask.clause.facts:
            first = max(first, min((earliest[n] for n in self._setters.get(pair, ())), default=NEVER))
        for single in _SINGLE:
            mine = (before & self.arc[_RANK[single]]).bit_count()
            first = max(first, mine + (arc == single or (mine > 0 and single == "waking")))
        while first <= self.story.meetings and before.bit_count() >= room[first]:
            first += 1
        return first

    def is_before(self, one: str, other: str) -> bool:
        """Whether ``one`` was surely told whenever ``other`` is."""
        return bool(self.must[self.number[other]] >> self.number[one] & 1)


def _goes_round(start: int, edges: dict[int, list[int]], done: set[int], path: list[int]) -> bool:
    if start in path:
        del path[: path.index(start)]
        return True
    if start in done:
        return False
    path.append(start)
    for after in edges.get(start, ()):
        if _goes_round(after, edges, done, path):
            return True
    path.pop()
    done.add(start)
    return False


def _gain(story: Story, telling: Telling) -> int:
    """The most trust that the reader's answer to this telling can earn. What is told at waking never lands."""
    if telling.arc == "waking":
        return 0
    part = BANDS[band(telling.depth)]
    temperament = story.confider.temperament
    landing = telling.landing
    return max(0, *(landing[m] if m in landing else getattr(temperament[m], part)[0] for m in MOVES))


def _members(bits: int) -> Iterator[int]:
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low


def _lowest(bits: int) -> int:
    return (bits & -bits).bit_length() - 1


__all__ = ["ACHE_OF_HEARING", "NEVER", "Ask", "Bounds"]
