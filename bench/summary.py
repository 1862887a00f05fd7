"""All runs, boiled down: one row an engine and size, medians over the rounds, ratios taken within each round."""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.engines import HARKEN, Engine
from bench.environments import CHECKOUTS, NODE, python_of
from bench.run import Bench, Measured

FIGURES = ("load_ms", "save_bytes", "save_deflated_bytes", "rss_mb")


def summarise(bench: Bench) -> list[dict[str, Any]]:
    """A row for each engine and size; one that failed has only ``failed``."""
    rows = []
    for size, by_engine in bench.measured.items():
        for engine in bench.engines:
            own = {"engine": engine.name, "label": engine.label, "manner": engine.manner, "size": size}
            rows.append(own | _row(by_engine[engine.name], by_engine[HARKEN.name]))
    return rows


def _row(measured: Measured, harken: Measured) -> dict[str, Any]:
    if measured.failed or not measured.plays:
        return {"failed": measured.failed or "not run"}
    medians = {number: statistics.median(play["turn_ms"]) for number, play in measured.plays.items()}
    row: dict[str, Any] = {
        "ms": statistics.median(medians.values()),
        "p95_ms": statistics.median(_p95(play["turn_ms"]) for play in measured.plays.values()),
        "times_harken": _ratio(medians, harken),
        "best_ms": min(medians.values()),
        "turns": min(play["turns"] for play in measured.plays.values()),
        "rounds": len(medians),
        "compile_ms": statistics.median(measured.compiles.values()) if measured.compiles else None,
    }
    for figure in FIGURES:
        row[figure] = statistics.median(play[figure] for play in measured.plays.values())
    return row


def _ratio(medians: dict[int, float], harken: Measured) -> float | None:
    ratios = [
        median / statistics.median(harken.plays[number]["turn_ms"])
        for number, median in medians.items()
        if number in harken.plays
    ]
    return statistics.median(ratios) if ratios else None


def _p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


def machine() -> dict[str, Any]:
    """What it ran on, without a name or a path."""
    cpu = next((line.split(":")[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), "")
    memory = next((int(line.split()[1]) for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), 0)
    return {
        "system": platform.system(),
        "processor": cpu or platform.machine(),
        "cores": os.cpu_count(),
        "memory_gib": round(memory / 2**20),
        "python": platform.python_version(),
        "node": _asked(["node", "--version"]).removeprefix("v"),
        "load": round(os.getloadavg()[0], 1),
        "date": datetime.now(UTC).date().isoformat(),
    }


def _lines(file: str) -> list[str]:
    path = Path(file)
    return path.read_text().splitlines() if path.exists() else []


def versions(engines: list[Engine]) -> dict[str, str]:
    """The version of every peer's package."""
    found: dict[str, str] = {}
    for engine in engines:
        if engine.home == "node":
            path = NODE / "node_modules" / engine.package / "package.json"
            found[engine.package] = json.loads(path.read_text())["version"] if path.exists() else ""
        elif engine.home == "python" and engine.package not in found:
            asks = f"import importlib.metadata as m; print(m.version('{engine.package}'))"
            found[engine.package] = _asked([python_of(engine), "-c", asks])
        elif engine.home == "checkout":
            path = CHECKOUTS / engine.package / "COMMIT"
            found[engine.package] = f"({path.read_text().strip() if path.exists() else 'a checkout'})"
    return {package: version for package, version in found.items() if version}


def _asked(command: list[str]) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=60).stdout.strip()
    except OSError:
        return ""
