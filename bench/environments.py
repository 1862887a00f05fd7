"""The peers' own environments, in ``bench/.peers/``: made when missing, from the versions that are pinned here.

Nothing of a peer is committed or installed beside Harken. What cannot be had is said, and the others run without it.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.engines import ENGINES, Engine

HERE = Path(__file__).parent
PEERS = HERE / ".peers"
PYTHON, NODE, CHECKOUTS, WORK = (PEERS / part for part in ("python", "node", "checkouts", "work"))
TAKES = 600
"""Seconds that installing one peer may take."""


def python_of(engine: Engine) -> str:
    """The interpreter that runs this engine's driver."""
    if engine.home != "python":
        return sys.executable
    return str(PYTHON / ("Scripts" if sys.platform == "win32" else "bin") / "python")


def make_ready(engines: list[Engine]) -> dict[str, str]:
    """Install what is missing. For each engine that cannot run, why."""
    missing: dict[str, str] = {}
    homes = {engine.home for engine in engines}
    if "python" in homes:
        missing |= dict(_python_peers({engine.package for engine in engines if engine.home == "python"}))
    if "node" in homes and (why := _node_peers()):
        missing |= {engine.package: why for engine in engines if engine.home == "node"}
    for engine in engines:
        if engine.home == "checkout":
            if shutil.which("node") is None:
                missing[engine.package] = "node is not here"
            elif not (CHECKOUTS / engine.package).is_dir():
                missing[engine.package] = "not on the registries; runs from a checkout (bench/README.md)"
    return {engine.name: missing[engine.package] for engine in engines if engine.package in missing}


def _python_peers(packages: set[str]) -> Iterator[tuple[str, str]]:
    pinned = [line for line in (HERE / "requirements.txt").read_text().split() if "==" in line]
    python = python_of(next(engine for engine in ENGINES if engine.home == "python"))
    if not Path(python).exists():
        _said([sys.executable, "-m", "venv", str(PYTHON)])
    there = {f"{one['name'].lower()}=={one['version']}" for one in _installed(python)}
    for line in pinned:
        package = line.partition("==")[0]
        if package not in packages or line in there:
            continue
        print(f"installing {line}", file=sys.stderr)
        install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        why = _said([*install, "-c", str(HERE / "requirements.txt"), line])
        if why:
            yield package, why


def _installed(python: str) -> list[dict[str, str]]:
    listed = subprocess.run(
        [python, "-m", "pip", "list", "--format", "json", "--disable-pip-version-check"], capture_output=True, text=True
    )
    return json.loads(listed.stdout) if listed.returncode == 0 else []


def _node_peers() -> str:
    """Install the JavaScript peers by the lock file, without running anything of theirs; why not, if it fails."""
    if shutil.which("npm") is None:
        return "npm is not here"
    lock = (HERE / "package-lock.json").read_bytes()
    done = NODE / "package-lock.json"
    if done.exists() and done.read_bytes() == lock and (NODE / "node_modules").is_dir():
        return ""
    print("installing the JavaScript peers", file=sys.stderr)
    NODE.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, NODE / name)
    why = _said(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], NODE)
    if why:
        done.unlink()
    return why


def _said(command: list[str], folder: Path = HERE) -> str:
    """Run a command; nothing if it went well, else a line on why not."""
    try:
        ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=TAKES)
    except subprocess.TimeoutExpired:
        return f"could not be installed in {TAKES} seconds"
    return "" if ran.returncode == 0 else f"could not be installed ({Path(command[0]).name} exited {ran.returncode})"
