"""The colours of words. All of them can be read on the night they stand on, at every breath, old words too."""

from __future__ import annotations

from functools import lru_cache

from harken.terminal.colour import RGB, Depth, mix
from harken.terminal.ink import ink

IVORY: RGB = (240, 230, 212)
_COOL: RGB = (176, 184, 244)
_WARM: RGB = (240, 196, 122)
_TONES: dict[str, RGB] = {
    "yours": (158, 178, 236),
    "wake": (250, 236, 200),
    "scar": (246, 196, 104),
    "promise": (252, 226, 168),
    "title": (238, 196, 116),
    "key": (246, 200, 112),
    "offer": (206, 198, 214),
    "marked": (255, 232, 170),
    "hint": (148, 140, 160),
    "notice": (246, 158, 140),
    "typed": (250, 244, 230),
    "faint": (126, 118, 140),
}
AGES = (1.0, 0.68, 0.58)
"""How much of a colour is left to words of this breath, of the one before, and of older ones."""
_LEAST = {"place": 11, "yours": 11, "scar": 10}
"""The least strength, of 16, at which these can still be read."""
_SLANTED = frozenset({"place", "yours", "hint"})
_BOLD = frozenset({"key", "title", "marked", "notice"})


def tone_of(kind: str, warm: float) -> RGB:
    """The colour of words of this kind. What the place says turns with the sky."""
    if kind == "place":
        return mix(_COOL, _WARM, warm)
    return _TONES.get(kind, IVORY)


@lru_cache(maxsize=4096)
def style_of(depth: Depth, kind: str, night: RGB, warm: int, alpha: int, stressed: bool = False) -> str:
    """prompt_toolkit's style for words. ``warm`` (of the breath) and ``alpha`` (their own strength) are 0 to 16."""
    colour = mix(night, tone_of(kind, warm / 16), alpha / 16)
    style = ink(depth, "x", colour, night)[1]
    if depth is Depth.NONE and alpha < 12:
        style += " dim"
    if (kind in _SLANTED) != stressed:
        style += " italic"
    if depth <= Depth.SIXTEEN and kind in _BOLD:
        style += " bold"
    return style.strip()


def age_alpha(age: int, kind: str = "line") -> int:
    """How strong words of this kind are that came ``age`` breaths ago, 0 to 16."""
    return max(_LEAST.get(kind, 0), round(16 * AGES[min(age, len(AGES) - 1)]))
