"""For a story without a picture of its own: a night sky and a horizon. Its stars are what has not been told; someone
comes over the hill with a light, and the nearer you two are, the nearer it is."""

from __future__ import annotations

import math
from collections.abc import Callable

from harken.terminal.colour import HALF, RGB, mix
from harken.terminal.grid import QUADRANTS, Grid, Spot, chance, dot, quarters
from harken.terminal.stage import Air, Book, Stage

_BEATS = ((6.0, 0.35, 0.15), (4.0, 0.45, 0.30), (2.6, 0.60, 0.40), (1.6, 0.70, 0.30))
"""By nearness: seconds a beat, how bright, and how much brighter on the beat."""


class Night:
    """The picture for one size."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self.horizon = 2 * height * 0.74
        self.lamp = width * 0.56
        self._nearness = [max(0, 11 - int(abs(x - width * 0.42) * 24 / width)) for x in range(width)]
        self._far = self._ridge(self._far_hill)
        self._near = self._ridge(self._near_hill)

    def paint(self, stage: Stage, air: Air) -> Grid:
        """The picture now."""
        grid = Grid(self.width, self.height)
        for y in range(self.height):
            above, under = self._sky(2 * y + 0.5, air), self._sky(2 * y + 1.5, air)
            spots = [Spot(HALF, a, b) for a, b in zip(above, under, strict=True)]
            grid.rows[y] = [spots[near] for near in self._nearness]
        self._stars(grid, stage, air)
        colours = air.colours
        self._hill(grid, self._far, mix(colours.wood, colours.mid, 0.45))
        self._hill(grid, self._near, mix(colours.night, colours.wood, 0.5))
        if stage.here:
            self._lamp(grid, stage, air)
        return grid

    def _sky(self, y: float, air: Air) -> list[RGB]:
        colours, t = air.colours, min(1.0, y / self.horizon)
        base = mix(colours.top, colours.mid, t / 0.65) if t < 0.65 else mix(colours.mid, colours.low, (t - 0.65) / 0.35)
        glow = 0.6 * math.exp(-(((1 - t) * 3.4) ** 2))
        return [mix(base, colours.sun, glow * (n / 11) ** 1.6 * (0.45 + 0.55 * air.warm)) for n in range(12)]

    def _stars(self, grid: Grid, stage: Stage, air: Air) -> None:
        told = dict(enumerate(stage.books))
        count = max(len(stage.books), self.width * self.height // 14)
        for n in range(count):
            if chance(n, 81) < stage.gone * 0.85:
                continue
            fall = 0.0
            if stage.gone > 0.3 and not air.still:
                fall = max(0.0, math.sin(air.time * 0.25 + n)) ** 24 * 6
            x = (chance(n, 82) * self.width + fall) % self.width
            y = chance(n, 83) ** 1.3 * self.horizon * 0.93 + fall
            column, row = int(x), int(y / 2)
            if not 0 <= row < self.height:
                continue
            book = told.get(n)
            shine = self._shine(n, book, air)
            glyph = dot(x, y) if book is None or book.still or book.near == 0 else "•" if book.near < 3 else "✦"
            behind = grid.ground(column, row) or air.colours.top
            grid.over(column, row, glyph, mix(behind, air.colours.star, round(shine * 10) / 10))

    def _shine(self, n: int, book: Book | None, air: Air) -> float:
        if book is None or book.still:
            return 0.45 if book is None else 0.6
        period, rest, more = _BEATS[max(0, min(3, book.near))]
        part = 0.5 if air.still else air.time / period + chance(n, 84)
        return min(1.0, rest + more * (0.5 + 0.5 * math.sin(6.28 * part)) + 0.3 * air.stir)

    def _hill(self, grid: Grid, ridge: list[tuple[int, int, int]], colour: RGB) -> None:
        full = Spot(" ", None, colour)
        for x, y, filled in ridge:
            grid.rows[y][x] = full if filled == 15 else Spot(QUADRANTS[filled], colour, grid.ground(x, y))

    def _ridge(self, line: Callable[[float], float]) -> list[tuple[int, int, int]]:
        covered = []
        for y in range(self.height):
            for x in range(self.width):
                filled = quarters(lambda a, b: b > line(a), x, y)
                if filled:
                    covered.append((x, y, filled))
        return covered

    def _far_hill(self, x: float) -> float:
        s = x / self.width
        return self.horizon - 2.2 * math.sin(s * 5.2 + 0.6) - 0.9 * math.sin(s * 13 + 1)

    def _near_hill(self, x: float) -> float:
        s = x / self.width
        return self.horizon + 5.0 - 2.6 * math.sin(s * 3.6 - 0.9) - 0.5 * math.sin(s * 17)

    def _lamp(self, grid: Grid, stage: Stage, air: Air) -> None:
        """A light on the near hill; it comes down towards you."""
        near = stage.closeness / 7
        y = self._near_hill(self.lamp) - 0.8 + near * (2 * self.height - self.horizon - 5) * 0.45
        reach = 1.5 + 5.0 * near * (1 - 0.6 * stage.gone) + (0.0 if air.still else 0.3 * math.sin(air.time * 0.7))
        warm = (255, 206, 120)
        for row in range(int((y - 2 * reach) / 2), int((y + 2 * reach) / 2) + 1):
            for x in range(int(self.lamp - 2 * reach), int(self.lamp + 2 * reach) + 1):
                if 0 <= x < self.width and 0 <= row < self.height:
                    far = math.hypot(x + 0.5 - self.lamp, 2 * row + 1 - y) / reach
                    glow = round(0.75 * math.exp(-far * far) * 12) / 12
                    spot = grid.rows[row][x]
                    if glow > 0:
                        fg = mix(spot.fg, warm, glow) if spot.fg else None
                        grid.rows[row][x] = Spot(spot.glyph, fg, mix(spot.bg or (0, 0, 0), warm, glow))
        grid.over(int(self.lamp), int(y / 2), "•" if stage.closeness < 5 else "✦", (255, 244, 214))
