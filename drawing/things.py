"""What is shown, and what is woken in: the two palms, a hand on a sheet."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from drawing.cloaked import CLOAK
from drawing.form import Array, Body, Colour, Seen, Window
from drawing.hands import ASLEEP, OFFERED, SKIN, Posed, curve, hand

LINEN: Colour = (0.84, 0.82, 0.88)
# the folds of a sheet: a line each, how wide and how high
CREASED = (
    (((1.95, 0.95), (1.40, 0.72), (0.60, 0.66), (-0.4, 0.78)), 0.17, 0.16),
    (((1.75, 1.30), (1.10, 1.28), (0.40, 1.50), (-0.5, 1.55)), 0.20, 0.19),
    (((1.95, 1.75), (1.45, 2.05), (0.90, 2.15), (0.0, 2.60)), 0.19, 0.20),
    (((2.30, 1.98), (2.00, 2.35), (1.75, 2.80), (1.6, 3.1)), 0.16, 0.17),
    (((2.55, 2.15), (2.50, 2.50), (2.62, 3.0)), 0.13, 0.12),
    (((2.75, 0.80), (3.00, 0.60), (3.40, 0.55), (4.2, 0.46)), 0.14, 0.14),
    (((3.02, 1.10), (3.45, 0.98), (4.10, 1.05), (5.2, 0.86)), 0.18, 0.19),
    (((3.15, 1.55), (3.70, 1.45), (4.30, 1.60), (5.4, 1.42)), 0.20, 0.20),
    (((3.55, 1.95), (4.10, 2.00), (4.60, 2.25), (5.4, 2.25)), 0.18, 0.18),
    (((2.30, 0.62), (2.36, 0.50), (2.50, 0.40)), 0.10, 0.09),
    (((1.55, 0.62), (1.30, 0.50), (1.10, 0.36)), 0.12, 0.11),
    (((0.90, 1.72), (0.50, 1.85), (-0.3, 2.00)), 0.12, 0.12),
    (((3.90, 1.26), (4.40, 1.30), (5.2, 1.12)), 0.10, 0.10),
    (((1.25, 2.42), (0.95, 2.55), (0.70, 2.95)), 0.12, 0.12),
)


def cuff(
    arm: tuple[float, float, float], end: tuple[float, float, float], radii: tuple[float, float], colour: Colour = CLOAK
) -> Body:
    """The end of a sleeve, wide, folded and hollow."""
    a, e = np.float32(arm), np.float32(end)
    long = float(np.linalg.norm(e - a))
    way = (e - a) / long
    side = np.cross(way, np.float32([0, 0, 1]))
    side /= np.linalg.norm(side)
    up = np.cross(way, side)

    def far(p: Array) -> Array:
        q = p - a
        t, x, y = q @ way, q @ side, q @ up
        turn = np.arctan2(x, y)
        k = np.clip(t / long, 0, 1)
        r = radii[0] + (radii[1] - radii[0]) * k**1.5
        fold = (
            0.05
            * (0.4 + k)
            * (np.sin(turn * 5 + t * 2) + 0.6 * np.sin(turn * 9 - t * 5) + 0.3 * np.sin(turn * 3 + t * 14))
        )
        shell = np.abs(np.hypot(x, y * 1.15) - r - fold) - 0.022
        return np.maximum(shell * 0.6, t - long - 0.03 * np.sin(turn * 4) - 0.02 * np.sin(turn * 9))

    b = Body()
    m = max(radii) + 0.2
    low, high = np.minimum(a, e) - m, np.maximum(a, e) + m
    b.shape(far, (low[0], low[1], high[0], high[1]), colour, 0.01)

    def tint(p: Array, n: Array, c: Array) -> Array:
        q = p - a
        out = (n @ side) * (q @ side) + (n @ up) * (q @ up)
        near = np.exp(-(((q @ way - long + 0.06) / 0.03) ** 2)) * (out > 0)
        c = c * np.where(out < 0, 0.35, 1)[:, None]
        return c * (1 - 0.7 * near[:, None]) + np.array([0.44, 0.34, 0.22]) * 0.7 * near[:, None]

    b.tint = tint
    return b


def palms(view: Window) -> Seen:
    """Two open hands, held out side by side: fingers to you, thumbs outward. A window of 4.2 by 3.0."""
    scene = None
    for s, turn in ((-1, 170), (1, 190)):
        wrist = (2.1 + s * 0.60, 0.80, -0.25)
        here = view.see(
            Posed(hand(OFFERED, SKIN, 0.8), wrist, 1.06, tip=-22, swing=s * -7, turn=turn, mirror=s > 0), hollow=0.07
        )
        sleeve = cuff((2.1 + s * 1.0, -0.5, -0.6), (2.1 + s * 0.66, 0.66, -0.22), (0.40, 0.43))
        here = here.with_(view.see(sleeve, hollow=0.12))
        scene = here if scene is None else scene.with_(here)
    assert scene is not None
    return scene


def fold(p: Array, line: Sequence[tuple[float, float]], wide: float) -> Array:
    """How high a fold stands at each point, 0 to 1: steep on one side, long on the other, and lost at both ends."""
    pts = np.asarray(curve(line, 9), np.float32)
    best, side, along = np.full(len(p), 9.0, np.float32), np.zeros(len(p)), np.zeros(len(p))
    for i in range(len(pts) - 1):
        run, off = pts[i + 1] - pts[i], p[:, :2] - pts[i]
        t = np.clip((off @ run) / float(run @ run), 0, 1)
        d = np.linalg.norm(off - t[:, None] * run, axis=1)
        near = d < best
        best = np.where(near, d, best)
        side = np.where(near, run[0] * off[:, 1] - run[1] * off[:, 0], side)
        along = np.where(near, (i + t) / (len(pts) - 1), along)
    below = side * (pts[-1, 0] - pts[0, 0]) > 0
    reach = wide * np.where(below, 0.62, 1.7) * (0.55 + 0.9 * along)
    return np.exp(-((best / reach) ** 2)) * np.sin(np.pi * 0.93 * along) ** 0.7


def bed(view: Window) -> Seen:
    """Linen, and your own hand lying open on it. A window of 5 by 2.9; the palm's middle at about (2.35, 1.5)."""
    linen = Body()

    def sheet(p: Array) -> Array:
        x, y = p[:, 0], p[:, 1]
        far = np.clip((y - 0.35) / 2.4, 0, 1)
        press = -0.16 * np.exp(-(((x - 2.35) / 1.2) ** 2) - ((y - 1.5) / 0.75) ** 2)
        drift = 0.05 * np.sin(x * 1.3 + y * 0.9) + 0.03 * np.sin(x * 2.9 - y * 2.1 + 1)
        edge = 0.05 * np.sin(x * 0.9 + 0.6) + 0.02 * np.sin(x * 3.1)
        level = -0.45 + 0.30 * far + press + drift
        for line, wide, high in CREASED:
            level = level + 0.9 * high * fold(p, line, wide)
        return np.maximum((p[:, 2] - level) * 0.5, (0.42 + edge - y) * 0.8)

    linen.shape(sheet, (-9, -9, 9, 9), LINEN, 0.01)
    scene = view.see(linen, hollow=0.2)
    return scene.with_(mine(view))


def mine(view: Window) -> Seen:
    """That hand, without the linen."""
    own = Posed(hand(ASLEEP, (0.74, 0.55, 0.46), 1.9), (2.86, 2.06, 0.0), 1.06, tip=10, swing=-8, turn=-50)
    return view.see(own, front=2, hollow=0.08)
