"""The one in the arch: smoke first, then an outline, then someone. How much of them there is, is closeness (1 to 7)."""

from __future__ import annotations

import math
from itertools import pairwise

from harken.terminal.colour import RGB, mix
from harken.terminal.grid import QUADRANTS, Grid, Spot, mist, quarters
from harken.terminal.stage import Air

_OUTLINE = ((0.0, 0.0), (0.012, 0.026), (0.03, 0.052), (0.06, 0.074), (0.10, 0.084), (0.135, 0.088), (0.160, 0.086),
            (0.180, 0.092), (0.215, 0.116), (0.30, 0.130), (0.42, 0.120), (0.54, 0.122), (0.70, 0.152), (0.88, 0.190),
            (1.0, 0.204))  # fmt: skip
"""Half the width of the figure at parts of its height, from the crown to the hem; both in parts of the height."""
_FACE, _HEART, _HANDS = 0.100, 0.33, 0.50
_HEM = 0.80
"""From here down the figure goes back to being smoke."""


def paint_figure(
    grid: Grid, middle: float, foot: float, height: float, closeness: int, air: Air, *, scars: bool = False
) -> None:
    """Draw the figure standing at ``foot``, ``height`` columns' widths high. ``scars``: they have shown their hands."""
    top = foot - height
    sway = 0.0 if air.still else 0.3 * math.sin(air.time * 0.5)

    def beyond(x: float, y: float) -> float:
        """How far outside the figure this point is; less than 0 inside."""
        part = (y - top) / height
        if not 0.0 <= part <= 1.02:
            return 9.0
        return abs(x - middle - sway * (1 - part)) - _half(part) * height

    dark = mix(air.colours.night, air.colours.top, 0.30)
    reach = int(height * 0.27) + 3
    for y in range(int(top / 2) - 1, int(foot / 2) + 2):
        part = (2 * y + 1 - top) / height
        for x in range(int(middle) - reach, int(middle) + reach + 1):
            behind = grid.ground(x, y) if 0 <= x < grid.width and 0 <= y < grid.height else None
            if behind is None:
                continue
            if closeness <= 2 or part > _HEM:
                _smoke(grid, x, y, beyond(x + 0.5, 2 * y + 1), part, closeness, dark, behind, air)
                continue
            filled = quarters(lambda a, b: beyond(a, b) < 0, x, y)
            if filled:
                _body(grid, x, y, filled, part, closeness, dark, behind, air)
            elif part < 0.13 and x >= middle:
                _hair(grid, x, y, beyond(x + 0.5, 2 * y + 1), dark, behind, air)
    if closeness >= 6 or (scars and closeness >= 3):
        for aside, glyph in ((-0.075 * height, "╱"), (0.075 * height, "╲")):
            at = int(middle + sway + aside), int((top + _HANDS * height) / 2)
            _spot(grid, *at, glyph, mix(air.colours.rim, air.colours.sun, 0.4 + 0.5 * air.warm))
    if closeness >= 4:
        _features(grid, round(middle + sway), top, height, closeness, air)


def _smoke(
    grid: Grid, x: int, y: int, beyond: float, part: float, closeness: int, dark: RGB, behind: RGB, air: Air
) -> None:
    """An outline that has not been decided on; and, of anyone, the hem."""
    soft = 2.6 if closeness == 1 else 1.7 if closeness == 2 else 1.5
    time = 0.0 if air.still else air.time
    drift = 0.5 * math.sin(y * 0.8 + time * 0.6) + 0.4 * math.sin(x * 0.9 - time * 0.4)
    cover = max(0.0, min(1.0, 0.5 - (beyond + drift * (0.9 if closeness <= 2 else 0.3)) / (2 * soft)))
    most = {1: 0.66, 2: 0.84}.get(closeness, 1.0)
    fade = 1.0 if part < _HEM else max(0.0, 1 - (part - _HEM) / (1.06 - _HEM))
    cover = round(cover * most * fade * 12) / 12
    if cover > 0.04:
        grid.put(x, y, mist(cover, dark, behind))


def _body(
    grid: Grid, x: int, y: int, filled: int, part: float, closeness: int, dark: RGB, behind: RGB, air: Air
) -> None:
    cloth = mix(dark, air.colours.mid, 0.07 * max(0, closeness - 3) * max(0.0, 0.75 - part))
    if filled != 15:
        cloth = mix(cloth, air.colours.rim, 0.10 * closeness)
    grid.put(x, y, Spot(QUADRANTS[filled], cloth, behind))


def _hair(grid: Grid, x: int, y: int, beyond: float, dark: RGB, behind: RGB, air: Air) -> None:
    """Hair like smoke caught in a sunbeam: it goes on a little behind the head, and rises."""
    time = 0.0 if air.still else air.time
    cover = 0.42 - beyond * 0.24 + 0.12 * math.sin(y * 1.7 + time * 0.5)
    if cover > 0.1 and beyond < 1.6:
        grid.put(x, y, mist(round(cover * 10) / 10, dark, behind))


def _features(grid: Grid, middle: int, top: float, height: float, closeness: int, air: Air) -> None:
    """A young face, old eyes; later a light under the ribs, and in the palms."""
    skin = mix(air.colours.rim, (226, 190, 170), 0.5)
    centre = top + _FACE * height

    def on_face(x: float, y: float) -> bool:
        return ((x - middle) / (0.042 * height)) ** 2 + ((y - centre) / (0.052 * height)) ** 2 < 1

    row = int(centre / 2)
    for y in range(row - 1, row + 3):
        for x in range(middle - 3, middle + 3):
            filled = quarters(on_face, x, y)
            if filled and 0 <= x < grid.width and 0 <= y < grid.height:
                body = _body_at(grid, x, y)
                pale = mix(body, skin, (0.20 * (closeness - 3)) * (1.0 if x < middle else 0.78))
                grid.put(x, y, Spot(QUADRANTS[filled], pale, body))
    if closeness >= 5:
        for x in (middle - 1, middle):
            pale = _body_at(grid, x, row)
            gleam = mix(air.colours.night, air.colours.star, 0.25 * (closeness - 4))
            grid.put(
                x,
                row,
                Spot("•" if closeness >= 6 else "·", mix(gleam, air.colours.night, 0.5 if closeness == 7 else 0), pale),
            )
    if closeness >= 6:
        _spot(grid, middle - 1, int((top + _HEART * height) / 2), "✦", air.colours.sun)


def _body_at(grid: Grid, x: int, y: int) -> RGB:
    spot = grid.rows[y][x]
    return (spot.fg if spot.glyph in QUADRANTS and spot.fg else spot.bg) or (0, 0, 0)


def _spot(grid: Grid, x: int, y: int, glyph: str, fg: RGB) -> None:
    """Put a glyph on the body."""
    if 0 <= x < grid.width and 0 <= y < grid.height:
        body = _body_at(grid, x, y)
        grid.put(x, y, Spot(glyph, fg, mix(body, fg, 0.12)))


def _half(part: float) -> float:
    for (above, a), (below, b) in pairwise(_OUTLINE):
        if part <= below:
            return a + (b - a) * (part - above) / (below - above)
    return _OUTLINE[-1][1]
