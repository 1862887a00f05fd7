"""What a reader is told next, compiled by numba: the rules of ``ready`` and ``choosing``, for one reader.

``t`` are the tables, ``s`` the same array where it is written (``pointers``). Rows are chosen among by striking out
those in ``R_CHOSEN`` that are not.
"""

from __future__ import annotations

# mypy: disable-error-code="no-untyped-def, no-any-return, no-untyped-call, call-arg, var-annotated"
# ruff: noqa: D103, F403, F405
import numpy as np

from harken.check.simulate.compiling import compiled
from harken.check.simulate.places import *
from harken.check.simulate.pointers import all_of, four, how_many, ones, place, put, which


@compiled
def mixed(z):
    z = (z ^ (z >> S30)) * MIX0
    z = (z ^ (z >> S27)) * MIX1
    return z ^ (z >> S31)


@compiled
def narrow(t, s, mask, flip):
    """Keep only the chosen rows that are in this mask, if any is."""
    words, chosen = t[H_WORDS], t[R_CHOSEN]
    any_left = 0
    for i in range(words):
        any_left |= s[chosen + i] & (t[mask + i] ^ flip)
    if any_left != 0:
        for i in range(words):
            s[chosen + i] &= t[mask + i] ^ flip


@compiled
def happen(t, s, event):
    """What waited for this waits for one thing less; what it closes is closed."""
    opens, closed, missing = t[R_OPEN], t[R_CLOSED], t[S_MISSING]
    closing = t[M_CLOSES] + event * t[H_WORDS]
    for i in range(0, t[H_WORDS], 4):
        rows = four(t, closing + i)
        put(s, closed + i, four(s, closed + i) | rows)
        put(s, opens + i, four(s, opens + i) & ~rows)
    for i in range(t[t[WAITS_AT] + event], t[t[WAITS_AT] + event + 1]):
        row = t[t[WAITS] + i]
        shift = (row & 7) << 3
        left = s[missing + (row >> 3)] - (1 << shift)
        s[missing + (row >> 3)] = left
        bit = np.int64((left >> shift) & 0xFF == 0) << (row & 63)
        s[opens + (row >> 6)] |= bit & ~s[closed + (row >> 6)]
        if event < t[H_TELLINGS]:
            s[t[S_SINCE] + row] = s[P_COUNT]


@compiled
def candidates(t, s, arc, target, by):
    """Put the rows that may be told now into the chosen ones. 0 where there are none; else 1, and bits for what is
    among them: both told once and returning, urgent of those that go first, the owed one's, the target's, the
    thread's, themed."""
    words, chosen, opens, again, themed = t[H_WORDS], t[R_CHOSEN], t[R_OPEN], t[R_AGAIN], t[R_THEMED]
    may = t[M_MAY] + ((min(s[P_MEETING], t[H_MEETING_MOST]) * ARCS_ALL + arc) * TRUSTS + s[P_TRUST]) * words
    aimed, thread = t[M_TARGET] + target * words, t[M_THREAD] + s[P_THREAD] * words
    owed = t[M_OWN] + (s[P_OWED] if s[P_OWED] >= 0 else t[H_TELLINGS]) * words
    returning, urgent = t[M_AGAIN], t[M_URGENT]
    only, allowed = t[H_HAS_ONLY] != 0, t[M_ALLOWED] + target * words
    ways = t[M_BY] + max(by, 0) * words
    none = all_of(0)
    once, back, pressing, late, of_owed, of_target, of_thread, of_theme = none, none, none, none, none, none, none, none
    for i in range(0, words, 4):
        rows = four(s, opens + i) & four(t, may + i) & ~four(s, again + i)
        if only:
            rows &= four(t, allowed + i)
        if by >= 0:
            rows &= four(t, ways + i)
        back |= rows & four(t, returning + i)
        late |= rows & four(t, urgent + i)
        first = rows & ~four(t, returning + i)
        once |= first
        pressing |= first & four(t, urgent + i)
        of_owed |= rows & four(t, owed + i)
        of_target |= rows & four(t, aimed + i)
        of_thread |= rows & four(t, thread + i)
        of_theme |= rows & four(s, themed + i)
        put(s, chosen + i, rows)
    some = which(once)
    if some == 0:
        if which(back) == 0:
            return 0
        pressing = late
    found = 1 | ((some != 0) & (which(back) != 0)) << 1 | (which(pressing) != 0) << 2 | (which(of_owed) != 0) << 3
    return found | (which(of_target) != 0) << 4 | (which(of_thread) != 0) << 5 | (which(of_theme) != 0) << 6


@compiled
def lowest(t, s, touched, returning, calm):
    """The lowest of the chosen rows that are touched, and the lowest of all; -1 where none is. Those that return, or
    are not urgent, are no longer chosen where these are 0; they stay where they are -1."""
    chosen, of_touched, of_all = t[R_CHOSEN], -1, -1
    again, urgent, returning, calm = t[M_AGAIN], t[M_URGENT], all_of(returning), all_of(calm)
    for i in range(0, t[H_WORDS], 4):
        rows = four(s, chosen + i) & (~four(t, again + i) | returning) & (four(t, urgent + i) | calm)
        put(s, chosen + i, rows)
        words, near = which(rows), which(rows & four(s, touched + i))
        if of_all < 0 and words != 0:
            at = i + place(words)
            of_all = 64 * at + place(s[chosen + at])
        if of_touched < 0 and near != 0:
            at = i + place(near)
            of_touched = 64 * at + place(s[chosen + at] & s[touched + at])
    return of_touched, of_all


@compiled
def lot_of(t, s, count):
    """The seed's draw of one of so many."""
    z = mixed(np.uint64(s[CHOOSING]) + GOLDEN + np.uint64(s[P_BREATH]))
    return np.int64(mixed(z + GOLDEN + np.uint64(s[P_COUNT])) % np.uint64(count))


@compiled
def nth(t, s, lot):
    """The ``lot``-th (from 0) of the chosen rows."""
    chosen, rows, begin, skip = t[R_CHOSEN], 0, 0, 0
    for i in range(t[H_WORDS]):
        count = ones(s[chosen + i])
        here = (lot >= 0) & (lot < count)
        rows, begin, skip = (s[chosen + i], 64 * i, lot) if here else (rows, begin, skip)
        lot -= count
    for _ in range(skip):
        rows &= rows - 1
    return begin + place(rows)


@compiled
def longest(t, s):
    """Leave of the chosen rows, all of which wait for tellings, those that have waited longest; how many they are."""
    chosen, since = t[R_CHOSEN], t[S_SINCE]
    least, count = 1 << 40, 0
    for i in range(t[H_WORDS]):
        rows, kept = s[chosen + i], 0
        while rows != 0:
            row = 64 * i + place(rows)
            if s[since + row] < least:
                least, kept, count = s[since + row], 0, 0
                for j in range(i):
                    s[chosen + j] = 0
            if s[since + row] == least:
                kept |= rows & -rows
                count += 1
            rows &= rows - 1
        s[chosen + i] = kept
    return count


@compiled
def choose(t, s, arc, target, by):
    """The row that is told next; -1 where nothing is ready."""
    found = candidates(t, s, arc, target, by)
    if found == 0:
        return -1
    words = t[H_WORDS]
    returning, calm = -1 if found & 2 == 0 else 0, -1 if found & 4 == 0 else 0
    if found & 8:
        narrow(t, s, t[M_OWN] + s[P_OWED] * words, 0)
        narrow(t, s, t[M_AGAIN], -1)
        narrow(t, s, t[M_URGENT], 0)
        returning, calm = -1, -1
    aimed, thread = t[M_TARGET] + target * words, t[M_THREAD] + s[P_THREAD] * words
    touched = t[R_THEMED] if found & 64 else t[M_EVERY]
    touched = thread if found & 32 else touched
    touched = aimed if found & 16 else touched
    first, other = lowest(t, s, touched, returning, calm)
    if first < 0:
        touched, first = t[M_EVERY], other
    return equal(t, s, touched, first)


@compiled
def equal(t, s, touched, first):
    """Of the chosen rows that are touched and rank with the first of them the one that has waited longest; of several,
    the one that the seed draws."""
    chosen, from_start, words = t[R_CHOSEN], t[M_FROM_START], t[H_WORDS]
    same = t[M_SAME] + t[t[RANK] + first] * words
    count, early = 0, 0
    for i in range(0, words, 4):
        rows = four(s, chosen + i) & four(s, touched + i) & four(t, same + i)
        put(s, chosen + i, rows)
        count += how_many(rows)
        early += how_many(rows & four(t, from_start + i))
    if count == 1:
        return first
    if early == 0:
        count = longest(t, s)
    elif early < count:
        narrow(t, s, from_start, 0)
        count = early
    return nth(t, s, lot_of(t, s, count) if count > 1 else 0)
