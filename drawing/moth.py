"""The moth that a book becomes: broad wings, a stout furred body, feathered feelers. ``python -m drawing.moth``."""

from __future__ import annotations

from math import cos, pi, sin
from pathlib import Path

import numpy as np

ART = Path(__file__).parents[1] / "src" / "harken" / "player" / "art"
Point = tuple[float, float]
FORE: list[Point] = [
    (5, -36),
    (34, -50),
    (74, -60),
    (110, -62),
    (124, -54),
    (112, -26),
    (100, 4),
    (86, 20),
    (50, 16),
    (20, 6),
    (6, -2),
]
HIND: list[Point] = [(6, -6), (34, 6), (66, 14), (84, 26), (80, 50), (62, 70), (44, 86), (30, 74), (18, 48), (8, 24)]


def smooth(points: list[Point]) -> str:
    """A closed path through points."""
    n, path = len(points), "M{:.0f} {:.0f}".format(*points[0])
    for i in range(n):
        a, b, c, d = (points[(i + k) % n] for k in (-1, 0, 1, 2))
        bent = [
            b[0] + (c[0] - a[0]) / 6,
            b[1] + (c[1] - a[1]) / 6,
            c[0] - (d[0] - b[0]) / 6,
            c[1] - (d[1] - b[1]) / 6,
            *c,
        ]
        path += "C" + " ".join(f"{v:.0f}" for v in bent)
    return path + "Z"


def wing(shape: list[Point], name: str, root: Point, lean: float, rnd: np.random.Generator) -> list[str]:
    """One wing: dusk at the root and along the edge, a pale band, and lines of faded print that follow it."""
    lines = [f'<clipPath id="{name}"><path d="{smooth(shape)}"/></clipPath><g clip-path="url(#{name})">']
    lines.append(f'<path d="{smooth(shape)}" fill="url(#dusk)"/>')
    far = max(np.hypot(x - root[0], y - root[1]) for x, y in shape)
    for share, wide, colour, much in (
        *((0.26, 12, "#2a1d18", 0.7), (0.50, 15, "#f3e6c6", 0.55), (0.62, 3, "#3a281d", 0.8)),
        *((0.74, 4, "#5a4230", 0.35), (0.95, 20, "#231814", 0.85)),
    ):
        turns = np.linspace(-0.9, 1.7, 12)
        arc = [
            (root[0] + cos(t) * far * share * (1 + 0.05 * sin(t * 9)), root[1] + sin(t) * far * share) for t in turns
        ]
        path = "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in arc)
        lines.append(f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{wide}" opacity="{much}"/>')
    eye = (root[0] + far * 0.56 * cos(lean), root[1] + far * 0.56 * sin(lean))
    for reach, colour in ((11, "#231814"), (8, "#e8c987"), (5, "#1b1210")):
        lines.append(f'<circle cx="{eye[0]:.0f}" cy="{eye[1]:.0f}" r="{reach}" fill="{colour}" opacity=".85"/>')
    for row in range(7):
        share, start = 0.40 + 0.055 * row, rnd.uniform(-0.7, -0.4)
        while start < 1.4:
            long = rnd.uniform(0.05, 0.16)
            ends = [(root[0] + cos(t) * far * share, root[1] + sin(t) * far * share) for t in (start, start + long)]
            lines.append('<path d="M{:.0f} {:.0f}L{:.0f} {:.0f}" class="p"/>'.format(*ends[0], *ends[1]))
            start += long + 0.06
    for x, y in shape[1:-1]:
        lines.append(f'<path d="M{root[0]:.0f} {root[1]:.0f}L{x:.0f} {y:.0f}" class="v"/>')
    return [*lines, "</g>"]


def hair(path: str, colour: str, wide: float) -> str:
    """One hair."""
    return f'<path d="{path}" stroke="{colour}" stroke-width="{wide}" class="f"/>'


def body(rnd: np.random.Generator) -> list[str]:
    """Fur, tuft by tuft, from the tail to the head; two feelers like small feathers."""
    lines = []
    for i in range(70):
        t = i / 69
        y, half = 66 - 112 * t, 5 + 14 * sin(pi * (0.12 + 0.8 * t)) ** 0.8 * (0.6 + 0.5 * t)
        x = rnd.uniform(-half, half)
        tone = ["#2b1f1b", "#4d392d", "#7a5f47", "#b3966c"][int(rnd.integers(4))]
        lines.append(hair(f"M{x:.0f} {y:.0f}q{x * 0.3:.0f} 5 {x * 0.35:.0f} 13", tone, 4.5))
    for s in (-1, 1):
        stem = [(s * (5 + 26 * t), -48 - 26 * t + 7 * t * t) for t in np.linspace(0, 1, 9)]
        lines.append(hair("M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in stem), "#6b523c", 2.4))
        for i, (x, y) in enumerate(stem[1:], 1):
            out = 9 * sin(pi * (i + 1) / 10)
            for dx, dy in ((0.2, -1.0), (0.8, 0.7)):
                lines.append(hair(f"M{x:.0f} {y:.0f}l{s * out * dx:.0f} {out * dy:.0f}", "#8a6d4e", 1.6))
    return lines


def moth() -> str:
    """The whole drawing, as SVG."""
    rnd = np.random.default_rng(3)
    side = [*wing(HIND, "h", (4, -4), 0.75, rnd), *wing(FORE, "f", (2, -28), -0.06, rnd)]
    head = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 256 256" width="256" height="256">',
        "<title>A moth, its wings cut from a page</title>",
        "<desc>Drawn for Harken (drawing/moth.py). Apache-2.0.</desc>",
        "<style>.p{stroke:#3b2a20;stroke-width:1.6;opacity:.5}.v{stroke:#6a5038;stroke-width:1.2;opacity:.35}"
        ".f{fill:none;stroke-linecap:round}</style>",
        '<radialGradient id="dusk" gradientUnits="userSpaceOnUse" cx="4" cy="-20" r="124">'
        '<stop offset="0" stop-color="#33251f"/><stop offset=".3" stop-color="#8d7355"/>'
        '<stop offset=".62" stop-color="#d8c49a"/><stop offset="1" stop-color="#6b513a"/></radialGradient>',
        '<g transform="translate(128 132)">',
    ]
    other = ['<g transform="scale(-1 1)"><use href="#side"/></g>']
    return "\n".join([*head, '<g id="side">', *side, "</g>", *other, *body(rnd), "</g>", "</svg>", ""])


if __name__ == "__main__":
    (ART / "moth.svg").write_text(moth(), encoding="utf-8")
