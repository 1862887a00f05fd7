"""What is ready: which tellings' needs are met, kept up to date by what changes and not by looking at all.

Every clause of every telling's guard is one *row*, numbered once; a set of rows is one whole number used as
bits. Trust, meeting, depth, thread and the like are tables of such sets (``engine.index``). What was told, set, raised
or confided is watched: when it changes, only the rows that name it are looked at again. A breath therefore
costs a few operations on such sets, whatever the number of tellings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from operator import or_
from typing import Any, NamedTuple

from harken.engine.guard import parts_hold
from harken.engine.index import RowSet, bits, rows_in
from harken.engine.moves import TRUST
from harken.engine.state import State
from harken.engine.story import Telling, Tellings

Rows = int
"""A set of rows: bit ``n`` is row ``n``."""
Queue = tuple[tuple[int, Rows], ...]
_FREE: Mapping[str, Any] = {}
QUEUE_LONG = 24
"""Groups in the queue from which on it is tidied, when it has doubled since the last time."""


class Ready(NamedTuple):
    """Rows whose needs are met and which are still untold, and since when. A cache: may always be thrown away.

    ``queue`` holds (since, all rows that wait since then or longer), oldest first, so that the longest waiting of any
    rows are found by halving; it may still hold rows that are not open any more. A row waits since the last thing that
    it needs was told: the number of things told by then, and 0 if it needs none. So waiting follows from the state,
    not from the path.
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
    """The tables of one story's tellings, read back. Never changed."""

    def __init__(self, tellings: Tellings, tables: Mapping[str, Any]) -> None:
        self._tellings = tellings
        self.ids = tuple(tellings)
        self.number = {telling: number for number, telling in enumerate(self.ids)}
        self.owner: Sequence[int] = tables["owner"]
        self.arc, self.thread, self.target = (_table(tables[name]) for name in ("arc", "thread", "on"))
        self.theme, self.weight, self.by = (_table(tables[name]) for name in ("theme", "weight", "by"))
        self.depth = {int(depth): rows_in(rows) for depth, rows in tables["depth"].items()}
        self.again, self.only_on = rows_in(tables["again"]), rows_in(tables["only_on"])
        self.trust = _least(tables["trust"], TRUST[1])
        self.meeting = _least(tables["meeting"], max((least for least, _ in tables["meeting"]), default=0))
        self.watch: Mapping[str, Mapping[str, Sequence[int]]] = tables["watch"]
        start = rows_in(tables["start"])
        self.blank = Ready(0, 0, {}, frozenset(), start, ((0, start),) if start else ())

    @cached_property
    def first(self) -> Sequence[int]:
        """The first row of each telling, by its number; and, last, how many rows there are."""
        firsts = [0] * (len(self.ids) + 1)
        for number in self.owner:
            firsts[number + 1] += 1
        return tuple(accumulate(firsts))

    def telling(self, row: int) -> Telling:
        """The telling whose row this is."""
        return self._tellings[self.ids[self.owner[row]]]

    def clause(self, row: int) -> Mapping[str, Any]:
        """The clause that is this row, as it is compiled."""
        number = self.owner[row]
        needs = self._tellings.documents[number].get("needs")
        return needs[row - self.first[number]] if needs else _FREE

    def rows_of(self, telling: str) -> Rows:
        """All rows of one telling; none if this edition does not have it."""
        number = self.number.get(telling)
        return 0 if number is None else bits(range(self.first[number], self.first[number + 1]))

    def ready(self, state: State, known: Ready | None = None) -> Ready:
        """What is ready in this state, from what was known at an earlier state of the same encounter."""
        known = known or self.blank
        closed = 0
        changed: set[int] = set()
        for telling in state.told[known.told :]:
            changed.update(self.watch["told"].get(telling, ()))
            closed |= self.rows_of(telling) & ~self.again
        if len(state.facts) > known.facts:
            for fact in list(state.facts)[: len(state.facts) - known.facts]:
                changed.update(self.watch["fact"].get(fact, ()))
        if state.counters != known.counters:
            for counter in state.counters:
                changed.update(self.watch["counter"].get(counter, ()))
        for theme in state.themes - known.themes:
            changed.update(self.watch["confided"].get(theme, ()))
        return self._advanced(state, known, closed, changed)

    def _returns(self, row: int) -> bool:
        return bool(self.again >> row & 1)

    def _advanced(self, state: State, known: Ready, closed: Rows, changed: Iterable[int]) -> Ready:
        opened: dict[int, Mapping[str, Any]] = {}
        for row in changed:
            clause = self.clause(row)
            if not parts_hold(clause, state):
                closed |= 1 << row
            elif not known.open >> row & 1 and (self.ids[self.owner[row]] not in state.told_set or self._returns(row)):
                opened[row] = clause
        now = (known.open | bits(opened)) & ~closed
        queue, tidy = self._queued(known, opened, now, state)
        return Ready(len(state.told), len(state.facts), state.counters, state.themes, now, queue, tidy)

    def _queued(self, known: Ready, opened: dict[int, Mapping[str, Any]], now: Rows, state: State) -> tuple[Queue, int]:
        """The queue with the rows that opened. Rows that closed stay in it until it is long: nothing chooses them."""
        queue, tidy = known.queue, known.tidy
        if not opened:
            return queue, tidy
        waiting: dict[int, Rows] = defaultdict(int)
        for row, clause in opened.items():
            waiting[_since(clause, state)] |= 1 << row
        if queue and (len(queue) >= tidy or min(waiting) <= queue[-1][0]):
            before = 0
            for since, until in queue:
                waiting[since] |= until & ~before & now
                before = until
            queue = ()
            tidy = max(QUEUE_LONG, 2 * len(waiting))
        longer, until = list(queue), queue[-1][1] if queue else 0
        for since, rows in sorted(waiting.items()):
            until |= rows
            longer.append((since, until))
        return tuple(longer), tidy


def _table(written: Mapping[str, RowSet]) -> dict[str, Rows]:
    return {name: rows_in(rows) for name, rows in written.items()}


def _least(written: Iterable[tuple[int, RowSet]], most: int) -> tuple[Rows, ...]:
    """For each value from 0 to ``most``: the rows that ask for no more than it."""
    asked = {least: rows_in(rows) for least, rows in written}
    return tuple(accumulate((asked.get(value, 0) for value in range(most + 1)), or_))


def _since(clause: Mapping[str, Any], state: State) -> int:
    told = clause.get("told", ())
    for number in range(len(state.told) if told else 0, 0, -1):
        if state.told[number - 1] in told:
            return number
    return 0


def nth(rows: Rows, number: int) -> int:
    """The ``number``-th member (from 0) of a set of rows, by halving: a set of 10,000 takes 14 steps."""
    low = 0
    width = rows.bit_length()
    if not number and not rows & (rows - 1):  # the only one: most often so
        return width - 1
    while width > 1:
        half = width // 2
        below = rows & ((1 << half) - 1)
        count = below.bit_count()
        if number < count:
            rows, width = below, half
        else:
            rows, number, low, width = rows >> half, number - count, low + half, width - half
    return low
