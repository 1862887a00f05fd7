"""The breath, and the colours it turns: indigo as they breathe out, rose between, gold as they breathe in."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

from harken.terminal.colour import RGB, mix

PERIOD = 9.0
"""Seconds of one breath. Ache slows it."""
LEVELS = 48
"""Steps from indigo to gold: enough to look smooth, few enough to be drawn over a slow line."""


class Palette(NamedTuple):
    """The light of one moment in one scene."""

    top: RGB
    mid: RGB
    low: RGB
    sun: RGB
    deep: RGB
    star: RGB
    wood: RGB
    rim: RGB
    night: RGB
    """What the words stand on: dark enough, at every breath, for all of them to be read."""


_KEYS: dict[str, tuple[Palette, Palette, Palette, Palette]] = {
    "library": (
        Palette((8, 9, 38), (28, 27, 104), (92, 84, 190), (168, 156, 255), (6, 8, 36),
                (190, 208, 255), (25, 21, 44), (112, 100, 200), (8, 7, 24)),
        Palette((26, 10, 46), (104, 32, 96), (206, 92, 120), (255, 190, 160), (16, 9, 36),
                (240, 214, 235), (40, 22, 42), (206, 116, 136), (13, 7, 24)),
        Palette((66, 16, 24), (164, 62, 22), (236, 148, 48), (255, 226, 146), (34, 16, 16),
                (255, 230, 170), (54, 29, 22), (244, 172, 78), (18, 9, 16)),
        Palette((22, 24, 34), (58, 58, 74), (150, 144, 146), (214, 206, 196), (12, 14, 22),
                (214, 214, 214), (32, 32, 40), (160, 150, 144), (10, 10, 16)),
    ),
    "desert": (
        Palette((10, 8, 44), (70, 28, 78), (196, 104, 78), (255, 196, 140), (18, 14, 48),
                (222, 212, 240), (38, 26, 54), (190, 130, 120), (10, 7, 26)),
        Palette((18, 10, 48), (118, 36, 66), (232, 130, 66), (255, 214, 140), (26, 15, 46),
                (240, 210, 200), (50, 30, 50), (226, 150, 100), (14, 7, 24)),
        Palette((34, 14, 46), (160, 54, 34), (246, 160, 52), (255, 232, 160), (42, 20, 36),
                (255, 228, 176), (62, 36, 40), (246, 178, 86), (18, 9, 18)),
        Palette((24, 22, 36), (66, 60, 68), (164, 148, 136), (220, 208, 194), (14, 14, 26),
                (216, 214, 210), (38, 36, 46), (166, 152, 142), (10, 10, 16)),
    ),
    "plain": (
        Palette((6, 8, 28), (18, 22, 66), (62, 62, 138), (150, 150, 220), (5, 7, 24),
                (190, 204, 250), (10, 11, 26), (96, 96, 170), (7, 7, 20)),
        Palette((14, 10, 38), (52, 26, 76), (150, 76, 116), (232, 170, 170), (9, 8, 26),
                (226, 206, 232), (16, 11, 28), (166, 100, 126), (10, 7, 22)),
        Palette((30, 14, 32), (118, 48, 44), (232, 146, 78), (255, 220, 160), (16, 10, 20),
                (250, 226, 184), (24, 14, 22), (226, 150, 92), (14, 9, 18)),
        Palette((26, 28, 38), (58, 60, 74), (136, 134, 140), (200, 194, 190), (12, 13, 22),
                (210, 210, 214), (22, 23, 32), (140, 136, 138), (10, 10, 16)),
    ),
}  # fmt: skip


def wave(phase: float) -> float:
    """How full the breath is, 0 to 1, at this part (0 to 1) of it: in a little quicker than out."""
    phase %= 1.0
    if phase < 0.42:
        return 0.5 - 0.5 * math.cos(math.pi * phase / 0.42)
    return 0.5 + 0.5 * math.cos(math.pi * (phase - 0.42) / 0.58)


def warmth(phase: float, light: float) -> int:
    """The level (0 to LEVELS) between indigo and gold for this part of the breath, in a scene with this much light."""
    return max(0, min(LEVELS, round(LEVELS * (0.02 + 0.86 * wave(phase) + (light - 0.4) * 0.4))))


@lru_cache(maxsize=4096)
def palette(art: str, level: int, ash: int = 0, ache: int = 0) -> Palette:
    """The colours at a level of warmth; ``ash`` (0 to 16) is how far the place has come apart, ``ache`` is 0 to 10."""
    indigo, rose, gold, grey = _KEYS.get(art, _KEYS["plain"])
    t = level / LEVELS
    one, two, part = (indigo, rose, t * 2) if t < 0.5 else (rose, gold, t * 2 - 1)
    return Palette(*(_aching(mix(mix(a, b, part), g, ash / 16), ache) for a, b, g in zip(one, two, grey, strict=True)))


def _aching(colour: RGB, ache: int) -> RGB:
    shade = 0.3 * colour[0] + 0.55 * colour[1] + 0.15 * colour[2]
    return mix(colour, (int(shade * 0.94), int(shade * 0.92), min(255, int(shade * 1.14))), ache * 0.042)


class Pace:
    """Where in the breath we are. Carried on from frame to frame, so that a change of pace never jumps."""

    def __init__(self, phase: float = 0.2) -> None:
        self.phase = phase
        self._drawn = 0.0

    def draw_in(self) -> None:
        """The reader breathes with them: the breath fills a little more for a while."""
        self._drawn = 1.0

    def go_on(self, seconds: float, ache: int) -> None:
        """Time passes."""
        seconds = min(seconds, 1.0)
        wanting = self._drawn * (1.0 - wave(self.phase))
        self.phase = (self.phase + seconds / (PERIOD * (1 + 0.05 * ache)) * (1 + 1.4 * wanting)) % 1.0
        self._drawn = max(0.0, self._drawn - seconds / 2.5)
