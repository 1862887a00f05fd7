"""Draws every picture of the workshop anew: ``python -m drawing [NAME ...]``."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np

from drawing import cloaked, holding, things
from drawing.brush import LAYERS, Layer, blur, strokes
from drawing.form import Array, Seen, Window

ART = Path(__file__).parents[1] / "src" / "harken" / "player" / "art"
FINE = (Layer(15, 3.4, 0.5, -1), Layer(8, 4.6, 0.6, 0.035), Layer(4.4, 6, 0.8, 0.06), Layer(2.4, 7, 1.0, 0.09))
FACE = (Layer(13, 3.0, 0.5, -1), Layer(7, 3.6, 0.6, 0.03), Layer(3.8, 4.2, 0.75, 0.06), Layer(2.1, 4.5, 0.95, 0.115))
HANDS = (Layer(15, 3.4, 0.55, -1), Layer(8, 4.2, 0.65, 0.04), Layer(4.2, 5, 0.84, 0.07), Layer(2.2, 5, 1.0, 0.11))
# what is drawn; then the whole window, and closer ones for what matters most: (x, y, wide, high, dots); and, where
# that is not all of it and in fine strokes, what is drawn there, in which
PICTURES = {
    "standing": (
        cloaked.standing,
        (0, 0, 2.2, 3.5, 140),
        (0.62, 0.12, 0.8, 0.9, 250),
        (0.42, 1.55, 0.36, 0.5, 250),
        (0.84, 0.34, 0.36, 0.5, 370, cloaked.standing, FACE),
    ),
    "seated": (
        cloaked.seated,
        (0, 0, 4.4, 3.3, 170),
        (2.25, 0.02, 0.95, 1.0, 300),
        (2.04, 1.28, 0.80, 0.5, 260),
        (2.54, 0.2, 0.46, 0.52, 420, cloaked.seated, FACE),
    ),
    "palms": (things.palms, (0, 0, 4.2, 3.0, 200)),
    "held": (holding.held, (0, 0, 3.2, 3.3, 115), (0.66, 0.22, 1.88, 1.62, 235, holding.held, HANDS)),
    "bed": (things.bed, (0, 0, 5.0, 2.9, 122), (1.3, 0.3, 2.3, 2.0, 200, things.mine, FINE)),
}


def blot(view: Window, x: Array, y: Array) -> Array:
    """How far out a point is in a closer window: 1 is the edge, which is no straight line, so that nobody sees it."""
    u, v = (x - view.x) / view.wide * 2 - 1, (y - view.y) / view.high * 2 - 1
    a = np.arctan2(v, u)
    return (np.abs(u) ** 5 + np.abs(v) ** 5) ** 0.2 + 0.035 * np.sin(a * 9) + 0.025 * np.sin(a * 23 + 1)


def places(view: Window, seen: Seen) -> tuple[Array, Array]:
    """Where each dot lies."""
    y, x = np.mgrid[0 : seen.mask.shape[0], 0 : seen.mask.shape[1]] / view.dots
    return x + view.x, y + view.y


def hidden(x: Array, y: Array, view: Window, seen: Seen) -> Array:
    """Whether a point lies well under what a closer window shows."""
    deep = blur(np.pad(seen.mask, 1).astype(np.float32), 4)[1:-1, 1:-1] > 0.97
    i, j = ((y - view.y) * view.dots).astype(int), ((x - view.x) * view.dots).astype(int)
    h, w = deep.shape
    return (i >= 0) & (i < h) & (j >= 0) & (j < w) & deep[np.clip(i, 0, h - 1), np.clip(j, 0, w - 1)]


def draw(name: str) -> None:
    """Look, lay the strokes, and write the file. What lies under a closer window is not written twice."""
    look, *windows = PICTURES[name]
    looks = []
    for i, place in enumerate(windows):
        view = Window(*place[:5])
        lies, layers = place[5:] or (look, FINE if i else LAYERS)
        seen = lies(view)
        if i and lies is look:
            seen = replace(seen, mask=seen.mask & (blot(view, *places(view, seen)) < 1))
        looks.append((view, seen, layers))
    parts = []
    for i, (view, seen, layers) in enumerate(looks):
        x, y = places(view, seen)
        free = ~np.any([np.zeros_like(seen.mask)] + [hidden(x, y, *over[:2]) for over in looks[i + 1 :]], axis=0)
        parts.append({"at": [view.x, view.y], "dots": view.dots, **strokes(seen, layers, free)})
    whole = windows[0]
    about = "Drawn for Harken, Apache-2.0. Made by drawing/: how a stroke is written stands in drawing/brush.py."
    text = json.dumps({"about": about, "size": [whole[2], whole[3]], "parts": parts}, indent=0)
    (ART / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    print(name, len(text), [len(part["strokes"]) // 12 for part in parts])


for each in sys.argv[1:] or PICTURES:
    draw(each)
