"""A form that was seen, laid down as brush strokes: broad ones first, finer ones where there is more to say.

Every stroke keeps its colour, and which way the surface under it faces, so that the player can light it anew.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image

from drawing.form import Array, Seen

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


CARE = np.array([1, 1, 1, 0.35, 0.35, 0.35], np.float32)


@dataclass(frozen=True)
class Layer:
    """Strokes so wide (dots), so long (widths), so near to each other (widths); only where detail is over ``from_``."""

    wide: float
    long: float
    apart: float
    over: float


LAYERS = (Layer(24, 3.4, 0.46, -1), Layer(13, 4.6, 0.6, 0.03), Layer(7, 6, 0.8, 0.055), Layer(3.6, 8, 1.05, 0.085))


def blur(a: Array, sigma: float) -> Array:
    """Very nearly a Gaussian: three boxes."""
    r = max(1, round(np.sqrt(sigma * sigma + 1 / 12) - 0.2))
    for _ in range(3):
        for axis in (0, 1):
            pad = [(r + 1, r) if i == axis else (0, 0) for i in range(2)]
            total = np.cumsum(np.pad(a, pad, mode="edge"), axis=axis, dtype=np.float64)
            n = a.shape[axis]
            a = (np.take(total, np.arange(2 * r + 1, n + 2 * r + 1), axis) - np.take(total, np.arange(n), axis)) / (
                2 * r + 1
            )
    return a.astype(np.float32)


def soft(values: Array, weight: Array, sigma: float) -> Array:
    """Blurred within its own mask: nothing bleeds in from outside."""
    w = np.maximum(blur(weight, sigma), 1e-4)
    return np.stack([blur(values[..., i] * weight, sigma) / w for i in range(values.shape[-1])], axis=-1)


def _grain(seen: Seen, wide: float) -> Array:
    """Which way strokes run: where the surface bends least, as an angle for each dot."""
    dy, dx = np.gradient(seen.normal, axis=(0, 1))
    change = np.stack([(dx * dx).sum(-1) - (dy * dy).sum(-1), 2 * (dx * dy).sum(-1)], axis=-1)
    field = soft(change, seen.mask.astype(np.float32), max(2.0, wide * 0.7))
    return np.arctan2(field[..., 1], field[..., 0]) / 2 + np.pi / 2


def strokes(seen: Seen, layers: tuple[Layer, ...], free: Array, seed: int = 7) -> dict[str, object]:
    """The strokes of a form: ``size``, ``outline`` (an SVG path), ``colours`` and ``strokes`` (12 digits each), each
    begun where it is ``free``."""
    rnd = np.random.default_rng(seed)
    h, w = seen.mask.shape
    weight = seen.mask.astype(np.float32)
    what = np.concatenate([np.sqrt(seen.paint), seen.normal * 0.5], axis=-1)
    picture = Image.fromarray((np.sqrt(np.clip(seen.paint, 0, 1)) * 255).astype(np.uint8))
    inside = np.asarray(picture)[seen.mask].reshape(1, -1, 3)
    table = Image.fromarray(inside).quantize(60, method=Image.Quantize.MEDIANCUT)
    colours = np.asarray(table.getpalette()[: 60 * 3], np.uint8).reshape(-1, 3)
    before = soft(what, weight, layers[0].wide * 1.5)
    rows: list[Array] = []
    for layer in layers:
        now = soft(what, weight, layer.wide * 0.42)
        detail = np.abs(now - before).sum(axis=-1) if layer.over >= 0 else np.ones((h, w))
        if layer.over >= 0:
            detail = soft(detail[..., None], weight, layer.wide * 0.5)[..., 0]
        step = layer.wide * layer.apart
        gy, gx = np.mgrid[0:h:step, 0:w:step]
        x = np.clip((gx + rnd.uniform(-0.5, 0.5, gx.shape) * step).ravel(), 0, w - 1)
        y = np.clip((gy + rnd.uniform(-0.5, 0.5, gy.shape) * step).ravel(), 0, h - 1)
        xi, yi = x.astype(int), y.astype(int)
        keep = (weight[yi, xi] > 0) & (detail[yi, xi] > layer.over) & free[yi, xi]
        x, y = x[keep], y[keep]
        order = rnd.permutation(len(x))
        rows.append(_lay(seen, now, colours, layer, x[order], y[order], _grain(seen, layer.wide)))
        before = now
    laid = np.concatenate(rows)
    return {
        "size": [w, h],
        "outline": outline(seen.mask.astype(np.float32)),
        "colours": ["#" + "".join(f"{v:02x}" for v in c) for c in colours],
        "strokes": _written(laid),
    }


def _lay(seen: Seen, now: Array, colours: Array, layer: Layer, x: Array, y: Array, grain: Array) -> Array:
    """Follow the grain both ways from each place, as far as the surface goes on."""
    h, w = seen.mask.shape
    own = now[y.astype(int), x.astype(int)]
    ends = []
    for way in (1, -1):
        px, py = x.copy(), y.copy()
        heading = grain[y.astype(int), x.astype(int)] + (0 if way == 1 else np.pi)
        going = np.ones(len(x), bool)
        for _ in range(6):
            qx, qy = (
                px + np.cos(heading) * layer.wide * layer.long / 12,
                py + np.sin(heading) * layer.wide * layer.long / 12,
            )
            xi, yi = np.clip(qx, 0, w - 1).astype(int), np.clip(qy, 0, h - 1).astype(int)
            going &= seen.mask[yi, xi] & (np.abs(now[yi, xi] - own) @ CARE < 0.13 + layer.wide * 0.005)
            px, py = np.where(going, qx, px), np.where(going, qy, py)
            turn = grain[yi, xi]
            heading = turn + np.where(np.cos(turn - heading) < 0, np.pi, 0)
        ends.append((px, py))
    rgb = np.clip(own[:, :3], 0, 1) * 255
    colour = np.argmin(((rgb[:, None] - colours[None].astype(float)) ** 2).sum(axis=-1), axis=1)
    n = own[:, 3:] * 2
    n = n / np.maximum(np.linalg.norm(n, axis=1, keepdims=True), 1e-3)
    (ax, ay), (bx, by) = ends
    return np.stack(
        [
            ax,
            ay,
            (x - ax) / 2,
            (y - ay) / 2,
            (bx - ax) / 3,
            (by - ay) / 3,
            np.full(len(x), layer.wide * 2),
            colour,
            n[:, 0] * 31,
            n[:, 1] * 31,
        ],
        axis=1,
    )


def _written(laid: Array) -> str:
    """Twelve digits of 64 a stroke: across and down, two each; its middle and its end from there, in twos and threes,
    from 32; its width in halves; its colour; and how far it faces right and down."""
    a = np.round(laid).astype(int)
    x, y = np.clip(a[:, 0], 0, 4095), np.clip(a[:, 1], 0, 4095)
    rest = np.concatenate(
        [np.clip(a[:, 2:6], -32, 31) + 32, np.clip(a[:, 6:8], 0, 63), np.clip(a[:, 8:10], -31, 31) + 32], axis=1
    )
    digits = np.concatenate([np.stack([x >> 6, x & 63, y >> 6, y & 63], axis=1), rest], axis=1)
    return "".join(DIGITS[d] for d in digits.ravel())


def outline(mask: Array, level: float = 0.5) -> str:
    """The edge of a mask as a path: marching squares, joined end to end, and thinned."""
    m = np.pad(blur(mask, 0.8), 1)
    inside = m > level
    code = inside[:-1, :-1] * 1 + inside[:-1, 1:] * 2 + inside[1:, 1:] * 4 + inside[1:, :-1] * 8
    nexts: dict[tuple[float, float], list[tuple[float, float]]] = {}

    def between(y0: int, x0: int, y1: int, x1: int) -> tuple[float, float]:
        a, b = float(m[y0, x0]), float(m[y1, x1])
        t = (level - a) / (b - a)
        return (round(x0 + (x1 - x0) * t, 3), round(y0 + (y1 - y0) * t, 3))

    ways = {
        1: "lt",
        2: "tr",
        3: "lr",
        4: "rb",
        6: "tb",
        7: "lb",
        8: "bl",
        9: "bt",
        11: "br",
        12: "rl",
        13: "rt",
        14: "tl",
        5: "lt rb",
        10: "tr bl",
    }
    for y, x in zip(*np.nonzero((code > 0) & (code < 15)), strict=True):
        side = {
            "t": (y, x, y, x + 1),
            "r": (y, x + 1, y + 1, x + 1),
            "b": (y + 1, x, y + 1, x + 1),
            "l": (y, x, y + 1, x),
        }
        for pair in ways[int(code[y, x])].split():
            nexts.setdefault(between(*side[pair[0]]), []).append(between(*side[pair[1]]))
    path = ""
    while nexts:
        start = at = next(iter(nexts))
        loop = [at]
        while at in nexts:
            followers = nexts[at]
            ahead = followers.pop()
            if not followers:
                del nexts[at]
            at = ahead
            loop.append(at)
            if at == start:
                break
        thin = _thin(np.array(loop) - 0.5, 0.3)
        if len(thin) > 5:
            path += "M" + "L".join(f"{px:.1f} {py:.1f}" for px, py in thin) + "Z"
    return path


def _thin(pts: Array, tolerance: float) -> Array:
    """Only the points that matter (Douglas and Peucker)."""
    keep = np.zeros(len(pts), bool)
    keep[[0, -1, len(pts) // 2]] = True
    todo = [(0, len(pts) // 2), (len(pts) // 2, len(pts) - 1)]
    while todo:
        a, b = todo.pop()
        if b - a < 2:
            continue
        run = pts[b] - pts[a]
        off = pts[a + 1 : b] - pts[a]
        d = np.abs(run[0] * off[:, 1] - run[1] * off[:, 0]) / max(float(np.hypot(*run)), 1e-6)
        k = int(d.argmax())
        if d[k] > tolerance:
            keep[a + 1 + k] = True
            todo += [(a, a + 1 + k), (a + 1 + k, b)]
    return pts[keep]
