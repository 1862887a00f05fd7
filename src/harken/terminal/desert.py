"""The desert: its sand is mirrors, each shard of them a moment. Shards that were told keep their light."""

from __future__ import annotations

import math
from typing import NamedTuple

from harken.terminal.colour import HALF, RGB, lit, mix
from harken.terminal.grid import QUADRANTS, Grid, Spot, chance, dot, quarters
from harken.terminal.stage import Air, Book, Stage

_GLINTS = ((0.10, 0.25), (0.16, 0.40), (0.24, 0.60), (0.40, 0.85))
"""By nearness: glints a second, and how bright."""


_STEPS = 24
_SUN = 2 * _STEPS * _STEPS


class _Shard(NamedTuple):
    """A piece of mirror: the cells it covers, and its chance."""

    cells: tuple[tuple[int, int, int], ...]
    luck: float
    near: float


class Desert:
    """The picture for one size."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self.horizon = max(2.0, 2 * height * 0.42)
        self.sun = width * 0.60
        self._shards = self._scatter()
        self._places = [
            [(self._place(x, 2 * y), self._place(x, 2 * y + 1)) for x in range(width)] for y in range(height)
        ]

    def paint(self, stage: Stage, air: Air) -> Grid:
        """The picture now."""
        grid = Grid(self.width, self.height)
        tones = self._tones(air)
        for y, row in enumerate(self._places):
            grid.rows[y] = [Spot(HALF, tones[above], tones[under]) for above, under in row]
        self._sparkle(grid, stage, air)
        for n, shard in enumerate(self._shards):
            book = stage.books[n % len(stage.books)] if stage.books else None
            self._mirror(grid, shard, n, book, stage, air)
        return grid

    def _dune(self, x: float) -> float:
        return self.horizon + 0.9 * math.sin(x * 0.13 + 1) + 0.5 * math.sin(x * 0.31)

    def _place(self, x: int, half: int) -> int:
        """What this half of a cell shows, as a place in the table of tones: how far along the sky or the sand, and how
        much of the sun's light is on it."""
        y = half + 0.5
        away = math.hypot((x + 0.5 - self.sun) * 0.9, y - self.horizon)
        line = self._dune(x)
        if y < line:
            if away < self.width * 0.10:
                return _SUN
            glow = math.exp(-away / (0.20 * self.width))
            return int(y / line * (_STEPS - 1)) * _STEPS + int(glow * (_STEPS - 1))
        t = (y - line) / (2 * self.height - line)
        fold = 0.10 * math.sin(x * 0.22 + y * 0.45 + 2 * math.sin(y * 0.2)) * t
        glow = math.exp(-away / (0.16 * self.width))
        deep = min(0.999, max(0.0, t * 1.1 + fold))
        return (_STEPS + int(deep * _STEPS)) * _STEPS + int(glow * (_STEPS - 1))

    def _tones(self, air: Air) -> list[RGB]:
        colours, tones = air.colours, []
        for n in range(_STEPS):
            t = n / (_STEPS - 1)
            base = mix(colours.top, colours.mid, t / 0.6) if t < 0.6 else mix(colours.mid, colours.low, (t - 0.6) / 0.4)
            tones += [mix(base, colours.sun, 0.7 * glow / (_STEPS - 1)) for glow in range(_STEPS)]
        for n in range(_STEPS):
            t = n / (_STEPS - 1)
            base = mix(mix(colours.low, colours.wood, 0.45 + 0.3 * t), colours.deep, t)
            tones += [mix(base, colours.sun, 0.3 * glow / (_STEPS - 1)) for glow in range(_STEPS)]
        return [*tones, mix(colours.sun, colours.low, 0.1)]

    def _sparkle(self, grid: Grid, stage: Stage, air: Air) -> None:
        for n in range(int(self.width * self.height / 7)):
            x, z = chance(n, 61) * self.width, chance(n, 62)
            if chance(n, 64) < stage.gone * 0.8:
                continue
            if n % 4 == 0:
                y, shine = z * self.horizon * 0.8, 0.30 + 0.2 * math.sin(air.time * 0.6 + n)
            else:
                y = self.horizon + 2 + (2 * self.height - self.horizon - 2) * z**1.6
                shine = 0.25 + 0.75 * max(0.0, math.sin(air.time * (0.3 + 0.5 * chance(n, 63)) + 9 * z)) ** 6
            column, row = int(x), int(y / 2)
            if 0 <= column < self.width and 0 <= row < self.height:
                behind = grid.ground(column, row) or air.colours.deep
                glyph = "✦" if shine > 0.9 and z > 0.3 else dot(x, y)
                grid.over(column, row, glyph, mix(behind, air.colours.star, round(shine * 8) / 8))

    def _scatter(self) -> list[_Shard]:
        shards = []
        count = int(self.width * self.height / 26)
        for n in range(count):
            z = (n + 0.5) / count
            size = 0.9 + 4.2 * z**1.5 * (0.6 + 0.8 * chance(n, 71))
            x = chance(n, 72) * self.width
            y = self.horizon + 2.2 + (2 * self.height - self.horizon - 2) * z**1.4
            turn = 6.28 * chance(n, 73)
            corners = [
                (
                    x + size * (0.7 + 0.6 * chance(n, k)) * math.cos(turn + k * 2.1),
                    y + size * 0.62 * math.sin(turn + k * 2.1),
                )
                for k in range(3)
            ]
            covered = []
            for row in range(int((y - 2 * size) / 2), int((y + 2 * size) / 2) + 1):
                for column in range(int(x - 2 * size), int(x + 2 * size) + 1):
                    filled = quarters(lambda a, b, c=corners: _within(c, a, b), column, row)  # type: ignore[misc]
                    if filled and 0 <= column < self.width and 0 <= row < self.height:
                        covered.append((column, row, filled))
            shards.append(_Shard(tuple(covered), chance(n, 74), z))
        return shards

    def _mirror(self, grid: Grid, shard: _Shard, n: int, book: Book | None, stage: Stage, air: Air) -> None:
        """Each mirror shows another part of the sky, and catches the light now and then."""
        if chance(n, 75) < stage.gone * 0.9:
            return
        colours = air.colours
        shown = (
            mix(colours.top, colours.mid, shard.luck * 2)
            if shard.luck < 0.5
            else mix(colours.mid, colours.low, shard.luck * 2 - 1)
        )
        rate, bright = _GLINTS[max(0, min(3, book.near))] if book else _GLINTS[0]
        glint = 0.30 if book and book.still else 0.05
        if not air.still and not (book and book.still):
            glint += bright * max(0.0, math.sin(6.28 * (air.time * rate + shard.luck))) ** 8
        glint += 0.5 * air.stir * max(0.0, math.sin(n - air.time * 3))
        face = mix(lit(shown, 1.12), colours.sun, min(0.9, round(glint * 10) / 10))
        edge = mix(face, colours.star, 0.30)
        for x, y, filled in shard.cells:
            grid.put(x, y, Spot(QUADRANTS[filled], face if filled == 15 else edge, grid.ground(x, y)))


def _within(corners: list[tuple[float, float]], x: float, y: float) -> bool:
    sides = [
        (bx - ax) * (y - ay) - (by - ay) * (x - ax) > 0
        for (ax, ay), (bx, by) in zip(corners, [*corners[1:], corners[0]], strict=True)
    ]
    return all(sides) or not any(sides)
