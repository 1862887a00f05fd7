"""The care head: what it finds is learned, small, bounded, and taken out it finds nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from harken.listen import care, care_head
from harken.listen.care import sounds_like_help

ROOT = Path(__file__).parents[2]
WEIGHTS = ROOT / "src/harken/listen/weights/care.bin"


def read(name: str) -> list[str]:
    return [line for line in (ROOT / "listening/care" / name).read_text("utf-8").splitlines() if line.strip()]


@pytest.mark.parametrize("language", ["en", "de"])
def test_of_the_lines_it_was_trained_on_nearly_all_are_told_apart(language: str) -> None:
    found = [sounds_like_help(line, language) for line in read(f"{language}.help.txt")]
    wrong = [sounds_like_help(line, language) for line in read(f"{language}.other.txt")]
    assert sum(found) / len(found) >= 0.95 and sum(wrong) / len(wrong) <= 0.02


@pytest.mark.parametrize("language", ["en", "de"])
def test_with_its_weights_taken_out_it_finds_nothing(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    head = care_head.care_head(language)
    blank = head._replace(weights=bytes([128]) * care_head.ROWS)
    monkeypatch.setattr(care, "care_head", lambda _: blank)
    assert not any(sounds_like_help(line, language) for line in read(f"{language}.help.txt"))


@pytest.mark.parametrize("line", ["i want to k1ll myself", "i want to d\u200bie", "I WANT TO DIEEEEE"])
def test_a_disguise_does_not_hide_it(line: str) -> None:
    assert sounds_like_help(line)


HOSTILE = (
    "a" * 100_000, "\u0301" * 100_000, "die " * 20_000, "\ud800" * 5000, "x.\n" * 20_000, "\ufdfa" * 16_384,
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_line_costs_no_more_than_a_long_one(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    features = care_head.features
    monkeypatch.setattr(care, "features", lambda *given: asked.append(0) or features(*given))
    longest = 0
    passages = care.passages

    def seen(text: str, language: str) -> list[str]:
        nonlocal longest
        found = passages(text, language)
        longest = max([longest, *map(len, found)])
        return found

    monkeypatch.setattr(care, "passages", seen)
    sounds_like_help(text)
    assert len(asked) <= 16 * 1024 // 2 and longest <= 4 * 600
    assert len(features(text[:20_000], "en", (True,) * 4)) <= care_head.MOST_ROWS


@pytest.mark.skipif("HARKEN_TRAIN" not in os.environ, reason="as root of a machine with a minute: HARKEN_TRAIN=1")
def test_training_it_again_gives_the_same_bytes() -> None:
    before = WEIGHTS.read_bytes()
    try:
        subprocess.run([sys.executable, "-m", "listening.care"], cwd=ROOT, check=True, timeout=300)
        assert WEIGHTS.read_bytes() == before
    finally:
        WEIGHTS.write_bytes(before)
