"""What is held, and what is woken in: the two palms, the jar in two hands, a hand on a sheet."""

from __future__ import annotations

import numpy as np

from drawing.cloaked import CLOAK
from drawing.form import Array, Body, Colour, Seen, Window
from drawing.hands import ASLEEP, OFFERED, SKIN, Pose, Posed, hand

AROUND = Pose(
    {"index": (26, 34, 22), "middle": (28, 36, 24), "ring": (30, 37, 24), "little": (32, 36, 24)},
    [(0.20, -0.20, 0.04), (0.42, -0.42, 0.06), (0.58, -0.66, 0.06), (0.66, -0.90, 0.08)],
    1.5,
)
LINEN: Colour = (0.76, 0.75, 0.82)


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
    """Two hands around a jar that is not here, fingers before it, arms behind. A window of 3.2 by 2.6; its foot is at
    (1.6, 1.36)."""
    scene = None
    for s in (-1, 1):
        own = Posed(hand(AROUND, SKIN, 0.9), (0, 0, 0), 0.82, swing=180, turn=70 + 4 * s)
        wrist = (1.6 + s * 0.98, 1.42 + 0.03 * s, -0.62)
        here = view.see(Posed(own, wrist, swing=s * 62, mirror=s > 0), hollow=0.07)
        sleeve = cuff((1.6 + s * 1.75, 2.75, -1.5), (1.6 + s * 1.06, 1.62, -0.85), (0.50, 0.36))
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
        press = -0.20 * np.exp(-(r**2))

        def crest(v: Array, sharp: float) -> Array:
            """A fold: a narrow ridge with a wide valley between."""
            return (0.5 + 0.5 * np.cos(v)) ** sharp

        spokes = 0.13 * crest(a * 6 + 0.9 * np.sin(r * 2.1), 3) * np.exp(-((r - 1.45) ** 2) / 0.42)
        runs = 0.30 * crest(x * 1.5 + y * 2.7 + 1.3 * np.sin(x * 0.8 - y * 0.7), 8)
        runs = runs + 0.22 * crest(x * 2.9 - y * 2.1 + 1.5 * np.sin(y * 1.3 + x * 0.6) + 2, 9)
        fine = 0.07 * crest(x * 5.2 + y * 6.1 + 2.2 * np.sin(x * 1.6 + y * 1.1), 5) * np.clip(r - 0.7, 0, 1)
        edge = 0.03 * np.sin(x * 1.1) + 0.05 * crest(x * 2.3 + 1, 4) + 0.03 * crest(x * 3.7, 5)
        level = -0.45 + 0.30 * far + (runs * np.clip(r - 0.55, 0, 1) + fine) * (0.5 + 0.6 * far) + press + spokes
        return np.maximum((p[:, 2] - level) * 0.6, (0.42 + edge - y) * 0.8)

    linen.shape(sheet, (-9, -9, 9, 9), LINEN, 0.01)
    scene = view.see(linen, hollow=0.2)
    return scene.with_(mine(view))


def mine(view: Window) -> Seen:
    """That hand, without the linen."""
    own = Posed(hand(ASLEEP, (0.74, 0.55, 0.46), 1.9), (2.86, 2.06, 0.0), 1.06, tip=10, swing=-8, turn=-50)
    return view.see(own, front=2, hollow=0.08)
