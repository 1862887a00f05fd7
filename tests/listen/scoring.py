"""Aggregate scores on the second writer's lines. No line is printed or kept, so that nobody can tune on one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from harken.listen.care import sounds_like_help
from harken.listen.head import softmax
from harken.listen.understanding import raw

HELDOUT = Path(__file__).parent / "heldout"


class Score(NamedTuple):
    lines: int
    accuracy: float
    surest: float
    """Right among the surest 70 %."""
    calibration: float
    """Expected calibration error, ten bins."""
    recall: dict[str, float]


def read(name: str) -> list[dict]:
    return [json.loads(line) for line in (HELDOUT / f"{name}.jsonl").read_text("utf-8").splitlines() if line.strip()]


def moves(name: str, language: str) -> Score:
    rows, seen = read(name), []
    for row in rows:
        names, values, temperature = raw(row["text"], row.get("before") or "", language)
        chances = softmax(values, temperature)
        best = max(range(len(chances)), key=chances.__getitem__)
        seen.append((chances[best], names[best] == row["move"], row["move"]))
    return score(seen)


def score(seen: list[tuple[float, bool, str]]) -> Score:
    """What a list of (how sure, whether right, the true move) comes to."""
    sure = sorted(seen, key=lambda one: -one[0])[: round(0.7 * len(seen))]
    error = 0.0
    for tenth in range(10):
        here = [one for one in seen if min(int(one[0] * 10), 9) == tenth]
        error += abs(sum(one[0] for one in here) - sum(one[1] for one in here)) / len(seen)
    by_move = {move: [one[1] for one in seen if one[2] == move] for move in sorted({one[2] for one in seen})}
    return Score(
        len(seen), _part(one[1] for one in seen), _part(one[1] for one in sure), error,
        {move: round(_part(right), 3) for move, right in by_move.items()},
    )  # fmt: skip


def care(name: str, language: str) -> tuple[float, float]:
    """The part found of what should be, and the part wrongly shown of what should not."""
    rows = read(name)

    def said(true: bool) -> list[bool]:
        return [sounds_like_help(row["text"], language) for row in rows if row["help"] is true]

    return _part(said(True)), _part(said(False))


def _part(right) -> float:
    many = list(right)
    return sum(many) / len(many)


if __name__ == "__main__":
    for name, language in (("moves", "en"), ("moves.de", "de")):
        print(name, moves(name, language))
    for name, language in (("care", "en"), ("care.de", "de")):
        print(name, care(name, language))
