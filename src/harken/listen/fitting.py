"""A story's own words: what a writer's examples add to the head, fitted when the story compiles. Only arithmetic.

The base head stays as it is. The delta is a few more weights over the same hashed words (not the letters: a story's
words are spelt as its writer spells them), learned on the examples by plain gradient steps, while everyday lines
(``everyday/*.txt``, some of each move from the training text) pull each step back where it would change how they are
heard. A gesture of the story's own is one more column beside the moves.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable, Sequence
from functools import cache
from math import sqrt
from typing import NamedTuple

from harken.engine.moves import MOVES, UNCLEAR
from harken.listen.delta import UNIT, UNLIKELY, Delta, likely
from harken.listen.features import Features, features
from harken.listen.head import head, known, scores, softmax

MOST, MOST_GESTURES = 2000, 200
"""Examples, and gestures, that one story may add in one language."""
_ROUNDS, _STEP = 10, 2.0
_ENOUGH = 0.03
"""An error below this is not worth a step."""


class Example(NamedTuple):
    """One line a writer gives: it does ``move``; with a ``gesture``, it is words for that gesture (an id).

    ``before`` is what the confider said last, where that matters.
    """

    text: str
    move: str
    gesture: str | None = None
    before: str = ""


class _Line(NamedTuple):
    rows: list[int]
    unit: float
    base: list[float]
    move: Sequence[float]
    """What the moves should be: chances, together 1."""
    gesture: int | None


def fit(examples: Iterable[Example], language: str = "en") -> Delta:
    """What these examples add to a language's head. ``listen(..., own=delta)`` hears with it.

    The same examples in the same order give the same delta. 500 lines take under a second. Raises ValueError for a
    move that there is none of, for words that are empty, and for more than ``MOST`` examples or ``MOST_GESTURES``.
    """
    given = list(examples)
    _check(given)
    gestures = tuple(sorted({one.gesture: one.move for one in reversed(given) if one.gesture}.items()))
    lines = [_example(one, [name for name, _ in gestures], language) for one in given]
    touched = {row for line in lines for row in line.rows}
    held = [_everyday(line, touched) for line in _everyday_lines(known(language))]
    learned = _learned([*lines, *(line for line in held if line.rows)], gestures)
    rows = {
        row: kept
        for row, columns in sorted(learned.items())
        if (kept := tuple((at, whole) for at, value in sorted(columns.items()) if (whole := _whole(value))))
    }
    return Delta(known(language), gestures, rows)


def _check(given: list[Example]) -> None:
    if len(given) > MOST:
        raise ValueError(f"A story may give {MOST} lines of its own, not {len(given)}.")
    for example in given:
        if example.move not in (*MOVES, UNCLEAR):
            raise ValueError(f"There is no move `{example.move}`. There are: {', '.join(MOVES)}.")
        if not example.text.strip():
            raise ValueError(f"An example for `{example.gesture or example.move}` has no words.")
    if len({example.gesture for example in given}) > MOST_GESTURES:
        raise ValueError(f"A story may give words for {MOST_GESTURES} gestures, not more.")


def _example(example: Example, gestures: list[str], language: str) -> _Line:
    weights, found = head(language), features(example.text, example.before, language)
    true = [float(move == example.move) for move in weights.moves]
    gesture = gestures.index(example.gesture) if example.gesture else None
    return _Line(sorted(found.words), _unit(found), scores(weights, found), true, gesture)


@cache
def _everyday_lines(language: str) -> tuple[tuple[Features, list[float]], ...]:
    data = pkgutil.get_data("harken.listen", f"everyday/{language}.txt")
    assert data is not None, "the everyday lines are part of the package"
    weights = head(language)
    found = [features(line, "", language) for line in data.decode().splitlines() if line]
    return tuple((one, scores(weights, one)) for one in found)


def _everyday(line: tuple[Features, list[float]], touched: set[int]) -> _Line:
    """A line that should be heard as it was, with only the rows that the examples could change."""
    found, base = line
    return _Line(sorted(touched & set(found.words)), _unit(found), base, softmax(base), None)


def _learned(lines: list[_Line], gestures: tuple[tuple[str, str], ...]) -> dict[int, dict[int, float]]:
    learned: dict[int, dict[int, float]] = {}
    for _ in range(_ROUNDS):
        for line in lines:
            errors = _errors(line, learned, gestures)
            for row in line.rows if errors else ():
                here = learned.setdefault(row, {})
                for at, step in errors:
                    here[at] = here.get(at, 0.0) + step
    return learned


def _errors(
    line: _Line, learned: dict[int, dict[int, float]], gestures: tuple[tuple[str, str], ...]
) -> list[tuple[int, float]]:
    """Each column that is wrong enough to matter, and the step that its weights take."""
    width = len(line.base)
    values = line.base + [UNLIKELY] * len(gestures)
    for row in line.rows:
        for at, value in learned.get(row, {}).items():
            values[at] += value * line.unit
    moves = softmax(values[:width])
    wrong = [(at, true - chance) for at, (true, chance) in enumerate(zip(line.move, moves, strict=True))]
    for at, (_, move) in enumerate(gestures):
        wrong.append((width + at, (line.gesture == at) - likely(values, at, move)))
    return [(at, _STEP * line.unit * error) for at, error in wrong if abs(error) > _ENOUGH]


def _unit(found: Features) -> float:
    return 1 / sqrt(len(found.words) or 1)


def _whole(value: float) -> int:
    return max(-127, min(127, round(value * UNIT)))
