"""The drawing: plain SVG that stands by itself, prints, and follows light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from importlib.resources import files

from harken.check.map.chart import LINE, Band, Chart, Line, Node

RADIUS = 7
_GLYPHS = {"broken": "M-3 -3L3 3M3 -3L-3 3", "open": "M0 -3.4V.6M0 3.1V3.4"}
_BUSY = 250


def as_svg(chart: Chart, alone: bool = True) -> str:
    """The map as SVG; not ``alone``, it leaves its style to the page that it stands in."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="map" viewBox="0 0 {chart.wide} {chart.high}" '
        f'width="{chart.wide}" height="{chart.high}" role="group" aria-label="{escape(chart.story.title)}">'
    ]
    if alone:
        style = files("harken.check.map").joinpath("drawing.css").read_text("utf-8")
        parts.append(f'<style>{style}</style><rect class="paper" width="{chart.wide}" height="{chart.high}"/>')
    parts += _title(chart)
    parts += [_layer(depth, band, chart) for depth, band in enumerate(chart.layers)]
    parts += [_column(band, chart) for band in chart.columns]
    busy = " busy" if len(chart.lines) > _BUSY else ""
    parts.append(f'<g class="lines{busy}" aria-hidden="true">{"".join(map(_line, chart.lines))}</g>')
    parts += [_node(node) for node in chart.nodes]
    parts += [_legend(chart), "</svg>"]
    return "\n".join(parts)


def _title(chart: Chart) -> Iterator[str]:
    story, found = chart.story, chart.found
    count = len(chart.nodes)
    said = f"{count} telling{'s' * (count != 1)} over {story.meetings} meeting{'s' * (story.meetings != 1)}"
    if found:
        said += f" · {found.readers:,} {found.policy} readers"
    yield f'<text class="title" x="28" y="50">{escape(story.title)}</text>'
    yield f'<text class="said" x="28" y="74">{escape(said)}</text>'


def _layer(depth: int, band: Band, chart: Chart) -> str:
    middle = band.at + band.size / 2
    return (
        f'<g class="layer d{depth}"><rect x="0" y="{band.at}" width="{chart.wide}" height="{band.size}"/>'
        f'<text class="depth" x="28" y="{middle - 2:.0f}">{band.name}</text>'
        f'<text class="floor" x="28" y="{middle + 14:.0f}">{band.detail}</text></g>'
    )


def _column(band: Band, chart: Chart) -> str:
    first, last = chart.layers[0].at, chart.layers[-1]
    return (
        f'<g class="column"><path d="M{band.at} {first - 30}V{last.at + last.size}"/>'
        f'<text x="{band.at + 13}" y="{first - 14}">{escape(_short(band.name))}</text></g>'
    )


def _short(name: str) -> str:
    return name if len(name) <= 24 else f"{name[:23]}…"


def _line(line: Line) -> str:
    a, b = line.start, line.end
    if a.x == b.x:
        bow = 14 + min(26, abs(b.y - a.y) / 14)
        path = f"M{a.x - RADIUS} {a.y}C{a.x - bow:.0f} {a.y} {b.x - bow:.0f} {b.y} {b.x - RADIUS} {b.y}"
    else:
        side = 1 if b.x > a.x else -1
        pull = max(30, abs(b.x - a.x) * 0.35)
        sag = LINE * 0.8 if abs(b.y - a.y) < LINE * 2 else 0
        towards = f"{b.x - pull:.0f} {b.y + sag:.0f}" if side > 0 else _hook(a.y, b.x, b.y)
        path = (
            f"M{a.x} {a.y + RADIUS}C{a.x + side * pull * 0.25:.0f} {a.y + LINE + sag:.0f} "
            f"{towards} {b.x - RADIUS} {b.y}"
        )
    return f'<path class="{line.kind}" data-from="{escape(a.telling.id)}" data-to="{escape(b.telling.id)}" d="{path}"/>'


def _hook(above: int, x: int, y: int) -> str:
    """Where a line from the right turns, so that it comes round to the ring and does not strike out the title."""
    return f"{x - 44} {y + (34 if above >= y else -34)}"


def _node(node: Node) -> str:
    telling, share = node.telling, node.share
    names = ["node", node.mark, "never" if share == 0 else ""]
    ring = (
        f'<circle class="ring" r="{RADIUS}" pathLength="100" stroke-dasharray="{100 * share:.1f} 100" '
        f'transform="rotate(-90)"/>'
        if share
        else ""
    )
    mark = f'<path class="mark" d="{_GLYPHS[node.mark]}"/>' if node.mark in _GLYPHS else ""
    core = '<circle class="core" r="2.6"/>' if node.mark == "holds" else ""
    sealed = f'<tspan class="seal" dx="5">{_numeral(telling.seal)}</tspan>' if telling.seal > 1 else ""
    return (
        f'<g class="{" ".join(filter(None, names))}" id="t-{escape(telling.id)}" data-id="{escape(telling.id)}" '
        f'transform="translate({node.x} {node.y})" tabindex="-1" role="button" '
        f'aria-label="{escape(_spoken(node))}"><title>{escape(_spoken(node))}</title>'
        f'<rect class="hit" x="-13" y="-13" width="182" height="26" rx="13"/>'
        f'<circle class="track" r="{RADIUS}"/>{ring}{core}{mark}'
        f'<text class="label" x="15" y="4">{escape(node.label)}{sealed}</text></g>'
    )


def _spoken(node: Node) -> str:
    parts = [node.telling.title, f"depth {node.telling.depth}"]
    if node.share is not None:
        parts.append(f"{100 * node.share:.0f} % of readers hear it" if node.share else "nobody heard it")
    if node.telling.seal > 1:
        parts.append(f"sealed until meeting {node.telling.seal}")
    says = {"broken": ["a promise is broken"], "open": ["not decided"], "holds": ["its promises hold"]}
    parts += says.get(node.mark, [])
    return ", ".join(parts)


def _numeral(number: int) -> str:
    return ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")[number - 1] if number <= 10 else str(number)


def _legend(chart: Chart) -> str:
    items = []
    if chart.found:
        items += [
            ('<circle class="track" r="7"/><circle class="ring" r="7" pathLength="100" stroke-dasharray="70 100" '
             'transform="rotate(-90)"/>', "how many readers hear it", ""),
            ('<circle class="track" r="7"/>', "nobody did", "never"),
        ]  # fmt: skip
    if any(node.mark for node in chart.nodes):
        items += [
            ('<circle class="track" r="7"/><circle class="core" r="2.6"/>', "holds, proved or shown", "holds"),
            (f'<circle class="track" r="7"/><path class="mark" d="{_GLYPHS["open"]}"/>', "not decided", "open"),
            (f'<circle class="track" r="7"/><path class="mark" d="{_GLYPHS["broken"]}"/>', "broken", "broken"),
        ]
    if chart.lines:
        items.append(('<path class="told" d="M-9 4C-2 4 -2 -4 9 -4"/>', "has to be told first", "lines"))
    if any(line.kind == "untold" for line in chart.lines):
        items.append(('<path class="untold" d="M-9 4C-2 4 -2 -4 9 -4"/>', "closes it", "lines"))
    if any(node.telling.seal > 1 for node in chart.nodes):
        items.append(('<text class="seal" x="-5" y="4">II</text>', "sealed until that meeting", ""))
    out, x = [], 36
    for shape, words, names in items:
        out.append(f'<g class="{names}" transform="translate({x} {chart.high - 28})">{shape}'
                   f'<text class="label" x="15" y="4">{words}</text></g>')  # fmt: skip
        x += 46 + len(words) * 7
    return f'<g class="legend">{"".join(out)}</g>'
