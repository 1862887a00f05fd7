"""What is ready, of a whole population: bit-sliced counters of what each row still waits for, and what was told when.

Everything is word by reader: ``open[w, r]`` are 64 rows of reader ``r``. A counter of a row is one bit in each
slice, so that lowering every row that waited for something is a borrow through two or three words, for all readers
at once.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from harken.check.simulate.plan import Plan

Array = np.ndarray[Any, np.dtype[Any]]
At = Any
"""An array of readers, or ``slice(None)`` for all of them."""
U = np.uint64


class Ready:
    """The rows of ``count`` readers."""

    def __init__(self, plan: Plan, count: int) -> None:
        self.plan = plan
        missing = plan.missing[: plan.count]
        slices = max(1, int(missing.max(initial=0)).bit_length())
        self.missing = [
            np.repeat(plan.mask(row for row in range(plan.count) if missing[row] >> bit & 1)[:, None], count, axis=1)
            for bit in range(slices)
        ]
        self.open = np.repeat(plan.start[:, None], count, axis=1)
        self.closed = np.repeat(~plan.mask(range(plan.count))[:, None], count, axis=1)
        """What is closed, and what is no row at all: the rest is open as soon as it waits for nothing."""
        self.order_wide = len(plan.tellings) + 1
        self.order = np.zeros(count * self.order_wide, np.uint16)
        """When each reader was told each telling (``when``), one reader after the other; nobody is told the last."""

    def happen(self, at: Array, events: Array) -> None:
        """One event each: what waited for it waits for one thing less; what it closes is closed."""
        if not at.size:
            return
        plan = self.plan
        where, events = self._wide(at, events, plan.waits.shape[1] - 1)
        borrow = plan.waits.take(events, axis=1)
        closed = picked(self.closed, where)
        closed |= plan.closes.take(events, axis=1)
        self.closed[:, where] = closed
        still = closed.copy()
        for bits in self.missing:
            now = picked(bits, where)
            now ^= borrow
            borrow = borrow & now
            still |= now
            bits[:, where] = now
        self.open[:, where] = ~still

    def _wide(self, at: Array, values: Array, none: int) -> tuple[At, Array]:
        """Where many are meant, all of them, with ``none`` for those who are not: numpy walks through a whole array
        many times as fast as it picks from one."""
        count = self.open.shape[1]
        if at.size * 4 < count or at.size == count:
            return (at if at.size < count else slice(None)), values
        whole = np.full(count, none, np.int64)
        whole[at] = values
        return slice(None), whole

    def told(self, at: Array, tellings: Array, number: Array) -> None:
        """A telling each, the ``number``-th (from 1) that this reader was told."""
        self.order[at * self.order_wide + tellings] = number

    def when(self, at: Array, tellings: Array) -> Array:
        """The place of these tellings among those that these readers were told, from 1; 0 where they were not."""
        return self.order.take(at * self.order_wide + tellings)

    def longest(self, at: Array, rows: Array) -> Array:
        """Of these rows of each reader, those that have waited longest: from the start, or since the last telling
        that they waited for."""
        rows = narrowed(rows, self.plan.from_start[:, None])
        late = np.flatnonzero(~some(rows & self.plan.from_start[:, None]))
        if late.size:
            rows[:, late] = self._earliest(at[late], picked(rows, late))
        return rows

    def _earliest(self, at: Array, rows: Array) -> Array:
        left, kept = rows.copy(), np.zeros_like(rows)
        least = np.full(at.size, np.iinfo(np.int64).max)
        here = np.arange(at.size)
        while here.size:
            row = lowest(picked(left, here))
            since = self.when(at[here, None], self.plan.after[row]).max(axis=1, initial=0)
            kept[:, here[since < least[here]]] = 0
            word, bit, first = row >> 6, U(1) << (row & 63).astype(U), since <= least[here]
            kept[word[first], here[first]] |= bit[first]
            least[here] = np.minimum(least[here], since)
            left[word, here] ^= bit
            here = here[some(picked(left, here))]
        return kept


def picked(rows: Array, at: At) -> Array:
    """The rows of these readers."""
    out: Array = rows[:, at] if isinstance(at, slice) else rows.take(at, axis=1)
    return out


def together(rows: Array) -> Array:
    """The words of each reader as one: not 0 where there is any row."""
    found: Array = rows[0]
    for word in rows[1:]:
        found = found | word
    return found


def some(rows: Array) -> Array:
    """Whether each reader has any of these rows."""
    return together(rows).astype(np.bool_)


def many(rows: Array) -> Array:
    """How many rows each reader has."""
    count: Array = np.bitwise_count(rows[0]).astype(np.int64)
    for word in rows[1:]:
        count += np.bitwise_count(word)
    return count


def narrowed(rows: Array, to: Array) -> Array:
    """The rows of each reader that are among these too; all of them where none is."""
    fewer = rows & to
    fewer |= rows & unless(fewer)
    return fewer


def unless(rows: Array) -> Array:
    """All bits for a reader who has none of these rows, no bits for one who has."""
    found = together(rows)
    none: Array = ((found | -found) >> U(63)) - U(1)
    return none


def lowest(rows: Array) -> Array:
    """The lowest row of each reader; where there is none, a number past all rows."""
    below = -rows
    below &= rows
    below -= U(1)
    counts = np.bitwise_count(below)  # 64 where a word has no row
    place = counts[-1].astype(np.uint16)
    for count in counts[-2::-1]:
        place *= count >> 6
        place += count
    row: Array = place.astype(np.int64)
    return row


def nth(rows: Array, number: Array) -> Array:
    """The ``number``-th (from 0) row of each reader, who has more than that many."""
    number = number.astype(np.uint16)
    bits, so_far = rows[0].copy(), np.zeros(rows.shape[1], np.uint16)
    start, skipped = so_far.copy(), so_far.copy()
    for word, count in zip(rows[1:], np.bitwise_count(rows), strict=False):
        so_far += count
        beyond = so_far <= number
        np.copyto(bits, word, where=beyond)
        np.copyto(skipped, so_far, where=beyond)
        start += beyond.view(np.uint8) << 6
    left, place = (number - skipped).astype(np.uint8), np.zeros(rows.shape[1], np.uint8)
    for half in (32, 16, 8, 4, 2, 1):
        count = np.bitwise_count(bits & U((1 << half) - 1))
        beyond = (left >= count).view(np.uint8)
        left -= count * beyond
        step = beyond * np.uint8(half)
        bits >>= step
        place += step
    return start.astype(np.int64) + place
