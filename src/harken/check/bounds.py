"""What can never be, for any reader: bounds on every reading of a story, from its guards alone.

Tellings are bits of whole numbers. For each: what was surely told before it (``must``), the first meeting in which it
can be (``earliest``), or why it never is (``dead``). Choosing is left out, every tie and every landing is granted, so
that what is ruled out here is ruled out in the engine; docs/checking.md says why each rule holds.
"""

from __future__ import annotations

from harken.check.opening import NEVER, SINGLE, Ask, lowest, members
from harken.check.preceding import Preceding
from harken.engine import Story
from harken.engine.moves import ARCS, LENGTHEN_MOST, TRUST
from harken.engine.names import RAN

_RANK = {arc: number for number, arc in enumerate(ARCS)}


class Bounds(Preceding):
    """The bounds of one story."""

    def __init__(self, story: Story) -> None:
        super().__init__(story)
        self.earliest = [NEVER] * len(self.ids)
        self._work()

    def _work(self) -> None:
        """Reach, order and rule out until nothing more is ruled out."""
        for _ in range(len(self.ids) + 2):
            self._reach()
            self._order()
            if not self._rule_out():
                break
        self._meetings()

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
            for earlier in members(self.must[number]):
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
            return f"it is told only after {self.ids[lowest(clash)]}, and only if that was not told"
        forbidden = before & self._strict
        facts = dict(ask.clause.facts)
        for earlier in members(before & self._factual):
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
        first = {n: self._forbids[n] & together for n in members(strict)}
        if ask.untold & together:
            first[number] = ask.untold & together
        edges = {
            n: [m for m in first if m != n and later & (self.must[m] | 1 << m)] for n, later in first.items() if later
        }
        for n, later in first.items():
            if later & self.must[n]:
                return f"{self.ids[n]} cannot be told after {self.ids[lowest(later & self.must[n])]}"
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
        for earlier in members(ask.told | (self.must[number] if arc in SINGLE else 0)):
            there = earliest[earlier]
            other = _RANK[self.tellings[earlier].arc]
            first = max(first, there + (other > rank or (other == rank and arc in SINGLE)))
        for pair in ask.clause.facts:
            first = max(first, min((earliest[n] for n in self._setters.get(pair, ())), default=NEVER))
        for single in SINGLE:
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


__all__ = ["NEVER", "Ask", "Bounds"]
