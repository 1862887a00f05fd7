"""A grid of glyphs and colours: what every picture draws on, before anything knows of a terminal."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from harken.terminal.colour import HALF, RGB, mix

QUADRANTS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"
"""Block glyphs by the quarters they fill: 1 upper left, 2 upper right, 4 lower left, 8 lower right."""


DOTS = "⠁⠂⠄⡀⠈⠐⠠⢀"
"""One dot of a cell: its left column from the top down, then its right one."""


class Spot(NamedTuple):
    """One cell: a glyph, its colour, and what is behind it."""

    glyph: str = " "
    fg: RGB | None = None
    bg: RGB | None = None


EMPTY = Spot()


class Grid:
    """Rows of spots. Drawing outside is ignored."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self.rows: list[list[Spot]] = [[EMPTY] * width for _ in range(height)]

    def put(self, x: int, y: int, spot: Spot) -> None:
        """Set one cell."""
        if 0 <= x < self.width and 0 <= y < self.height:
            self.rows[y][x] = spot

    def over(self, x: int, y: int, glyph: str, fg: RGB) -> None:
        """Set a glyph over what is there: its colour stays behind it."""
        if 0 <= x < self.width and 0 <= y < self.height:
            self.rows[y][x] = Spot(glyph, fg, self.ground(x, y))

    def ground(self, x: int, y: int) -> RGB | None:
        """The colour behind whatever stands here."""
        spot = self.rows[y][x]
        return _between(spot.fg, spot.bg) if spot.glyph == HALF and spot.fg and spot.bg else spot.bg


@lru_cache(maxsize=1 << 14)
def _between(a: RGB, b: RGB) -> RGB:
    return ((a[0] + b[0]) // 2, (a[1] + b[1]) // 2, (a[2] + b[2]) // 2)


def quarters(inside: Callable[[float, float], bool], x: int, y: int) -> int:
    """Which quarters of the cell at (x, y) are inside: bits as in QUADRANTS. Cells are 1 wide and 2 high."""
    return (
        inside(x + 0.25, 2 * y + 0.5)
        | inside(x + 0.75, 2 * y + 0.5) << 1
        | inside(x + 0.25, 2 * y + 1.5) << 2
        | inside(x + 0.75, 2 * y + 1.5) << 3
    )


def dot(x: float, y: float) -> str:
    """The smallest point there is, where it stands within its cell."""
    return DOTS[(4 if x % 1.0 >= 0.5 else 0) + min(3, int(y % 2.0 * 2))]


def mist(cover: float, colour: RGB, behind: RGB) -> Spot:
    """Something not quite there: ``cover`` (0 to 1) of it before what is behind."""
    for glyph, part in (("░", 0.25), ("▒", 0.5), ("▓", 0.75), ("█", 1.0)):
        if cover <= part:
            return Spot(glyph, mix(behind, colour, max(0.0, cover) / part), behind)
    return Spot("█", colour, behind)


@lru_cache(maxsize=1 << 16)
def chance(*what: int) -> float:
    """A number from 0 to 1 that is always the same for the same whole numbers."""
    mixed = 0x9E3779B9
    for part in what:
        mixed = ((mixed ^ (part & 0xFFFFFFFF)) * 0x85EBCA6B) & 0xFFFFFFFF
        mixed ^= mixed >> 13
        mixed = (mixed * 0xC2B2AE35) & 0xFFFFFFFF
        mixed ^= mixed >> 16
    return mixed / 0xFFFFFFFF
