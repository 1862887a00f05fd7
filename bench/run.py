"""Runs: every engine in fresh processes, round after round, each checked against the one sequence there is.

A round runs every engine once, one after another, and the next round begins with another engine: whatever else the
machine is doing meets them all alike, and ratios are taken within a round.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

from bench.engines import Engine
from bench.environments import CHECKOUTS, HERE, NODE, WORK, python_of
from bench.peers.harness import NAME
from bench.stories import fingerprint, rendered, simulate, story, turns_of

LIMIT = 45
"""Seconds after which a process is given up."""
HEAVY = 10
"""Seconds of one run from which on two rounds are enough, and one compilation."""
COMPILES = 2
"""Rounds in which stories are compiled afresh."""
SURROUNDINGS = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TEMP", "SYSTEMROOT")
"""What an engine gets to know of the environment."""
SECONDS = {100: 2.0, 1000: 3.0}
"""Seconds a play may last (a started turn is finished, and three turns are always played)."""
SECONDS_ELSE = 4.0


class Disagreement(Exception):
    """An engine told another story than the one it was given."""


@dataclass
class Measured:
    """What one engine did with the stories of one size."""

    plays: dict[int, dict[str, Any]] = field(default_factory=dict)
    compiles: dict[int, float] = field(default_factory=dict)
    failed: str = ""
    heavy: bool = False


class Bench:
    """All runs of one benchmark."""

    def __init__(self, engines: list[Engine], rounds: int) -> None:
        self.engines, self.rounds = engines, rounds
        self.measured: dict[int, dict[str, Measured]] = defaultdict(lambda: defaultdict(Measured))
        self.stories: dict[int, dict[str, Any]] = {}
        shutil.rmtree(WORK, ignore_errors=True)

    def size(self, count: int) -> None:
        """Every round at one size."""
        storylets = story(count)
        WORK.mkdir(parents=True, exist_ok=True)
        (WORK / f"story-{count}.json").write_text(json.dumps(storylets))
        turns = simulate(storylets, turns_of(count))
        self._ids = [turn.id for turn in turns]
        self._texts = [rendered(turn.text, NAME, turn.trust) for turn in turns]
        self.stories[count] = {
            "turns": len(turns),
            "sequence": fingerprint(self._ids),
            "texts": fingerprint(self._texts),
            "open_first": turns[0].open,
            "open_last": turns[-1].open,
        }
        for number in range(self.rounds):
            first = number * 5 % len(self.engines)
            order = [*self.engines[first:], *self.engines[:first]]
            for engine in sorted(order, key=lambda engine: bool(engine.compiled_by)):
                if number < COMPILES:
                    self._compile(engine, count, number)
            for engine in order:
                self._play(engine, count, number)

    def _compile(self, engine: Engine, count: int, number: int) -> None:
        measured = self._started(engine, count)
        slow = any(ms > HEAVY * 1000 for ms in measured.compiles.values())
        if not (measured.failed or slow) and (out := self._run(engine, count, "compile", measured)):
            measured.compiles[number] = out["compile_ms"]

    def _play(self, engine: Engine, count: int, number: int) -> None:
        measured = self._started(engine, count)
        if measured.failed or (measured.heavy and number > 1):
            return
        begun = perf_counter()
        seconds = str(SECONDS.get(count, SECONDS_ELSE))
        out = self._run(engine, count, "play", measured, str(len(self._ids)), seconds)
        measured.heavy = perf_counter() - begun > HEAVY
        if out is None:
            return
        told = len(out["ids"])
        if out["ids"] != self._ids[:told] or out["texts"] not in (None, fingerprint(self._texts[:told])):
            raise Disagreement(f"{engine.name} told another story at N = {count}")
        measured.plays[number] = {key: value for key, value in out.items() if key != "ids"}

    def _started(self, engine: Engine, count: int) -> Measured:
        measured = self.measured[count][engine.name]
        if engine.compiled_by and self.measured[count][engine.compiled_by].failed:
            measured.failed = "its story could not be compiled"
        return measured

    def _run(self, engine: Engine, count: int, what: str, measured: Measured, *more: str) -> dict[str, Any] | None:
        folder = WORK / f"{engine.compiled_by or engine.name}-{count}"
        driver = ["-m", f"bench.peers.{engine.name}"] if engine.file.endswith(".py") else [f"bench/peers/{engine.file}"]
        program = python_of(engine) if engine.file.endswith(".py") else "node"
        command = [program, *driver, what, str(WORK / f"story-{count}.json"), str(folder), *more]
        print(f"{count:>6}  {engine.name} {what}", file=sys.stderr)
        paths = {"HARKEN_BENCH_NODE": NODE, "HARKEN_BENCH_CHECKOUTS": CHECKOUTS, "HARKEN_CACHE": WORK / "cache"}
        kept = {key: os.environ[key] for key in SURROUNDINGS if key in os.environ}
        surroundings = kept | {key: str(path) for key, path in paths.items()}
        try:
            ran = subprocess.run(
                command, cwd=HERE.parent, env=surroundings, capture_output=True, text=True, timeout=LIMIT
            )
        except subprocess.TimeoutExpired:
            measured.failed = f"given up after {LIMIT} s"
            return None
        if ran.returncode:
            measured.failed = _last_words(ran.stderr)
            return None
        return json.loads(ran.stdout.splitlines()[-1])


def _last_words(errors: str) -> str:
    """The one line of a traceback that says what happened."""
    said = [line.strip() for line in errors.splitlines() if "Error" in line and len(line) < 200]
    return said[-1] if said else "it failed without a word"


def story_folder(count: int) -> Path:
    """Where Harken's own story of this size was written."""
    return WORK / f"harken-{count}"
