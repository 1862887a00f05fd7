"""What is held, and what is woken in: the two palms, the jar in two hands, a hand on a sheet."""

from __future__ import annotations

import numpy as np

from drawing.cloaked import CLOAK
from drawing.form import Array, Body, Colour, Seen, Window
from drawing.hands import ASLEEP, OFFERED, SKIN, Pose, Posed, hand

CUPPED = Pose(
    {"index": (20, 30, 24), "middle": (24, 34, 26), "ring": (28, 36, 26), "little": (30, 34, 24)},
    [(0.20, -0.20, 0.06), (0.42, -0.48, 0.22), (0.52, -0.74, 0.34), (0.54, -0.96, 0.40)],
)
LINEN: Colour = (0.62, 0.60, 0.64)


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


def held(view: Window) -> Seen:
    """Two hands cupped about a jar that is not here. A window of 3.2 by 2.6, the jar's foot at (1.6, 1.62)."""
    scene = None
    for s in (-1, 1):
        body = Posed(
            hand(CUPPED, SKIN, 0.7), (1.6 + s * 0.94, 2.14, 0.1), 0.95, tip=12, swing=s * 34, turn=s * -50, mirror=s > 0
        )
        here = view.see(body, hollow=0.07)
        sleeve = cuff((1.6 + s * 2.0, 2.9, -0.1), (1.6 + s * 1.26, 2.34, 0.05), (0.42, 0.40))
        here = here.with_(view.see(sleeve, hollow=0.12))
        scene = here if scene is None else scene.with_(here)
    assert scene is not None
    return scene


def bed(view: Window) -> Seen:
    """Linen, and your own hand lying open on it. A window of 5 by 2.9; the palm's middle at about (2.35, 1.5)."""
    linen = Body()

    def sheet(p: Array) -> Array:
        x, y = p[:, 0], p[:, 1]
        far = np.clip((y - 0.35) / 2.4, 0, 1)
        r = np.hypot((x - 2.35) / 1.5, (y - 1.55) / 0.9)
        a = np.arctan2(y - 1.55, x - 2.35)
        press = -0.16 * np.exp(-(r**2))
        spokes = 0.05 * np.sin(a * 7 + 1.2 * np.sin(r * 3)) * np.exp(-((r - 1.25) ** 2) / 0.3)
        runs = 0.10 * np.sin(x * 1.1 + y * 3.1 + 1.1 * np.sin(x * 0.9 - y)) + 0.03 * np.sin(
            x * 2.3 - y * 5.2 + 1.6 * np.sin(y * 1.7 + x)
        )
        fine = 0.007 * np.sin(x * 7 + y * 9 + 2 * np.sin(x * 2 + y * 3))
        edge = 0.05 * np.sin(x * 1.7) + 0.03 * np.sin(x * 4.1 + 1)
        level = -0.42 + 0.30 * far + (runs + fine) * (0.4 + far) + press + spokes
        return np.maximum((p[:, 2] - level) * 0.6, (0.42 + edge - y) * 0.8)

    linen.shape(sheet, (-9, -9, 9, 9), LINEN, 0.01)
    scene = view.see(linen, hollow=0.2)
    mine = Posed(hand(ASLEEP, (0.74, 0.55, 0.46), 1.9), (2.86, 2.06, -0.10), 1.06, tip=10, swing=-8, turn=-50)
    return scene.with_(view.see(mine, front=2, hollow=0.08))
