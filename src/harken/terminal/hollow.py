"""The shape of the hollow: an arch in a tree, a river out of it, and walls with room for shelves. Worked out once
for a size; what is lit in it, and how, is ``library``'s."""

from __future__ import annotations

import math
from typing import NamedTuple

from harken.terminal.grid import DOTS, chance, quarters

NEARNESS = 16
"""Steps of light across the opening, from its sides to its middle."""


class Slot(NamedTuple):
    """Room for one book: its column, the row it stands on, its columns, its height in eighths of a row, its chance
    (0 to 1), and how much of the arch's light (0 to 15) falls on it."""

    x: int
    y: int
    wide: int
    tall: int
    luck: float
    light: int


class Hollow:
    """An arch for a picture of ``width`` by ``height`` cells. Lengths are in columns; a row is two of them high."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        deep = 2.0 * height
        self.middle = width * 0.5
        self.apex = deep * (0.09 if height >= 16 else 0.0)
        self.sill = deep * (0.68 if height >= 16 else 0.78)
        self.half = min(width * 0.28, (self.sill - self.apex) * 0.46)
        self.horizon = self.apex + (self.sill - self.apex) * 0.80
        self._widen = max(0.1, (width * 0.56 - self.half) / (deep - self.sill))
        self.open: list[tuple[int, int, int]] = []
        self.stars: list[tuple[int, int, str]] = []
        self.edges: list[tuple[int, int, int]] = []
        self.wall: list[tuple[int, int, int]] = []
        self._rooted: dict[int, list[float]] = {}
        self._classify()
        self.slots: list[Slot] = []
        self.boards: list[tuple[int, int, int]] = []
        self.roots: list[tuple[int, int, str, int]] = []
        self._shelve()

    def reach(self, y: float) -> float:
        """Half the width of the opening at this height; below the sill, of the river."""
        if y < self.apex:
            return 0.0
        if y > self.sill:
            return self.half * 1.05 + (y - self.sill) * self._widen
        t = (y - self.apex) / (self.sill - self.apex)
        vault: float = math.sin(math.pi / 2 * min(1.0, t / 0.70)) ** 0.56
        return self.half * (vault - 0.07 * max(0.0, t - 0.72) + 0.10 * max(0.0, t - 0.9) / 0.1)

    def inside(self, x: float, y: float) -> bool:
        """Whether this point is open: sky or water. Grown, not built: no two sides are alike."""
        side = 1.0 if x > self.middle else -1.0
        grown = 0.55 * math.sin(y * 0.42 + 2 * side) + 0.35 * math.sin(y * 0.97 - side)
        return abs(x - self.middle) < self.reach(y) + (grown if y > self.apex + 2 else 0.0)

    def light_at(self, x: float, y: float) -> int:
        """How much of the arch's light falls here, 0 to 15: most at its rim, little in the corners."""
        aside = max(0.0, abs(x - self.middle) - self.reach(max(self.apex + 2, min(y, self.sill))))
        above = max(0.0, self.apex - y)
        under = max(0.0, y - self.sill)
        far = math.hypot(aside, above * 1.2 + under * 0.9)
        return max(1, round(15 * math.exp(-far / (0.20 * self.width + 3))))

    def _classify(self) -> None:
        for y in range(self.height):
            for x in range(self.width):
                filled = quarters(self.inside, x, y)
                if filled == 15:
                    aside = abs(x + 0.5 - self.middle) / max(1.0, self.half)
                    self.open.append((x, y, max(0, NEARNESS - 1 - int(aside * (NEARNESS - 1)))))
                    if 2 * y + 1 < self.horizon and chance(x, y, 5) < 0.05:
                        self.stars.append((x, y, DOTS[int(chance(x, y, 6) * 8)] if chance(x, y, 9) < 0.8 else "✦"))
                elif filled:
                    self.edges.append((x, y, filled))
                else:
                    self.wall.append((x, y, self.light_at(x + 0.5, 2 * y + 1)))

    def _shelve(self) -> None:
        """Shelves all over the wall: two rows of books and a board, or one in a low picture. Roots run down them."""
        rows = 3 if self.height >= 16 else 2
        lights = {(x, y): light for x, y, light in self.wall}
        floor = int(self.sill / 2) + (1 if rows == 3 else 0)
        for board in range(floor, rows - 1, -rows):
            x = 0
            while x < self.width:
                wide = 2 if chance(x, board, 2) < 0.22 else 1
                if all(self._free(lights, x + more, board, rows) for more in range(wide)):
                    self._stand(x, board, wide, rows, lights)
                else:
                    wide = 1
                x += wide
        lowest = int(self.sill / 2) + 2
        self.roots = [(x, y, self._grain(x, y), light) for x, y, light in self.wall if y <= lowest and self._root(x, y)]

    def _stand(self, x: int, board: int, wide: int, rows: int, lights: dict[tuple[int, int], int]) -> None:
        light, luck = lights[(x, board)], chance(x, board, 7)
        self.boards.extend((x + more, board, light) for more in range(wide))
        if luck < 0.94:
            tall = (11 if rows == 3 else 4) + int(chance(x, board, 3) * (6 if rows == 3 else 5))
            self.slots.append(Slot(x, board - 1, wide, tall, luck / 0.94, light))

    def _free(self, lights: dict[tuple[int, int], int], x: int, board: int, rows: int) -> bool:
        walled = all((x, board - up) in lights for up in range(rows))
        return walled and not any(self._root(x, board - up) for up in range(rows))

    def _root(self, x: int, y: int) -> bool:
        """Whether a root runs down the wall here."""
        return any(x == int(at) for at in self._runs(y))

    def _grain(self, x: int, y: int) -> str:
        """The half of the cell that the root fills."""
        return "▌" if any(x <= at < x + 0.5 for at in self._runs(y)) else "▐"

    def _runs(self, y: int) -> list[float]:
        """Where the roots are at this height."""
        if y not in self._rooted:
            self._rooted[y] = self._wander(y)
        return self._rooted[y]

    def _wander(self, y: int) -> list[float]:
        count = max(2, self.width // 9)
        return [
            (n + 0.5) * self.width / count + 1.1 * math.sin(y * 0.33 + 2.1 * n) + 0.5 * math.sin(y * 0.8 + n)
            for n in range(count)
        ]
