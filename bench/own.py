"""Harken's own bars that no peer has: compiling 500, and opening a story folder as ``harken play`` does."""

from __future__ import annotations

import json
import statistics
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

from bench.engines import HARKEN
from bench.environments import WORK
from bench.run import Bench, Measured, story_folder
from bench.stories import story

TIMES = 3


def own_figures(bench: Bench, largest: int) -> dict[str, Any]:
    """Milliseconds to compile 500 tellings, and to open the largest story folder with a warm cache."""
    (WORK / "story-500.json").write_text(json.dumps(story(500)))
    compiles = [bench._run(HARKEN, 500, "compile", Measured()) for _ in range(TIMES)]
    opens = [_open_in_a_process(story_folder(largest)) for _ in range(TIMES + 1)]
    return {
        "compile_500_ms": statistics.median(out["compile_ms"] for out in compiles if out),
        "open_folder_ms": statistics.median(opens[1:]),
    }


def _open_in_a_process(folder: Path) -> float:
    import os
    import subprocess

    surroundings = {**os.environ, "HARKEN_CACHE": str(WORK / "cache")}
    ran = subprocess.run(
        [sys.executable, "-m", "bench.own", str(folder)], capture_output=True, text=True, check=True, env=surroundings
    )
    return float(ran.stdout)


def _open(folder: Path) -> float:
    from harken.story import load

    begun = perf_counter()
    loaded = load(folder)
    assert loaded.story is not None
    _ = loaded.story.index
    return (perf_counter() - begun) * 1000


if __name__ == "__main__":
    print(_open(Path(sys.argv[1])))
