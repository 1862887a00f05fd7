"""What is shown, and what is woken in: the two palms, a hand on a sheet."""

from __future__ import annotations

import numpy as np

from drawing.cloaked import CLOAK
from drawing.form import Array, Body, Colour, Seen, Window
from drawing.hands import ASLEEP, OFFERED, SKIN, Posed, hand

LINEN: Colour = (0.84, 0.82, 0.88)


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


def noise(x: Array, y: Array, seed: int) -> Array:
    """Smooth noise on a lattice of ones, about -1 to 1."""
    values = np.random.default_rng(seed).uniform(-1, 1, (64, 64)).astype(np.float32)
    i, j = np.floor(x).astype(int), np.floor(y).astype(int)
    u, v = x - i, y - j
    u, v = u * u * (3 - 2 * u), v * v * (3 - 2 * v)
    low = values[i % 64, j % 64] * (1 - u) + values[(i + 1) % 64, j % 64] * u
    high = values[i % 64, (j + 1) % 64] * (1 - u) + values[(i + 1) % 64, (j + 1) % 64] * u
    return low * (1 - v) + high * v


def creased(x: Array, y: Array) -> Array:
    """How high linen stands that a hand was turned on: folds run from the hand, part, and are lost; 0 to about 0.4."""
    dx, dy = x - 2.45, (y - 1.5) * 1.25
    far = np.hypot(dx, dy)
    ahead = np.arctan2(dx * 0.71 - dy * 0.7, -dx * 0.7 - dy * 0.71)  # its seam is under the arm
    turn = ahead + 0.30 * noise(x * 0.9, y * 0.9, 3) + 0.05 * noise(x * 3, y * 3, 4)
    out = np.clip((far - 0.45) / 0.7, 0, 1)
    tall = 0.0 * x
    for many, long, high, sharp, seed in ((2.6, 0.45, 0.26, 1.7, 11), (5.2, 0.8, 0.09, 2.0, 12)):
        ridge = 1 - np.abs(noise(turn * many + 32, far * long, seed)) * 1.5
        some = np.clip(0.5 + 0.9 * noise(turn * many * 0.6 + 9, far * long * 1.8, seed + 20), 0, 1)
        tall = tall + high * np.clip(ridge, 0, 1) ** sharp * some
    return tall * out


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
        level = level + creased(x, y)
        return np.maximum((p[:, 2] - level) * 0.5, (0.42 + edge - y) * 0.8)

    linen.shape(sheet, (-9, -9, 9, 9), LINEN, 0.01)
    scene = view.see(linen, hollow=0.2)
    return scene.with_(mine(view))


def mine(view: Window) -> Seen:
    """That hand, without the linen."""
    own = Posed(hand(ASLEEP, (0.74, 0.55, 0.46), 1.9), (2.86, 2.06, 0.0), 1.06, tip=10, swing=-8, turn=-50)
    return view.see(own, front=2, hollow=0.08)
