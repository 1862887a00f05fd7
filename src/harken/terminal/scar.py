"""The new scar, drawn in braille dots from the beat's strokes; and the picture of waking, in which it glows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from harken.engine.scar import BOX
from harken.terminal.colour import HALF, mix
from harken.terminal.grid import Grid, Spot
from harken.terminal.stage import Air, Stage

_BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
_BRAILLE = 0x2800
DRAWING = 7.0
"""Seconds in which the scar draws itself."""

Strokes = Sequence[Sequence[Sequence[int]]]


def drawn(strokes: Strokes, width: int, height: int, part: float = 1.0) -> list[str]:
    """The first ``part`` (0 to 1) of the scar in ``height`` rows of ``width`` columns, as tall as it fits."""
    dots = [[0] * width for _ in range(height)]
    across, down = 2 * width - 1, 4 * height - 1
    xs = [point[0] for stroke in strokes for point in stroke] or [0]
    ys = [point[1] for stroke in strokes for point in stroke] or [0]
    margin = BOX // 12
    wide, tall = max(xs) - min(xs) + 2 * margin, max(ys) - min(ys) + 2 * margin
    scale = min(across / wide, down / tall)
    left, top = (across - (max(xs) + min(xs)) * scale) / 2, (down - (max(ys) + min(ys)) * scale) / 2
    total = sum(_length(stroke) for stroke in strokes)
    left_over = total * max(0.0, min(1.0, part))
    for stroke in strokes:
        for (ax, ay), (bx, by) in pairwise(stroke):
            length = math.dist((ax, ay), (bx, by))
            if left_over <= 0:
                break
            go = min(1.0, left_over / length) if length else 1.0
            left_over -= length
            steps = max(1, round(length * scale * 2))
            for step in range(int(steps * go) + 1):
                x = round(left + (ax + (bx - ax) * step / steps) * scale)
                y = round(top + (ay + (by - ay) * step / steps) * scale)
                if 0 <= x <= across and 0 <= y <= down:
                    dots[y // 4][x // 2] |= _BITS[y % 4][x % 2]
    return ["".join(chr(_BRAILLE + cell) if cell else " " for cell in row) for row in dots]


def _length(stroke: Sequence[Sequence[int]]) -> float:
    return sum(math.dist(a, b) for a, b in pairwise(stroke))


class Waking:
    """The picture of waking, for one size: the dark behind your own eyes, and the scar."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height

    def paint(self, stage: Stage, air: Air) -> Grid:
        """The picture now; ``air.time`` counts from waking."""
        grid = Grid(self.width, self.height)
        rows = drawn(stage.scar, self.width, self.height, 1.0 if air.still else air.time / DRAWING)
        glow = self._glow(rows)
        colours = air.colours
        ember = mix(colours.deep, (150, 62, 28), 0.5)
        for y in range(self.height):
            edge = 1 - abs(2 * y / max(1, self.height - 1) - 1) ** 2
            for x in range(self.width):
                across = 1 - abs(2 * x / max(1, self.width - 1) - 1) ** 2
                ground = mix(colours.night, colours.deep, round(edge * across * 6) / 6)
                ground = mix(ground, ember, round(glow[y][x] * (0.55 + 0.45 * air.warm) * 8) / 8)
                grid.rows[y][x] = Spot(HALF, ground, ground)
                if rows[y][x] != " ":
                    light = mix((255, 190, 96), (255, 240, 196), air.warm)
                    grid.over(x, y, rows[y][x], light)
        return grid

    def _glow(self, rows: list[str]) -> list[list[float]]:
        """The light round the drawing."""
        out = [[0.0] * self.width for _ in range(self.height)]
        for y, row in enumerate(rows):
            for x, glyph in enumerate(row):
                if glyph == " ":
                    continue
                for dy in (-1, 0, 1):
                    for dx in (-2, -1, 0, 1, 2):
                        if 0 <= y + dy < self.height and 0 <= x + dx < self.width:
                            near = 1 - math.hypot(dx, 2 * dy) / 3
                            out[y + dy][x + dx] = max(out[y + dy][x + dx], near)
        return out
