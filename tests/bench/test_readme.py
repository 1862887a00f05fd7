"""The README shows the figures of the last whole run, and nothing else."""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from bench.readme import BEGIN, END, README, table  # noqa: E402


def test_the_readme_shows_what_was_measured() -> None:
    data = json.loads((ROOT / "docs" / "measured" / "bench.json").read_text())
    shown = README.read_text().partition(BEGIN)[2].partition(END)[0]
    assert shown == table(data)
