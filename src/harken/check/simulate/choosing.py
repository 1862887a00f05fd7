"""Which telling comes next, for a whole population: the classes of ``engine.choose``, one after the other."""

from __future__ import annotations

from typing import Any

import numpy as np

from harken.check.simulate import chance
from harken.check.simulate.plan import Plan
from harken.check.simulate.ready import Ready, lowest, many, narrowed, nth, picked, unless
from harken.engine.moves import TRUST

Array = np.ndarray[Any, np.dtype[Any]]
U = np.uint64


class Asked:
    """What the choice depends on besides what is ready: one entry for each of the readers that are asked for."""

    def __init__(
        self, arc: Array, trust: Array, target: Array, thread: Array, owed: Array, count: Array, breath: Array
    ) -> None:
        self.arc, self.trust, self.target, self.thread, self.owed = arc, trust, target, thread, owed
        self.count, self.breath = count, breath


class Chooser:
    """Chooses, within one meeting, for readers whose seeds for it are known."""

    def __init__(self, plan: Plan, ready: Ready, meeting: int, seeds: Array) -> None:
        self.plan, self.ready = plan, ready
        now = plan.meeting[:, min(meeting, plan.meeting.shape[1] - 1), None, None]
        self.may = (now & plan.arc[:, :, None] & plan.trust[:, None, :]).reshape(plan.words, -1)
        """The rows that may be told in this meeting: a column for each trust, of each arc in turn."""
        self.lots, self.promising = (
            chance.further(chance.named(seeds, name), meeting) for name in ("choose", "promise")
        )
        self.none = len(plan.rows)
        self.firsts = [mask for mask, wanted in ((~plan.again, plan.again), (plan.urgent, plan.urgent)) if wanted.any()]
        """What goes first, where a reader has any: what is told once; what is urgent."""
        self.themed: Array | None = None
        """The rows that have to do with what each reader confided; None while nobody confided anything."""
        self.heard_again: Array | None = None
        """The rows of ``again`` tellings told in this meeting; None while nobody heard one."""

    def candidates(self, at: Any, arc: Any, trust: Array, target: Array, by: Array | None = None) -> Array:
        """The rows that may be told now."""
        plan = self.plan
        rows: Array = picked(self.ready.open, at) & self.may.take(arc * (TRUST[1] + 1) + trust, axis=1)
        if plan.has_only:
            rows &= plan.allowed.take(target, axis=1)
        if self.heard_again is not None:
            rows &= ~picked(self.heard_again, at)
        if by is not None:
            rows &= plan.by.take(by, axis=1)
        return rows

    def choose(self, at: Any, asked: Asked, by: Array | None = None) -> Array:
        """The row that is told to each; -1 where nothing is ready."""
        rows = self.candidates(at, asked.arc, asked.trust, asked.target, by)
        touched = self._touched(at, rows, asked)
        if (asked.owed >= 0).any():
            rows = narrowed(rows, self.plan.own.take(asked.owed, axis=1))
        for mask in self.firsts:
            rows = narrowed(rows, mask[:, None])
        rows = narrowed(rows, touched)
        first = np.minimum(lowest(rows), self.none)
        rows &= self.plan.ranked.take(self.plan.rank.take(first), axis=1)
        several = np.flatnonzero(many(rows) > 1)
        first[first == self.none] = -1
        if several.size:
            where = several if isinstance(at, slice) else at[several]
            drawn = (asked.count[several], asked.breath[several])
            first[several] = self._drawn(where, rows.take(several, axis=1), *drawn)
        return first

    def _touched(self, at: Any, rows: Array, asked: Asked) -> Array:
        plan = self.plan
        aimed, thread = plan.target.take(asked.target, axis=1), plan.thread.take(asked.thread, axis=1)
        touched = thread
        if self.themed is not None:
            far = unless(rows & thread)
            touched = thread & ~far | picked(self.themed, at) & far
        far = unless(rows & aimed)
        return aimed & ~far | touched & far

    def _drawn(self, at: Array, rows: Array, told: Array, breath: Array) -> Array:
        """The longest waiting of these; where several waited as long, the one that the seed draws."""
        rows = self.ready.longest(at, rows)
        first = lowest(rows)
        count = many(rows)
        tied = np.flatnonzero(count > 1)
        if tied.size:
            lot = self._lots(at[tied], told[tied], breath[tied]) % count[tied].astype(U)
            first[tied] = nth(rows.take(tied, axis=1), lot.astype(np.int64))
        return first

    def _lots(self, at: Array, told: Array, breath: Array) -> Array:
        """``draw(seed, "choose", meeting, breath, told)``."""
        return chance.further(chance.further(self.lots[at], breath), told)

    def promised(self, at: Array) -> Array:
        """``draw(seed, "promise", meeting)``."""
        return self.promising[at]
