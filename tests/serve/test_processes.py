"""``harken serve`` as processes: on SQLite and on PostgreSQL, ended, killed and started again. Nothing acknowledged is
lost, nobody types a passphrase twice, and a log line is one JSON object without a word of anybody's.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
from living import Wire
from websockets.exceptions import ConnectionClosed

from harken.keep import open_store
from harken.serve.hosted.sessions import FREE_TRIES, IDLE, PostgresRows, Session, Sessions, SqliteRows, id_of

sys.path.insert(0, str(Path(__file__).parents[1] / "keep"))

from cluster import MISSING, Cluster, binary

PASSPHRASE = "four unrelated garden words"
STORY = "the-kettle"


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    if not binary("initdb"):
        pytest.skip(MISSING)
    cluster = Cluster()
    yield cluster
    cluster.close()


class Process:
    """``harken serve``, run as it is run."""

    def __init__(self, *where: str | Path, listen: str = "127.0.0.1:0") -> None:
        command = [sys.executable, "-m", "harken", "serve", STORY, *map(str, where), "--listen", listen]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert self.process.stdout
        self.said = self.process.stdout.readline()
        assert self.said, self.process.communicate()[1]
        self.port = int(self.said.strip().rpartition(":")[2])
        self.origin = f"http://127.0.0.1:{self.port}"

    def reader(self, name: str) -> str:
        body = {"reader": name, "passphrase": PASSPHRASE, "new": True}
        answer = httpx.post(f"{self.origin}/sign-in", json=body, headers={"Origin": self.origin}, timeout=30)
        assert answer.status_code == 200, answer.text
        return str(answer.headers["set-cookie"]).split(";")[0]

    def end(self, how: signal.Signals = signal.SIGTERM) -> tuple[int, list[dict[str, Any]], str]:
        """Its exit code, its log and the raw text of both its outputs."""
        self.process.send_signal(how)
        out, err = self.process.communicate(timeout=30)
        return self.process.returncode, [json.loads(line) for line in err.splitlines()], self.said + out + err


@pytest.fixture
def serving() -> Iterator[Any]:
    running: list[Process] = []

    def start(*where: str | Path, **more: Any) -> Process:
        running.append(Process(*where, **more))
        return running[-1]

    yield start
    for one in running:
        if one.process.poll() is None:
            one.process.kill()
        one.process.communicate()


def renamed(cookie: str, port: int) -> str:
    """The same session as another process on this machine calls it (behind a balancer the name is one)."""
    return f"harken-serve-{port}={cookie.partition('=')[2]}"


def test_the_wish_to_end_loses_nothing_that_was_acknowledged(serving: Any, tmp_path: Path) -> None:
    one = serving("--keep-dir", tmp_path / "keeps")
    cookie = one.reader("Ada")
    wire = Wire(one.port, cookie=cookie)
    wire.begin("begin", "Zephyrine")
    acknowledged: list[str] = []

    def breathing() -> None:
        with pytest.raises(ConnectionClosed):
            for number in range(10_000):
                answer = wire.breathe(f"turn-{number}", text="My mother was called Ottilie.")
                if answer["type"] == "breath":
                    acknowledged.append(f"turn-{number}")
                elif answer["code"] == "over":
                    wire.ask({"type": "begin", "turn": f"next-{number}", "name": None})

    thread = threading.Thread(target=breathing)
    thread.start()
    while len(acknowledged) < 5:
        assert thread.is_alive()
    code, lines, said = one.end()
    thread.join(20)
    assert code == 0 and [line["event"] for line in lines if line["event"] in ("started", "ending", "ended")]
    assert {line["event"] for line in lines} <= {"started", "signed in", "ending", "ended"}
    for private in ("Zephyrine", "Ottilie", "Ada", PASSPHRASE, cookie.partition("=")[2]):
        assert private not in said
    store = open_store(tmp_path / "keeps" / "harken.sqlite3", tmp_path / "keeps" / "harken.rings")
    with closing(store), store.open("Ada", PASSPHRASE) as keep:
        kept = keep.encounter(STORY)
        assert all(kept.turn(turn) for turn in acknowledged) and keep.verify().whole


def test_an_open_page_goes_on_after_the_server_was_killed_and_started_again(serving: Any, tmp_path: Path) -> None:
    one = serving("--keep-dir", tmp_path / "keeps")
    cookie = one.reader("Ada")
    wire = Wire(one.port, cookie=cookie)
    wire.begin()
    said = wire.breathe("one", text="My mother kept bees.")
    one.process.kill()
    one.process.wait()
    two = serving("--keep-dir", tmp_path / "keeps", listen=f"127.0.0.1:{one.port}")
    back = Wire(two.port, cookie=cookie)
    assert back.ask({"type": "open"})["state"] == "within"
    assert back.breathe("one", text="My mother kept bees.") == {**said, "resumed": True}


def test_two_processes_on_postgresql_one_killed_in_the_middle(serving: Any, cluster: Cluster, tmp_path: Path) -> None:
    where = ("--database", cluster.url, "--rings", tmp_path / "rings")
    one, two = serving(*where), serving(*where)
    cookie = one.reader("Ada")
    first = Wire(one.port, cookie=cookie)
    first.begin()
    said = first.breathe("one", text="My mother kept bees.")
    second = Wire(two.port, cookie=renamed(cookie, two.port))
    assert second.ask({"type": "open"})["state"] == "within"
    assert second.breathe("one", text="My mother kept bees.") == {**said, "resumed": True}
    assert second.ask({"type": "begin", "turn": "back", "name": None})["resumed"]
    assert second.breathe("two", offer="stay")["type"] == "breath"
    assert first.breathe("late", text="my words")["code"] == "moved-on"
    one.process.kill()
    assert second.breathe("three", offer="stay")["type"] == "breath"
    store = open_store(cluster.url, tmp_path / "rings")
    with closing(store), store.open("Ada", PASSPHRASE) as keep:
        kept = keep.encounter(STORY)
        spans = [kept.turn(turn) for turn in ("begin", "one", "two", "three")]
        assert all(spans) and len(set(spans)) == 4 and kept.turn("late") is None
    assert two.end()[0] == 0


def test_readiness_fails_while_it_drains_and_readers_go_on(serving: Any, tmp_path: Path) -> None:
    one = serving("--keep-dir", tmp_path / "keeps", "--drain", "3600")
    wire = Wire(one.port, cookie=one.reader("Ada"))
    wire.begin()
    one.process.send_signal(signal.SIGTERM)
    while httpx.get(f"{one.origin}/readyz").status_code == 200:
        pass
    assert wire.breathe("still", offer="stay")["type"] == "breath"
    assert one.end()[0] == 0  # a second wish is not waited for


def test_what_cannot_be_served_is_said_in_a_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        busy = taken.getsockname()[1]
        for wrong, says in (
            (["--listen", "nonsense"], "HOST:PORT"),
            (["--listen", f"127.0.0.1:{busy}"], str(busy)),
            (["--listen", "0.0.0.0:0"], "--origin"),
            (["--origin", "http://stories.example"], "in the clear"),
            (["--origin", "https://stories.example/path"], "without a path"),
            (["--database", "postgresql://x", "--keep-dir", "y"], "either"),
            (["--database", "postgresql://nobody@127.0.0.1:1/x"], "."),
        ):
            where = [] if "--database" in wrong else ["--keep-dir", str(tmp_path / "keeps")]
            command = [sys.executable, "-m", "harken", "serve", STORY, *where, *wrong]
            run = subprocess.run(
                command, capture_output=True, text=True, timeout=60, env={**os.environ, "PGCONNECT_TIMEOUT": "2"}
            )
            assert run.returncode == 2 and says in run.stderr and "Traceback" not in run.stderr, (wrong, run.stderr)


@pytest.fixture(params=["sqlite", "postgresql"])
def sessions(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Sessions]:
    if request.param == "sqlite":
        made = Sessions(SqliteRows(tmp_path / "sessions.sqlite3"))
        yield made
        made.close()
        return
    from psycopg_pool import ConnectionPool

    cluster = request.getfixturevalue("cluster")
    with ConnectionPool(cluster.url, min_size=1, max_size=4, open=True) as pool:
        pool.wait()
        made = Sessions(PostgresRows(pool))
        for table in ("session", "attempt"):
            made._rows.run(f"DELETE FROM harken_{table}")
        yield made


def test_sessions_hold_what_they_say_on_both(sessions: Sessions) -> None:
    ada, ben = b"a" * 32, b"b" * 32
    for number in range(3):
        sessions.add(Session(id_of(f"ada-{number}"), ada, b"\x00sealed\xff", 1000, 1000))
    sessions.add(Session(id_of("ben"), ben, b"other", 1000, 1000))
    assert sessions.find("ada-1", 1001) == Session(id_of("ada-1"), ada, b"\x00sealed\xff", 1000, 1000)
    assert sessions.find("nobody", 1001) is None
    sessions.drop("ada-0")
    assert sessions.count(ada) == 2
    sessions.drop_all(ada)
    assert sessions.count(ada) == 0 and sessions.find("ben", 1001) is not None
    assert sessions.find("ben", 1000 + IDLE) is None and sessions.count(ben) == 0
    assert sessions.host_secret("x") == sessions.host_secret("x") != sessions.host_secret("y")


def test_tries_are_counted_together_however_many_come_at_once(sessions: Sessions) -> None:
    admitted: list[int] = []
    threads = [threading.Thread(target=lambda: admitted.append(sessions.admit(b"r" * 32, 1000.0))) for _ in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert admitted.count(0) == FREE_TRIES and all(wait == 2 for wait in admitted if wait)
    now, waits = 1000.0, []
    for _ in range(12):
        now += sessions.admit(b"r" * 32, now)
        assert sessions.admit(b"r" * 32, now) == 0
        waits.append(sessions.admit(b"r" * 32, now))
    assert waits == [4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900]
    sessions.fits(b"r" * 32)
    assert sessions.admit(b"r" * 32, now) == 0
