"""The heads are what our own text makes of them: text that changes without training is seen, and training repeats."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from listening import care_lines, learned  # noqa: E402

EAR = ROOT / "src/harken/listen"


@pytest.fixture(params=["en", "de"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_the_heads_were_made_from_the_text_beside_them(language: str) -> None:
    told = json.loads((ROOT / "listening/learned.json").read_text("utf-8"))
    assert learned.learned(language) == told[language], "the text or the features changed: make listen-train"


def test_the_care_head_was_made_from_the_lines_beside_it() -> None:
    about = json.loads((EAR / "weights/care.bin").read_bytes().partition(b"\n")[0])
    assert care_lines.written() == about["text"], "the lines changed: python -m listening.care"


def test_a_line_that_changes_is_seen(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    told = json.loads((ROOT / "listening/learned.json").read_text("utf-8"))[language]
    some = list(learned.lines(language))
    some[len(some) // 2] = some[len(some) // 2]._replace(text="another line")
    monkeypatch.setattr(learned, "lines", lambda *_, **__: iter(some))
    found = learned.learned(language)
    assert found["text"] != told["text"] and found["head"] == told["head"]


@pytest.mark.skipif("HARKEN_TRAIN" not in os.environ, reason="as root of a machine with minutes: HARKEN_TRAIN=1")
def test_training_again_gives_the_same_bytes(language: str) -> None:
    paths = [EAR / "weights" / f"{language}.bin", EAR / "everyday" / f"{language}.txt", ROOT / "listening/learned.json"]
    before = [path.read_bytes() for path in paths]
    try:
        subprocess.run([sys.executable, "-m", "listening.train", language], cwd=ROOT, check=True, timeout=1500)
        assert [path.read_bytes() for path in paths] == before
    finally:
        for path, data in zip(paths, before, strict=True):
            path.write_bytes(data)
