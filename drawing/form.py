"""Forms: soft bodies joined smoothly, seen from straight ahead. x to the right, y down, z toward the eye."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

Array = np.ndarray
Colour = tuple[float, float, float]
Distance = Callable[[Array], Array]


@dataclass(frozen=True)
class Part:
    """One body: how far a point is from it, where it lies (x0, y0, x1, y1), its colour, and how softly it joins."""

    far: Distance
    box: tuple[float, float, float, float]
    colour: Colour
    soft: float


@dataclass
class Body:
    """Parts joined in order. ``cuts`` are taken away again; ``dent`` moves the surface in (positive) or out."""

    parts: list[Part] = field(default_factory=list)
    cuts: list[tuple[Distance, float]] = field(default_factory=list)
    dent: Distance | None = None
    tint: Callable[[Array, Array, Array], Array] | None = None
    scale = 1.0

    def bone(self, a: Sequence[float], b: Sequence[float], ra: float, rb: float, colour: Colour, soft: float) -> Body:
        """A limb between two points, of two thicknesses."""
        pa, pb = np.asarray(a, np.float32), np.asarray(b, np.float32)
        run = pb - pa
        length = float(run @ run) or 1e-9

        def far(p: Array) -> Array:
            t = np.clip(((p - pa) @ run) / length, 0, 1)
            return np.linalg.norm(p - pa - t[:, None] * run, axis=1) - (ra + (rb - ra) * t)

        r = max(ra, rb)
        low, high = np.minimum(pa, pb) - r, np.maximum(pa, pb) + r
        self.parts.append(Part(far, (low[0], low[1], high[0], high[1]), colour, soft))
        return self

    def chain(self, points: Sequence[Sequence[float]], radii: Sequence[float], colour: Colour, soft: float) -> Body:
        """Bones from point to point."""
        for i in range(len(points) - 1):
            self.bone(points[i], points[i + 1], radii[i], radii[i + 1], colour, soft)
        return self

    def egg(self, at: Sequence[float], size: Sequence[float], colour: Colour, soft: float, turn: float = 0) -> Body:
        """An ellipsoid, turned in the plane of the picture by degrees."""
        centre, half = np.asarray(at, np.float32), np.asarray(size, np.float32)
        c, s = np.cos(np.radians(turn)), np.sin(np.radians(turn))
        back = np.array([[c, -s, 0], [s, c, 0], [0, 0, 1]], np.float32)

        def far(p: Array) -> Array:
            q = ((p - centre) @ back) / half
            k0 = np.linalg.norm(q, axis=1)
            k1 = np.linalg.norm(q / half, axis=1)
            return k0 * (k0 - 1) / np.maximum(k1, 1e-6)

        r = float(half[:2].max())
        self.parts.append(Part(far, (at[0] - r, at[1] - r, at[0] + r, at[1] + r), colour, soft))
        return self

    def shape(self, far: Distance, box: tuple[float, float, float, float], colour: Colour, soft: float) -> Body:
        """A body of any shape, given how far a point is from it and where it lies."""
        self.parts.append(Part(far, box, colour, soft))
        return self

    def cut(self, far: Distance, soft: float) -> Body:
        """Takes a body away again."""
        self.cuts.append((far, soft))
        return self

    def distance(self, p: Array, paint: bool = False) -> tuple[Array, Array | None]:
        """How far each point is from the surface, and the colour there if it is wanted."""
        d = np.full(len(p), 9.0, np.float32)
        colour = np.zeros((len(p), 3), np.float32) if paint else None
        for part in self.parts:
            x0, y0, x1, y1 = part.box
            m = part.soft + 0.05
            near = np.flatnonzero((p[:, 0] > x0 - m) & (p[:, 0] < x1 + m) & (p[:, 1] > y0 - m) & (p[:, 1] < y1 + m))
            if not near.size:
                continue
            e = part.far(p[near]).astype(np.float32)
            old = d[near]
            h = np.clip(0.5 + 0.5 * (old - e) / max(part.soft, 1e-5), 0, 1)
            d[near] = old * (1 - h) + e * h - part.soft * h * (1 - h)
            if colour is not None:
                colour[near] = colour[near] * (1 - h[:, None]) + np.asarray(part.colour, np.float32) * h[:, None]
        for far, soft in self.cuts:
            e = -far(p)
            h = np.clip(0.5 - 0.5 * (d - e) / max(soft, 1e-5), 0, 1)
            d = d * (1 - h) + e * h + soft * h * (1 - h)
        if self.dent is not None:
            close = np.flatnonzero(d < 0.12)
            if close.size:
                d[close] += self.dent(p[close])
        return d, colour


@dataclass(frozen=True)
class Seen:
    """What is seen: ``mask``, ``normal``, ``depth``, ``paint`` (colour, darkened in its hollows), each by rows."""

    mask: Array
    normal: Array
    depth: Array
    paint: Array

    def with_(self, other: Seen) -> Seen:
        """Both, each where it is nearer to the eye."""
        mine = self.mask & (self.depth >= other.depth)
        m = mine[..., None]
        return Seen(
            self.mask | other.mask,
            np.where(m, self.normal, other.normal),
            np.where(mine, self.depth, other.depth),
            np.where(m, self.paint, other.paint),
        )

    def before(self, other: Seen) -> Seen:
        """Only what the other does not hide."""
        return replace(self, mask=self.mask & ~(other.mask & (other.depth > self.depth)))


@dataclass(frozen=True)
class Window:
    """Where one looks: the corner, the width and the height, and how many dots to a unit."""

    x: float
    y: float
    wide: float
    high: float
    dots: float

    def see(
        self, body: Body, front: float = 1.6, back: float = -1.6, hollow: float = 0.09, near: Sequence[Body] = ()
    ) -> Seen:
        """See a body through it, in the shadow of those ``near``."""
        return look(body, self, front, back, hollow, near)


def look(body: Body, view: Window, front: float, back: float, hollow: float, near: Sequence[Body] = ()) -> Seen:
    """What is seen of a body between two depths; ``hollow`` is how far its own shadows reach, and half of what those
    of the bodies ``near`` do."""
    dots = view.dots
    w, h = round(view.wide * dots), round(view.high * dots)
    ys, xs = np.mgrid[0:h, 0:w].astype(np.float32)
    p = np.stack(
        [(xs.ravel() + 0.5) / dots + view.x, (ys.ravel() + 0.5) / dots + view.y, np.full(w * h, front, np.float32)],
        axis=1,
    )
    going = np.arange(w * h)
    hit = np.zeros(w * h, bool)
    stride = 0.16 * body.scale  # no further than a part knows of what comes from the side
    for _ in range(120):
        d, _none = body.distance(p[going])
        there = d < 0.0025
        hit[going[there]] = True
        p[going, 2] -= np.where(there, 0, np.clip(d * 0.72, 0.002, stride))
        going = going[~there & (p[going, 2] > back)]
        if not going.size:
            break
    q = p[hit]
    e = 0.006
    grad = np.stack(
        [
            body.distance(q + np.eye(3, dtype=np.float32)[i] * e)[0]
            - body.distance(q - np.eye(3, dtype=np.float32)[i] * e)[0]
            for i in range(3)
        ],
        axis=1,
    )
    n = grad / np.maximum(np.linalg.norm(grad, axis=1, keepdims=True), 1e-6)
    shade = np.ones(len(q), np.float32)
    for step, weight in ((hollow * 0.35, 0.5), (hollow, 0.6), (hollow * 2.4, 0.5)):
        d, _none = body.distance(q + n * step)
        shade -= weight * np.clip((step - d) / step, 0, 1) * 0.6
    for step, weight in ((hollow, 0.22), (hollow * 2.4, 0.16), (hollow * 5, 0.14)):
        for other in near:
            d, _none = other.distance(q + n * step)
            shade -= weight * np.clip((step - d) / step, 0, 1)
    _d, colour = body.distance(q, paint=True)
    assert colour is not None
    if body.tint is not None:
        colour = body.tint(q, n, colour)
    paint = np.clip(colour, 0, 1) * np.clip(shade, 0.12, 1)[:, None]

    def grid(values: Array, size: int) -> Array:
        out = np.zeros((w * h, size), np.float32)
        out[hit] = values
        return out.reshape(h, w, size)

    depth = np.full(w * h, back - 1, np.float32)
    depth[hit] = q[:, 2]
    return Seen(hit.reshape(h, w), grid(n, 3), depth.reshape(h, w), grid(paint, 3))
