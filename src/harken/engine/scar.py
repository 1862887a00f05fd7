"""The scar: a drawing made from how a meeting went, in whole numbers so that it is the same everywhere.

One line runs down a box of 1000 by 1000, a step a breath; trust is how straight it holds, depth how far it is
drawn aside, and moves that closed the confider break it. The same meeting draws the same scar.
"""

from __future__ import annotations

from harken.engine.chance import pick
from harken.engine.state import State

Stroke = tuple[tuple[int, int], ...]

_BREAKS = frozenset({"judge", "deflect", "run"})
_BRANCHES = frozenset({"name_feeling", "reflect", "validate", "confide", "comfort"})
BOX = 1000
_MOST = 60


def strokes(state: State) -> tuple[Stroke, ...]:
    """The strokes of this meeting's scar, each a list of points from (0, 0) to (1000, 1000)."""
    trace = state.trace[-_MOST:]
    if not trace:
        return (((500, 420), (505, 580)),)
    lines: list[list[tuple[int, int]]] = [[(500, 60)]]
    branches: list[Stroke] = []
    x, side = 500, 1
    for number, (move, depth, trust) in enumerate(trace):
        y = 60 + (number + 1) * 880 // len(trace)
        wander = pick(2 * (24 - trust) + 1, state.seed, "scar", state.meeting, number) - (24 - trust)
        x = max(120, min(880, x + side * depth * 14 + wander))
        if move in _BREAKS:
            lines.append([(x + side * 40, y)])
        else:
            lines[-1].append((x, y))
        if depth >= 2 and move in _BRANCHES:
            reach = 60 + 45 * depth
            branches.append(((x, y), (x + side * reach // 2, y - 18), (x + side * reach, y + 30)))
        if depth:
            side = -side
    return tuple(tuple(line) for line in lines if len(line) > 1) + tuple(_boxed(branch) for branch in branches)


def _boxed(stroke: Stroke) -> Stroke:
    return tuple((max(0, min(BOX, x)), max(0, min(BOX, y))) for x, y in stroke)
