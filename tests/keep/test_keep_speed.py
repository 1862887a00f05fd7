"""Quick enough to be on the way of every breath, and light to import."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from harken.engine.events import Event
from harken.keep import Keep

Sample = Callable[..., list[Event]]


def test_opening_and_reading_300_events_takes_well_under_50_ms(folder: Path, sample: Sample) -> None:
    with Keep.open(folder) as keep:
        for n in range(60):
            keep.encounter("library").append(str(n), 5 * n, sample(n))
    times = []
    for _ in range(5):
        before = time.perf_counter()
        with Keep.open(folder) as keep:
            assert len(keep.encounter("library").events()) == 300
        times.append(time.perf_counter() - before)
    assert min(times) < 0.05


def test_keeping_a_breath_takes_about_a_millisecond(keep: Keep, sample: Sample) -> None:
    log, times = keep.encounter("library"), []
    for n in range(40):
        before = time.perf_counter()
        log.append(str(n), 5 * n, sample(n))
        times.append(time.perf_counter() - before)
    assert sorted(times)[4] < 0.01


def test_importing_the_room_loads_nothing_heavy(child: Callable[..., subprocess.Popen[str]]) -> None:
    code = (
        "import sys, harken.keep as k; k.KeepError, k.default_path\n"
        "heavy = ('sqlite3', 'cryptography', 'platformdirs', 'harken.engine.events')\n"
        "print([name for name in heavy if name in sys.modules])\n"
        "k.MemoryKeep\n"
        "print([name for name in heavy[:3] if name in sys.modules])"
    )
    assert child(code).communicate(timeout=60) == ("[]\n[]\n", "")
