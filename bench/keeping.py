"""The store alone under load: ``python -m bench.keeping [sqlite] [postgres] [peers] [burn]``.

256 readers keep breath after breath for a few seconds: one loop asks for all of them, each anew when it was answered.
Each breath is sealed and chained as in life. PostgreSQL is one that this starts itself, with its defaults. The peers do
the same work (the same rows, the same sealing) through aiosqlite and through SQLAlchemy's asyncio, in an environment of
their own (``bench/.keeping``, made when it is missing). HARKEN_SECONDS (5) and HARKEN_AT_ONCE (256) change the size.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from harken.engine.events import Landed, Said
from harken.keep import Keep, Store, locks, open_store

SECONDS = float(os.environ.get("HARKEN_SECONDS", "5"))
AT_ONCE = int(os.environ.get("HARKEN_AT_ONCE", "256"))
HERE = Path(__file__).parent
PEERS = HERE / ".keeping"
BREATH = Said("did anybody come for you, when the orchard was burning behind the wall? " * 4)


def loaded(store: Store) -> dict[str, Any]:
    """Everybody keeps breath after breath: breaths a second, and how long one took."""
    locks.COST = {"m": locks.LEAST, "t": 1, "p": 1}
    logs = [store.create(f"reader {n}", "a few words").encounter("library") for n in range(AT_ONCE)]
    for log in logs:
        log.append("arrive", 0, [BREATH])
    took: list[float] = []

    answered: SimpleQueue[tuple[Any, int, float, Any]] = SimpleQueue()

    def ask(log: Any, head: int) -> None:
        before = time.perf_counter()
        log.submit(f"turn {head}", head, [BREATH]).add_done_callback(
            lambda done: answered.put((log, head + 1, before, done))
        )

    before, work = time.perf_counter(), time.process_time()
    for log in logs:
        ask(log, 1)
    waiting = len(logs)
    while waiting:
        log, head, since, done = answered.get()
        done.result()
        now = time.perf_counter()
        took.append(now - since)
        if now - before < SECONDS:
            ask(log, head)
        else:
            waiting -= 1
    return result(took, time.perf_counter() - before, time.process_time() - work)


def result(took: list[float], passed: float, work: float) -> dict[str, Any]:
    took.sort()
    return {
        "breaths a second": round(len(took) / passed),
        "p50 ms": round(1000 * took[len(took) // 2], 1),
        "p99 ms": round(1000 * took[len(took) * 99 // 100], 1),
        "processor us a breath": round(1e6 * work / len(took)),
    }


def sqlite(folder: Path) -> dict[str, Any]:
    store = open_store(folder / "house.sqlite3")
    try:
        return loaded(store)
    finally:
        store.close()


def postgres(folder: Path) -> dict[str, Any]:
    sys.path.insert(0, str(HERE.parent / "tests" / "keep"))
    from cluster import Cluster

    cluster = Cluster()
    store = open_store(cluster.url, rings=folder / "rings", connections=int(os.environ.get("HARKEN_POOL", "16")))
    try:
        return loaded(store)
    finally:
        store.close()
        cluster.close()


def burn(folder: Path) -> dict[str, Any]:
    """Burn single entries of a keep with 100,000 of them, each scrubbed before the next."""
    took = []
    with Keep.open(folder / "keep", lock="key-file") as keep:
        log = keep.encounter("library")
        for n in range(100):
            log.append(f"turn {n}", 1000 * n, [BREATH] * 1000)
        head, states = 100_000, set()
        for n in range(300):
            before = time.perf_counter()
            log.append(f"burn {n}", head, [Landed("burned", 1, 0, 1, 0, 0)], burn=[n * 331])
            states.add(keep.scrub())
            took.append(time.perf_counter() - before)
            head += 1
    return {**result(took, sum(took), 0), "scrubbed": states == {True}}


def peers(folder: Path) -> dict[str, Any]:
    """aiosqlite and SQLAlchemy, in another interpreter."""
    python = PEERS / "bin" / "python"
    if not python.exists():
        venv.create(PEERS, with_pip=True)
        needs = ["aiosqlite", "sqlalchemy[asyncio]", "greenlet", "cryptography"]
        subprocess.run([python, "-m", "pip", "install", "--quiet", *needs], check=True)
    done = subprocess.run(
        [python, HERE / "keeping_peers.py", folder, str(AT_ONCE), str(SECONDS)],
        check=True, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(HERE.parent / "src")},
    )  # fmt: skip
    return dict(json.loads(done.stdout))


def main() -> None:
    """Run what was named, or all of it."""
    for run in [globals()[name] for name in sys.argv[1:]] or [sqlite, postgres, peers, burn]:
        with tempfile.TemporaryDirectory() as folder:
            print(run.__name__, json.dumps(run(Path(folder))), flush=True)


if __name__ == "__main__":
    main()
