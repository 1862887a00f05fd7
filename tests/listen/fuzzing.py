"""Inputs that nobody would type, and the promises that hold for them. ``python tests/listen/fuzzing.py 1000000`` runs many."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path

from harken.engine.moves import MOVES, UNCLEAR
from harken.listen import because, understand
from harken.listen.care import sounds_like_help

TEXT = Path(__file__).parents[2] / "listening"
LANGUAGES = ("en", "de", "xx", "")
_ODD = (
    "\u0301", "\u200d", "\u202e", "\ufeff", "\x00", "\ud800", "\udfff", "ß", "İ", "ﬃ", "\ufdfa", "𝔘", "👩‍👩‍👧", "🏳️‍🌈", "\n", "\t",
    "*", "**", "...", "…", "?", "!", '"', "'", "’", "{", "}", "\\", "<b>", "%s", "{0}", "a" * 50, "ha" * 40, " " * 30,
)  # fmt: skip


def inputs(many: int, seed: int = 0) -> Iterator[tuple[str, str, str]]:
    """Text, what was said before, and a language."""
    dice = random.Random(seed)
    lines = [line for path in sorted(TEXT.glob("*/*.txt")) for line in path.read_text("utf-8").splitlines() if line]
    for _ in range(many):
        before = dice.choice(lines) if dice.random() < 0.3 else ""
        yield _made(lines, dice), before, dice.choice(LANGUAGES)


def _made(lines: list[str], dice: random.Random) -> str:
    how = dice.random()
    if how < 0.4:
        return _broken(dice.choice(lines), dice)
    if how < 0.6:
        return "".join(dice.choice(_ODD) for _ in range(dice.randrange(12)))
    if how < 0.8:
        return "".join(chr(dice.randrange(0x110000)) for _ in range(dice.randrange(40)))
    if how < 0.9:
        return " ".join(dice.choice(dice.choice(lines).split() or [""]) for _ in range(dice.randrange(30)))
    if how < 0.998:
        return dice.choice(_ODD) * dice.randrange(60) + dice.choice(lines)
    return (dice.choice(_ODD) + chr(dice.randrange(0x110000))) * dice.randrange(1, 4096)


def _broken(line: str, dice: random.Random) -> str:
    letters = list(line)
    for _ in range(dice.randrange(6)):
        at = dice.randrange(len(letters) + 1)
        letters[at : at + dice.randrange(4)] = dice.choice((dice.choice(_ODD), chr(dice.randrange(0x300)), ""))
    return "".join(letters)


def check(text: str, before: str, language: str, thorough: bool) -> None:
    """Raises AssertionError where a promise is broken, and whatever the ear raises."""
    meant = understand(text, before, language)
    assert meant.move in (*MOVES, UNCLEAR), meant
    assert 0 <= meant.confidence <= 1000 and 0 <= meant.margin <= 1000, meant
    assert meant.quality in (0, 1, 2) and meant.disclosure in (0, 1, 2, 3) and meant.gesture is None, meant
    assert abs(sum(chance for _, chance in meant.moves) - 1) < 1e-6, meant
    assert sounds_like_help(text, language) in (True, False)
    if thorough:
        assert meant == understand(text, before, language), text
        assert len(because(text, before, language)) <= 3


def main(many: int) -> None:
    """Check so many, and say so."""
    for number, (text, before, language) in enumerate(inputs(many)):
        try:
            check(text, before, language, thorough=number % 50 == 0)
        except Exception:
            print(f"input {number}: {ascii(text)[:500]} after {ascii(before)[:200]} in {language!r}", flush=True)
            raise
        if number and number % 100_000 == 0:
            print(number, "held", flush=True)
    print(f"{many} inputs, none broke a promise", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
