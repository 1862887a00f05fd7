"""Where everything lies in the one flat array of the kernel (``packed``), and the numbers its rules are made of.

``H_``, ``M_`` and those without a mark are places of the header, which say where a table begins; ``R_`` and ``S_`` say
where a reader's own rows and tables begin, ``O_`` where something is counted; ``P_`` are a reader's own numbers.
"""

from __future__ import annotations

import numpy as np

from harken.check.policies import WHAT
from harken.check.simulate import luck, packed
from harken.check.simulate.plan import NO_BAND, NO_LANDING
from harken.engine import chance
from harken.engine.arc import REACH
from harken.engine.landing import EASY
from harken.engine.moves import ACHE, ARCS, CLOSENESS, LENGTHEN_MOST, MOVES, TRUST

ARRIVAL, TALK, MOMENT, UNRAVELLING, WAKING = range(5)
BY_CLOCK, BY_WAKE, BY_RUN = range(3)
RUN, LOOK, SKIP, WAKE, CONFIDE, UNCLEAR = (
    WHAT.index(move) for move in ("run", "look", "skip", "wake", "confide", "unclear")
)
LANDING, KINDS, EASY_BY, REACH_BY, LONGER_MOST, NONE = len(MOVES), len(WHAT), EASY, REACH, LENGTHEN_MOST, NO_LANDING
WITHOUT_BAND = NO_BAND
TRUST_LEAST, TRUST_MOST = TRUST
CLOSE_LEAST, CLOSE_MOST = CLOSENESS
ACHE_LEAST, ACHE_MOST = ACHE
SLOTS = luck.SLOTS
ARCS_ALL, TRUSTS = len(ARCS), TRUST_MOST + 1
S27, S30, S31 = np.uint64(27), np.uint64(30), np.uint64(31)
MIX0, MIX1, GOLDEN, MEETING_STEP = (
    np.uint64(number) for number in (*chance.MIX, chance.GOLDEN, luck.MEETING)
)  # fmt: skip
CHOOSE_NAME, PROMISE_NAME = (np.uint64(chance.name_of(name)) for name in ("choose", "promise"))
S34, SLOT_BITS, S10, LOW16, S26, LOW8, S42 = (np.uint64(number) for number in (34, SLOTS - 1, 10, 0xFFFF, 26, 0xFF, 42))

(
    H_TELLINGS, H_ROWS, H_WORDS, H_EVENTS, H_FORMS, H_SCENES, H_COUNTERS, H_THEMES, H_LOOSE, H_HAS_ONLY, H_HAS_LANDING,
    H_TYPED, H_SOFT, H_MEETINGS, H_PLAYED, H_WANDER, H_UNRAVELLING, H_MENDING, H_OPENING, H_MOMENT_AFTER,
    H_MOMENT_LENGTH, H_MOMENT_SCENE, H_PROMISES, H_RAN, H_FIRST_THEME, H_LEVELS, H_BASE_WIDE, H_MEETING_MOST,
    OWNER, RANK, DEPTH, BAND, FORM, ACHES, RETURNS, THREAD_OF, READY, DELTAS, TELLS, MENDS, LANDINGS, BASES, BASE,
    AIMED, LOOSE_MOVES, ENTERS, APPEAR, DISSOLVE, SCENES, LENGTHEN, CLOCKS, WAITS_AT, WAITS,
    SETS_AT, SETS, RAISES_AT, RAISES, LEVEL, PROMISED, MOMENTS,
    CHANGES, M_MAY, M_ALLOWED, M_TARGET, M_THREAD, M_THEME, M_BY, M_CLOSES, M_OWN, M_AGAIN,
    M_URGENT, M_SAME, M_EVERY, M_FROM_START,
    R_OPEN, R_CLOSED, R_AGAIN, R_THEMED, R_CHOSEN, S_MISSING, S_SINCE, S_TOLD, S_FACTS, S_COUNTERS, S_CONFIDED,
    OWN_SIZE, NEW_READER, SLOTTED, O_FIRST, O_TIMES, O_LEFT, O_HEARD, O_WITNESS, O_SEEN, BREATH_MOST,
) = range(len(packed.HEADER))  # fmt: skip
(
    P_TRUST, P_CLOSE, P_ACHE, P_WOUND, P_OWED, P_COUNT, P_MEETING, P_BREATH, P_CLOCK, P_UNTIL, P_PHASE, P_LENGTHENED,
    P_WANDERED, P_THREAD, P_MENDED, P_MOMENT_OVER, P_OVER, P_HEARD, P_PENDING, P_SCENE, P_HERE, P_MOVE, P_TARGET,
    P_SOFT, P_NEW, P_NEW0, P_NEW1, P_NEW2, P_NEW3,
    LOTS, CHOOSING, PROMISING,
) = range(len(packed.HEADER), len(packed.HEADER) + len(packed.STATE))  # fmt: skip
