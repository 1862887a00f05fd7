"""The command, run as a person runs it: in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest


class Run:
    """What a run of the command left behind."""

    def __init__(self, done: subprocess.CompletedProcess[bytes]) -> None:
        self.code = done.returncode
        self.raw = done.stdout
        self.out = done.stdout.decode()
        self.err = done.stderr.decode()

    @property
    def breaths(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def harken(tmp_path: Path):
    def run(*arguments: str | Path, script: str | bytes = b"", **environment: str) -> Run:
        typed = script.encode() if isinstance(script, str) else script
        command = [sys.executable, "-m", "harken", *map(str, arguments)]
        env = {**os.environ, "HARKEN_HOME": str(tmp_path / "home"), **environment}
        return Run(subprocess.run(command, input=typed, capture_output=True, env=env, cwd=tmp_path, timeout=120))

    return run


@pytest.fixture
def starter(harken, tmp_path: Path) -> Path:
    """The story that ``harken new`` makes."""
    assert harken("new", tmp_path / "starter").code == 0
    return tmp_path / "starter"
