"""Which picture there is for a scene, in which size; and the words on it: a title that will not hold still."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from harken.terminal.colour import HALF, RGB, mix
from harken.terminal.desert import Desert
from harken.terminal.grid import Grid, Spot
from harken.terminal.library import Library
from harken.terminal.measure import cells, clean
from harken.terminal.night import Night
from harken.terminal.scar import Waking
from harken.terminal.stage import Air, Stage

TITLE_HOLDS = 4.5
"""Seconds before a veiled title is another language's."""

_EDGE = 7
"""Columns over which the picture comes out of the dark beside the words."""


class Picture(Protocol):
    """Draws a stage in one size."""

    def paint(self, stage: Stage, air: Air) -> Grid:
        """The picture now."""


PICTURES: dict[str, Callable[[int, int], Picture]] = {"library": Library, "desert": Desert, "plain": Night}
"""By a scene's ``art``. A scene with any other has the night sky."""


class Gallery:
    """Keeps the pictures that were drawn, so that their shapes are worked out once."""

    def __init__(self) -> None:
        self._hung: dict[tuple[str, int, int], Picture] = {}

    def paint(self, stage: Stage, air: Air, width: int, height: int) -> Grid:
        """The picture of this stage, with what is written on it."""
        name = "waking" if stage.over else stage.art if stage.art in PICTURES else "plain"
        key = (name, width, height)
        if key not in self._hung:
            if len(self._hung) > 8:
                self._hung.clear()
            self._hung[key] = (Waking if stage.over else PICTURES[name])(width, height)
        if air.still:
            air = Air(0.0, air.colours, air.warm, still=True)
        grid = self._hung[key].paint(stage, air)
        if not stage.over and stage.gone < 0.2 and height >= 12:
            _caption(grid, stage, air)
        return grid


def _caption(grid: Grid, stage: Stage, air: Air) -> None:
    """The veiled title of a book that is near, low in the picture."""
    near = [book for book in stage.books if book.near and book.veil]
    if not near:
        return
    beat = 0 if air.still else int(air.time / TITLE_HOLDS)
    book = near[beat // 3 % len(near)]
    words = cells(clean(book.veil[beat % len(book.veil)]))
    x = (grid.width - sum(cell.width for cell in words)) // 2
    part = 0.5 if air.still else air.time / TITLE_HOLDS % 1.0
    shown = round(min(1.0, part * 6, (1 - part) * 6) * 6) / 6
    y = grid.height - 2
    for cell in words:
        ground = grid.ground(x, y) if 0 <= x < grid.width else None
        if ground is not None and x + cell.width <= grid.width:
            grid.put(x, y, Spot(cell.text, mix(ground, air.colours.star, 0.62 * shown), ground))
            if cell.width == 2:
                grid.put(x + 1, y, Spot("", None, ground))
        x += cell.width


def shudder(grid: Grid, strength: float, time: float) -> None:
    """Shift the rows a little, as a tree does that is shaken from the root."""
    for y, row in enumerate(grid.rows):
        step = round(1.4 * strength * _swing(time * 1.6 + y * 0.11))
        if step:
            grid.rows[y] = row[-step:] + row[:-step]


def _swing(turns: float) -> float:
    part = turns % 1.0
    return 4 * part - 1 if part < 0.5 else 3 - 4 * part


def strip(width: int, air: Air) -> Grid:
    """All of the sky there is room for."""
    grid = Grid(width, 1)
    for x in range(width):
        part = abs(2 * x / max(1, width - 1) - 1)
        colour = mix(mix(air.colours.low, air.colours.sun, 0.3), air.colours.mid, part)
        grid.rows[0][x] = Spot(HALF, mix(colour, air.colours.mid, 0.3), mix(colour, air.colours.night, 0.35))
    return grid


def from_the_dark(grid: Grid, night: RGB) -> None:
    """Let the left edge of the picture come out of what the words stand on."""
    for row in grid.rows:
        for x in range(min(_EDGE, grid.width)):
            glyph, fg, bg = row[x]
            part = (x + 1) / (_EDGE + 1)
            row[x] = Spot(glyph, fg and mix(night, fg, part), bg and mix(night, bg, part))
