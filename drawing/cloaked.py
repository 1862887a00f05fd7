"""The one who comes: a young face with old eyes under a hood, standing at the arch, and sitting on the bench."""

from __future__ import annotations

import numpy as np

from drawing.face import CLOAK, bust
from drawing.form import Array, Body, Colour, Seen, Window
from drawing.hands import OFFERED, Pose, Posed, hand
from drawing.holding import Grip, holding, sleeve

LINING: Colour = (0.36, 0.13, 0.16)
ROBE: Colour = (0.30, 0.27, 0.33)
RESTING = Pose(
    {"index": (20, 26, 18), "middle": (24, 30, 20), "ring": (28, 32, 22), "little": (28, 30, 18)},
    [(0.20, -0.20, 0.06), (0.42, -0.52, 0.18), (0.52, -0.82, 0.24), (0.52, -1.04, 0.26)],
)

# a hand laid over a knee, which is held as a jar is that lies on its side: outward is up, and down is to the right
LAID = Grip(
    {
        "index": ((74, -0.20, 0.72), (48, -0.24, 0.70), (28, -0.26, 0.66), (10, -0.27, 0.625)),
        "middle": ((78, -0.05, 0.76), (48, -0.08, 0.745), (25, -0.095, 0.70), (6, -0.10, 0.665)),
        "ring": ((76, 0.09, 0.74), (48, 0.08, 0.725), (27, 0.075, 0.68), (9, 0.07, 0.645)),
        "little": ((68, 0.23, 0.69), (47, 0.24, 0.665), (32, 0.245, 0.63), (18, 0.25, 0.595)),
    },
    ((0.78, -0.16, -0.30), (0.70, -0.34, -0.08), (0.62, -0.42, 0.12), (0.52, -0.46, 0.28)),
    (0.85, 0.12, -0.50),
    (1.28, 0.48, -1.80),
)


def _folds(a: Array, y: Array, deep: Array, seed: float = 0) -> Array:
    wave = (
        np.sin(a * 7 + seed + 0.5 * np.sin(y * 1.7))
        + 0.6 * np.sin(a * 13 - seed * 2 + y * 0.8)
        + 0.35 * np.sin(a * 23 + y * 1.3 + seed)
    )
    return (deep * (np.abs(wave) ** 0.75) * np.sign(wave)).astype(np.float32)


def standing(view: Window) -> Seen:
    """They stand, weight on one foot, a hand half offered, the hem in the water. A window of 2.2 by 3.5."""
    cx = 1.02

    def sway(y: Array) -> Array:
        return 0.05 * np.sin((y - 0.7) * 1.35)

    robe = Body()

    def gown(p: Array) -> Array:
        y = p[:, 1]
        x, z = p[:, 0] - cx - sway(y), p[:, 2]
        t = np.clip((y - 0.88) / 2.5, 0, 1)
        wide = 0.255 + 0.02 * np.sin(t * 6) + 0.33 * t**1.7 + 0.12 * np.clip(t - 0.82, 0, 1)
        a = np.arctan2(x, z)
        r = np.hypot(x, z / 0.74)
        f = _folds(a, y, 0.004 + 0.05 * t**1.1)
        d = (r - wide - f) * 0.6
        ends = np.maximum(0.92 - y, y - 3.34 - 0.03 * np.sin(a * 5) - 0.02 * np.sin(a * 11))
        return np.maximum(d, ends)

    robe.shape(gown, (0.05, 0.8, 2.1, 3.5), CLOAK, 0.02)
    robe.egg((cx, 1.0, 0), (0.31, 0.26, 0.22), CLOAK, 0.14)
    for s in (-1, 1):
        robe.egg((cx + s * 0.235, 0.99, 0.02), (0.115, 0.13, 0.14), CLOAK, 0.10)

    def tint(p: Array, _n: Array, c: Array) -> Array:
        y = p[:, 1]
        x, z = p[:, 0] - cx - sway(y), p[:, 2]
        a = np.arctan2(x, np.maximum(z, 1e-3))
        slit = np.clip((0.05 + 0.23 * np.clip((y - 0.9) / 2.4, 0, 1) - np.abs(a + 0.10)) * 14, 0, 1) * (z > 0)
        c = c * (1 - slit[:, None]) + np.asarray(ROBE) * slit[:, None]
        band = np.exp(-(((np.abs(a + 0.10) - 0.05 - 0.23 * np.clip((y - 0.9) / 2.4, 0, 1)) / 0.035) ** 2)) * (z > 0)
        return c * (1 - 0.5 * band[:, None]) + np.array([0.42, 0.32, 0.22]) * 0.5 * band[:, None]

    robe.tint = tint

    sleeves = Body()
    sleeves.chain(
        [(cx - 0.26, 1.02, 0.02), (cx - 0.36, 1.38, 0.06), (cx - 0.35, 1.66, 0.26)], [0.11, 0.10, 0.135], CLOAK, 0.08
    )
    sleeves.chain(
        [(cx + 0.26, 1.02, 0.02), (cx + 0.345, 1.42, 0.05), (cx + 0.355, 1.84, 0.14)], [0.11, 0.10, 0.135], CLOAK, 0.08
    )

    def creased(p: Array) -> Array:
        return (
            0.014 * np.sin(p[:, 1] * 26 + p[:, 0] * 15 + np.sin(p[:, 0] * 20)) * np.clip((p[:, 1] - 1.1) * 2, 0, 1)
        ).astype(np.float32)

    sleeves.dent = creased
    skin = (0.74, 0.57, 0.49)
    scene = view.see(robe, front=1.1, back=-0.9)
    scene = scene.with_(view.see(sleeves, front=1.1, back=-0.9))
    for body in (
        Posed(hand(OFFERED, skin, 0.35), (cx - 0.385, 1.68, 0.32), 0.185, tip=-24, turn=192, mirror=False),
        Posed(hand(RESTING, skin, 0.35), (cx + 0.37, 1.90, 0.16), 0.18, tip=0, swing=60, turn=180, mirror=True),
    ):
        scene = scene.with_(view.see(body, front=1.1, back=-0.9, hollow=0.04))
    for body, near in bust((cx + 0.005, 0.60, 0.14), 0.42, -3, -9, 5):
        scene = scene.with_(view.see(body, front=1.1, back=-0.9, hollow=0.025, near=near))
    return scene


def seated(view: Window) -> Seen:
    """They sit at the end of the bench, turned to where you are, a palm open on the knee. A window of 4.4 by 3.3."""
    at, yaw, pitch = (2.85, 1.85, -0.1), -30, 12

    def put(body: Body | Posed) -> Posed:
        return Posed(Posed(body, (0, 0, 0), swing=yaw), at, tip=pitch)

    cloth = Body()
    cloth.chain([(0, 0.0, -0.05), (0, -0.5, -0.06), (0, -0.95, -0.08)], [0.30, 0.25, 0.23], CLOAK, 0.16)
    cloth.egg((0, -0.93, -0.07), (0.35, 0.2, 0.23), CLOAK, 0.14)
    for s in (-1, 1):
        cloth.chain([(s * 0.15, 0.02, 0.0), (s * 0.20, -0.02, 0.72)], [0.21, 0.16], CLOAK, 0.16)
        cloth.chain(
            [(s * 0.20, -0.02, 0.72), (s * 0.22, 0.5, 0.68), (s * 0.33, 1.15, 0.76)], [0.16, 0.155, 0.27], CLOAK, 0.12
        )
    cloth.chain([(0, 0.06, 0.5), (0, 0.5, 0.62), (0, 1.05, 0.66)], [0.16, 0.2, 0.3], CLOAK, 0.2)

    def drape(p: Array) -> Array:
        x, y, z = p[:, 0], p[:, 1], p[:, 2]
        fall = np.clip((y - 0.02) * 1.6, 0, 1)
        u = x * 9.5 + 0.9 * np.sin(y * 2.2 + x * 3) + z * 3
        lap = np.exp(-(((y + 0.1) / 0.22) ** 2)) * np.clip(z * 2, 0, 1)
        d = 0.046 * fall * (np.sin(u * 1.5) + 0.55 * np.sin(u * 3.3 - y * 1.6))
        d += 0.014 * lap * np.sin(z * 17 + x * 9 + np.sin(x * 8))
        d += 0.016 * (y < 0) * np.sin(x * 15 + y * 7 + 1.5 * np.sin(y * 5)) * np.clip(0.5 - z, 0, 1)
        return d.astype(np.float32)

    cloth.dent = drape
    sleeves = Body()
    sleeves.chain([(-0.28, -0.88, -0.05), (-0.40, -0.48, 0.04)], [0.115, 0.15], CLOAK, 0.08)
    sleeves.chain([(0.28, -0.88, -0.05), (0.38, -0.48, 0.03)], [0.115, 0.14], CLOAK, 0.08)
    sleeves.dent = lambda p: (0.014 * np.sin(p[:, 1] * 22 + p[:, 2] * 20 + 2 * np.sin(p[:, 0] * 9))).astype(np.float32)
    bench = Body()

    def slab(p: Array) -> Array:
        edge = 0.03 * np.sin(p[:, 0] * 2.3) + 0.012 * np.sin(p[:, 0] * 7.1)
        q = np.abs(np.stack([p[:, 1] - 0.30 - 0.02 * np.sin(p[:, 0] * 1.7), p[:, 2] - 0.05], axis=1)) - np.stack(
            [np.full(len(p), 0.055), 0.52 + edge], axis=1
        )
        return np.linalg.norm(np.maximum(q, 0), axis=1) + np.minimum(q.max(axis=1), 0) - 0.04

    wood = (0.40, 0.27, 0.19)
    bench.shape(slab, (-9, -1, 9, 1), wood, 0.02)
    for x in (-1.75, 0.75):
        for k in range(3):
            bench.chain(
                [
                    (x + 0.16 * k, 0.36, 0.1 - 0.1 * k),
                    (x - 0.1 + 0.2 * k, 0.75, 0.2),
                    (x - 0.32 + 0.3 * k, 1.25, 0.3),
                    (x - 0.6 + 0.55 * k, 1.6, 0.4),
                ],
                [0.13, 0.09, 0.10, 0.05],
                wood,
                0.12,
            )
    bench.dent = lambda p: (
        np.exp(-(((p[:, 1] - 0.3) / 0.12) ** 4))
        * (
            0.006 * np.sin(p[:, 2] * 60 + 3 * np.sin(p[:, 0] * 1.7) + p[:, 1] * 40)
            + 0.006 * np.sin(p[:, 2] * 140 + 5 * np.sin(p[:, 0] * 2.3) + p[:, 1] * 90)
        ).astype(np.float32)
    )
    bench.tint = lambda p, n, c: (
        c
        * (
            0.86
            + 0.12 * np.sin(p[:, 2] * 34 + 2.4 * np.sin(p[:, 0] * 1.3) + p[:, 1] * 31)
            + 0.07 * np.sin(p[:, 2] * 90 + 5 * np.sin(p[:, 0]))
        )[:, None]
    )
    skin = (0.74, 0.57, 0.49)
    scene = view.see(Posed(bench, at, tip=pitch), hollow=0.14)
    for body, hollow in (
        (cloth, 0.12),
        (sleeves, 0.08),
        (
            Posed(
                Posed(hand(OFFERED, skin, 0.25), (0, 0, 0), swing=-24), (-0.22, -0.36, 0.50), 0.26, tip=-69, turn=166
            ),
            0.03,
        ),
        (Posed(sleeve((-0.59, -1.01, 1.33), (-1.08, -1.30, 0.11), 2.0, CLOAK), (0, 0, 0), 0.37), 0.06),
        (Posed(holding(LAID), (0.20, 0.0, 0.70), 0.37, turn=-90), 0.025),
        (Posed(sleeve(LAID.wrist, LAID.elbow, 1.0, CLOAK), (0.20, 0.0, 0.70), 0.37, turn=-90), 0.06),
    ):
        scene = scene.with_(view.see(put(body), front=1.8, back=-1.4, hollow=hollow))
    for body, near in bust((-0.02, -1.39, 0.08), 0.47, -18, 13, -5):
        scene = scene.with_(view.see(put(body), front=1.8, back=-1.4, hollow=0.028, near=[put(each) for each in near]))
    return scene
