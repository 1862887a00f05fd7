"""Hands, open: a right hand as its owner sees it, palm to the eye, fingers up, the wrist at (0, 0)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from drawing.form import Array, Body, Colour

SKIN: Colour = (0.80, 0.60, 0.50)
PINK: Colour = (0.84, 0.52, 0.45)
PALE: Colour = (0.86, 0.70, 0.60)

# knuckle x, y; length; thickness; how it leans (degrees, to the thumb's side positive)
FINGERS = {
    "index": (0.285, -0.98, 0.95, 0.100, 6),
    "middle": (0.095, -1.03, 1.07, 0.103, 2),
    "ring": (-0.10, -0.99, 1.00, 0.097, -3),
    "little": (-0.28, -0.89, 0.79, 0.083, -10),
}
CREASES = [  # heart, head, life, fate
    [(-0.40, -0.72), (-0.22, -0.71), (0.0, -0.76), (0.16, -0.86), (0.22, -0.95)],
    [(0.40, -0.78), (0.24, -0.70), (0.02, -0.60), (-0.18, -0.50), (-0.31, -0.38)],
    [(0.40, -0.80), (0.22, -0.68), (0.09, -0.50), (0.04, -0.28), (0.08, -0.08)],
    [(0.0, -0.16), (-0.02, -0.36), (0.0, -0.58), (0.03, -0.78)],
]
DEPTHS = [0.011, 0.010, 0.013, 0.004]


@dataclass(frozen=True)
class Pose:
    """How far each joint bends toward the eye, in degrees, from the knuckle out; and the thumb's points."""

    bends: dict[str, tuple[float, float, float]]
    thumb: Sequence[tuple[float, float, float]]
    spread: float = 1.0


OFFERED = Pose(
    {"index": (7, 13, 9), "middle": (10, 17, 11), "ring": (15, 21, 13), "little": (17, 21, 13)},
    [(0.20, -0.20, 0.06), (0.47, -0.50, 0.16), (0.68, -0.76, 0.20), (0.80, -0.98, 0.20)],
)
ASLEEP = Pose(
    {"index": (16, 27, 15), "middle": (22, 34, 19), "ring": (28, 38, 22), "little": (30, 35, 20)},
    [(0.20, -0.20, 0.06), (0.45, -0.50, 0.20), (0.60, -0.80, 0.28), (0.58, -1.06, 0.30)],
    0.8,
)


def _to_line(p: Array, line: Sequence[tuple[float, float]]) -> Array:
    best = np.full(len(p), 9.0, np.float32)
    for (x0, y0), (x1, y1) in pairwise(line):
        run = np.array([x1 - x0, y1 - y0], np.float32)
        t = np.clip(((p[:, :2] - (x0, y0)) @ run) / float(run @ run), 0, 1)
        best = np.minimum(best, np.linalg.norm(p[:, :2] - (x0, y0) - t[:, None] * run, axis=1))
    return best


def curve(points: Sequence[tuple[float, ...]], n: int = 24) -> list[tuple[float, ...]]:
    """Points on a smooth line through the given ones."""
    pts = np.asarray(points, float)
    out = []
    for u in np.linspace(0, len(pts) - 1, n):
        k = min(len(pts) - 2, int(u))
        t = u - k
        a, b, c, d = pts[max(0, k - 1)], pts[k], pts[k + 1], pts[min(len(pts) - 1, k + 2)]
        out.append(tuple(b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))))
    return out


def hand(pose: Pose, skin: Colour = SKIN, arm: float = 1.3) -> Body:  # noqa: C901, PLR0915 (one body, part after part)
    """A hand in a pose, with so much of its arm."""
    body = Body()
    joints: list[tuple[Array, float]] = []
    ends: list[tuple[Array, Array, Array, float]] = []
    for wx in (-0.13, 0.0, 0.13):
        body.bone((wx * (0.85 + 0.3 * arm), arm, -0.02), (wx * 0.85, 0.05, 0), 0.21, 0.15, skin, 0.08)
    for x, y, _length, thick, _lean in FINGERS.values():
        body.bone((x * 0.55, -0.05, -0.01), (x, y, -0.03), 0.16, thick * 1.12, skin, 0.10)
    body.egg((0.235, -0.36, 0.075), (0.20, 0.33, 0.17), PALE, 0.10, -24)
    body.egg((-0.255, -0.34, 0.05), (0.155, 0.36, 0.16), skin, 0.10, 6)
    for x, y, _length, _thick, _lean in FINGERS.values():
        body.egg((x * 1.02, y + 0.09, 0.05), (0.095, 0.095, 0.095), PINK, 0.08)
    body.chain(pose.thumb, [0.15, 0.118, 0.108, 0.086], skin, 0.07)
    a, b = np.asarray(pose.thumb[-2]), np.asarray(pose.thumb[-1])
    body.egg(
        a * 0.35 + b * 0.65 + (0, 0, 0.035),
        (0.082, 0.12, 0.07),
        PINK,
        0.05,
        float(np.degrees(np.arctan2(b[0] - a[0], a[1] - b[1]))),
    )
    joints.append((a, 0.12))
    for name, (x, y, length, thick, lean) in FINGERS.items():
        at = np.array([x, y, 0.0])
        tilt, way = 0.0, np.radians(lean * pose.spread)
        tips = [at.copy()]
        for bend, part in zip(pose.bends[name], (0.46, 0.29, 0.25), strict=True):
            tilt += np.radians(bend)
            at = at + length * part * np.array([np.sin(way) * np.cos(tilt), -np.cos(way) * np.cos(tilt), np.sin(tilt)])
            tips.append(at.copy())
        along = np.array([np.sin(way) * np.cos(tilt), -np.cos(way) * np.cos(tilt), np.sin(tilt)])
        behind = np.array([np.sin(way) * np.sin(tilt), -np.cos(way) * np.sin(tilt), -np.cos(tilt)])
        ends.append((tips[2] * 0.28 + tips[3] * 0.72, along, behind, thick))
        radii = [thick * 1.04, thick * 0.95, thick * 0.87, thick * 0.66]
        body.chain(tips, radii, skin, 0.035)
        for i, k in ((0, 0.55), (1, 0.5), (2, 0.55)):
            mid = tips[i] * (1 - k) + tips[i + 1] * k
            body.egg(
                mid + np.array([0, 0, thick * 0.34]),
                (thick * 0.72, length * 0.105, thick * 0.66),
                PINK if i == 2 else PALE,
                0.05,
                float(np.degrees(way)),
            )
        joints += [
            (tips[0] * 0.45 + tips[1] * 0.55 + (0, length * 0.20, 0), thick * 1.5),
            (tips[1], thick),
            (tips[2], thick),
        ]
    lines = [curve(line) for line in CREASES]

    def dent(p: Array) -> Array:
        up = np.clip((p[:, 2] + 0.02) / 0.1, 0, 1)
        d = 0.045 * np.exp(-(((p[:, 0] - 0.0) / 0.17) ** 2) - ((p[:, 1] + 0.55) / 0.26) ** 2)
        for line, deep in zip(lines, DEPTHS, strict=True):
            d += deep * np.exp(-((_to_line(p, line) / 0.016) ** 2)) + deep * 0.5 * np.exp(
                -((_to_line(p, line) / 0.05) ** 2)
            )
        for at, wide in joints:
            q = p - at
            ring = np.exp(-((q[:, 1] / 0.013) ** 2) - (q[:, 0] / wide) ** 2) + 0.7 * np.exp(
                -(((q[:, 1] + 0.03) / 0.011) ** 2) - (q[:, 0] / wide / 0.8) ** 2
            )
            d += 0.007 * ring * (np.abs(q[:, 2]) < wide * 1.6)
        d += 0.005 * np.exp(-(((p[:, 1] - 0.03) / 0.014) ** 2)) + 0.004 * np.exp(-(((p[:, 1] - 0.10) / 0.012) ** 2))
        for x in (-0.035, 0.035):  # two tendons
            d -= 0.008 * np.exp(-(((p[:, 0] - x) / 0.025) ** 2)) * np.clip(p[:, 1] / 0.2, 0, 1)
        return (d * up).astype(np.float32)

    def tint(p: Array, n: Array, colour: Array) -> Array:
        palm = np.clip(0.4 + n[:, 2] * 3, 0, 1)
        crease = palm * sum(np.exp(-((_to_line(p, line) / 0.018) ** 2)) for line in lines)
        for at, wide in joints:
            q = p - at
            crease = crease + 0.8 * np.exp(-((q[:, 1] / 0.014) ** 2) - (q[:, 0] / wide) ** 2) * (
                np.abs(q[:, 2]) < wide * 1.6
            )
        veins = (
            0.14
            * palm
            * np.exp(-((_to_line(p, curve([(0.03, 0.6), (0.0, 0.3), (0.05, 0.05), (0.16, -0.2)])) / 0.02) ** 2))
        )
        for at, along, behind, thick in ends:  # nails, on the side that is turned away
            q = p - at
            far, across = q @ along, q @ np.cross(along, behind)
            nail = np.clip(1.6 - (np.abs(far) / 0.085) ** 4 - (across / (thick * 0.60)) ** 4, 0, 1) * (
                q @ behind > thick * 0.25
            )
            rim = np.clip(1 - np.abs(nail - 0.5) * 2, 0, 1)
            colour = colour * (1 - nail[:, None]) + np.array([0.90, 0.70, 0.64]) * nail[:, None]
            colour = colour * (1 - 0.35 * rim[:, None])
        colour = colour * (1 - 0.24 * np.clip(crease, 0, 1)[:, None] * np.array([0.7, 1.0, 1.0]))
        return colour * (1 - veins[:, None] * np.array([1, 0.6, 0.3]))

    body.dent, body.tint = dent, tint
    return body


class Posed:
    """A body that was turned, sized and moved. Angles in degrees: about x (tip), y (swing), z (turn)."""

    def __init__(
        self,
        body: Body,
        at: Sequence[float],
        size: float = 1,
        tip: float = 0,
        swing: float = 0,
        turn: float = 0,
        mirror: bool = False,
    ) -> None:
        self.body, self.at, self.size = body, np.asarray(at, np.float32), size
        self.scale = size * body.scale
        cx, sx = np.cos(np.radians(tip)), np.sin(np.radians(tip))
        cy, sy = np.cos(np.radians(swing)), np.sin(np.radians(swing))
        cz, sz = np.cos(np.radians(turn)), np.sin(np.radians(turn))
        rx = np.array([[1, 0, 0], [0, cx, -sx], [0, sx, cx]])
        ry = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
        rz = np.array([[cz, -sz, 0], [sz, cz, 0], [0, 0, 1]])
        flip = np.diag([-1.0 if mirror else 1.0, 1, 1])
        self.matrix = (rz @ ry @ rx @ flip).astype(np.float32)

    def within(self, p: Array) -> Array:
        """Where a point of the picture lies in the body."""
        return (p - self.at) @ self.matrix / self.size

    def outside(self, p: Array) -> Array:
        """Where a point of the body lies in the picture."""
        return np.asarray(p, np.float32) * self.size @ self.matrix.T + self.at

    @property
    def tint(self):
        """The body's own colours, turned with it."""
        if self.body.tint is None:
            return None
        return lambda p, n, colour: self.body.tint(self.within(p), n @ self.matrix, colour)

    def distance(self, p: Array, paint: bool = False) -> tuple[Array, Array | None]:
        """As a body's."""
        d, colour = self.body.distance(self.within(p), paint)
        return d * self.size, colour
