"""Quick enough to be on the way of every breath, and light to import."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from harken.engine.events import Event
from harken.keep import Keep

Sample = Callable[..., list[Event]]


def statements(keep: Keep, work: Callable[[], object]) -> int:
    """How many statements SQLite runs for this."""
    ran: list[str] = []
    keep.database._db.set_trace_callback(ran.append)
    try:
        work()
    finally:
        keep.database._db.set_trace_callback(None)
    return len(ran)


@pytest.mark.parametrize("breaths", [3, 60])
def test_work_does_not_grow_with_the_log(folder: Path, sample: Sample, breaths: int) -> None:
    with Keep.open(folder) as keep:
        log = keep.encounter("library")
        for n in range(breaths):
            log.append(str(n), 5 * n, sample(n))
    with Keep.open(folder) as keep:
        log = keep.encounter("library")
        assert statements(keep, log.events) <= 8
        assert statements(keep, lambda: log.append("more", 5 * breaths, sample(breaths))) <= 18
        assert statements(keep, lambda: log.turn("more")) <= 5


def test_importing_the_room_loads_nothing_heavy(child: Callable[..., subprocess.Popen[str]]) -> None:
    code = (
        "import sys, harken.keep as k; k.KeepError, k.default_path\n"
        "heavy = ('sqlite3', 'cryptography', 'platformdirs', 'harken.engine.events')\n"
        "print([name for name in heavy if name in sys.modules])\n"
        "k.MemoryKeep\n"
        "print([name for name in heavy[:3] if name in sys.modules])"
    )
    assert child(code).communicate(timeout=60) == ("[]\n[]\n", "")
