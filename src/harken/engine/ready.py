"""What is ready: which tellings' needs are met, kept up to date by what changes and not by looking at all.

Every clause of every telling's guard is one *row*, numbered once; a set of rows is one whole number used as
bits. Trust, meeting, depth, thread and the like are tables of such sets, made once. What was told, set, raised
or confided is watched: when it changes, only the rows that name it are looked at again. A breath therefore
costs a few operations on such sets, whatever the number of tellings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from operator import or_
from typing import NamedTuple, TypeVar

from harken.engine.guard import Clause, needs_hold
from harken.engine.moves import TRUST
from harken.engine.state import State
from harken.engine.story import Telling

Rows = int
"""A set of rows: bit ``n`` is row ``n``."""
Atom = tuple[str, str]
Name = TypeVar("Name", str, int, bool)


Queue = tuple[tuple[int, Rows], ...]
QUEUE_LONG = 24
"""Groups in the queue from which on it is tidied, when it has doubled since the last time."""


class Ready(NamedTuple):
    """Rows whose needs are met and which are still untold, and since when. A cache: may always be thrown away.

    ``queue`` holds (since, rows), oldest first; it may still hold rows that are not open any more. A row waits since
    the last thing that it needs was told: the number of things told by then, and 0 if it needs none. So waiting
    follows from the state, not from the path.
    """

    told: int
    facts: int
    counters: Mapping[str, int]
    themes: frozenset[str]
    open: Rows
    queue: Queue
    tidy: int = QUEUE_LONG
    """Groups that the queue may have before it is tidied again."""


class Index:
    """The tables of one story's tellings. Made once, never changed."""

    def __init__(self, tellings: Sequence[Telling]) -> None:
        self.tellings = tuple(tellings)
        self.number = {telling.id: number for number, telling in enumerate(self.tellings)}
        self.owner = tuple(n for n, telling in enumerate(self.tellings) for _ in telling.guard)
        self.clauses: tuple[Clause, ...] = tuple(clause for telling in self.tellings for clause in telling.guard)
        self.rows = self._rows_of_tellings()
        self.arc = self._table(lambda telling: (telling.arc,))
        self.thread = self._table(lambda telling: (telling.thread,) if telling.thread else ())
        self.depth = self._table(lambda telling: (telling.depth,))
        self.target = self._table(lambda telling: (telling.on,) if telling.on else ())
        self.theme = self._table(lambda telling: telling.themes)
        self.weight = self._table(lambda telling: (telling.weight,))
        self.by = self._table(lambda telling: telling.by)
        self.again: Rows = self._table(lambda telling: (telling.again,)).get(True, 0)
        self.only_on: Rows = self._table(lambda telling: (telling.only_on,)).get(True, 0)
        self.trust = self._least("trust", TRUST[1])
        self.meeting = self._least("meeting", max((clause.meeting for clause in self.clauses), default=0))
        self.watch: dict[Atom, list[int]] = defaultdict(list)
        for row, clause in enumerate(self.clauses):
            for atom in _atoms(clause):
                self.watch[atom].append(row)
        start = self._set(row for row, clause in enumerate(self.clauses) if needs_hold(clause, State()))
        self.blank = Ready(0, 0, {}, frozenset(), start, ((0, start),) if start else ())

    def _set(self, rows: Iterable[int]) -> Rows:
        bits = bytearray(len(self.clauses) // 8 + 1)
        for row in rows:
            bits[row >> 3] |= 1 << (row & 7)
        return int.from_bytes(bits, "little")

    def _rows_of_tellings(self) -> tuple[range, ...]:
        ends = list(accumulate(len(telling.guard) for telling in self.tellings))
        return tuple(range(start, end) for start, end in zip([0, *ends], ends, strict=False))

    def _table(self, names: Callable[[Telling], Iterable[Name]]) -> dict[Name, Rows]:
        """The rows of the tellings that go by each name."""
        members: dict[Name, list[int]] = defaultdict(list)
        for telling, rows in zip(self.tellings, self.rows, strict=True):
            for name in names(telling):
                members[name].extend(rows)
        return {name: self._set(rows) for name, rows in members.items()}

    def _least(self, part: str, most: int) -> tuple[Rows, ...]:
        """For each value from 0 to ``most``: the rows that ask for no more than it."""
        members: list[list[int]] = [[] for _ in range(most + 1)]
        for row, clause in enumerate(self.clauses):
            members[min(getattr(clause, part), most)].append(row)
        return tuple(accumulate((self._set(rows) for rows in members), or_))

    def rows_of(self, telling: str) -> Rows:
        """All rows of one telling; none if this edition does not have it."""
        number = self.number.get(telling)
        return 0 if number is None else _rows(self.rows[number])

    def ready(self, state: State, known: Ready | None = None) -> Ready:
        """What is ready in this state, from what was known at an earlier state of the same encounter."""
        known = known or self.blank
        closed = 0
        changed: set[int] = set()
        for telling in state.told[known.told :]:
            changed.update(self.watch.get(("told", telling), ()))
            if not self._may_return(telling):
                closed |= self.rows_of(telling)
        for fact in list(state.facts)[: len(state.facts) - known.facts]:
            changed.update(self.watch.get(("fact", fact), ()))
        if state.counters != known.counters:
            for counter in state.counters:
                changed.update(self.watch.get(("counter", counter), ()))
        for theme in state.themes - known.themes:
            changed.update(self.watch.get(("confided", theme), ()))
        return self._advanced(state, known, closed, changed)

    def _may_return(self, telling: str) -> bool:
        number = self.number.get(telling)
        return number is not None and self.tellings[number].again

    def _advanced(self, state: State, known: Ready, closed: Rows, changed: Iterable[int]) -> Ready:
        opened: list[int] = []
        for row in changed:
            if not needs_hold(self.clauses[row], state):
                closed |= 1 << row
            elif not known.open >> row & 1:
                telling = self.tellings[self.owner[row]]
                if telling.again or telling.id not in state.told_set:
                    opened.append(row)
        now = (known.open | _rows(opened)) & ~closed
        queue, tidy = self._queued(known, opened, now, state)
        return Ready(len(state.told), len(state.facts), state.counters, state.themes, now, queue, tidy)

    def _queued(self, known: Ready, opened: list[int], now: Rows, state: State) -> tuple[Queue, int]:
        """The queue with the rows that opened. Rows that closed stay in it until it is long: nothing chooses them."""
        queue, tidy = known.queue, known.tidy
        if not opened:
            return queue, tidy
        waiting: dict[int, Rows] = defaultdict(int)
        for row in opened:
            waiting[_since(self.clauses[row], state)] |= 1 << row
        if len(queue) < tidy and (not queue or min(waiting) > queue[-1][0]):
            return (*queue, *sorted(waiting.items())), tidy
        for since, rows in queue:
            waiting[since] |= rows
        tidied = tuple((since, left) for since, rows in sorted(waiting.items()) if (left := rows & now))
        return tidied, max(QUEUE_LONG, 2 * len(tidied))


def _rows(numbers: Iterable[int]) -> Rows:
    rows = 0
    for number in numbers:
        rows |= 1 << number
    return rows


def _since(clause: Clause, state: State) -> int:
    for number in range(len(state.told) if clause.told else 0, 0, -1):
        if state.told[number - 1] in clause.told:
            return number
    return 0


def _atoms(clause: Clause) -> Iterator[Atom]:
    for telling in (*clause.told, *clause.untold):
        yield "told", telling
    for fact, _ in clause.facts:
        yield "fact", fact
    for counter, _ in clause.counters:
        yield "counter", counter
    for theme in clause.confided:
        yield "confided", theme


def nth(rows: Rows, number: int) -> int:
    """The ``number``-th member (from 0) of a set of rows, by halving: a set of 10,000 takes 14 steps."""
    low = 0
    width = rows.bit_length()
    while width > 1:
        half = width // 2
        below = rows & ((1 << half) - 1)
        count = below.bit_count()
        if number < count:
            rows, width = below, half
        else:
            rows, number, low, width = rows >> half, number - count, low + half, width - half
    return low
