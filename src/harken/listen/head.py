"""The head: two tables of signed bytes, a row a feature and a column a move; and how sure it is.

Scores are sums of rows. Rows of one line are joined and summed column by column, which is C's work and not Python's, so
that no numpy is wanted; whole numbers are added, so the answer is the same everywhere.
"""

from __future__ import annotations

import json
import pkgutil
import zlib
from collections.abc import Sequence
from functools import cache
from math import exp, sqrt
from typing import NamedTuple

from harken.listen.features import Features

LANGUAGES = ("en", "de")
"""Languages with weights of their own; every other is listened to as English."""
_ZERO = 128


class Head(NamedTuple):
    """One language's weights. Each byte of a table is a weight plus 128, in units of its scale."""

    moves: tuple[str, ...]
    words: bytes
    chars: bytes
    scales: tuple[float, float]
    bias: tuple[float, ...]
    temperature: float


def known(language: str) -> str:
    """The language that another is listened to as: itself where there are weights for it, else English."""
    return language if language in LANGUAGES else "en"


@cache
def head(language: str) -> Head:
    """The weights for a language, read when they are first wanted."""
    data = pkgutil.get_data("harken.listen", f"weights/{known(language)}.bin")
    assert data is not None, "the weights are part of the package"
    return loads(data)


def loads(data: bytes) -> Head:
    """A head from its bytes: a line of JSON, and the two tables, deflated."""
    told, _, packed = data.partition(b"\n")
    about = json.loads(told)
    tables = zlib.decompress(packed)
    half = len(tables) // 2
    scales = (about["scales"][0], about["scales"][1])
    moves, bias = tuple(about["moves"]), tuple(about["bias"])
    return Head(moves, tables[:half], tables[half:], scales, bias, about["temperature"])


def scores(weights: Head, found: Features) -> list[float]:
    """The score of each move, before it is made a probability."""
    words = _sum(weights.words, found.words, len(weights.moves), weights.scales[0])
    chars = _sum(weights.chars, found.chars, len(weights.moves), weights.scales[1])
    return [b + w + c for b, w, c in zip(weights.bias, words, chars, strict=True)]


def _sum(table: bytes, rows: Sequence[int], width: int, scale: float) -> list[float]:
    if not rows:
        return [0.0] * width
    joined = b"".join([table[row * width : (row + 1) * width] for row in rows])
    offset, unit = _ZERO * len(rows), scale / sqrt(len(rows))
    return [(sum(joined[column::width]) - offset) * unit for column in range(width)]


def softmax(values: Sequence[float], temperature: float = 1.0) -> list[float]:
    """Probabilities, each 0 to 1, together 1. A higher temperature is less sure."""
    top = max(values)
    powers = [exp((value - top) / temperature) for value in values]
    total = sum(powers)
    return [power / total for power in powers]
