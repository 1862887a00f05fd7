"""One reader, breath by breath, compiled by numba: the rules of ``crowd``, which are those of ``engine.decide``.

Everything is in one flat array ``a`` (``packed`` lays it out): one argument is what lets it compile in seconds and
call its parts for nothing. What is compiled is kept in the user's cache, so that it is compiled once.
``tests/check/test_simulate_agrees.py`` sees any difference from the engine.
"""

from __future__ import annotations

# mypy: disable-error-code="no-untyped-def, no-any-return, no-untyped-call"
# ruff: noqa: D103
import os

import numba
import numpy as np

from harken.check.policies import WHAT
from harken.check.simulate import luck, packed
from harken.check.simulate.plan import NO_BAND, NO_LANDING, Plan
from harken.check.simulate.tally import Tally
from harken.engine import chance
from harken.engine.arc import REACH
from harken.engine.landing import EASY
from harken.engine.moves import ACHE, CLOSENESS, LENGTHEN_MOST, MOVES, TRUST
from harken.story.cache import home

if "NUMBA_CACHE_DIR" not in os.environ:
    vars(numba.config)["CACHE_DIR"] = str(home() / "compiled")

ARRIVAL, TALK, MOMENT, UNRAVELLING, WAKING = range(5)
BY_CLOCK, BY_WAKE, BY_RUN = range(3)
RUN, LOOK, SKIP, WAKE, CONFIDE, UNCLEAR = (
    WHAT.index(move) for move in ("run", "look", "skip", "wake", "confide", "unclear")
)
LANDING, KINDS, EASY_BY, REACH_BY, LONGER_MOST, NONE = len(MOVES), len(WHAT), EASY, REACH, LENGTHEN_MOST, NO_LANDING
TRUST_LEAST, TRUST_MOST = TRUST
CLOSE_LEAST, CLOSE_MOST = CLOSENESS
ACHE_LEAST, ACHE_MOST = ACHE
SLOTS = luck.SLOTS
S27, S30, S31 = np.uint64(27), np.uint64(30), np.uint64(31)
MIX0, MIX1, GOLDEN, MEETING_STEP = (
    np.uint64(number) for number in (*chance.MIX, chance.GOLDEN, luck.MEETING)
)  # fmt: skip
CHOOSE_NAME, PROMISE_NAME = (np.uint64(chance.name_of(name)) for name in ("choose", "promise"))
S34, SLOT_BITS, S10, LOW16, S26, LOW8, S42 = (np.uint64(number) for number in (34, SLOTS - 1, 10, 0xFFFF, 26, 0xFF, 42))
B1, B2, B4, BH = (
    np.uint64(number) for number in (0x5555555555555555, 0x3333333333333333, 0x0F0F0F0F0F0F0F0F, 0x0101010101010101)
)
S1, S2, S4, S56 = (np.uint64(number) for number in (1, 2, 4, 56))

(
    H_TELLINGS, H_ROWS, H_WORDS, H_EVENTS, H_FORMS, H_SCENES, H_COUNTERS, H_THEMES, H_LOOSE, H_HAS_ONLY, H_HAS_LANDING,
    H_TYPED, H_SOFT, H_MEETINGS, H_PLAYED, H_WANDER, H_UNRAVELLING, H_MENDING, H_OPENING, H_MOMENT_AFTER,
    H_MOMENT_LENGTH, H_MOMENT_SCENE, H_PROMISES, H_RAN, H_FIRST_THEME, H_LEVELS, H_BASE_WIDE, H_MEETING_MOST,
    OWNER, RANK, DEPTH, BAND, FORM, ACHES, RETURNS, THREAD_OF, READY, DELTAS, TELLS, MENDS, LANDINGS, BASES, BASE,
    AIMED, LOOSE_MOVES, ENTERS, APPEAR, DISSOLVE, SCENES, LENGTHEN, CLOCKS, WAITS_AT, WAITS, CLOSES_AT, CLOSES,
    SINCE_AT, SINCE, SETS_AT, SETS, RAISES_AT, RAISES, LEVEL, PROMISED, MOMENTS,
    CHANGES, RANK_ENDS, M_ARC, M_TRUST, M_MEETING, M_ALLOWED, M_TARGET, M_THREAD, M_THEME, M_BY, M_OWN, M_AGAIN,
    M_URGENT, M_SAME, M_EVERY, M_FROM_START,
    R_OPEN, R_CLOSED, R_AGAIN, R_THEMED, R_CHOSEN, S_MISSING, S_SINCE, S_TOLD, S_FACTS, S_COUNTERS, S_CONFIDED,
    OWN_SIZE, NEW_READER, SLOTTED, O_FIRST, O_TIMES, O_LEFT, O_HEARD, O_WITNESS, O_SEEN, BREATH_MOST,
) = range(len(packed.HEADER))  # fmt: skip
(
    P_TRUST, P_CLOSE, P_ACHE, P_WOUND, P_OWED, P_COUNT, P_MEETING, P_BREATH, P_CLOCK, P_UNTIL, P_PHASE, P_LENGTHENED,
    P_WANDERED, P_THREAD, P_MENDED, P_MOMENT_OVER, P_OVER, P_HEARD, P_PENDING, P_SCENE, P_HERE, P_MOVE, P_TARGET,
    P_SOFT, P_NEW, P_NEW0, P_NEW1, P_NEW2, P_NEW3, P_BREATHS,
    LOTS, CHOOSING, PROMISING,
) = range(len(packed.HEADER), len(packed.HEADER) + len(packed.STATE))  # fmt: skip
compiled = numba.njit(cache=True)


@compiled
def mixed(z):
    z = (z ^ (z >> S30)) * MIX0
    z = (z ^ (z >> S27)) * MIX1
    return z ^ (z >> S31)


@compiled
def ones(x):
    """How many bits there are."""
    x = np.uint64(x)
    x = x - ((x >> S1) & B1)
    x = (x & B2) + ((x >> S2) & B2)
    x = (x + (x >> S4)) & B4
    return np.int64((x * BH) >> S56)


@compiled
def place(x):
    """Where the lowest bit is."""
    return ones((x & -x) - 1)


@compiled
def narrow(a, mask, invert):
    """Keep only the chosen rows that are in this mask, if any is."""
    words, chosen = a[H_WORDS], a[R_CHOSEN]
    flip = -1 if invert else 0
    any_left = 0
    for i in range(words):
        any_left |= a[chosen + i] & (a[mask + i] ^ flip)
    if any_left != 0:
        for i in range(words):
            a[chosen + i] &= a[mask + i] ^ flip


@compiled
def happen(a, event):
    """What waited for this waits for one thing less; what it closes is closed."""
    opens, closed, missing = a[R_OPEN], a[R_CLOSED], a[S_MISSING]
    for i in range(a[a[CLOSES_AT] + event], a[a[CLOSES_AT] + event + 1]):
        row = a[a[CLOSES] + i]
        bit = 1 << (row & 63)
        a[closed + (row >> 6)] |= bit
        a[opens + (row >> 6)] &= ~bit
    for i in range(a[a[WAITS_AT] + event], a[a[WAITS_AT] + event + 1]):
        row = a[a[WAITS] + i]
        shift = (row & 7) << 3
        left = a[missing + (row >> 3)] - (1 << shift)
        a[missing + (row >> 3)] = left
        if (left >> shift) & 0xFF == 0:
            bit = 1 << (row & 63)
            if a[closed + (row >> 6)] & bit == 0:
                a[opens + (row >> 6)] |= bit


@compiled
def candidates(a, arc, target, by):
    """Put the rows that may be told now into the chosen ones. 0 where there are none; else 1, and bits for what is
    among them: told once, urgent, the target's, the thread's, themed."""
    words, chosen, opens, again = a[H_WORDS], a[R_CHOSEN], a[R_OPEN], a[R_AGAIN]
    arcs = a[M_ARC] + arc * words
    trust = a[M_TRUST] + a[P_TRUST] * words
    meeting = a[M_MEETING] + min(a[P_MEETING], a[H_MEETING_MOST]) * words
    aimed, thread = a[M_TARGET] + target * words, a[M_THREAD] + a[P_THREAD] * words
    returning, urgent, themed = a[M_AGAIN], a[M_URGENT], a[R_THEMED]
    only, allowed = a[H_HAS_ONLY] != 0, a[M_ALLOWED] + target * words
    ways = a[M_BY] + max(by, 0) * words
    some, once, pressing, of_target, of_thread, of_theme = 0, 0, 0, 0, 0, 0
    for i in range(words):
        rows = a[opens + i] & a[arcs + i]
        if rows != 0:
            rows &= a[trust + i] & a[meeting + i] & ~a[again + i]
            if only:
                rows &= a[allowed + i]
            if by >= 0:
                rows &= a[ways + i]
            some |= rows
            once |= rows & ~a[returning + i]
            pressing |= rows & a[urgent + i]
            of_target |= rows & a[aimed + i]
            of_thread |= rows & a[thread + i]
            of_theme |= rows & a[themed + i]
        a[chosen + i] = rows
    if some == 0:
        return 0
    found = 1 | (once != 0) << 1 | (pressing != 0) << 2
    return found | (of_target != 0) << 3 | (of_thread != 0) << 4 | (of_theme != 0) << 5


@compiled
def lowest(a, mask):
    """The lowest of the chosen rows that are in this mask; -1 where none is."""
    chosen = a[R_CHOSEN]
    for i in range(a[H_WORDS]):
        rows = a[chosen + i] & a[mask + i]
        if rows != 0:
            return 64 * i + place(rows)
    return -1


@compiled
def lot_of(a, count):
    """The seed's draw of one of so many."""
    z = mixed(np.uint64(a[CHOOSING]) + GOLDEN + np.uint64(a[P_BREATH]))
    return np.int64(mixed(z + GOLDEN + np.uint64(a[P_COUNT])) % np.uint64(count))


@compiled
def nth(a, begin, end, lot):
    """The ``lot``-th (from 0) of the chosen rows in these words."""
    chosen = a[R_CHOSEN]
    for i in range(begin, end):
        rows = a[chosen + i]
        count = ones(rows)
        if lot < count:
            for _ in range(lot):
                rows &= rows - 1
            return 64 * i + place(rows)
        lot -= count
    return -1


@compiled
def longest(a, begin, end):
    """Leave of the chosen rows in these words, all of which wait for tellings, those that have waited longest."""
    chosen, since = a[R_CHOSEN], a[S_SINCE]
    least = 1 << 40
    for i in range(begin, end):
        rows = a[chosen + i]
        kept = 0
        while rows != 0:
            row = 64 * i + place(rows)
            if a[since + row] < least:
                least, kept = a[since + row], 0
                for j in range(begin, i):
                    a[chosen + j] = 0
            if a[since + row] == least:
                kept |= rows & -rows
            rows &= rows - 1
        a[chosen + i] = kept


@compiled
def drawn(a, begin, end):
    """Of the chosen rows in these words the one that has waited longest; of several, the one that the seed draws."""
    chosen, from_start = a[R_CHOSEN], a[M_FROM_START]
    count = 0
    for i in range(begin, end):
        count += ones(a[chosen + i] & a[from_start + i])
    if count != 0:
        for i in range(begin, end):
            a[chosen + i] &= a[from_start + i]
    else:
        longest(a, begin, end)
        for i in range(begin, end):
            count += ones(a[chosen + i])
    return nth(a, begin, end, lot_of(a, count) if count > 1 else 0)


@compiled
def choose(a, arc, target, by):
    """The row that is told next; -1 where nothing is ready."""
    found = candidates(a, arc, target, by)
    if found == 0:
        return -1
    words = a[H_WORDS]
    if a[P_OWED] >= 0:
        narrow(a, a[M_OWN] + a[P_OWED] * words, False)
    if found & 2:
        narrow(a, a[M_AGAIN], True)
    if found & 4:
        narrow(a, a[M_URGENT], False)
    everything = touched = a[M_EVERY]
    if found & 8:
        touched = a[M_TARGET] + target * words
    elif found & 16:
        touched = a[M_THREAD] + a[P_THREAD] * words
    elif found & 32:
        touched = a[R_THEMED]
    first = lowest(a, touched)
    if first < 0:
        touched = everything
        first = lowest(a, touched)
    return equal(a, touched, first)


@compiled
def equal(a, touched, first):
    """Of the chosen rows that are touched and rank with the first of them, the one that is told."""
    chosen = a[R_CHOSEN]
    rank = a[a[RANK] + first]
    same = a[M_SAME] + rank * a[H_WORDS]
    begin, end = first >> 6, a[a[RANK_ENDS] + rank]
    count = 0
    for i in range(begin, end):
        rows = a[chosen + i] & a[touched + i] & a[same + i]
        a[chosen + i] = rows
        count += ones(rows)
    if count > 1:
        return drawn(a, begin, end)
    return first


@compiled
def rise(a, counter):
    at = a[S_COUNTERS] + counter
    a[at] += 1
    if a[at] < a[H_LEVELS]:
        event = a[a[LEVEL] + counter * a[H_LEVELS] + a[at]]
        if event >= 0:
            happen(a, event)


@compiled
def change(a, telling):
    """Facts, counters, things, scene, breaths."""
    appear, dissolve = a[a[APPEAR] + telling], a[a[DISSOLVE] + telling]
    here = a[P_HERE]
    a[P_HERE] = (here & ~dissolve) | (appear & ~here)
    if a[a[SCENES] + telling] >= 0:
        a[P_SCENE] = a[a[SCENES] + telling]
    longer = max(0, min(a[a[LENGTHEN] + telling], LONGER_MOST - a[P_LENGTHENED]))
    a[P_CLOCK] += longer
    a[P_UNTIL] += longer
    a[P_LENGTHENED] += longer
    for i in range(a[a[SETS_AT] + telling], a[a[SETS_AT] + telling + 1]):
        fact = a[S_FACTS] + a[a[SETS] + 2 * i]
        if a[fact] == 0:
            a[fact] = 1
            happen(a, a[a[SETS] + 2 * i + 1])
    for i in range(a[a[RAISES_AT] + telling], a[a[RAISES_AT] + telling + 1]):
        counter = a[a[RAISES] + 2 * i]
        if a[a[S_COUNTERS] + counter] < a[a[RAISES] + 2 * i + 1]:
            rise(a, counter)


@compiled
def was_told(a, telling):
    return (a[a[S_TOLD] + (telling >> 6)] >> (telling & 63)) & 1 != 0


@compiled
def count_told(a, telling):
    a[a[O_TIMES] + telling] += 1
    if not was_told(a, telling):
        breaths = a[BREATH_MOST]
        a[a[O_FIRST] + (telling * a[H_PLAYED] + a[P_MEETING] - 1) * breaths + a[P_BREATH]] += 1
    a[P_NEW0 + a[P_NEW]] = telling
    a[P_NEW] += 1


@compiled
def told(a, telling):
    words = a[H_WORDS]
    count_told(a, telling)
    a[P_HEARD] = 1
    a[P_THREAD] = a[a[THREAD_OF] + telling]
    if a[P_OWED] == telling:
        a[P_OWED] = -1
    a[P_PENDING] = -1
    if a[a[RETURNS] + telling] != 0:
        for i in range(words):
            a[a[R_AGAIN] + i] |= a[a[M_OWN] + telling * words + i]
        if was_told(a, telling):
            return
    a[a[S_TOLD] + (telling >> 6)] |= 1 << (telling & 63)
    a[P_COUNT] += 1
    a[P_PENDING] = telling
    a[P_ACHE] = min(a[P_ACHE] + a[a[ACHES] + telling], ACHE_MOST)
    happen(a, telling)
    for i in range(a[a[SINCE_AT] + telling], a[a[SINCE_AT] + telling + 1]):
        a[a[S_SINCE] + a[a[SINCE] + i]] = a[P_COUNT]
    if a[a[CHANGES] + telling] != 0:
        change(a, telling)


@compiled
def tell(a, arc, target, by):
    row = choose(a, arc, target, by)
    if row < 0:
        return False
    told(a, a[a[OWNER] + row])
    return True


@compiled
def enter(a, scene):
    a[P_SCENE] = scene
    a[P_HERE] |= a[a[ENTERS] + scene]


@compiled
def unravel(a):
    back = a[P_PHASE] == MOMENT and a[P_SCENE] != a[H_OPENING]
    a[P_PHASE] = UNRAVELLING
    a[P_UNTIL] = min(a[P_BREATH] + a[H_UNRAVELLING] - 1, a[P_CLOCK])
    if back:
        enter(a, a[H_OPENING])
    a[P_OWED] = -1


@compiled
def promise(a):
    """The deepest within reach; where several are, the one the seed draws."""
    promised, ready = a[PROMISED], a[a[READY] + a[P_TRUST]] + REACH_BY
    deepest, count, chosen = -1, 0, -1
    for i in range(a[H_PROMISES]):
        telling = a[promised + i]
        depth = a[a[DEPTH] + telling]
        if depth <= ready and not was_told(a, telling):
            if depth > deepest:
                deepest, count, chosen = depth, 1, telling
            elif depth == deepest:
                count += 1
    if count > 1:
        lot = np.int64(np.uint64(a[PROMISING]) % np.uint64(count))
        for i in range(a[H_PROMISES]):
            telling = a[promised + i]
            if a[a[DEPTH] + telling] == deepest and not was_told(a, telling):
                if lot == 0:
                    chosen = telling
                    break
                lot -= 1
    a[P_OWED] = chosen


@compiled
def wake(a, by):
    if by == BY_CLOCK and (a[P_PHASE] == TALK or a[P_PHASE] == MOMENT):
        unravel(a)
    arrived = a[P_PHASE] != ARRIVAL
    if arrived and by == BY_CLOCK and a[P_MEETING] < a[H_MEETINGS] and a[P_OWED] < 0:
        promise(a)
    a[a[O_LEFT] + ((a[P_MEETING] - 1) * a[BREATH_MOST] + a[P_BREATH]) * 3 + by] += 1
    if arrived:
        tell(a, WAKING, 0, by)
        if by == BY_RUN:
            rise(a, a[H_RAN])
    a[P_PHASE] = WAKING
    a[P_OVER] = 1
    a[P_PENDING] = -1


@compiled
def aim(a, lot, move):
    phase = a[P_PHASE] * KINDS + move
    things = a[P_HERE] & a[a[AIMED] + move * a[H_SCENES] + a[P_SCENE]]
    bases = a[a[BASES] + phase]
    which = (np.int64((lot >> S10) & LOW16) * (bases + ones(things))) >> 16
    if which < bases or things == 0:
        return a[a[BASE] + phase * a[H_BASE_WIDE] + min(which, a[H_BASE_WIDE] - 1)]
    for _ in range(which - bases):
        things &= things - 1
    return place(things) + 1


@compiled
def confide(a, lot):
    themes = a[H_THEMES]
    if themes == 0:
        return
    which = (np.int64((lot >> S42) & LOW16) * themes) >> 16
    if a[a[S_CONFIDED] + which]:
        return
    a[a[S_CONFIDED] + which] = 1
    words = a[H_WORDS]
    for i in range(words):
        a[a[R_THEMED] + i] |= a[a[M_THEME] + which * words + i]
    happen(a, a[H_FIRST_THEME] + which)


@compiled
def does(a):
    """What the reader does in this breath."""
    lot = mixed(np.uint64(a[LOTS]) + np.uint64(a[P_BREATH]) * GOLDEN)
    form = 0
    if a[P_PENDING] >= 0:
        form = a[a[FORM] + a[P_PENDING]]
    situation = (a[P_PHASE] * a[H_FORMS] + form) * 2 + a[P_HEARD]
    loose = a[H_LOOSE]
    situation <<= loose
    for bit in range(loose):
        at = a[a[LOOSE_MOVES] + bit] * a[H_SCENES] + a[P_SCENE]
        if a[P_HERE] & a[a[AIMED] + at]:
            situation += 1 << bit
    slot = situation * SLOTS + np.int64(lot & SLOT_BITS)
    move = (a[a[SLOTTED] + (slot >> 3)] >> ((slot & 7) << 3)) & 0xFF
    typed = move == UNCLEAR or (move < LANDING and np.int64((lot >> S26) & LOW8) < a[H_TYPED])
    a[P_MOVE] = move
    a[P_SOFT] = 0
    if typed:
        a[P_TARGET] = 0
        a[P_SOFT] = np.int64(np.int64((lot >> S34) & LOW8) < a[H_SOFT])
        if move == CONFIDE:
            confide(a, lot)
    else:
        a[P_TARGET] = aim(a, lot, move)
    if move == LOOK:
        a[P_WANDERED] += 1


@compiled
def half(value, soft):
    if soft == 0:
        return value
    return value // 2 if value >= 0 else -((-value) // 2)


@compiled
def land(a, key):
    """How the move lands."""
    move, soft, trust, pending = a[P_MOVE], a[P_SOFT], a[P_TRUST], a[P_PENDING]
    moves = KINDS * 4
    gain, nearer, ache = a[a[DELTAS] + key], a[a[DELTAS] + moves + key], a[a[DELTAS] + 2 * moves + key]
    if pending >= 0:
        if gain > 0 and a[a[DEPTH] + pending] < a[a[READY] + trust] - EASY_BY:
            gain = 0
        if a[H_HAS_LANDING]:
            own = a[a[LANDINGS] + pending * KINDS + move]
            if own != NONE:
                gain = own
    gain, nearer, ache = half(gain, soft), half(nearer, soft), half(ache, soft)
    after = min(max(trust + gain, TRUST_LEAST), TRUST_MOST)
    lost = max(trust - after, 0)
    if a[P_WOUND] > 0 and gain >= 0 and a[P_MENDED] == 0 and a[a[MENDS] + move]:
        back = min(min(a[P_WOUND], a[H_MENDING]), TRUST_MOST - after)
        after += back
        lost -= back
        if back > 0:
            a[P_MENDED] = 1
    a[P_TRUST] = after
    a[P_WOUND] += lost
    a[P_CLOSE] = min(max(a[P_CLOSE] + nearer, CLOSE_LEAST), CLOSE_MOST)
    a[P_ACHE] = min(max(a[P_ACHE] + ache, ACHE_LEAST), ACHE_MOST)
    if move < LANDING:
        a[P_PENDING] = -1


@compiled
def moment_may_begin(a):
    after = a[H_MOMENT_AFTER]
    if after < 0 or a[P_BREATH] < after or a[P_MOMENT_OVER] or a[P_PHASE] != TALK:
        return False
    held = False
    for i in range(a[a[MOMENTS]]):
        at = a[MOMENTS] + 1 + 5 * i
        row = a[at]
        is_open = (a[a[R_OPEN] + (row >> 6)] >> (row & 63)) & 1 != 0
        there = a[P_TRUST] >= a[at + 1] and a[P_MEETING] >= a[at + 2]
        if is_open and there and a[P_CLOSE] >= a[at + 3] and a[P_ACHE] >= a[at + 4]:
            held = True
    return held and candidates(a, MOMENT, 0, -1) != 0


@compiled
def advance(a, tells):
    if a[P_BREATH] > a[P_UNTIL] and a[P_PHASE] != UNRAVELLING:
        unravel(a)
    elif tells and moment_may_begin(a):
        a[P_PHASE] = MOMENT
        a[P_MOMENT_OVER] = 1
        a[P_UNTIL] = min(a[P_BREATH] + a[H_MOMENT_LENGTH] - 1, a[P_CLOCK] - a[H_UNRAVELLING])
        enter(a, a[H_MOMENT_SCENE])
    if tells and not tell(a, a[P_PHASE], a[P_TARGET], -1) and a[P_PHASE] == MOMENT:
        unravel(a)
        tell(a, UNRAVELLING, a[P_TARGET], -1)
    if a[P_PHASE] == UNRAVELLING and a[P_BREATH] >= a[P_UNTIL]:
        wake(a, BY_CLOCK)


@compiled
def before_they_come(a):
    if a[P_MOVE] == RUN:
        wake(a, BY_RUN)
    elif a[P_MOVE] != LOOK or a[P_WANDERED] > a[H_WANDER]:
        a[P_PHASE] = TALK
        a[P_UNTIL] = max(a[P_BREATH], a[P_CLOCK] - a[H_UNRAVELLING])
        if not tell(a, ARRIVAL, 0, -1):
            tell(a, TALK, 0, -1)


@compiled
def breathe(a):
    """One breath of a reader whose meeting is going on."""
    a[P_BREATH] += 1
    a[P_NEW] = 0
    a[P_BREATHS] += 1
    does(a)
    move = a[P_MOVE]
    if move == WAKE:
        wake(a, BY_WAKE)
    elif a[P_PHASE] == ARRIVAL:
        before_they_come(a)
    else:
        part = 3
        if a[P_PENDING] >= 0:
            part = a[a[BAND] + a[P_PENDING]]
        key = move * 4 + part
        tells = a[a[TELLS] + key] != 0
        land(a, key)
        if move == SKIP:
            a[P_PENDING] = -1
        if move == RUN:
            wake(a, BY_RUN)
        else:
            advance(a, tells)
    if a[P_OVER] == 0 and a[P_BREATH] >= a[P_CLOCK]:
        wake(a, BY_CLOCK)


@compiled
def arrive(a, key):
    """The next meeting of the reader with this key begins."""
    a[P_MEETING] += 1
    meeting = np.uint64(a[P_MEETING])
    lots = mixed(key + meeting * MEETING_STEP)
    seed = lots >> S34
    a[LOTS] = np.int64(lots)
    a[CHOOSING] = np.int64(mixed(mixed(seed ^ CHOOSE_NAME) + GOLDEN + meeting))
    a[PROMISING] = np.int64(mixed(mixed(seed ^ PROMISE_NAME) + GOLDEN + meeting))
    words = a[H_WORDS]
    for i in range(words):
        a[a[R_AGAIN] + i] = 0
    for at in range(P_PHASE, P_OVER + 2):
        a[at] = 0
    a[P_BREATH] = 0
    a[P_CLOCK] = a[a[CLOCKS] + a[P_MEETING]]
    a[P_UNTIL] = a[P_CLOCK]
    a[P_PENDING] = -1
    a[P_SCENE] = a[H_OPENING]
    a[P_HERE] = a[a[ENTERS] + a[H_OPENING]]


@compiled
def begin(a):
    """A new reader, who was told nothing."""
    for at in range(a[OWN_SIZE]):
        a[P_TRUST + at] = a[a[NEW_READER] + at]


@compiled
def bear_witness(a, reader):
    """Note this reader for what they were the first to be told."""
    for i in range((a[H_TELLINGS] + 63) >> 6):
        new = a[a[S_TOLD] + i] & ~a[a[O_SEEN] + i]
        a[a[O_SEEN] + i] |= new
        while new != 0:
            a[a[O_WITNESS] + 64 * i + place(new)] = reader
            new &= new - 1


@compiled
def shard(a, base, first, count):
    """Readers ``first`` to ``first + count - 1`` of a shard, one after the other; how many breaths they drew."""
    breaths = 0
    for reader in range(first, first + count):
        begin(a)
        key = mixed(base + np.uint64(reader) * GOLDEN)
        for _ in range(a[H_PLAYED]):
            arrive(a, key)
            while a[P_OVER] == 0:
                breathe(a)
        breaths += a[P_BREATHS]
        a[a[O_HEARD] + a[P_COUNT]] += 1
        bear_witness(a, reader)
    return breaths


def read(plan: Plan, base: int, count: int, meetings: int) -> Tally:
    """The readers 0 to ``count`` - 1 of a shard, as ``crowd.shard`` counts them."""
    laid_out = packed.Packed(plan, meetings)
    breaths = shard(laid_out.numbers, np.uint64(base), 0, count)
    return laid_out.tally(count, int(breaths))


assert NO_BAND == 3 and P_HEARD == P_OVER + 1
