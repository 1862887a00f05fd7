"""What a story's own examples add to the head, and how a compiled story carries it."""

from __future__ import annotations

from array import array
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

from harken.engine.moves import MOVES, UNCLEAR
from harken.listen.features import EDITION, ROWS, Features
from harken.listen.head import softmax

UNIT = 32
"""A whole number in a delta is this part of a score."""
_LIKELY = 0.35
_ORDER = (*MOVES, UNCLEAR)
"""The columns of every head and delta; a delta's gestures follow."""
UNLIKELY = -1.0
"""What a gesture's column starts from, so that words nobody has heard are no gesture."""


@dataclass(frozen=True, slots=True)
class Delta:
    """What ``fit`` learned, for one language. Make it with ``fit`` or ``Delta.of``.

    ``gestures`` are (id, the move it is); ``rows`` are (column, whole number) by row of the words' table, where a
    column is a move (in the order of ``MOVES``, then ``unclear``) or after those a gesture.
    """

    language: str
    gestures: tuple[tuple[str, str], ...]
    rows: Mapping[int, tuple[tuple[int, int], ...]]

    def document(self) -> dict[str, Any]:
        """The delta as plain JSON: ``{"ear": int, "language", "gestures": [[id, move]], "rows": base64}``.

        Four bytes each weight: its row (two, the smaller first), its column, and its whole number plus 128.
        """
        flat = bytearray()
        for row, columns in sorted(self.rows.items()):
            for at, value in columns:
                flat += bytes((row & 255, row >> 8, at, value + 128))
        return {
            "ear": EDITION,
            "language": self.language,
            "gestures": [list(gesture) for gesture in self.gestures],
            "rows": b64encode(flat).decode(),
        }

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> Delta:
        """The delta that a document is of.

        Raises ValueError when it was fitted for another edition of the ear (compile the story again), or is no delta.
        """
        try:
            edition, language, rows = document["ear"], document["language"], document["rows"]
            gestures = tuple((str(name), str(move)) for name, move in document["gestures"])
            flat = array("B", b64decode(rows, validate=True))
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError("This is not what `fit` made of a story's own words. Compile the story again.") from error
        if edition != EDITION:
            raise ValueError("The story's own words were fitted for another ear. Compile the story again.")
        found: dict[int, tuple[tuple[int, int], ...]] = {}
        quads = zip(flat[0::4], flat[1::4], flat[2::4], flat[3::4], strict=False)
        width = len(_ORDER) + len(gestures)
        for low, high, at, value in quads:
            row = low | high << 8
            if row >= ROWS or at >= width:
                raise ValueError("The story's own words point outside the ear. Compile the story again.")
            found[row] = (*found.get(row, ()), (at, value - 128))
        if len(flat) % 4 or any(move not in _ORDER for _, move in gestures) or not isinstance(language, str):
            raise ValueError("This is not what `fit` made of a story's own words. Compile the story again.")
        return cls(language, gestures, found)

    def added(self, values: Sequence[float], found: Features) -> list[float]:
        """The scores of the moves with what the examples add, and after them the scores of the gestures."""
        out = [*values, *[UNLIKELY] * len(self.gestures)]
        unit = 1 / (UNIT * sqrt(len(found.words) or 1))
        for row in found.words:
            for at, value in self.rows.get(row, ()):
                out[at] += value * unit
        return out

    def gesture(self, values: Sequence[float]) -> str | None:
        """The story's own gesture that words with these scores are for, or nothing."""
        best: tuple[float, str | None] = (_LIKELY, None)
        for at, (name, move) in enumerate(self.gestures):
            best = max(best, (likely(values, at, move), name), key=lambda one: one[0])
        return best[1]


def likely(values: Sequence[float], gesture: int, move: str) -> float:
    """How likely a gesture is, 0 to 1, against every move but its own, and the other gestures."""
    mine = len(_ORDER) + gesture
    own = _ORDER.index(move)
    return softmax([values[mine], *(value for at, value in enumerate(values) if at not in (own, mine))])[0]
