"""A snapshot of a State, so that its size can be measured: what an encounter can be resumed from without its log.

Harken has no snapshot of its own; it folds its log. This is what one would hold: every part of the state that is not
as it was at the start, as compact JSON, less what follows from the rest (``told_set``). ``resumed`` brings back the
very same state, which a test holds it to, so nothing is left out to make it small.
"""

from __future__ import annotations

import json
from typing import Any

from harken.engine import State
from harken.engine.moves import LOOK, MOVES, SKIP, UNCLEAR, WAKE

_START = State()
_SETS = ("again", "themes", "used")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_MOVES = (*MOVES, UNCLEAR, LOOK, SKIP, WAKE)


def snapshot(state: State) -> bytes:
    """This state, as compact JSON. The told ids are one string; a breath of the trace is three characters."""
    kept: dict[str, Any] = {part: value for part, value in state._asdict().items() if value != getattr(_START, part)}
    kept.pop("told_set", None)
    for part in _SETS:
        if part in kept:
            kept[part] = " ".join(sorted(kept[part]))
    if "told" in kept:
        kept["told"] = " ".join(state.told)
    if "trace" in kept:
        numbers = ((_MOVES.index(move), depth, trust) for move, depth, trust in state.trace)
        kept["trace"] = "".join(_DIGITS[number] for breath in numbers for number in breath)
    return json.dumps(kept, separators=(",", ":"), ensure_ascii=False).encode()


def resumed(data: bytes) -> State:
    """The state that this is a snapshot of."""
    kept = json.loads(data)
    told = tuple(kept.pop("told", "").split())
    trace = kept.pop("trace", "")
    for part in _SETS:
        if part in kept:
            kept[part] = frozenset(kept[part].split(" "))
    for part in ("things", "jars"):
        if part in kept:
            kept[part] = tuple(tuple(one) if isinstance(one, list) else one for one in kept[part])
    return State(
        **kept,
        told=told,
        told_set=frozenset(told),
        trace=tuple(
            (_MOVES[_DIGITS.index(trace[n])], _DIGITS.index(trace[n + 1]), _DIGITS.index(trace[n + 2]))
            for n in range(0, len(trace), 3)
        ),
    )
