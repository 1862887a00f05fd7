"""Draws every picture of the workshop anew: ``python -m drawing [NAME ...]``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from drawing import cloaked, things
from drawing.brush import LAYERS, Layer, strokes
from drawing.form import Window

ART = Path(__file__).parents[1] / "src" / "harken" / "player" / "art"
FINE = (Layer(15, 3.4, 0.5, -1), Layer(8, 4.6, 0.6, 0.035), Layer(4.4, 6, 0.8, 0.06), Layer(2.4, 7, 1.0, 0.09))
# what is drawn; then the whole window, and closer ones for what matters most: (x, y, wide, high, dots), and what is
# drawn there where that is less
PICTURES = {
    "standing": (cloaked.standing, (0, 0, 2.2, 3.5, 140), (0.62, 0.12, 0.8, 0.9, 250), (0.42, 1.55, 0.36, 0.5, 250)),
    "seated": (cloaked.seated, (0, 0, 4.4, 3.3, 170), (2.25, 0.1, 0.8, 0.95, 330), (2.0, 1.25, 0.95, 0.6, 260)),
    "palms": (things.palms, (0, 0, 4.2, 3.0, 200)),
    "held": (things.held, (0, 0, 3.2, 2.6, 200)),
    "bed": (things.bed, (0, 0, 5.0, 2.9, 130), (1.3, 0.3, 2.3, 2.0, 200, things.mine)),
}


def draw(name: str) -> None:
    """Look, lay the strokes, and write the file."""
    look, *windows = PICTURES[name]
    parts = []
    for i, place in enumerate(windows):
        view = Window(*place[:5])
        part = strokes((place[5] if len(place) > 5 else look)(view), FINE if i else LAYERS)
        parts.append({"at": [view.x, view.y], "dots": view.dots, **part})
    whole = windows[0]
    about = "Drawn for Harken, Apache-2.0. Made by drawing/: how a stroke is written stands in scenes/strokes.mjs."
    text = json.dumps({"about": about, "size": [whole[2], whole[3]], "parts": parts}, indent=0)
    (ART / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    print(name, len(text), [len(part["strokes"]) // 12 for part in parts])


for each in sys.argv[1:] or PICTURES:
    draw(each)
