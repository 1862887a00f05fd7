"""A young face with old eyes, the hood it looks out of, and the hair; all in the head's own measure."""

from __future__ import annotations

import numpy as np

from drawing.form import Array, Body, Colour
from drawing.hands import Posed, curve

FACE: Colour = (0.78, 0.62, 0.55)
LIP: Colour = (0.72, 0.47, 0.43)
HAIR: Colour = (0.70, 0.72, 0.80)
CLOAK: Colour = (0.145, 0.14, 0.225)
LOOK = (0.006, -0.010)  # where the eyes are turned: a little up, out of a bowed head
Point = tuple[float, float, float]


def head() -> Body:
    """A head, one unit from chin to crown, its middle at (0, 0)."""
    b = Body()
    b.egg((0, -0.12, -0.05), (0.355, 0.44, 0.43), FACE, 0.05)
    b.egg((0, 0.2, 0.08), (0.215, 0.28, 0.265), FACE, 0.14)
    b.egg((0, 0.43, 0.22), (0.075, 0.06, 0.07), FACE, 0.10)
    b.bone((0, 0.3, -0.06), (0, 0.72, -0.12), 0.165, 0.17, FACE, 0.06)
    for s in (-1, 1):
        b.egg((s * 0.175, 0.12, 0.20), (0.115, 0.115, 0.10), (0.82, 0.59, 0.53), 0.10)
        b.egg((s * 0.135, -0.112, 0.318), (0.105, 0.024, 0.042), FACE, 0.06, s * 3)
    b.bone((0, -0.07, 0.345), (0, 0.122, 0.412), 0.020, 0.026, FACE, 0.055)
    for s in (-1, 1):
        b.egg((s * 0.034, 0.140, 0.382), (0.024, 0.019, 0.030), FACE, 0.04)
    b.egg((0, 0.270, 0.327), (0.066, 0.011, 0.020), LIP, 0.018)
    b.egg((0, 0.303, 0.325), (0.052, 0.017, 0.024), LIP, 0.018)

    def dent(p: Array) -> Array:
        d = np.zeros(len(p), np.float32)
        for s in (-1, 1):
            d += 0.040 * np.exp(-(((p[:, 0] - s * 0.14) / 0.10) ** 2) - ((p[:, 1] + 0.005) / 0.06) ** 2) * (p[:, 2] > 0)
        d += 0.010 * np.exp(-((p[:, 0] / 0.02) ** 2) - ((p[:, 1] - 0.215) / 0.03) ** 2) * (p[:, 2] > 0)
        d += 0.004 * np.exp(-((p[:, 0] / 0.06) ** 2) - ((p[:, 1] - 0.283) / 0.007) ** 2) * (p[:, 2] > 0)
        return d.astype(np.float32)

    def tint(p: Array, _n: Array, c: Array) -> Array:
        for s in (-1, 1):
            x, y = p[:, 0] - s * 0.14, p[:, 1] - 0.0
            front = p[:, 2] > 0
            upper, lower = -0.046 + 4.4 * x * x, 0.036 - 3.4 * x * x
            white = np.clip((y - upper) / 0.008, 0, 1) * np.clip((lower - y) / 0.008, 0, 1) * front
            c = c * (1 - white[:, None]) + np.array([0.88, 0.88, 0.93]) * white[:, None]
            iris = white * np.clip((0.038 - np.hypot(x - LOOK[0], y - LOOK[1])) / 0.006, 0, 1)
            c = c * (1 - iris[:, None]) + np.array([0.20, 0.30, 0.42]) * iris[:, None]
            pupil = iris * np.clip((0.018 - np.hypot(x - LOOK[0], y - LOOK[1])) / 0.006, 0, 1)
            c = c * (1 - 0.9 * pupil[:, None])
            glint = iris * np.clip((0.011 - np.hypot(x - LOOK[0] - 0.014, y - LOOK[1] + 0.015)) / 0.004, 0, 1)
            c = c * (1 - glint[:, None]) + glint[:, None]
            lash = np.exp(-(((y - upper) / 0.011) ** 2)) * (np.abs(x) < 0.096) * front
            c = c * (1 - 0.88 * lash[:, None])
            fold = np.exp(-(((y - upper + 0.034) / 0.009) ** 2)) * (np.abs(x) < 0.085) * front
            c = c * (1 - 0.30 * fold[:, None])
            t = s * x  # from the nose outward
            brow = np.exp(-(((y + 0.110 - 1.1 * (t - 0.02) ** 2) / 0.017) ** 2))
            brow = brow * np.clip(1.3 - np.abs(t / 0.115) ** 3, 0, 1) * (np.abs(x) < 0.13) * front
            c = c * (1 - 0.55 * brow[:, None] * np.array([0.95, 0.95, 0.88]))
            tired = np.exp(-(((y - 0.066 + 0.10 * t - 1.2 * x * x) / 0.012) ** 2)) * (np.abs(x) < 0.07) * front
            c = c * (1 - 0.13 * tired[:, None])
        # the mouth as a painter sets it: a darker upper lip, the line between, its corners, the shadow under the lower
        x, y, front = p[:, 0], p[:, 1], p[:, 2] > 0
        line = 0.288 - 0.55 * x * x - 0.005 * np.exp(-((x / 0.02) ** 2))
        inside = np.clip(1 - (x / 0.090) ** 2, 0, 1) * front
        for at, thick, tone, deep in (
            (line - 0.013, 0.009, (0.58, 0.31, 0.30), 0.55),
            (line + 0.017, 0.011, (0.70, 0.43, 0.40), 0.5),
            (line, 0.0105, (0.22, 0.09, 0.10), 0.95),
            (line + 0.046, 0.012, (0.50, 0.35, 0.31), 0.4),
        ):
            much = (deep * inside * np.exp(-(((y - at) / thick) ** 2)))[:, None]
            c = c * (1 - much) + np.array(tone) * much
        # hair grows where a face ends: nothing of the head is bare under the hood
        edge = np.hypot(x / 0.315, (y - 0.07) / 0.47)
        grown = np.clip((edge - 0.96) * 14, 0, 1) * (y < 0.30) * (1 - np.exp(-((np.abs(x) / 0.05) ** 2)) * (y > 0))
        grown = np.maximum(grown, (p[:, 2] < 0.02) & (y < 0.3))[:, None]
        return c * (1 - grown) + np.array(HAIR) * 0.62 * grown

    b.dent, b.tint = dent, tint
    return b


def _egg(p: Array, at: Point, size: Point) -> Array:
    q = (p - np.float32(at)) / np.float32(size)
    k0, k1 = np.linalg.norm(q, axis=1), np.linalg.norm(q / np.float32(size), axis=1)
    return k0 * (k0 - 1) / np.maximum(k1, 1e-6)


def hood(colour: Colour = CLOAK) -> Body:
    """A hood for that head: a deep mouth with a turned edge, a soft point behind, and its fall to the shoulders."""
    b = Body()

    def shell(p: Array) -> Array:
        out = _egg(p, (0, -0.06, -0.10), (0.52, 0.62, 0.56))
        for at, size, soft in (
            ((0.03, -0.46, -0.26), (0.30, 0.30, 0.36), 0.20),
            ((0.12, -0.58, -0.56), (0.17, 0.16, 0.30), 0.22),
            ((0.0, 0.42, -0.22), (0.50, 0.52, 0.40), 0.24),
        ):
            part = _egg(p, at, size)
            h = np.clip(0.5 + 0.5 * (out - part) / soft, 0, 1)
            out = out * (1 - h) + part * h - soft * h * (1 - h)
        inside = _egg(p, (0, 0.06, 0.20), (0.40, 0.56, 0.60))
        return np.maximum(out, -inside) - 0.012

    b.shape(shell, (-0.62, -1.0, 0.62, 1.0), colour, 0.02)
    mouth = [
        (0.425 * np.sin(t), 0.02 - 0.575 * np.cos(t), 0.22 + 0.13 * np.cos(t) - 0.10 * np.sin(t) ** 2)
        for t in np.linspace(-2.5, 2.5, 25)
    ]
    b.chain(mouth, [0.040 + 0.008 * np.sin(i * 1.7) for i in range(25)], colour, 0.05)
    for s in (-1, 1):
        b.chain(
            [(s * 0.40, 0.22, 0.06), (s * 0.44, 0.56, 0.06), (s * 0.58, 0.96, -0.02)], [0.11, 0.14, 0.19], colour, 0.16
        )

    def dent(p: Array) -> Array:
        x, y, z = p[:, 0], p[:, 1], p[:, 2]
        a = np.arctan2(x, -y + 0.35)
        drape = np.sin(a * 7 + z * 8 + 1.4 * np.sin(y * 3)) + 0.6 * np.sin(a * 13 - z * 12 + y * 5)
        return (0.013 * drape * np.clip(1.1 - z * 1.6, 0.15, 1) + 0.005 * np.sin(a * 31 + z * 17)).astype(np.float32)

    b.dent = dent
    return b


def cowl(colour: Colour = CLOAK) -> Body:
    """The folds of the hood where it lies on the shoulders."""
    b = Body()
    for lift, wide, thick, lean in ((0.60, 0.34, 0.075, 0.10), (0.72, 0.46, 0.095, 0.16), (0.88, 0.58, 0.115, 0.12)):
        ring = [
            (
                wide * np.sin(t) + 0.03 * np.sin(t * 2 + lift * 4),
                lift + lean * np.cos(t) + 0.03 * np.sin(t * 2 + lift * 9),
                wide * 0.62 * np.cos(t) - 0.03,
            )
            for t in np.linspace(-2.3, 2.3, 19)
        ]
        b.chain(
            [tuple(map(float, q)) for q in ring],
            [thick * (0.92 + 0.12 * np.sin(i * 0.7 + lift * 20)) for i in range(19)],
            colour,
            0.09,
        )
    b.dent = lambda p: (
        0.012 * np.sin(np.arctan2(p[:, 0], p[:, 2] + 0.2) * 9 + p[:, 1] * 14 + 2 * np.sin(p[:, 0] * 6))
    ).astype(np.float32)
    return b


def hair(rnd: np.random.Generator) -> Body:
    """Hair with no colour that it will answer to: a parting, locks along the cheeks, a few that will not lie."""
    b = Body()
    for s, falls in ((-1, (0.80, 0.96, 1.22, 1.10, 1.0, 0.9, 0.8)), (1, (0.70, 0.92, 1.24, 1.40, 1.26, 1.1, 0.9))):
        for i, drop in enumerate(falls):
            k = i / 6  # 0 next to the face, 1 within the hood
            out, deep = 0.282 + 0.075 * k, 0.27 - 0.20 * k
            drift = rnd.uniform(-0.025, 0.025) + 0.05 * s * (k - 0.3)
            pts = [
                (s * (0.01 + 0.02 * k), -0.420 - 0.05 * k, 0.275 - 0.20 * k),
                (s * (0.115 + 0.06 * k), -0.385 - 0.03 * k, 0.310 - 0.18 * k),
                (s * (0.215 + 0.07 * k), -0.285, 0.300 - 0.19 * k),
                (s * (out - 0.005), -0.115, 0.24 - 0.15 * k),
                (s * out, 0.06, deep - 0.06),
                (s * (out + 0.01), 0.34, deep - 0.03),
                (s * (out - 0.01) + drift * 0.4, 0.34 + (drop - 0.34) * 0.45, deep + 0.08),
                (s * (out - 0.03) + drift, 0.34 + (drop - 0.34) * 0.8, deep + 0.17 + 0.08 * k),
                (s * (out - 0.05) + drift * 1.5, drop, deep + 0.17 + 0.10 * k),
            ]
            thick = np.interp(
                np.linspace(0, 1, 22), [0, 0.15, 0.4, 0.65, 0.85, 1], [0.034, 0.046, 0.050, 0.046, 0.030, 0.006]
            )
            b.chain(
                [tuple(map(float, q)) for q in curve(pts, 22)],
                list(thick * rnd.uniform(0.9, 1.1)),
                tuple(np.array(HAIR) * rnd.uniform(0.88, 1.0)),
                0.055 if i else 0.01,
            )
    for s, x, drop in ((-1, 0.26, 0.52), (-1, 0.30, 1.28), (1, 0.27, 1.05)):
        pts = [
            (s * 0.05, -0.45, 0.28),
            (s * (x - 0.04), -0.28, 0.385),
            (s * (x + 0.05), 0.0, 0.34),
            (s * (x + 0.02), drop * 0.7, 0.37),
            (s * (x - 0.03), drop, 0.41),
        ]
        b.chain([tuple(map(float, q)) for q in curve(pts, 12)], [0.010] * 8 + [0.008, 0.007, 0.006, 0.004], HAIR, 0.01)

    def strands(p: Array) -> Array:
        x, y, z = p[:, 0], p[:, 1], p[:, 2]
        return np.abs(x) * 88 - z * 34 + 1.6 * np.sin(y * 3.1 + 1 + 2 * np.sign(x)) + 0.5 * np.sin(y * 8.3)

    def dent(p: Array) -> Array:
        u = strands(p)
        return (0.0045 * np.sin(u) + 0.003 * np.sin(u * 2.3 + 1)).astype(np.float32)

    def tint(p: Array, _n: Array, c: Array) -> Array:
        u = strands(p)
        tone = 0.84 + 0.12 * np.sin(u) + 0.06 * np.sin(u * 2.7 + 2)
        rooted = np.clip(0.62 + (p[:, 1] + 0.45) * 0.8, 0.55, 1)  # darker where the hood is
        return c * (tone * rooted)[:, None]

    b.dent, b.tint = dent, tint
    return b


def bust(at: Point, size: float, tip: float, swing: float, turn: float) -> list[tuple[Posed, list[Posed]]]:
    """All of it, where it is wanted: each body with those in whose shadow it lies."""
    x, y, z = at
    skull = Posed(head(), at, size, tip, swing, turn)
    shade = Posed(hood(), (x, y - 0.005 * size, z + 0.01 * size), size * 1.06, tip - 3, swing, turn)
    lies = Posed(cowl(), (x, y + 0.01 * size, z - 0.04 * size), size * 1.06, tip * 0.6, swing / 2, 0)
    locks = Posed(hair(np.random.default_rng(5)), at, size * 1.02, tip, swing, turn)
    return [(skull, [shade, lies]), (shade, [lies]), (lies, [locks]), (locks, [shade])]
