"""Two hands around a jar, seen from before it: each joint is put where it touches the glass, not bent to get there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from drawing.form import Array, Body, Colour, Seen, Window
from drawing.hands import Posed, curve

BACK: Colour = (0.76, 0.58, 0.50)
RUDDY: Colour = (0.80, 0.51, 0.44)
GLOWING: Colour = (1.0, 0.68, 0.52)
CLOTH: Colour = (0.50, 0.40, 0.54)
HEM: Colour = (0.62, 0.48, 0.38)
MIDDLE = 1.6  # where the jar's axis is
# the jar: how far down, and how wide there
GLASS = (
    *((-0.13, 0.28), (0.06, 0.28), (0.07, 0.29), (0.12, 0.35), (0.20, 0.32), (0.23, 0.36), (0.28, 0.42), (0.33, 0.475)),
    *((0.40, 0.52), (0.50, 0.55), (1.36, 0.543), (1.43, 0.513), (1.48, 0.43), (1.51, 0.18)),
)
THICK = {"index": 0.070, "middle": 0.073, "ring": 0.068, "little": 0.058}


@dataclass(frozen=True)
class Grip:
    """One hand: for each finger its joints from knuckle to tip, each as how far round from the front (degrees), how far
    down, and how far from the axis; the thumb and the wrist as points (outward, down, toward the eye)."""

    fingers: dict[str, tuple[tuple[float, float, float], ...]]
    thumb: tuple[tuple[float, float, float], ...]
    wrist: tuple[float, float, float]
    elbow: tuple[float, float, float]


GRIPS = (  # the left of the picture and the right: no two fingers hold alike
    Grip(
        {
            "index": ((110, 0.86, 0.66), (89, 0.66, 0.655), (70, 0.565, 0.635), (53, 0.54, 0.615)),
            "middle": ((103, 1.00, 0.67), (77, 0.85, 0.665), (57, 0.78, 0.64), (40, 0.775, 0.62)),
            "ring": ((96, 1.16, 0.67), (70, 1.07, 0.665), (52, 1.055, 0.64), (34, 1.085, 0.615)),
            "little": ((90, 1.32, 0.64), (69, 1.385, 0.65), (54, 1.47, 0.61), (39, 1.54, 0.53)),
        },
        ((0.62, 1.46, -0.40), (0.74, 1.02, -0.40), (0.735, 0.65, -0.24), (0.55, 0.37, -0.03)),
        (0.76, 1.88, -0.32),
        (1.16, 3.7, -1.2),
    ),
    Grip(
        {
            "index": ((108, 0.93, 0.66), (87, 0.745, 0.665), (69, 0.675, 0.65), (52, 0.68, 0.62)),
            "middle": ((102, 1.06, 0.67), (76, 0.92, 0.665), (58, 0.88, 0.64), (42, 0.905, 0.62)),
            "ring": ((95, 1.22, 0.66), (68, 1.15, 0.66), (49, 1.165, 0.635), (32, 1.205, 0.61)),
            "little": ((89, 1.37, 0.64), (67, 1.45, 0.64), (51, 1.535, 0.58), (35, 1.58, 0.48)),
        },
        ((0.60, 1.52, -0.40), (0.745, 1.08, -0.40), (0.77, 0.70, -0.26), (0.585, 0.385, -0.04)),
        (0.72, 1.95, -0.32),
        (1.05, 3.7, -1.2),
    ),
)


def width(y: Array) -> Array:
    """How wide the jar is."""
    return np.interp(y, *np.transpose(GLASS)) - 0.012


def jar() -> Body:
    """Where the jar is. The player draws it; here it only hides what is behind, and lights what is before."""

    def glass(p: Array) -> Array:
        r = np.hypot(p[:, 0] - MIDDLE, p[:, 2])
        return np.maximum((r - width(p[:, 1])) * 0.6, np.maximum(p[:, 1] - 1.51, -0.13 - p[:, 1]))

    return Body().shape(glass, (1.0, -0.3, 2.2, 1.6), (0, 0, 0), 0.01)


def joint(turn: float, y: float, r: float) -> Array:
    """Where that is."""
    a = np.radians(turn)
    return np.array([(r - 0.016) * np.sin(a), y, (r - 0.016) * np.cos(a)])


def unit(v: Array) -> Array:
    """The same way, one long."""
    return v / np.linalg.norm(v)


def holding(grip: Grip) -> Body:  # noqa: PLR0915 (one body, part after part)
    """The hand at the right of the jar, whose axis is at x = 0: the back of it, and what is seen of the fingers."""
    body = Body()
    wrist, elbow = np.asarray(grip.wrist), np.asarray(grip.elbow)
    body.bone(elbow, wrist, 0.20, 0.135, BACK, 0.1)
    body.bone(wrist + np.array((-0.03, 0.03, 0.09)), wrist + np.array((0.05, 0.12, 0.02)), 0.11, 0.12, BACK, 0.1)
    bends: list[tuple[Array, Array, Array, float, float]] = []  # where, along, out, how thick, how deep
    nails: list[tuple[Array, Array, Array, float]] = []
    sinews: list[tuple[Array, Array]] = []
    for i, (name, joints) in enumerate(grip.fingers.items()):
        thick = THICK[name]
        pts = [joint(*each) for each in joints]
        root = wrist + np.array([-0.02 + 0.012 * i, -0.10 + 0.05 * i, -0.05 + 0.075 * i])
        body.bone(root, pts[0] + (0.0, 0.01, -0.03), 0.125, thick * 1.12, BACK, 0.09)
        sinews.append((root, pts[0]))
    for name, joints in grip.fingers.items():
        thick = THICK[name]
        pts = [joint(*each) for each in joints]
        round_ = [tuple(p) for p in curve([tuple(p) for p in pts], 10)]
        swell = np.interp(np.linspace(0, 3, 10), (0, 0.5, 1, 1.5, 2, 2.5, 3), (1.1, 1.0, 1.06, 0.92, 0.95, 0.86, 0.68))
        body.chain(round_, [float(thick * k) for k in swell], BACK, 0.03)
        body.egg(pts[0] + unit(pts[0] * (1, 0, 1)) * 0.03, (thick * 0.95,) * 3, RUDDY, 0.06)
        for k in (1, 2):
            out = unit(pts[k] * (1, 0, 1))
            body.egg(pts[k] + out * thick * 0.32, (thick * 0.82,) * 3, RUDDY, 0.04)
            bends.append((pts[k], unit(pts[k + 1] - pts[k - 1]), out, thick, 0.007 if k == 1 else 0.005))
        along = unit(pts[3] - pts[2])
        out = pts[3] * (1, 0, 1)
        nails.append((pts[2] * 0.12 + pts[3] * 0.88, along, unit(out - along * (out @ along)), thick))
    body.egg((wrist[0] - 0.17, wrist[1] - 0.26, 0.0), (0.13, 0.20, 0.15), BACK, 0.1, -25)
    thumb = [np.asarray(p) for p in grip.thumb]
    at, wide = (0, 1, 2, 2.5, 3, 3.6, 4), (0.12, 0.145, 0.098, 0.084, 0.094, 0.084, 0.060)
    thick = np.interp(np.linspace(0, 4, 14), at, wide)
    body.chain(curve([tuple(wrist - 0.02), *grip.thumb], 14), list(thick), BACK, 0.07)
    along = unit(thumb[3] - thumb[2])
    out = np.array([0.55, -0.55, 0.65])
    out = unit(out - along * (out @ along))
    nails.append((thumb[2] * 0.16 + thumb[3] * 0.84, along, out, 0.098))
    bends.append((thumb[2], unit(thumb[3] - thumb[1]), out, 0.10, 0.006))

    def on(p: Array, at: Array, along: Array, out: Array, thick: float) -> Array:
        q = p - at
        t, across = q @ along, q @ np.cross(along, out)
        nail = 1.6 - (np.abs(t) / (thick * 0.70)) ** 3 - (np.abs(across) / (thick * 0.56)) ** 3
        return np.clip(nail, 0, 1) * (q @ out > thick * 0.25)

    def dent(p: Array) -> Array:
        d = np.zeros(len(p), np.float32)
        for at, along, out, thick, deep in bends:
            q = p - at
            t = q @ along
            near = (np.linalg.norm(q, axis=1) < thick * 1.35) * np.clip((q @ out) / thick, 0, 1)
            d += deep * near * sum(np.exp(-(((t - s * thick) / 0.013) ** 2)) for s in (-0.22, 0.22))
        for at, along, out, thick in nails:
            nail = on(p, at, along, out, thick)
            d += 0.012 * np.clip(1 - np.abs(nail - 0.4) * 2.5, 0, 1) - 0.004 * nail
        for a, b in sinews:
            run = b - a
            t = np.clip(((p - a) @ run) / (run @ run), 0, 1.0)
            off = np.linalg.norm(p - a - t[:, None] * run, axis=1)
            side = np.exp(-(((off - 0.115) / 0.05) ** 2)) * np.sin(np.pi * np.clip(t * 1.1 - 0.1, 0, 1))
            across = np.linalg.norm(np.cross(p - a, unit(run))[:, [1, 2]], axis=1)
            d -= 0.022 * side * np.exp(-((across / 0.032) ** 2))
        return d.astype(np.float32)

    def tint(p: Array, n: Array, colour: Array) -> Array:
        for at, along, out, thick, _deep in bends:
            q = p - at
            t = q @ along
            near = (np.linalg.norm(q, axis=1) < thick * 1.35) * np.clip((q @ out) / thick, 0, 1)
            wrinkle = near * sum(np.exp(-(((t - s * thick) / 0.013) ** 2)) for s in (-0.22, 0.22))
            colour = colour * (1 - 0.22 * wrinkle[:, None] * np.array([0.7, 1, 1]))
        for at, along, out, thick in nails:
            nail = on(p, at, along, out, thick)
            t = (p - at) @ along
            rim = np.clip(1 - np.abs(nail - 0.5) * 2, 0, 1)
            pale = np.clip((t / thick - 0.45) * 5, 0, 1)[:, None]
            own = np.array([0.98, 0.72, 0.64]) * (1 - pale) + np.array([1.0, 0.88, 0.80]) * pale
            colour = colour * (1 - nail[:, None]) + own * nail[:, None]
            colour = colour * (1 - 0.62 * rim[:, None])
        return colour

    body.dent, body.tint = dent, tint
    return body


def sleeve(at: Sequence[float], to: Sequence[float], turn: float, cloth: Colour = CLOTH) -> Body:
    """Cloth from the wrist to the elbow, gathered there, heavier as it falls: no opening is turned to the eye."""
    wrist, elbow = np.asarray(at), np.asarray(to)
    way = unit(elbow - wrist)
    long = float(np.linalg.norm(elbow - wrist))
    side = unit(np.cross(way, [0, 0, 1]))
    up = np.cross(way, side)
    a = wrist - way * 0.10 + np.array([0, 0, 0.07])

    def far(p: Array) -> Array:
        q = p - a
        t, x, y = q @ way, q @ side, q @ up
        angle = np.arctan2(x, y) + turn
        k = np.clip(t / long, 0, 1)
        hem = 0.018 * np.sin(angle * 3 + 1) + 0.012 * np.sin(angle * 7)
        r = 0.235 + 0.27 * k**0.8 + 0.03 * np.exp(-((t / 0.045) ** 2))
        ring = np.sin(t * 15 + 1.3 * np.sin(angle * 2 + t * 3) + 0.7 * np.sin(angle + 2))
        fold = 0.034 * ring * np.exp(-(((t - 0.42) / 0.36) ** 2)) + (0.018 + 0.05 * k) * (
            np.sin(angle * 4 + t * 4) + 0.5 * np.sin(angle * 7 - t * 5)
        )
        body = np.hypot(np.hypot(x * 1.16, y), np.maximum(t - long, 0)) - r - fold
        end = hem - t
        edge = np.hypot(np.maximum(body + 0.04, 0), np.maximum(end + 0.04, 0)) - 0.04
        return np.maximum(edge, np.maximum(body, end) - 0.0) * 0.55

    b = Body()
    low, high = np.minimum(wrist, elbow) - 0.65, np.maximum(wrist, elbow) + 0.65
    b.shape(far, (low[0], low[1], high[0], high[1]), cloth, 0.01)

    def tint(p: Array, n: Array, c: Array) -> Array:
        q = p - a
        within = np.clip(-(n @ way) * 1.6 - 0.3, 0, 1) * (np.hypot(q @ side, q @ up) < 0.2)
        hem = np.exp(-(((q @ way - 0.03) / 0.03) ** 2))
        c = c * (1 - 0.6 * hem[:, None]) + np.array(HEM) * 0.6 * hem[:, None]
        return c * (1 - 0.6 * within[:, None])

    b.tint = tint
    return b


def shone(seen: Seen, view: Window) -> Seen:
    """What lies close to the glass is lit by it, and through: paler, and turned to the light."""
    y, x = np.mgrid[0 : seen.mask.shape[0], 0 : seen.mask.shape[1]] / view.dots
    x, y = x + view.x - MIDDLE, y + view.y
    r = np.hypot(x, seen.depth)
    off = r - width(y)
    lit = np.exp(-((np.maximum(off, 0) / 0.10) ** 2)) * (y > 0.1) * (y < 1.64) * seen.mask
    away = (seen.normal[..., 0] * x + seen.normal[..., 2] * seen.depth) / np.maximum(r, 0.1)
    edge = np.clip(1 - seen.normal[..., 2], 0, 1) ** 1.5
    g = np.clip(lit * (np.clip(0.5 - away, 0, 1) + edge * np.clip(0.9 - away, 0, 1)) * 1.5, 0, 1)[..., None]
    g = g.astype(np.float32)
    fall = np.clip(1.22 - 0.52 * np.hypot(x / 0.75, (y - 0.8) / 0.85), 0.42, 1)[..., None]  # far from it is dim
    paint = seen.paint * fall * (1 - g) + np.asarray(GLOWING) * g
    normal = seen.normal * (1 - 0.7 * g) + np.float32([0, -0.85, 0.3]) * 0.7 * g
    normal /= np.maximum(np.linalg.norm(normal, axis=-1, keepdims=True), 1e-6)
    return replace(seen, paint=np.where(seen.mask[..., None], paint, 0), normal=normal)


def held(view: Window) -> Seen:
    """Two hands around a jar that is not here, as one holds what hurts: from below and from the sides, its middle free.
    A window of 3.2 by 3.3; its foot is at (1.6, 1.51)."""
    scene = None
    for i, grip in enumerate(GRIPS):
        here = None
        for body, hollow in ((holding(grip), 0.07), (sleeve(grip.wrist, grip.elbow, i * 2.1), 0.14)):
            part = view.see(Posed(body, (MIDDLE, 0, 0), mirror=i == 0), hollow=hollow)
            here = part if here is None else here.with_(part)
        assert here is not None
        scene = here if scene is None else scene.with_(here)
    assert scene is not None
    return shone(scene.before(view.see(jar())), view)
