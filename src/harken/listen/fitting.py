"""A story's own words: what a writer's examples add to the head, fitted when it compiles. Only arithmetic.

The base head stays as it is; the delta is a few more rows over the same hashed words (not the letters: a story's words
are spelt as its writer spells them), learned on the examples by plain gradient steps while everyday lines hold the rest
in place. A gesture of the story's own is a yes or no beside the moves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import exp, sqrt
from typing import Any, NamedTuple

from harken.engine.moves import MOVES, UNCLEAR
from harken.listen.features import Features, features
from harken.listen.head import head, scores, softmax

MOST = 2000
"""Examples that one story may add."""
_ROUNDS, _STEP, _UNIT = 8, 2.0, 1000
_GESTURE_FROM = 0.5
_GESTURE_BIAS = -2.0
_LIKELY = 0.02


class Example(NamedTuple):
    """One line a writer gives: it does ``move``; with a ``gesture``, it is the words for that gesture."""

    text: str
    move: str
    gesture: str | None = None
    before: str = ""


Delta = Mapping[str, Any]
"""Plain JSON: ``{"language", "moves": {row: {move index: thousandths}}, "gestures": {id: {row: thousandths}}}``."""


def fit(examples: Iterable[Example], language: str = "en") -> dict[str, Any]:
    """What these examples add to a language's head, as plain JSON that a compiled story can carry.

    Raises ValueError for a move that there is none of, and for more than ``MOST`` examples. The same examples in the
    same order give the same delta. 500 lines take well under a second.
    """
    given = list(examples)
    if len(given) > MOST:
        raise ValueError(f"A story may give {MOST} lines of its own, not {len(given)}.")
    for example in given:
        if example.move not in (*MOVES, UNCLEAR):
            raise ValueError(f"There is no move `{example.move}`. There are: {', '.join(MOVES)}.")
    weights = head(language)
    found = [features(example.text, example.before, language) for example in given]
    moves: dict[int, dict[int, float]] = {}
    for line, example in zip(found, given, strict=True):
        base = scores(weights, line)
        _learn(moves, line, base, weights.moves.index(example.move))
    gestures: dict[str, dict[int, float]] = {}
    for gesture in sorted({example.gesture for example in given if example.gesture}):
        gestures[gesture] = _gesture([(line, one.gesture == gesture) for line, one in zip(found, given, strict=True)])
    return {
        "language": language,
        "moves": {
            str(row): {str(at): _whole(v) for at, v in by.items() if _whole(v)} for row, by in sorted(moves.items())
        },
        "gestures": {
            name: {str(row): _whole(v) for row, v in sorted(by.items()) if _whole(v)} for name, by in gestures.items()
        },
    }


def added(values: list[float], found: Features, own: Delta) -> list[float]:
    """Scores with what a story's own examples add."""
    rows, unit = own["moves"], 1 / (_UNIT * sqrt(len(found.words) or 1))
    out = list(values)
    for row in found.words:
        for at, value in rows.get(str(row), {}).items():
            out[int(at)] += value * unit
    return out


def own_gesture(found: Features, own: Delta) -> str | None:
    """The story's own gesture that these words are for, or nothing."""
    unit = 1 / (_UNIT * sqrt(len(found.words) or 1))
    best: tuple[float, str | None] = (_GESTURE_FROM, None)
    for name, rows in own["gestures"].items():
        chance = _chance(_GESTURE_BIAS + unit * sum(rows.get(str(row), 0) for row in found.words))
        if chance > best[0]:
            best = (chance, name)
    return best[1]


def _learn(moves: dict[int, dict[int, float]], line: Features, base: list[float], true: int) -> None:
    unit = 1 / sqrt(len(line.words) or 1)
    for _ in range(_ROUNDS):
        values = list(base)
        for row in line.words:
            for at, value in moves.get(row, {}).items():
                values[at] += value * unit
        chances = softmax(values)
        if chances[true] > 1 - 5 * _LIKELY:
            return
        wrong = [(at, (at == true) - p) for at, p in enumerate(chances) if at == true or p > _LIKELY]
        for row in line.words:
            here = moves.setdefault(row, {})
            for at, error in wrong:
                here[at] = here.get(at, 0.0) + _STEP * unit * error


def _gesture(lines: list[tuple[Features, bool]]) -> dict[int, float]:
    rows: dict[int, float] = {}
    for _ in range(3 * _ROUNDS):
        for line, true in lines:
            unit = 1 / sqrt(len(line.words) or 1)
            error = true - _chance(_GESTURE_BIAS + unit * sum(rows.get(row, 0.0) for row in line.words))
            if abs(error) > _LIKELY:
                for row in line.words:
                    rows[row] = rows.get(row, 0.0) + _STEP * unit * error
    return rows


def _chance(value: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, value))))


def _whole(value: float) -> int:
    return round(value * _UNIT)
