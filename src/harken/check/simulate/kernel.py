"""One reader, breath by breath, compiled by numba: the rules of ``crowd``, which are those of ``engine.decide``.

Everything is in one flat array (``packed`` lays it out, ``places`` says where): one argument is what lets it compile in
seconds and call its parts for nothing. ``tests/check/test_simulate_agrees.py`` sees any difference from the engine.
"""

from __future__ import annotations

# mypy: disable-error-code="no-untyped-def, no-any-return, no-untyped-call, call-arg, var-annotated"
# ruff: noqa: D103, F403, F405
from collections.abc import Iterable

import numpy as np

from harken.check.simulate import packed
from harken.check.simulate.compiling import compiled
from harken.check.simulate.kernel_choice import candidates, choose, happen, mixed
from harken.check.simulate.places import *
from harken.check.simulate.plan import Plan
from harken.check.simulate.pointers import four, numbers_of, ones, place, put, tables_of
from harken.check.simulate.tally import Tally


@compiled
def rise(t, s, counter):
    at = t[S_COUNTERS] + counter
    s[at] += 1
    if s[at] < t[H_LEVELS]:
        event = t[t[LEVEL] + counter * t[H_LEVELS] + s[at]]
        if event >= 0:
            happen(t, s, event)


@compiled
def change(t, s, telling):
    """Facts, counters, things, scene, breaths."""
    appear, dissolve = t[t[APPEAR] + telling], t[t[DISSOLVE] + telling]
    here = s[P_HERE]
    s[P_HERE] = (here & ~dissolve) | (appear & ~here)
    if t[t[SCENES] + telling] >= 0:
        s[P_SCENE] = t[t[SCENES] + telling]
    longer = max(0, min(t[t[LENGTHEN] + telling], LONGER_MOST - s[P_LENGTHENED]))
    s[P_CLOCK] += longer
    s[P_UNTIL] += longer
    s[P_LENGTHENED] += longer
    for i in range(t[t[SETS_AT] + telling], t[t[SETS_AT] + telling + 1]):
        fact = t[S_FACTS] + t[t[SETS] + 2 * i]
        if s[fact] == 0:
            s[fact] = 1
            happen(t, s, t[t[SETS] + 2 * i + 1])
    for i in range(t[t[RAISES_AT] + telling], t[t[RAISES_AT] + telling + 1]):
        counter = t[t[RAISES] + 2 * i]
        if s[t[S_COUNTERS] + counter] < t[t[RAISES] + 2 * i + 1]:
            rise(t, s, counter)


@compiled
def was_told(t, s, telling):
    return (s[t[S_TOLD] + (telling >> 6)] >> (telling & 63)) & 1 != 0


@compiled
def count_told(t, s, telling):
    s[t[O_TIMES] + telling] += 1
    if not was_told(t, s, telling):
        breaths = t[BREATH_MOST]
        s[t[O_FIRST] + (telling * t[H_PLAYED] + s[P_MEETING] - 1) * breaths + s[P_BREATH]] += 1
    s[P_NEW0 + s[P_NEW]] = telling
    s[P_NEW] += 1


@compiled
def told(t, s, telling):
    words = t[H_WORDS]
    count_told(t, s, telling)
    s[P_HEARD] = 1
    s[P_THREAD] = t[t[THREAD_OF] + telling]
    if s[P_OWED] == telling:
        s[P_OWED] = -1
    s[P_PENDING] = -1
    if t[t[RETURNS] + telling] != 0:
        for i in range(words):
            s[t[R_AGAIN] + i] |= t[t[M_OWN] + telling * words + i]
        if was_told(t, s, telling):
            return
    s[t[S_TOLD] + (telling >> 6)] |= 1 << (telling & 63)
    s[P_COUNT] += 1
    s[P_PENDING] = telling
    s[P_ACHE] = min(s[P_ACHE] + t[t[ACHES] + telling], ACHE_MOST)
    happen(t, s, telling)
    if t[t[CHANGES] + telling] != 0:
        change(t, s, telling)


@compiled
def tell(t, s, arc, target, by):
    row = choose(t, s, arc, target, by)
    if row < 0:
        return False
    told(t, s, t[t[OWNER] + row])
    return True


@compiled
def speak(t, s, arc, target):
    """The next telling of this arc. Where nobody has one, of the talk they came for, or a moment lapses."""
    while not tell(t, s, arc, target, -1):
        if arc == ARRIVAL:
            arc = TALK
        elif arc == MOMENT:
            unravel(t, s)
            arc = UNRAVELLING
        else:
            return


@compiled
def enter(t, s, scene):
    s[P_SCENE] = scene
    s[P_HERE] |= t[t[ENTERS] + scene]


@compiled
def unravel(t, s):
    back = s[P_PHASE] == MOMENT and s[P_SCENE] != t[H_OPENING]
    s[P_PHASE] = UNRAVELLING
    s[P_UNTIL] = min(s[P_BREATH] + t[H_UNRAVELLING] - 1, s[P_CLOCK])
    if back:
        enter(t, s, t[H_OPENING])
    s[P_OWED] = -1


@compiled
def promise(t, s):
    """The deepest within reach; where several are, the one the seed draws."""
    promised, ready = t[PROMISED], t[t[READY] + s[P_TRUST]] + REACH_BY
    deepest, count, chosen = -1, 0, -1
    for i in range(t[H_PROMISES]):
        telling = t[promised + i]
        depth = t[t[DEPTH] + telling]
        if depth <= ready and not was_told(t, s, telling):
            if depth > deepest:
                deepest, count, chosen = depth, 1, telling
            elif depth == deepest:
                count += 1
    if count > 1:
        lot = np.int64(np.uint64(s[PROMISING]) % np.uint64(count))
        for i in range(t[H_PROMISES]):
            telling = t[promised + i]
            if t[t[DEPTH] + telling] == deepest and not was_told(t, s, telling):
                if lot == 0:
                    chosen = telling
                    break
                lot -= 1
    s[P_OWED] = chosen


@compiled
def wake(t, s, by):
    if by == BY_CLOCK and (s[P_PHASE] == TALK or s[P_PHASE] == MOMENT):
        unravel(t, s)
    arrived = s[P_PHASE] != ARRIVAL
    if arrived and by == BY_CLOCK and s[P_MEETING] < t[H_MEETINGS] and s[P_OWED] < 0:
        promise(t, s)
    s[t[O_LEFT] + ((s[P_MEETING] - 1) * t[BREATH_MOST] + s[P_BREATH]) * 3 + by] += 1
    if arrived:
        tell(t, s, WAKING, 0, by)
        if by == BY_RUN:
            rise(t, s, t[H_RAN])
    s[P_PHASE] = WAKING
    s[P_OVER] = 1
    s[P_PENDING] = -1


@compiled
def aim(t, s, lot, move):
    phase = s[P_PHASE] * KINDS + move
    things = s[P_HERE] & t[t[AIMED] + move * t[H_SCENES] + s[P_SCENE]]
    bases = t[t[BASES] + phase]
    which = (np.int64((lot >> S10) & LOW16) * (bases + ones(things))) >> 16
    if which < bases or things == 0:
        return t[t[BASE] + phase * t[H_BASE_WIDE] + min(which, t[H_BASE_WIDE] - 1)]
    for _ in range(which - bases):
        things &= things - 1
    return place(things) + 1


@compiled
def confide(t, s, lot):
    themes = t[H_THEMES]
    if themes == 0:
        return
    which = (np.int64((lot >> S42) & LOW16) * themes) >> 16
    if s[t[S_CONFIDED] + which]:
        return
    s[t[S_CONFIDED] + which] = 1
    words = t[H_WORDS]
    for i in range(words):
        s[t[R_THEMED] + i] |= t[t[M_THEME] + which * words + i]
    happen(t, s, t[H_FIRST_THEME] + which)


@compiled
def does(t, s):
    """What the reader does in this breath."""
    lot = mixed(np.uint64(s[LOTS]) + np.uint64(s[P_BREATH]) * GOLDEN)
    form = 0
    if s[P_PENDING] >= 0:
        form = t[t[FORM] + s[P_PENDING]]
    situation = (s[P_PHASE] * t[H_FORMS] + form) * 2 + s[P_HEARD]
    loose = t[H_LOOSE]
    situation <<= loose
    for bit in range(loose):
        at = t[t[LOOSE_MOVES] + bit] * t[H_SCENES] + s[P_SCENE]
        situation += np.int64(s[P_HERE] & t[t[AIMED] + at] != 0) << bit
    slot = situation * SLOTS + np.int64(lot & SLOT_BITS)
    move = (t[t[SLOTTED] + (slot >> 3)] >> ((slot & 7) << 3)) & 0xFF
    typed = move == UNCLEAR or (move < LANDING and np.int64((lot >> S26) & LOW8) < t[H_TYPED])
    s[P_MOVE] = move
    s[P_SOFT] = 0
    if typed:
        s[P_TARGET] = 0
        s[P_SOFT] = np.int64(np.int64((lot >> S34) & LOW8) < t[H_SOFT])
        if move == CONFIDE:
            confide(t, s, lot)
    else:
        s[P_TARGET] = aim(t, s, lot, move)
    s[P_WANDERED] += move == LOOK
    return move


@compiled
def half(value, soft):
    if soft == 0:
        return value
    return value // 2 if value >= 0 else -((-value) // 2)


@compiled
def land(t, s, move, key):
    """How the move lands."""
    soft, trust, pending = s[P_SOFT], s[P_TRUST], s[P_PENDING]
    moves = KINDS * 4
    gain, nearer, ache = t[t[DELTAS] + key], t[t[DELTAS] + moves + key], t[t[DELTAS] + 2 * moves + key]
    if pending >= 0:
        if gain > 0 and t[t[DEPTH] + pending] < t[t[READY] + trust] - EASY_BY:
            gain = 0
        if t[H_HAS_LANDING]:
            own = t[t[LANDINGS] + pending * KINDS + move]
            if own != NONE:
                gain = own
    gain, nearer, ache = half(gain, soft), half(nearer, soft), half(ache, soft)
    after = min(max(trust + gain, TRUST_LEAST), TRUST_MOST)
    lost = max(trust - after, 0)
    if s[P_WOUND] > 0 and gain >= 0 and s[P_MENDED] == 0 and t[t[MENDS] + move]:
        back = min(min(s[P_WOUND], t[H_MENDING]), TRUST_MOST - after)
        after += back
        lost -= back
        if back > 0:
            s[P_MENDED] = 1
    s[P_TRUST] = after
    s[P_WOUND] += lost
    s[P_CLOSE] = min(max(s[P_CLOSE] + nearer, CLOSE_LEAST), CLOSE_MOST)
    s[P_ACHE] = min(max(s[P_ACHE] + ache, ACHE_LEAST), ACHE_MOST)
    if move < LANDING:
        s[P_PENDING] = -1


@compiled
def moment_may_begin(t, s):
    after = t[H_MOMENT_AFTER]
    if after < 0 or s[P_BREATH] < after or s[P_MOMENT_OVER] or s[P_PHASE] != TALK:
        return False
    held = False
    for i in range(t[t[MOMENTS]]):
        at = t[MOMENTS] + 1 + 5 * i
        row = t[at]
        is_open = (s[t[R_OPEN] + (row >> 6)] >> (row & 63)) & 1 != 0
        there = s[P_TRUST] >= t[at + 1] and s[P_MEETING] >= t[at + 2]
        if is_open and there and s[P_CLOSE] >= t[at + 3] and s[P_ACHE] >= t[at + 4]:
            held = True
    return held and candidates(t, s, MOMENT, 0, -1) != 0


@compiled
def turn(t, s, tells):
    """Time or a moment turns the meeting to its next phase."""
    if s[P_BREATH] > s[P_UNTIL] and s[P_PHASE] != UNRAVELLING:
        unravel(t, s)
    elif tells and moment_may_begin(t, s):
        s[P_PHASE] = MOMENT
        s[P_MOMENT_OVER] = 1
        s[P_UNTIL] = min(s[P_BREATH] + t[H_MOMENT_LENGTH] - 1, s[P_CLOCK] - t[H_UNRAVELLING])
        enter(t, s, t[H_MOMENT_SCENE])


@compiled
def answer(t, s, move):
    """How the move lands. The arc that is told of next; -1 where nothing is."""
    pending = s[P_PENDING]
    key = move * 4 + (t[t[BAND] + pending] if pending >= 0 else WITHOUT_BAND)
    tells = t[t[TELLS] + key] != 0
    land(t, s, move, key)
    if move == SKIP:
        s[P_PENDING] = -1
    if move == RUN:
        return -1
    turn(t, s, tells)
    return s[P_PHASE] if tells else -1


@compiled
def breathe(t, s):
    """One breath of a reader whose meeting is going on."""
    s[P_BREATH] += 1
    s[P_NEW] = 0
    move = does(t, s)
    arc, target, leaving = -1, s[P_TARGET], -1
    if move == WAKE:
        leaving = BY_WAKE
    elif s[P_PHASE] != ARRIVAL:
        arc = answer(t, s, move)
    elif move != RUN and (move != LOOK or s[P_WANDERED] > t[H_WANDER]):
        s[P_PHASE] = TALK
        s[P_UNTIL] = max(s[P_BREATH], s[P_CLOCK] - t[H_UNRAVELLING])
        arc, target = ARRIVAL, 0
    if move == RUN:
        leaving = BY_RUN
    if arc >= 0:
        speak(t, s, arc, target)
    if leaving < 0 and (s[P_BREATH] >= s[P_CLOCK] or (s[P_PHASE] == UNRAVELLING and s[P_BREATH] >= s[P_UNTIL])):
        leaving = BY_CLOCK
    if leaving >= 0:
        wake(t, s, leaving)


@compiled
def arrive(t, s, key):
    """The next meeting of the reader with this key begins."""
    s[P_MEETING] += 1
    meeting = np.uint64(s[P_MEETING])
    lots = mixed(key + meeting * MEETING_STEP)
    seed = lots >> S34
    s[LOTS] = np.int64(lots)
    s[CHOOSING] = np.int64(mixed(mixed(seed ^ CHOOSE_NAME) + GOLDEN + meeting))
    s[PROMISING] = np.int64(mixed(mixed(seed ^ PROMISE_NAME) + GOLDEN + meeting))
    words = t[H_WORDS]
    for i in range(words):
        s[t[R_AGAIN] + i] = 0
    for at in range(P_PHASE, P_OVER + 2):
        s[at] = 0
    s[P_BREATH] = 0
    s[P_CLOCK] = t[t[CLOCKS] + s[P_MEETING]]
    s[P_UNTIL] = s[P_CLOCK]
    s[P_PENDING] = -1
    s[P_SCENE] = t[H_OPENING]
    s[P_HERE] = t[t[ENTERS] + t[H_OPENING]]


@compiled
def begin(t, s):
    """A new reader, who was told nothing."""
    for at in range(0, t[OWN_SIZE], 4):
        put(s, P_TRUST + at, four(t, t[NEW_READER] + at))


@compiled
def bear_witness(t, s, reader):
    """Note this reader for what they were the first to be told."""
    for i in range((t[H_TELLINGS] + 63) >> 6):
        new = s[t[S_TOLD] + i] & ~s[t[O_SEEN] + i]
        s[t[O_SEEN] + i] |= new
        while new != 0:
            s[t[O_WITNESS] + 64 * i + place(new)] = reader
            new &= new - 1


@compiled
def shard(numbers, base, first, count):
    """Readers ``first`` to ``first + count - 1`` of a shard, one after the other; how many breaths they drew."""
    t, s = tables_of(numbers), numbers_of(numbers)
    breaths = 0
    for reader in range(first, first + count):
        begin(t, s)
        key = mixed(base + np.uint64(reader) * GOLDEN)
        for _ in range(t[H_PLAYED]):
            arrive(t, s, key)
            while s[P_OVER] == 0:
                breathe(t, s)
            breaths += s[P_BREATH]
        s[t[O_HEARD] + s[P_COUNT]] += 1
        bear_witness(t, s, reader)
    return breaths


def shards(plan: Plan, parts: Iterable[tuple[int, int]], meetings: int) -> Tally:
    """The readers of these shards, as ``crowd.shards`` counts them."""
    laid_out = packed.Packed(plan, meetings)
    breaths, readers = 0, 0
    for base, count in parts:
        breaths += int(shard(laid_out.numbers, np.uint64(base), 0, count))
        readers += count
    return laid_out.tally(readers, breaths)


assert P_HEARD == P_OVER + 1
