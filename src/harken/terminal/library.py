"""The library in the tree: sky in an arch, books that beat, a river of starlight, and someone in the arch."""

from __future__ import annotations

import math

from harken.terminal.colour import HALF, RGB, lit, mix
from harken.terminal.figure import paint_figure
from harken.terminal.grid import QUADRANTS, Grid, Spot, chance, dot, mist
from harken.terminal.hollow import Hollow, Slot
from harken.terminal.stage import Air, Book, Stage

_EIGHTHS = " ▁▂▃▄▅▆▇█"
_HUES: tuple[RGB, ...] = ((214, 172, 116), (196, 124, 82), (178, 88, 92), (150, 92, 140), (116, 104, 172),
                          (204, 152, 150), (166, 140, 104), (128, 84, 96))  # fmt: skip
_BEATS = ((5.2, 0.46, 0.12), (3.4, 0.58, 0.26), (2.3, 0.72, 0.40), (1.35, 0.92, 0.50))
"""By nearness: seconds a beat, how bright, and how much brighter on the beat."""
_IVY = "§ξ§,ʼ"
_LEAVES = "▘▝▖▗▚▞"


class Library:
    """The picture for one size."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self.hollow = Hollow(width, height)
        self._order = sorted(range(len(self.hollow.slots)), key=lambda n: chance(n, width, 11))

    def paint(self, stage: Stage, air: Air) -> Grid:
        """The picture now."""
        grid = Grid(self.width, self.height)
        lights = [self._light(air, half + 0.5) for half in range(2 * self.height)]
        self._walls(grid, air)
        self._opening(grid, air, lights)
        self._edges(grid, stage, air, lights)
        self._river(grid, stage, air)
        self._shelves(grid, stage, air)
        if stage.here:
            self._figure(grid, stage, air)
        if "jar" in stage.forms or air.mist:
            self._jar(grid, stage, air)
        return grid

    def _walls(self, grid: Grid, air: Air) -> None:
        colours = air.colours
        base = mix(colours.night, colours.wood, 0.35)
        tones = [mix(base, mix(colours.wood, colours.rim, 0.20), n / 15) for n in range(16)]
        spots = [Spot(" ", None, tone) for tone in tones]
        rows = grid.rows
        for x, y, light in self.hollow.wall:
            rows[y][x] = spots[light]
        bark = [mix(tone, colours.rim, 0.07 + n / 56) for n, tone in enumerate(tones)]
        for x, y, grain, light in self.hollow.roots:
            grid.over(x, y, grain, bark[light])
        leaf = mix(colours.wood, (70, 104, 78), 0.30)
        for x in range(self.width):
            for y in range(2):
                if chance(x, y, 51) < 0.62 - 0.3 * y:
                    grid.over(x, y, _LEAVES[int(chance(x, y, 52) * 6)], mix(colours.night, leaf, 0.6))

    def _opening(self, grid: Grid, air: Air, lights: list[list[RGB]]) -> None:
        spots = [
            [Spot(HALF, above, under) for above, under in zip(lights[2 * y], lights[2 * y + 1], strict=True)]
            for y in range(self.height)
        ]
        for x, y, near in self.hollow.open:
            grid.rows[y][x] = spots[y][near]
        star = mix(air.colours.star, air.colours.mid, air.warm * 0.7)
        for x, y, glyph in self.hollow.stars:
            grid.over(x, y, glyph, star)

    def _light(self, air: Air, y: float) -> list[RGB]:
        """The colours of one half row of sky or water, from far aside to straight under the light."""
        colours, hollow = air.colours, self.hollow
        if y < hollow.horizon:
            t = max(0.0, (y - hollow.apex) / (hollow.horizon - hollow.apex))
            base = mix(colours.top, colours.mid, t / 0.6) if t < 0.6 else mix(colours.mid, colours.low, (t - 0.6) / 0.4)
            glow = 0.75 * math.exp(-(((1 - t) * 3.2) ** 2)) + 0.12 * t
        else:
            t = (y - hollow.horizon) / (2 * self.height - hollow.horizon)
            base = mix(mix(colours.low, colours.deep, 0.35), colours.deep, min(1.0, t * 2.4) ** 0.6)
            glow = 0.55 * math.exp(-t * 2.6)
        return [mix(base, colours.sun, glow * (n / 15) ** 1.6 * (0.55 + 0.45 * air.warm)) for n in range(16)]

    def _edges(self, grid: Grid, stage: Stage, air: Air, lights: list[list[RGB]]) -> None:
        colours = air.colours
        bank, lip = mix(colours.wood, colours.rim, 0.20), mix(colours.wood, colours.rim, 0.66)
        for x, y, filled in self.hollow.edges:
            under = 2 * y + 1 > self.hollow.sill
            grid.rows[y][x] = Spot(QUADRANTS[15 - filled], bank if under else lip, lights[2 * y + 1][5])
            outward = 1 if x > self.hollow.middle else -1
            if not under and chance(x, y, 21) < 0.42 and chance(x, y, 22) > stage.gone:
                leaf = _IVY[int(chance(x, y, 23) * len(_IVY))]
                grid.over(x + outward, y, leaf, mix(colours.rim, (110, 160, 110), 0.35))

    def _river(self, grid: Grid, stage: Stage, air: Air) -> None:
        hollow = self.hollow
        for n in range(int(self.width * self.height / 6)):
            if chance(n, 31) < stage.gone * 0.8:
                continue
            z = (chance(n, 32) + air.time * (0.006 + 0.010 * chance(n, 33))) % 1.0
            y = hollow.horizon + 1 + (2 * self.height - hollow.horizon - 1) * z**1.5
            x = hollow.middle + (2 * chance(n, 34) - 1) ** 3 * hollow.reach(max(y, hollow.sill)) * 0.95
            column, row = int(x), int(y / 2)
            if not (0 <= column < self.width and 0 <= row < self.height) or grid.rows[row][column].glyph != HALF:
                continue
            twinkle = 0.55 + 0.45 * math.sin(air.time * (0.5 + chance(n, 35)) + 6.28 * chance(n, 36))
            if air.voice:
                ring = math.hypot(x - hollow.middle, (y - hollow.sill) * 1.5) - (1 - air.voice) * 1.2 * self.width
                twinkle = min(1.0, twinkle + air.voice * math.exp(-ring * ring / 6))
            glyph = dot(x, y) if chance(n, 37) < 1.1 - 0.7 * z else "•" if chance(n, 38) < 0.6 else "✦"
            ground = grid.ground(column, row) or air.colours.deep
            grid.over(column, row, glyph, mix(ground, air.colours.star, round(twinkle * 10) / 10))

    def _shelves(self, grid: Grid, stage: Stage, air: Air) -> None:
        edge = mix(air.colours.wood, air.colours.rim, 0.45)
        for x, y, light in self.hollow.boards:
            if chance(x, y, 41) > stage.gone * 0.7:
                grid.over(x, y, "▔", mix(air.colours.night, edge, 0.25 + light / 20))
        books = dict(zip(self._order, stage.books, strict=False))
        for n, slot in enumerate(self.hollow.slots):
            if chance(n, 42) >= stage.gone:
                self._book(grid, slot, n, books.get(n), air)
        self._moths(grid, stage, air)

    def _book(self, grid: Grid, slot: Slot, n: int, book: Book | None, air: Air) -> None:
        colour = mix(_HUES[int(slot.luck * 8) % 8], air.colours.rim, 0.22)
        colour = lit(colour, self._beat(slot, n, book, air) * (0.34 + 0.66 * slot.light / 15))
        if book is None or book.still:
            colour = mix(colour, air.colours.wood, 0.45)
        band = lit(colour, 0.74)
        body = Spot("▂", band, colour) if n % 3 else Spot("▆", colour, band)
        for x in range(slot.x, slot.x + slot.wide):
            if slot.tall > 8:
                grid.put(x, slot.y, body)
                grid.over(x, slot.y - 1, _EIGHTHS[slot.tall - 8], colour)
            else:
                grid.over(x, slot.y, _EIGHTHS[slot.tall], colour)

    def _beat(self, slot: Slot, n: int, book: Book | None, air: Air) -> float:
        """How bright a book is now. Two strokes and a rest, like a heart; never a flash."""
        stir = 0.0
        if air.stir:
            stir = 0.5 * air.stir * max(0.0, math.sin(slot.x * 0.5 - air.time * 5))
        if book is None or book.still:
            return (0.52 if book is None else 0.40) + stir
        period, rest, more = _BEATS[max(0, min(3, book.near))]
        part = 0.5 if air.still else (air.time / period + slot.luck) % 1.0
        stroke = math.exp(-(((part - 0.18) * 9) ** 2)) + 0.6 * math.exp(-(((part - 0.42) * 9) ** 2))
        return rest + more * round(stroke * 8) / 8 + stir

    def _moths(self, grid: Grid, stage: Stage, air: Air) -> None:
        """What the books have become, on their way to the arch and out of it."""
        if stage.gone < 0.1:
            return
        for n, slot in enumerate(self.hollow.slots):
            if chance(n, 42) >= stage.gone or chance(n, 43) > 0.75:
                continue
            life = (chance(n, 44) + (0.0 if air.still else air.time * (0.03 + 0.03 * chance(n, 45)))) % 1.0
            drift = life**1.3
            x = slot.x + (self.hollow.middle - slot.x) * drift * 0.85 + 2.6 * math.sin(life * 17 + n)
            y = slot.y - life * self.height * 0.42 * chance(n, 46) + 1.2 * math.sin(life * 23 + 2 * n)
            beat = (n if air.still else int(air.time * 3 + n)) % 2
            pale = mix(mix(_HUES[int(slot.luck * 8) % 8], air.colours.sun, 0.72), air.colours.wood, 0.4 * life)
            if n % 3 == 0 and life < 0.7:
                for aside, wing in enumerate(("⠳⠞", "⡴⢦")[beat]):
                    grid.over(int(x) + aside, int(y), wing, pale)
            else:
                grid.over(int(x), int(y), "ˇˆ"[beat], pale)

    def _figure(self, grid: Grid, stage: Stage, air: Air) -> None:
        hollow = self.hollow
        closeness = max(1, round(stage.closeness * (1 - 0.7 * stage.gone)))
        height = (hollow.sill - hollow.apex) * (0.50 + 0.045 * stage.closeness)
        foot = hollow.horizon + (2 * self.height - hollow.horizon) * (0.20 + 0.035 * stage.closeness)
        paint_figure(grid, round(hollow.middle), foot, height, closeness, air, scars="scar" in stage.forms)

    def _jar(self, grid: Grid, stage: Stage, air: Air) -> None:
        """A jar on the bank, humming; and, when it has been heard, the mist it goes into."""
        x, y = int(self.hollow.middle - self.hollow.half * 0.78), int(self.hollow.sill / 2) + 1
        if "jar" not in stage.forms:
            for n in range(9):
                rise = (1 - air.mist) * (2 + 5 * chance(n, 91)) + n % 3
                drift = 2.2 * math.sin(n + 3 * (1 - air.mist))
                at = int(x + 1 + drift), int(y + 1 - rise)
                if 0 <= at[0] < self.width and 0 <= at[1] < self.height:
                    behind = grid.ground(*at) or air.colours.deep
                    grid.put(*at, mist(0.6 * air.mist, air.colours.star, behind))
            return
        hum = 0.5 if air.still else 0.5 + 0.5 * math.sin(air.time * 5)
        glass, noise = mix(air.colours.rim, air.colours.star, 0.5), mix(air.colours.rim, air.colours.sun, hum)
        for row, line in enumerate((" ▂ ", "▗▄▖", "▐ ▌", "▝▀▘")):
            for column, glyph in enumerate(line):
                if glyph != " ":
                    grid.over(x + column, y + row, glyph, glass)
        if 0 <= x + 1 < self.width and 0 <= y + 2 < self.height:
            wave = "≈" if air.still or int(air.time * 3) % 2 else "∼"
            grid.put(x + 1, y + 2, Spot(wave, noise, mix(grid.ground(x + 1, y + 2) or glass, noise, 0.25 + 0.25 * hum)))
