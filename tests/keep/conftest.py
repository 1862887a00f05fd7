"""What the tests of the keep share: a keep to write in, a thief's hands on its files, and other processes."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import harken.keep
from harken.engine.events import Event, FactSet, Landed, Line, Met, Moved, Said, Told
from harken.keep import Keep, Store, locks, open_store

sys.path.insert(0, str(Path(__file__).parent))
from cluster import MISSING, Cluster, binary

STORY = "library"
SOURCE = Path(harken.keep.__file__).parents[2]


def met(edition: str = "e1", meeting: int = 1) -> Met:
    return Met(meeting, STORY, edition, 7, "Ottilie", 2, 1, 0, 40, (("hollow-oak", "hollow-yew"),))


def breath(n: int, words: str = "the orchard was burning behind us") -> list[Event]:
    line: Line = {"text": f"{words}, number {n}", "by": "tell", "spans": [["em", "burning"]]}
    return [
        Said(f"did anybody come for you, question {n}"),
        Moved(n, "ask_open", "scar-orchard", 870, True, n, ("grief",), 2),
        Landed("orchard", 1, 0, 1, 0, 0),
        Told("orchard", "The Orchard Wall", 3, "scar", "thread-child", "opening", True, 1, (line, line)),
        FactSet("lantern-lit", "yes"),
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "keep"


@pytest.fixture
def keep(folder: Path) -> Iterator[Keep]:
    with Keep.open(folder) as keep:
        yield keep


@pytest.fixture
def sample() -> Callable[..., list[Event]]:
    """``sample(n)``: the events of breath n; ``sample()``: an arrival."""
    return lambda n=None, **words: [met()] if n is None else breath(n, **words)


@pytest.fixture
def filled(folder: Path) -> Path:
    """A closed keep with two stories in it: 16 and 6 events, and an edition."""
    with Keep.open(folder) as keep:
        for story, breaths in ((STORY, 3), ("harbour", 1)):
            encounter = keep.encounter(story)
            encounter.keep_edition("e1", b'{"title": "The Hollow Library"}' * 20)
            encounter.append("arrive", 0, [met()])
            for n in range(breaths):
                encounter.append(f"turn {n}", 1 + 5 * n, breath(n))
    return folder


@pytest.fixture
def thief() -> Iterator[Callable[[Path], sqlite3.Connection]]:
    """``thief(folder)``: the database in the hands of somebody without a key."""
    opened = []

    def open_it(folder: Path) -> sqlite3.Connection:
        opened.append(sqlite3.connect(folder / "keep.sqlite3", isolation_level=None, timeout=1))
        return opened[-1]

    yield open_it
    for db in opened:
        db.close()


@pytest.fixture
def child() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """``child(code, *arguments)``: another process running this Python code."""
    started: list[subprocess.Popen[str]] = []

    def start(code: str, *arguments: object, **options: Any) -> subprocess.Popen[str]:
        path = os.pathsep.join([str(SOURCE), *filter(None, [os.environ.get("PYTHONPATH")])])
        process = subprocess.Popen(
            [sys.executable, "-c", code, *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"},
            **options,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


@pytest.fixture
def bytes_of() -> Callable[[Path], dict[str, bytes]]:
    """``bytes_of(folder)``: every file in it, to compare before and after."""
    return lambda folder: {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A real PostgreSQL, shared by the tests of this process. Whoever kills it starts it again."""
    if not binary("initdb"):
        pytest.skip(MISSING)
    cluster = Cluster()
    yield cluster
    cluster.close()


@pytest.fixture
def database_url(cluster: Cluster) -> str:
    """An empty database in it."""
    import psycopg

    with psycopg.connect(cluster.url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA IF EXISTS harken CASCADE")
    return cluster.url


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passphrases at the lowest cost that is accepted: 20 ms."""
    monkeypatch.setattr(locks, "COST", {"m": locks.LEAST, "t": 1, "p": 1})


@pytest.fixture(params=["sqlite", "postgres"])
def house(request: pytest.FixtureRequest, tmp_path: Path, cheap: None) -> Iterator[Store]:
    """A server's store, on SQLite and on PostgreSQL."""
    where = tmp_path / "house.sqlite3" if request.param == "sqlite" else request.getfixturevalue("database_url")
    store = open_store(where, rings=tmp_path / "rings")
    yield store
    store.close()
