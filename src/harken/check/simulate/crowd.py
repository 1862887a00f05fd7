"""Whole shards of readers, meeting by meeting and breath by breath, in lock-step, on numpy.

The order within a breath is that of ``engine.decide`` and ``engine.arc``, and every name is theirs; where one of them
changes, this changes with it (``tests/check/test_simulate_agrees.py`` sees the difference). Only waking waits until the
meeting is over, since nobody else sees it: all who left are told their last words together.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from harken.check.policies import PHASES, WHAT
from harken.check.simulate import chance
from harken.check.simulate.choosing import Asked, Chooser
from harken.check.simulate.log import CLOCK, RUN, WAKE, Log
from harken.check.simulate.luck import MEETING
from harken.check.simulate.plan import NO_BAND, NO_LANDING, Plan, half
from harken.check.simulate.ready import Ready
from harken.check.simulate.tally import Tally
from harken.engine.chance import GOLDEN
from harken.engine.landing import EASY
from harken.engine.moves import ACHE, ARCS, CLOSENESS, LENGTHEN_MOST, MOVES, TRUST
from harken.engine.names import RAN

Array = np.ndarray[Any, np.dtype[Any]]
U = np.uint64
ARRIVAL, TALK, MOMENT, UNRAVELLING, WAKING = range(len(ARCS))
MOVE = {name: number for number, name in enumerate(WHAT)}
LANDING_MOVES = len(MOVES)


class Crowd:
    """The state of every reader, by their keys: one array for each field of ``engine.state`` that rules ask for."""

    def __init__(self, plan: Plan, keys: Array, log: Log) -> None:
        count = len(keys)
        self.plan, self.keys, self.count, self.log = plan, keys, count, log
        self.ready = Ready(plan, count)
        start = plan.story.start
        self.trust, self.closeness, self.ache = (
            np.full(count, min(max(value, low), high), np.int64)
            for value, (low, high) in zip(start, (TRUST, CLOSENESS, ACHE), strict=True)
        )
        self.wound = np.zeros(count, np.int64)
        self.owed = np.full(count, -1, np.int64)
        self.told_count = np.zeros(count, np.int64)
        self.facts = np.zeros((plan.facts, count), np.bool_)
        self.counters = np.zeros((len(plan.counters), count), np.int64)
        self.themed: Array | None = None
        self.confided = np.zeros((len(plan.manner.themes), count), np.bool_)
        self.meeting = 0
        self.live = np.arange(count)
        self.leaving: list[tuple[Array, Array, Array]] = []
        """Who has left: by what, and in which breath."""

    # -- a meeting ---------------------------------------------------------------------------------------------

    def meet(self) -> None:
        """One whole meeting of everybody."""
        self._arrive()
        while self.live.size:
            self.breath += 1
            self._breathe()
            self.log.breath(self)
            self.live = self.live[~self.over[self.live]]
        self._wake()

    def _arrive(self) -> None:
        plan, count = self.plan, self.count
        self.meeting += 1
        self.breath = 0
        self.lots = chance.mixed(self.keys + U(self.meeting * MEETING & 0xFFFFFFFFFFFFFFFF))
        self.choosing = Chooser(plan, self.ready, self.meeting, self.lots >> U(34))
        self.choosing.themed = self.themed
        self.clock = np.full(count, plan.story.clock_of(self.meeting), np.int64)
        self.until = self.clock.copy()
        self.phase = np.zeros(count, np.int64)
        self.lengthened, self.wandered, self.thread = (np.zeros(count, np.int64) for _ in range(3))
        self.mended, self.moment_over, self.over, self.heard = (np.zeros(count, np.bool_) for _ in range(4))
        self.pending = np.full(count, -1, np.int64)
        self.scene = np.full(count, plan.opening, np.int64)
        self.here = np.full(count, plan.enters[plan.opening], np.int64)
        self.live = np.arange(count)

    def _all(self, at: Array) -> Any:
        """These readers, who are in order; a slice where they are all there are, which numpy walks through faster."""
        return slice(None) if at.size == self.count else at

    # -- what the reader does ----------------------------------------------------------------------------------

    def _breathe(self) -> None:
        live = self.live
        move, target, soft = self._moves(live)
        phase = self.phase[live]
        waking = move == MOVE["wake"]
        self._leave(live[waking], WAKE)
        if self.breath == 1 or (phase == ARRIVAL).any():
            alone = (phase == ARRIVAL) & ~waking
            self._before_they_come(live[alone], move[alone])
            talking = ~alone & ~waking
        else:
            talking = ~waking
        if not talking.all():
            live, move, target, soft = live[talking], move[talking], target[talking], soft[talking]
        if live.size:
            self._with_them(live, move, target, soft)
        self._leave(self.live[(self.breath >= self.clock[self.live]) & ~self.over[self.live]], CLOCK)
        if self.log.every_breath:
            self._wake()

    def _moves(self, live: Array) -> tuple[Array, Array, Array]:
        plan, at = self.plan, self._all(live)
        lot = chance.mixed(self.lots[at] + U(self.breath * GOLDEN & 0xFFFFFFFFFFFFFFFF))
        phase, scene, here = self.phase[at], self.scene[at], self.here[at]
        situation = (phase * plan.forms + plan.form.take(self.pending[at])) * 2 + self.heard[at]
        loose = plan.manner.loose
        if loose:
            situation <<= len(loose)
            for bit, number in enumerate(loose):
                situation += ((here & plan.aimed[number * plan.scenes + scene]) != 0).astype(np.int64) << bit
        move = plan.slots.take((situation << 10) + (lot & U(1023)).astype(np.int64)).astype(np.int64)
        target = self._aim(lot, phase * len(WHAT) + move, here & plan.aimed[move * plan.scenes + scene])
        spoken = move < LANDING_MOVES
        if plan.manner.typed:
            typed = spoken & ((lot >> U(26) & U(255)) < plan.manner.typed) | (move == MOVE["unclear"])
        else:
            typed = move == MOVE["unclear"]
        target[typed] = 0
        soft = typed & ((lot >> U(34) & U(255)) < plan.manner.soft)
        self._confide(live, lot, typed & (move == MOVE["confide"]))
        self.wandered[at] += move == MOVE["look"]
        self.log.moves(live, move, target, soft)
        return move, target, soft

    def _aim(self, lot: Array, situation: Array, things: Array) -> Array:
        plan = self.plan
        bases = plan.bases[situation]
        present = np.bitwise_count(things)
        which = ((lot >> U(10) & U(0xFFFF)).astype(np.int64) * (bases + present)) >> 16
        target: Array = plan.base[situation, np.minimum(which, plan.base.shape[1] - 1)]
        beyond = np.flatnonzero((which >= bases) & (present > 0))
        if beyond.size:
            bits, skip = things[beyond], (which - bases)[beyond]
            while (more := skip > 0).any():
                bits[more] &= bits[more] - 1
                skip[more] -= 1
            target[beyond] = np.bitwise_count((bits & -bits) - 1) + 1
        return target

    def _confide(self, live: Array, lot: Array, confiding: Array) -> None:
        themes = len(self.plan.manner.themes)
        if not themes or not confiding.any():
            return
        at, lots = live[confiding], lot[confiding]
        which = ((lots >> U(42) & U(0xFFFF)).astype(np.int64) * themes) >> 16
        new = ~self.confided[which, at]
        at, which = at[new], which[new]
        if not at.size:
            return
        self.confided[which, at] = True
        if self.themed is None:
            self.themed = self.choosing.themed = np.zeros_like(self.ready.open)
        self.themed[:, at] |= self.plan.theme[:, which]
        first = len(self.plan.events) - themes
        self.ready.happen(at, which + first)

    # -- how it goes -------------------------------------------------------------------------------------------

    def _before_they_come(self, at: Array, move: Array) -> None:
        ran = move == MOVE["run"]
        looked = (move == MOVE["look"]) & (self.wandered[at] <= self.plan.story.wander)
        self._leave(at[ran], RUN)
        at = at[~ran & ~looked]
        if not at.size:
            return
        self.phase[at] = TALK
        self.until[at] = np.maximum(self.breath, self.clock[at] - self.plan.story.unravelling)
        told = self._tell(at, ARRIVAL)
        self._tell(at[~told], TALK)

    def _with_them(self, live: Array, move: Array, target: Array, soft: Array) -> None:
        key = move * 4 + self.plan.band[self.pending[self._all(live)]]
        tells = self.plan.tells[key]
        self._land(live, move, key, soft)
        skip = move == MOVE["skip"]
        if skip.any():
            self.pending[live[skip]] = -1
        ran = move == MOVE["run"]
        if ran.any():
            self._leave(live[ran], RUN)
            live, tells, target = live[~ran], tells[~ran], target[~ran]
        self._advance(live, tells, target)

    def _land(self, live: Array, move: Array, key: Array, soft: Array) -> None:
        plan, at = self.plan, self._all(live)
        gain, nearer, ache = (delta.take(key + soft * len(plan.tells)) for delta in plan.landed)
        pending, trust = self.pending[at], self.trust[at]
        easy = (gain > 0) & (plan.depth[pending] < plan.ready.take(trust) - EASY)
        gain[easy] = 0
        if plan.has_landing:
            own = plan.landing.take(pending * len(WHAT) + move)
            gain = np.where(own != NO_LANDING, np.where(soft, half(own), own), gain)
        lands = move < LANDING_MOVES
        after = np.minimum(np.maximum(trust + gain, TRUST[0]), TRUST[1])
        wound = self.wound[at]
        lost = np.maximum(trust - after, 0)
        mends = (wound > 0) & (gain >= 0) & plan.mends[move] & ~self.mended[at]
        if mends.any():
            back = np.minimum(np.minimum(wound, plan.story.confider.mending), TRUST[1] - after) * mends
            after += back
            lost -= back
            self.mended[at] |= back > 0
        self.trust[at] = after
        self.wound[at] = wound + lost
        self.closeness[at] = np.minimum(np.maximum(self.closeness[at] + nearer, CLOSENESS[0]), CLOSENESS[1])
        self.ache[at] = np.minimum(np.maximum(self.ache[at] + ache, ACHE[0]), ACHE[1])
        self.pending[at] = np.where(lands, -1, pending)

    def _advance(self, live: Array, tells: Array, target: Array) -> None:
        at = self._all(live)
        overdue = (self.breath > self.until[at]) & (self.phase[at] != UNRAVELLING)
        if overdue.any():
            self._unravel(live[overdue])
        self._moments(live, tells & ~overdue)
        speaking = live[tells]
        if speaking.size:
            self._speak(speaking, target[tells])
        self._leave(live[(self.phase[at] == UNRAVELLING) & (self.breath >= self.until[at])], CLOCK)

    def _speak(self, live: Array, target: Array) -> None:
        told = self._tell(live, self.phase[self._all(live)], target)
        lapsed = ~told & (self.phase[self._all(live)] == MOMENT)
        if lapsed.any():
            self._unravel(live[lapsed])
            self._tell(live[lapsed], UNRAVELLING, target[lapsed])

    def _moments(self, live: Array, might: Array) -> None:
        moment = self.plan.story.moment
        if moment is None or self.breath < moment.after:
            return
        at = live[might]
        at = at[(self.phase[at] == TALK) & ~self.moment_over[at]]
        held = np.zeros(at.size, np.bool_)
        for row, clause in self.plan.moment:
            held |= (
                ((self.ready.open[row >> 6, at] >> U(row & 63) & U(1)) != 0)
                & (self.trust[at] >= clause.trust)
                & (self.meeting >= clause.meeting)
                & (self.closeness[at] >= clause.closeness)
                & (self.ache[at] >= clause.ache)
            )
        at = at[held]
        if at.size:
            nothing = np.zeros(at.size, np.int64)
            at = at[(self.choosing.candidates(at, MOMENT, self.trust[at], nothing) != 0).any(axis=0)]
        if at.size:
            self.phase[at] = MOMENT
            self.moment_over[at] = True
            last = self.clock[at] - self.plan.story.unravelling
            self.until[at] = np.minimum(self.breath + moment.length - 1, last)
            self._enter(at, self.plan.moment_scene)

    def _enter(self, at: Array, scene: int) -> None:
        self.scene[at] = scene
        self.here[at] |= self.plan.enters[scene]

    def _unravel(self, at: Array) -> None:
        back = at[(self.phase[at] == MOMENT) & (self.scene[at] != self.plan.opening)]
        self.phase[at] = UNRAVELLING
        self.until[at] = np.minimum(self.breath + self.plan.story.unravelling - 1, self.clock[at])
        self._enter(back, self.plan.opening)
        self.owed[at] = -1

    def _leave(self, at: Array, by: int) -> None:
        """These wake at the end of this breath; nothing is theirs to do in this meeting any more (``_wake``)."""
        if at.size:
            self.over[at] = True
            self.leaving.append((at, np.full(at.size, by), np.full(at.size, self.breath)))

    def _wake(self) -> None:
        """What happens to those who have left, to all of them together: nobody else sees it before the meeting ends."""
        if not self.leaving:
            return
        at, by, breath = (np.concatenate(arrays) for arrays in zip(*self.leaving, strict=True))
        order, self.leaving = np.argsort(at), []
        at, by, breath = at[order], by[order], breath[order]
        late = at[by == CLOCK]
        self._unravel(late[(self.phase[late] == TALK) | (self.phase[late] == MOMENT)])
        if self.meeting < self.plan.story.meetings:
            self._promise(late[self.phase[late] != ARRIVAL])
        self.log.left(self, by, breath)
        arrived = self.phase[at] != ARRIVAL
        met, by = at[arrived], by[arrived]
        if met.size:
            self._tell(met, WAKING, by=by, breath=breath[arrived])
            self._rise(met[by == RUN], self.plan.counters.index(RAN))
        self.phase[at] = WAKING
        self.pending[at] = -1

    def _promise(self, at: Array) -> None:
        promised = self.plan.promised
        at = at[self.owed[at] < 0]
        if not promised.size or not at.size:
            return
        untold = self.ready.order.reshape(self.count, -1).take(at, axis=0).take(promised, axis=1) == 0
        near = self.plan.near.take(self.trust[at], axis=0) * untold
        deepest = near.max(axis=1)
        some = np.flatnonzero(deepest)
        at, equal = at[some], near[some] == deepest[some, None]
        if not at.size:
            return
        count = equal.sum(axis=1)
        lot = (self.choosing.promised(at) % count.astype(U)).astype(np.int32)
        nth = (equal.cumsum(axis=1, dtype=np.int32) > lot[:, None]).argmax(axis=1)
        self.owed[at] = promised[nth]

    # -- what is told ------------------------------------------------------------------------------------------

    def _tell(
        self, live: Array, arc: Any, target: Array | None = None, by: Array | None = None, breath: Array | None = None
    ) -> Array:
        """The next telling of this arc to each; to whom there was one."""
        at = self._all(live)
        if target is None:
            target = np.zeros(live.size, np.int64)
        if breath is None:
            breath = np.full(live.size, self.breath)
        asked = Asked(arc, self.trust[at], target, self.thread[at], self.owed[at], self.told_count[at], breath)
        row = self.choosing.choose(at, asked, by)
        told = row >= 0
        if told.any():
            self._told(live[told], self.plan.owner[row[told]], breath[told])
        return told

    def _told(self, at: Array, telling: Array, breath: Array) -> None:
        plan = self.plan
        self.heard[at] = True
        self.thread[at] = plan.thread_of.take(telling)
        self.owed[at[self.owed[at] == telling]] = -1
        returns = plan.returns.take(telling)
        first = None
        if returns.any():
            if self.choosing.heard_again is None:
                self.choosing.heard_again = np.zeros_like(self.ready.open)
            self.choosing.heard_again[:, at[returns]] |= plan.own[:, telling[returns]]
            first = self.ready.when(at, telling) == 0
        self.log.told(self, at, telling, breath, first)
        if first is not None:
            self.pending[at] = -1
            at, telling = at[first], telling[first]
        number = self.told_count[at] + 1
        self.told_count[at] = number
        self.pending[at] = telling
        self.ache[at] = np.minimum(self.ache[at] + plan.ache.take(telling), ACHE[1])
        self.ready.happen(at, telling)
        self.ready.told(at, telling, number)
        changes = np.flatnonzero(plan.changes.take(telling))
        if changes.size:
            self._change(at[changes], telling[changes])

    def _change(self, at: Array, telling: Array) -> None:
        plan = self.plan
        here, appear, dissolve = self.here[at], plan.appear[telling], plan.dissolve[telling]
        self.here[at] = (here & ~dissolve) | (appear & ~here)
        scene = plan.scene[telling]
        self.scene[at] = np.where(scene >= 0, scene, self.scene[at])
        longer = np.maximum(np.minimum(plan.lengthen[telling], LENGTHEN_MOST - self.lengthened[at]), 0)
        for field in (self.clock, self.until, self.lengthened):
            field[at] += longer
        for facts, events in plan.setting:
            self._set(at, facts.take(telling), events.take(telling))
        for counters, most in plan.raising:
            counter = counters.take(telling)
            rises = np.flatnonzero((counter >= 0) & (self.counters[counter, at] < most.take(telling)))
            self._rise(at[rises], counter[rises])

    def _set(self, at: Array, fact: Array, event: Array) -> None:
        """A fact each, -1 for none: it becomes what this telling says, unless it was something already."""
        new = np.flatnonzero((fact >= 0) & ~self.facts[fact, at])
        self.facts[fact[new], at[new]] = True
        self.ready.happen(at[new], event[new])

    def _rise(self, at: Array, counter: Array | int) -> None:
        """A counter each is one more."""
        self.counters[counter, at] += 1
        event = self.plan.level[counter, np.minimum(self.counters[counter, at], self.plan.level.shape[1] - 1)]
        awaited = np.flatnonzero(event >= 0)
        self.ready.happen(at[awaited], event[awaited])


assert ARCS[:4] == PHASES and NO_BAND == 3


TOGETHER = 6_500_000
"""Readers who read in lock-step, times tellings, at most (32,000 readers of 200): what numpy asks for each call is
shared among them, and 2 bytes are kept for each telling of each."""


def shards(plan: Plan, parts: Iterable[tuple[int, int]], meetings: int) -> Tally:
    """The readers of these shards: where the luck of each begins, and how many they are."""
    keys = np.concatenate([np.zeros(0, U), *(chance.keys(base, 0, count) for base, count in parts)])
    whole, most = Tally(), max(1024, TOGETHER // len(plan.tellings))
    for first in range(0, len(keys), most):
        log = Log()
        crowd = Crowd(plan, keys[first : first + most], log)
        for _ in range(meetings):
            crowd.meet()
        whole.add(log.tally(crowd))
    return whole
