"""What is ready, of a whole population: bit-sliced counters of what each row still waits for, and since when.

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
        self.closed = np.zeros_like(self.open)
        self.since: list[Array] = []

    def happen(self, at: At, events: Array) -> None:
        """One event each: what waited for it waits for one thing less; what it closes is closed."""
        plan = self.plan
        borrow = lowered = plan.waits[:, events]
        still = None
        for bits in self.missing:
            before = bits[:, at]
            after = before ^ borrow
            borrow = borrow & ~before
            bits[:, at] = after
            still = after if still is None else still | after
        assert still is not None
        closed = self.closed[:, at] | plan.closes[:, events]
        self.closed[:, at] = closed
        self.open[:, at] = (self.open[:, at] | (lowered & ~still)) & ~closed

    def told(self, at: At, tellings: Array, number: Array) -> None:
        """A telling each, the ``number``-th (from 1) that this reader was told."""
        awaited = self.plan.awaited[tellings]
        if not awaited.any():
            return
        at, tellings, number = at[awaited], tellings[awaited], number[awaited]
        rows = self.plan.since_told[:, tellings]
        most = int(number.max()).bit_length()
        while len(self.since) < most:
            self.since.append(np.zeros_like(self.open))
        for bit, bits in enumerate(self.since):
            set_to = (number >> bit & 1).astype(U) * U(0xFFFFFFFFFFFFFFFF)
            now = bits[:, at]
            bits[:, at] = now ^ ((now ^ set_to) & rows)

    def longest(self, at: Array, rows: Array) -> Array:
        """Of these rows of each reader, those that have waited longest."""
        for bits in reversed(self.since):
            earlier = rows & ~bits[:, at]
            rows = np.where(some(earlier), earlier, rows)
        return rows


def some(rows: Array) -> Array:
    """Whether each reader has any of these rows."""
    found: Array = np.bitwise_or.reduce(rows, axis=0) != 0
    return found


def lowest(rows: Array) -> Array:
    """The lowest row of each reader; where there is none, a number past all rows."""
    there = rows != 0
    word = there.argmax(axis=0)
    bits = rows[word, np.arange(rows.shape[1])]
    place: Array = np.bitwise_count((bits & -bits) - U(1)) + (word << 6)
    place[bits == 0] = rows.shape[0] * 64
    return place


def nth(rows: Array, number: Array) -> Array:
    """The ``number``-th (from 0) row of each reader, who has more than that many."""
    so_far = np.bitwise_count(rows).cumsum(axis=0, dtype=np.int64)
    word = (so_far <= number).sum(axis=0)
    reader = np.arange(rows.shape[1])
    number = number - np.where(word > 0, so_far[word - 1, reader], 0)
    bits: Array = rows[word, reader]
    place: Array = word << 6
    for half in (32, 16, 8, 4, 2, 1):
        lower = bits & U((1 << half) - 1)
        count = np.bitwise_count(lower)
        beyond = number >= count
        number = number - count * beyond
        bits = np.where(beyond, bits >> U(half), lower)
        place += half * beyond
    return place
