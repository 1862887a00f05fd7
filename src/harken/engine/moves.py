"""The moves: what a reader can do, as one table of data.

Names follow Hill's helping skills; the moves that close people follow MITI's non-adherent behaviours
(research/listening.md, section 1). The default temperament holds what that literature found: feelings
reciprocated build more than facts, advice is neutral and not poison, bare acknowledgement builds least,
closeness cannot be had by declaring it, each layer costs more than the last.
"""

from __future__ import annotations

from typing import NamedTuple

Deltas = tuple[int, int, int]
"""Changes of trust, closeness and ache, each -4 to +3."""

BANDS = ("light", "middle", "deep")


def band(depth: int) -> int:
    """0 (light: depth 0, 1), 1 (middle: 2, 3) or 2 (deep: 4, 5)."""
    return min(depth, 5) // 2


class Temper(NamedTuple):
    """How one move lands on what was just told, by band; ``then`` is whether the confider goes on."""

    light: Deltas
    middle: Deltas
    deep: Deltas
    then: tuple[str, str, str] = ("tell", "tell", "tell")


_HOLD = ("hold", "hold", "hold")

TEMPERAMENT: dict[str, Temper] = {
    "stay": Temper((1, 0, -1), (1, 0, -1), (1, 1, -1)),
    "encourage": Temper((1, 0, 0), (0, 0, 0), (0, 0, 0)),
    "reflect": Temper((1, 0, 0), (1, 0, 0), (2, 0, 0)),
    "name_feeling": Temper((0, 0, 0), (1, 1, 0), (2, 1, 1)),
    "ask_open": Temper((1, 0, 0), (1, 0, 0), (1, 0, 0)),
    "ask_closed": Temper((0, 0, 0), (-1, 0, 0), (-1, 0, 0), ("tell", "tell", "hold")),
    "validate": Temper((0, 0, 0), (1, 0, 0), (2, 0, 0)),
    "comfort": Temper((0, 0, 0), (1, 1, 0), (1, 1, 0)),
    "confide": Temper((1, 1, 0), (1, 1, 0), (1, 1, 1)),
    "reassure": Temper((0, 0, 0), (0, 0, 0), (-1, 0, 0)),
    "advise": Temper((0, 0, 0), (0, 0, 0), (0, 0, 0), ("tell", "tell", "hold")),
    "judge": Temper((-1, 0, 0), (-2, -1, 0), (-3, -1, 0), _HOLD),
    "deflect": Temper((0, 0, 0), (-1, 0, 0), (-1, 0, 0), _HOLD),
    "joke": Temper((0, 1, 0), (0, 0, 0), (-1, 0, 0), ("tell", "tell", "hold")),
    "touch": Temper((0, 1, 0), (0, 1, 0), (1, 1, 1)),
    "run": Temper((-2, -1, 0), (-3, -1, 0), (-4, -2, 1), _HOLD),
}
"""The default temperament. Every move here is one the checker enumerates; a story may reword and
retune them, and may leave them out, but cannot add one."""

MOVES: tuple[str, ...] = tuple(TEMPERAMENT)
UNCLEAR = "unclear"
LOOK = "look"
SKIP = "skip"
WAKE = "wake"
NOT_MEANT = "not-meant"
"""Not a move: it takes back how the last typed line landed, and no breath passes."""
NEVER_LAND = frozenset({UNCLEAR, LOOK, SKIP, WAKE})
"""These change nothing between reader and confider. ``unclear`` is never penalised."""

FORMS = ("talk", "scar", "jar", "shard", "letter", "vow")
JAR = "jar"
"""A telling of this form is heard once: its words are burned with the next commit."""
PRONOUNS = ("he", "she", "they")
"""How a reader can be spoken of; the forms of ``{reader: ... | ... | ...}``, in this order."""
ARCS = ("arrival", "talk", "moment", "unravelling", "waking")
MENDS = ("stay", "reflect", "name_feeling", "validate", "comfort")
TRUST, CLOSENESS, ACHE = (0, 20), (1, 7), (0, 10)
"""Bounds, both ends included."""
ACHE_OF_HEARING = (0, 0, 1, 1, 2, 2)
"""What hearing a telling of depth 0 to 5 adds to the ache."""
LENGTHEN_MOST = 6
"""Breaths that tellings may add to one meeting, all together."""
TEXT_KEPT = 64 * 1024
TEXT_UNDERSTOOD = 16 * 1024
"""Bytes of UTF-8 of one typed line that are kept, and that are listened to."""
