"""A quick proof of a form or of its strokes, lit as the player would light it: for looking at while drawing."""

from __future__ import annotations

import numpy as np
from PIL import Image

from drawing.form import Seen


def lit(
    seen: Seen,
    light: tuple[float, float, float] = (0.5, -0.6, 0.45),
    back: tuple[float, float, float] = (0.03, 0.03, 0.09),
) -> Image.Image:
    """A form as it is, under one light."""
    n, a = seen.normal, seen.paint**1.7
    key = np.asarray(light) / np.linalg.norm(light)
    dot = np.clip(n @ key, 0, 1)[..., None]
    rim = np.clip(n[..., 0:1] * -0.7 - n[..., 1:2] * 0.3, 0, 1) ** 2 * (1 - np.clip(n[..., 2:3], 0, 1)) ** 1.2
    c = a * (np.array([0.20, 0.18, 0.38]) + np.array([1.7, 0.95, 0.45]) * dot) + np.array([0.5, 0.4, 1.3]) * rim * 0.8
    c = np.where(seen.mask[..., None], c, np.asarray(back))
    c = c * (2.51 * c + 0.03) / (c * (2.43 * c + 0.59) + 0.14)
    return Image.fromarray((np.clip(c, 0, 1) ** 0.6 * 255).astype(np.uint8))


def painted(drawn: dict[str, object], seen: Seen, **light: object) -> Image.Image:
    """The strokes, as the player will lay them, lit the same way."""
    from PIL import ImageDraw

    from drawing.brush import DIGITS

    w, h = drawn["size"]  # type: ignore[misc]
    k = 2
    sheets = [Image.new("RGB", (w * k, h * k)) for _ in range(2)]
    pens = [ImageDraw.Draw(sheet) for sheet in sheets]
    text = str(drawn["strokes"])
    for i in range(0, len(text), 12):
        d = [DIGITS.index(c) for c in text[i : i + 12]]
        x, y = d[0] * 64 + d[1], d[2] * 64 + d[3]
        pts = [(x, y), (x + (d[4] - 32) * 2, y + (d[5] - 32) * 2), (x + (d[6] - 32) * 3, y + (d[7] - 32) * 3)]
        pts = [(a * k, b * k) for a, b in pts]
        n = [(d[10] - 32) / 31, (d[11] - 32) / 31]
        for pen, colour in ((pens[0], drawn["colours"][d[9]]), (pens[1], (*(int(v * 127 + 128) for v in n), 0))):  # type: ignore[index]
            pen.line(pts, fill=colour, width=max(1, int(d[8] / 2 * k)), joint="curve")
            for q in (pts[0], pts[2]):
                r = d[8] / 4 * k
                pen.ellipse((q[0] - r, q[1] - r, q[0] + r, q[1] + r), fill=colour)
    a, n2 = (np.asarray(sheet.resize((w, h), Image.Resampling.LANCZOS), np.float32) / 255 for sheet in sheets)
    n = n2 * 2 - 1
    n[..., 2] = np.sqrt(np.clip(1 - n[..., 0] ** 2 - n[..., 1] ** 2, 0, 1))
    return lit(Seen(seen.mask, n, seen.depth, a**2), **light)  # type: ignore[arg-type]
