"""The figures as one picture, drawn by hand: milliseconds a turn against the number of storylets, both logarithmic."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from math import log10
from typing import Any, NamedTuple

from bench.engines import BY_NAME, HARKEN

WIDTH, HEIGHT = 1000, 692
LEFT, RIGHT, TOP, BOTTOM = 86, 640, 150, 632
FONTS = "Inter, Helvetica Neue, Helvetica, Arial, Liberation Sans, sans-serif"
GAP = 17.5
"""Least distance between two labels."""
GOAL = 0.1


class Style(NamedTuple):
    """How the lines of one manner are drawn."""

    colour: str
    width: float
    dashes: str
    means: str


INK, QUIET, PAPER, GRID = "#1d1b26", "#6d6a78", "#fcfbf8", "#e9e6df"
OURS = Style("#4a3aa7", 4, "", "Harken, a whole breath")
STYLES = {
    "chooses": Style("#2f2d3a", 1.7, "", "chooses among all that is open"),
    "ladder": Style("#a5772f", 1.4, "5 4", "ladder: an order fixed beforehand"),
    "reference": Style("#a9a5b3", 1.4, "1.5 3.5", "reference, for this task alone"),
}


class Curve(NamedTuple):
    """One engine's line."""

    name: str
    points: list[tuple[float, float]]
    last: float
    ratio: float | None
    whole: bool


def plot(data: dict[str, Any]) -> str:
    """The picture, as SVG that needs nothing else."""
    sizes = sorted({row["size"] for row in data["rows"]})
    spots = [row["ms"] for row in data["rows"] if "ms" in row]
    scale = Scale(sizes, min(spots), max(spots))
    curves = sorted(_curves(data["rows"], sizes, scale), key=lambda curve: curve.name == HARKEN.name)
    parts = [*_head(), *_grid(scale, sizes), *_goal(scale)]
    parts += [part for curve in curves for part in _line(curve)]
    parts += _labels(curves, sizes[-1])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'font-family="{FONTS}" role="img" '
        'aria-label="Milliseconds a turn against the number of storylets, for Harken and its peers">\n'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER}"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )


class Scale:
    """Where a size and a time are on the paper."""

    def __init__(self, sizes: list[int], least: float, most: float) -> None:
        self.low, self.high = _decade(least, down=True), _decade(most, down=False)
        self._from, self._to = log10(sizes[0]), log10(sizes[-1])

    def x(self, size: float) -> float:
        width = self._to - self._from or 1
        return LEFT + (log10(size) - self._from) / width * (RIGHT - LEFT)

    def y(self, ms: float) -> float:
        return BOTTOM - (log10(ms) - self.low) / (self.high - self.low) * (BOTTOM - TOP)


def _decade(ms: float, down: bool) -> int:
    return int(log10(ms) // 1) if down else int(-(-log10(ms) // 1))


def _curves(rows: list[dict[str, Any]], sizes: list[int], scale: Scale) -> Iterator[Curve]:
    for name in dict.fromkeys(row["engine"] for row in rows):
        mine = [row for row in rows if row["engine"] == name and "ms" in row]
        if mine:
            points = [(scale.x(row["size"]), scale.y(row["ms"])) for row in mine]
            yield Curve(name, points, mine[-1]["ms"], mine[-1]["times_harken"], mine[-1]["size"] == sizes[-1])


TITLE = "What one turn costs, as a story grows"
UNDER = "Milliseconds a turn, median; the same storylets told in the same order. Both axes are logarithmic."
EDGE = LEFT - 44.0


def _head() -> Iterator[str]:
    yield _text(EDGE, 50, TITLE, INK, 26, "600")
    yield _text(EDGE, 77, UNDER, QUIET, 14.5)
    x = EDGE
    for style in (OURS, *STYLES.values()):
        weight, colour = ("600", style.colour) if style is OURS else ("400", QUIET)
        yield _stroke(f"M{x:.0f} 108h26", style._replace(width=min(style.width, 3.5)))
        yield _text(x + 34, 112.5, style.means, colour, 13, weight)
        x += 62 + len(style.means) * 6.3


def _grid(scale: Scale, sizes: list[int]) -> Iterator[str]:
    for power in range(scale.low, scale.high + 1):
        y = scale.y(10.0**power)
        yield f'<path d="M{LEFT} {y:.1f}H{RIGHT}" stroke="{GRID}"/>'
        yield _text(LEFT - 12, y + 4.5, f"{10.0**power:,.{max(0, -power)}f}", QUIET, 13, anchor="end")
    yield _text(LEFT - 12, scale.y(10.0**scale.high) - 14, "ms", QUIET, 13, anchor="end")
    for size in sizes:
        x = scale.x(size)
        yield f'<path d="M{x:.1f} {TOP}V{BOTTOM + 6}" stroke="{GRID}"/>'
        words = f"{size:,} storylets" if size == sizes[0] else f"{size:,}"
        yield _text(x, BOTTOM + 27, words, INK, 14, anchor="middle")


def _goal(scale: Scale) -> Iterator[str]:
    y = scale.y(GOAL)
    yield f'<path d="M{LEFT} {y:.1f}H{RIGHT}" stroke="{OURS.colour}" stroke-opacity=".28" stroke-width="1.2"/>'
    yield _text((LEFT + RIGHT * 3) / 4, y + 16, f"the bar: {GOAL} ms", OURS.colour, 12)


def _style(name: str) -> Style:
    return OURS if name == HARKEN.name else STYLES[BY_NAME[name].manner]


def _line(curve: Curve) -> Iterator[str]:
    style = _style(curve.name)
    yield _stroke("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in curve.points), style)
    radius = 5.5 if style is OURS else 2.6
    for x, y in curve.points:
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}" fill="{style.colour}" stroke="{PAPER}"/>'


NAMES, TIMES, RATIOS = RIGHT + 40, RIGHT + 262, RIGHT + 338
"""Where the three columns of the labels are; the last two end there."""


def _labels(curves: list[Curve], largest: int) -> Iterator[str]:
    """A label at the end of each line, moved apart where they would touch; beside the cross where a line breaks off."""
    yield _text(TIMES, TOP - 14, f"at {largest:,}", QUIET, 12, anchor="end")
    yield _text(RATIOS, TOP - 14, "× Harken", QUIET, 12, anchor="end")
    whole = sorted((curve for curve in curves if curve.whole), key=lambda curve: curve.points[-1][1])
    for curve, y in zip(whole, _apart([curve.points[-1][1] for curve in whole]), strict=True):
        yield from _label(curve, y)
    for curve in curves:
        if not curve.whole:
            x, y = curve.points[-1]
            style = _style(curve.name)
            yield _stroke(f"M{x + 9:.1f} {y - 4:.1f}l8 8m0 -8l-8 8", style._replace(dashes=""))
            yield _text(x + 24, y + 4.5, f"{_name(curve)} ends here", style.colour, 12.5)


def _label(curve: Curve, y: float) -> Iterator[str]:
    x, at = curve.points[-1]
    style = _style(curve.name)
    weight, ink = ("600", style.colour) if style is OURS else ("400", QUIET)
    leader = f"M{x + 8:.1f} {at:.1f}L{x + 27:.1f} {y:.1f}h7"
    yield f'<path d="{leader}" fill="none" stroke="{style.colour}" stroke-opacity=".4"/>'
    yield _text(NAMES, y + 4.5, _name(curve), QUIET if style is STYLES["reference"] else style.colour, 13.5, weight)
    yield _text(TIMES, y + 4.5, _time(curve.last), ink, 13, weight, "end")
    if curve.ratio and style is not OURS:
        yield _text(RATIOS, y + 4.5, _times(curve.ratio), ink, 13, weight, "end")


def _apart(places: list[float]) -> list[float]:
    """The same places, from the top down, none nearer than GAP to the next and as little moved as can be."""
    blocks: list[list[float]] = []
    for place in places:
        blocks.append([place])
        while len(blocks) > 1 and _start(blocks[-1]) < _start(blocks[-2]) + GAP * len(blocks[-2]):
            last = blocks.pop()
            blocks[-1] += last
    return [_start(block) + GAP * number for block in blocks for number in range(len(block))]


def _start(block: list[float]) -> float:
    return sum(place - GAP * number for number, place in enumerate(block)) / len(block)


def _name(curve: Curve) -> str:
    engine = BY_NAME[curve.name]
    return engine.label + (", ladder" if engine.manner == "ladder" else "")


def _time(ms: float) -> str:
    digits = 4 if ms < 0.01 else 3 if ms < 0.1 else 2 if ms < 1 else 1 if ms < 10 else 0
    return f"{ms:,.{digits}f} ms"


def _times(ratio: float) -> str:
    return f"{ratio:,.0f}×" if ratio >= 10 else f"{ratio:.1f}×" if ratio >= 1 else f"{ratio:.2f}×"


def _stroke(path: str, style: Style) -> str:
    dashes = f' stroke-dasharray="{style.dashes}"' if style.dashes else ""
    return (
        f'<path d="{path}" fill="none" stroke="{style.colour}" stroke-width="{style.width}" stroke-linecap="round" '
        f'stroke-linejoin="round"{dashes}/>'
    )


def _text(x: float, y: float, words: str, colour: str, size: float, weight: str = "400", anchor: str = "start") -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" fill="{colour}" font-size="{size}" font-weight="{weight}" '
        f'text-anchor="{anchor}" paint-order="stroke" stroke="{PAPER}" stroke-width="3">{escape(words)}</text>'
    )
