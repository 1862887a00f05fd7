"""Every test, or file of tests, that the threat model leans on is there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_test_that_is_named_exists() -> None:
    named = set(re.findall(r"`(test_\w+)`", (ROOT / "docs" / "threat-model.md").read_text("utf-8")))
    there: set[str] = set()
    for path in (ROOT / "tests").rglob("test_*.py"):
        there.add(path.stem)
        there |= set(re.findall(r"def (test_\w+)", path.read_text("utf-8")))
    assert named and named <= there, sorted(named - there)
