"""``python -m bench.load``: a whole server under many readers at once, on loopback, bounded in time.

First the store alone (``bench.keeping``). Then two scenes. Many readers on one process and SQLite, each one breath
every few seconds. And the same on PostgreSQL behind two processes, one of which is killed (-9) in the middle: every
reader must find back, and every breath that was acknowledged must be in the log, once. Readers come as people do, with
the cookie of a session; their keeps were made and unlocked beforehand, at the lowest cost a passphrase may have, so
that the figures are of breaths.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from bench import keeping
from bench.environments import HERE
from bench.summary import machine
from harken.cli.joining import sound
from harken.keep import locks, open_store
from harken.serve.hosted import readers as hosted
from harken.serve.hosted.sessions import PostgresRows, Session, Sessions, SqliteRows, id_of, new_secret

STORY = "hollow-library"
PASSPHRASE = "four unrelated garden words"
WORDS = ("I am here.", "What happened then?", "You sound tired.", "That must have hurt.", "My mother kept bees.")
COOKIE = "harken"
OUT = HERE.parent / "docs" / "measured"
BAR = 250.0
"""Milliseconds in which 99 of 100 breaths are answered."""


@dataclass
class Reader:
    """One reader: their session, and what they were told was kept."""

    name: str
    cookie: str
    ticket: bytes
    acknowledged: list[str] = field(default_factory=list)
    reconnected: int = 0


@dataclass
class Seen:
    """What a run gave. Times are milliseconds from when a breath was due to its answer."""

    breaths: list[float] = field(default_factory=list)
    steps_in: list[float] = field(default_factory=list)
    refused: dict[str, int] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)


def main() -> int:
    asked = _arguments()
    about, scenes = machine(), {"sqlite": _sqlite, "postgres": _postgres}
    wanted = asked.only or ["store", *scenes]
    store = _alone() if "store" in wanted else []
    results = [scenes[name](asked) for name in wanted if name in scenes]
    command = " ".join(["python -m bench.load", *sys.argv[1:]])
    data = {"command": command, "machine": about, "store": store, "runs": results}
    text = _page(data)
    print(text)
    if asked.write:
        OUT.mkdir(exist_ok=True)
        (OUT / "load.json").write_text(json.dumps(data, indent=1) + "\n")
        (OUT / "load.md").write_text(text)
    return 0 if all(result["held"] for result in (*store, *results)) else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.load", description=__doc__)
    parser.add_argument("--readers", type=int, default=1000, help="readers at once (1000)")
    parser.add_argument("--seconds", type=int, default=60, help="how long they breathe, once all are in (60)")
    parser.add_argument("--every", type=float, default=5.0, help="seconds from one breath of a reader to the next (5)")
    parser.add_argument("--story", default=STORY, help="which story they read (the dream)")
    parser.add_argument("--only", nargs="+", choices=["store", "sqlite", "postgres"], help="part of it")
    parser.add_argument("--write", action="store_true", help="write docs/measured/load.md and load.json")
    return parser.parse_args()


# -- the store alone --------------------------------------------------------------------------------------------


def _alone() -> list[dict[str, Any]]:
    """256 readers on SQLite and on PostgreSQL, the same through its peers, and burning among 100,000 entries."""
    found: dict[str, dict[str, Any]] = {}
    for run in (keeping.sqlite, keeping.postgres, keeping.peers, keeping.burn):
        with tempfile.TemporaryDirectory(prefix="harken-load-") as name:
            done = run(Path(name))
            found |= done if run is keeping.peers else {run.__name__: done}
    ours = found["sqlite"]["breaths a second"]
    held = {
        "sqlite": ours >= 10_000 and found["sqlite"]["p99 ms"] < 40,
        "postgres": found["postgres"]["breaths a second"] >= 2_500 and found["postgres"]["p99 ms"] < 300,
        "aiosqlite": ours >= 5 * found["aiosqlite"]["breaths a second"],
        "SQLAlchemy": ours >= 5 * found["SQLAlchemy"]["breaths a second"],
        "burn": found["burn"]["p99 ms"] < 50 and bool(found["burn"]["scrubbed"]),
    }
    return [{"title": STORE[name], **run, "held": held[name]} for name, run in found.items()]


# -- the two scenes ----------------------------------------------------------------------------------------------


def _sqlite(asked: argparse.Namespace) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="harken-load-") as name:
        folder = Path(name)

        def store() -> Any:
            return open_store(folder / "harken.sqlite3", folder / "harken.rings")

        rows = SqliteRows(folder / "sessions.sqlite3")
        readers = _made(store, Sessions(rows), asked.readers)
        rows.close()
        with _process(asked.story, ["--keep-dir", name]) as (process, port):
            before = _processor(process)
            seen = asyncio.run(_play(readers, [port], asked, lambda: None))
            usage = _processor(process) - before
        return _result("SQLite, one process", store, readers, seen, asked, usage)


def _postgres(asked: argparse.Namespace) -> dict[str, Any]:
    sys.path.insert(0, str(HERE.parent / "tests" / "keep"))
    from cluster import Cluster
    from psycopg_pool import ConnectionPool

    cluster = Cluster()
    with tempfile.TemporaryDirectory(prefix="harken-load-") as name:
        rings = Path(name) / "rings"

        def store() -> Any:
            return open_store(cluster.url, rings)

        try:
            with ConnectionPool(cluster.url, min_size=1, max_size=4, open=True) as pool:
                readers = _made(store, Sessions(PostgresRows(pool)), asked.readers)
            where = ["--database", cluster.url, "--rings", str(rings)]
            with _process(asked.story, where) as (one, first), _process(asked.story, where) as (_, second):
                kill = one.kill
                seen = asyncio.run(_play(readers, [first, second], asked, kill))
            title = "PostgreSQL, two processes, one killed (-9) in the middle"
            return _result(title, store, readers, seen, asked, None)
        finally:
            cluster.close()


def _made(store: Any, sessions: Sessions, count: int) -> list[Reader]:
    """Readers with keeps and sessions, made as the server makes them, at the lowest cost a passphrase may have."""
    locks.COST = {"m": locks.LEAST, "t": 1, "p": 1}
    opened, salt = store(), sessions.host_secret("readers")
    now = int(time.time())

    def one(number: int) -> Reader:
        name, secret = f"reader-{number}", new_secret()
        keep = opened.create(name, PASSPHRASE)
        ticket = keep.ticket()
        keep.close()
        tag = hosted.tag_of(salt, name)
        sessions.add(Session(id_of(secret), tag, hosted.seal(secret, ticket, name), now, now))
        return Reader(name, f"{COOKIE}={secret}", ticket)

    with ThreadPoolExecutor(8) as pool:
        readers = list(pool.map(one, range(count)))
    opened.close()
    return readers


@contextmanager
def _process(story: str, where: list[str]) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """``harken serve`` as it is run, at any port that is free."""
    command = [sys.executable, "-m", "harken", "serve", story, *where, "--listen", "127.0.0.1:0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        said = process.stdout.readline()
        if not said:
            raise RuntimeError(process.communicate()[1])
        yield process, int(said.strip().rpartition(":")[2])
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(60)


def _processor(process: subprocess.Popen[str]) -> float:
    """Seconds of processor time that a process has used so far (Linux; elsewhere 0)."""
    try:
        fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except OSError:
        return 0.0


# -- the readers -------------------------------------------------------------------------------------------------


async def _play(readers: list[Reader], ports: list[int], asked: argparse.Namespace, trouble: Any) -> Seen:
    """All readers at once: they step in over a while, then breathe for so many seconds."""
    seen, loop = Seen(), asyncio.get_running_loop()
    spread = max(5.0, len(readers) / 50)
    start = loop.time() + spread
    end = start + asked.seconds
    loop.call_at(start + asked.seconds / 2, trouble)
    tasks = [
        _Playing(reader, ports, seen, number).run(loop.time() + spread * number / len(readers), start, end, asked.every)
        for number, reader in enumerate(readers)
    ]
    await asyncio.gather(*tasks)
    return seen


class _Playing:
    """One reader's evening. A line that breaks is taken up again, elsewhere, and the turn asked for again."""

    def __init__(self, reader: Reader, ports: list[int], seen: Seen, number: int) -> None:
        self.reader, self.ports, self.seen = reader, ports, seen
        self.chance = random.Random(number)
        self.at = number % len(ports)
        self.socket: Any = None
        self.breath: dict[str, Any] = {}
        self.turn = 0

    async def run(self, come: float, start: float, end: float, every: float) -> None:
        loop = asyncio.get_running_loop()
        await asyncio.sleep(max(0.0, come - loop.time()))
        try:
            began = loop.time()
            await self._asked(self._message(type="begin", name="Ada"))
            self.seen.steps_in.append((loop.time() - began) * 1000)
            due = start + every * self.chance.random()
            while due < end:
                await asyncio.sleep(max(0.0, due - loop.time()))
                if self.breath.get("over", True):
                    await self._asked(self._message(type="begin", name=None))
                else:
                    await self._asked(self._move())
                    self.seen.breaths.append((loop.time() - due) * 1000)
                due += every
        except Exception as error:
            self.seen.errors.append(f"{type(error).__name__}: {error}"[:200])
        finally:
            if self.socket is not None:
                await self.socket.close()

    def _move(self) -> dict[str, Any]:
        if self.chance.random() < 0.25:
            return self._message(type="breathe", text=self.chance.choice(WORDS))
        stays = [offer["id"] for offer in self.breath["offers"] if offer["id"] not in ("wake", "run", "skip")]
        return self._message(type="breathe", offer=self.chance.choice(stays))

    def _message(self, **more: Any) -> dict[str, Any]:
        self.turn += 1
        return {"turn": f"{self.reader.name}-{self.turn}", **more}

    async def _asked(self, message: dict[str, Any]) -> None:
        for _ in range(40):
            try:
                answer = await self._said(message)
            except (OSError, WebSocketException):
                self.socket, self.at = None, (self.at + 1) % len(self.ports)
                self.reader.reconnected += 1
                await asyncio.sleep(0.1 + 0.4 * self.chance.random())
                continue
            if answer["type"] == "breath":
                self.breath = answer["breath"]
                self.reader.acknowledged.append(message["turn"])
                return
            self.seen.refused[answer["code"]] = self.seen.refused.get(answer["code"], 0) + 1
            if answer["code"] == "trouble":
                raise RuntimeError(answer["say"])
            return
        raise RuntimeError("no server took this reader back")

    async def _said(self, message: dict[str, Any]) -> dict[str, Any]:
        if self.socket is None:
            port = self.ports[self.at]
            cookie = self.reader.cookie.replace(COOKIE, f"harken-serve-{port}", 1)
            self.socket = await connect(
                f"ws://127.0.0.1:{port}/meeting",
                origin=f"http://127.0.0.1:{port}",
                additional_headers={"Cookie": cookie},
                max_size=None,
                compression=None,
                proxy=None,
                open_timeout=30,
            )
            await self.socket.send('{"type": "open"}')
            await self.socket.recv()
        await self.socket.send(json.dumps(message))
        answer: dict[str, Any] = json.loads(await self.socket.recv())
        return answer


# -- what it gave ------------------------------------------------------------------------------------------------


def _result(
    title: str, store: Any, readers: list[Reader], seen: Seen, asked: argparse.Namespace, processor: float | None
) -> dict[str, Any]:
    lost, doubled = _checked(store, readers, sound(asked.story).story.id)
    times = sorted(seen.breaths)
    moved = [reader for reader in readers if reader.reconnected]
    p99 = _at(times, 0.99)
    unbroken = processor is not None  # where a process is killed, finding back is the bar, and not the time it took
    return {
        "title": title,
        "readers": len(readers),
        "seconds": asked.seconds,
        "every": asked.every,
        "breaths": len(times),
        "p50": _at(times, 0.5),
        "p99": p99,
        "most": _at(times, 1.0),
        "step_in_p99": _at(sorted(seen.steps_in), 0.99),
        "acknowledged": sum(len(reader.acknowledged) for reader in readers),
        "lost": lost,
        "doubled": doubled,
        "reconnected": len(moved),
        "refused": seen.refused,
        "errors": len(seen.errors),
        "first_error": seen.errors[0] if seen.errors else None,
        "processor_ms_a_breath": round(1000 * processor / len(times), 2) if processor and times else None,
        "held": not (lost or doubled or seen.errors) and (p99 < BAR or not unbroken),
    }


def _checked(store: Any, readers: list[Reader], story: str) -> tuple[int, int]:
    """How many acknowledged turns are not in the log, and how many turns wrote more than once."""
    lost = doubled = 0
    opened = store()
    for reader in readers:
        keep = opened.open(reader.name, ticket=reader.ticket)
        kept = keep.encounter(story)
        spans = [kept.turn(turn) for turn in dict.fromkeys(reader.acknowledged)]
        begun = [span for span in spans if span is not None]
        lost += sum(span is None for span in spans) - _resumed(reader, spans)
        doubled += len(begun) - len(set(begun))
        keep.close()
    opened.close()
    return lost, doubled


def _resumed(reader: Reader, spans: list[Any]) -> int:
    """A ``begin`` that went back into a meeting writes nothing, and is no loss."""
    return sum(span is None for span in spans[:1]) if reader.reconnected else 0


def _at(times: list[float], part: float) -> float:
    return round(times[min(len(times) - 1, int(part * len(times)))], 1) if times else 0.0


STORE = {
    "sqlite": "SQLite, group commit (bar: 10,000 a second, p99 40 ms)",
    "postgres": "PostgreSQL, one process (bar: 2,500 a second, p99 300 ms)",
    "aiosqlite": "the same work through aiosqlite (bar: SQLite above is 5 times this)",
    "SQLAlchemy": "the same work through SQLAlchemy's asyncio (bar: 5 times)",
    "burn": "one burn after another among 100,000 entries, each scrubbed (bar: p99 50 ms)",
}
"""How the rows of the store alone are called."""
COLUMNS = {
    "": "title",
    "readers": "readers",
    "a breath every (s)": "every",
    "for (s)": "seconds",
    "breaths": "breaths",
    "p50": "p50",
    "p99": "p99",
    "most": "most",
    "acknowledged": "acknowledged",
    "lost": "lost",
    "doubled": "doubled",
    "came back": "reconnected",
    "errors": "errors",
    "processor ms a breath": "processor_ms_a_breath",
}


def _page(data: dict[str, Any]) -> str:
    about = data["machine"]
    rows = [
        "# The server under load",
        "",
        f"`{data['command']}`, the readers on the machine of the server, over loopback. Load of the machine before:",
        f"{about.get('load', '?')} (other work was going on wherever that is not near 0).",
        "Times are milliseconds from when a breath was due to its answer, waiting included. An acknowledged breath is",
        "one whose answer reached the reader; after the run every one of them is looked up in the reader's log.",
        "",
        "| " + " | ".join(COLUMNS) + " |",
        "|" + "---|" * len(COLUMNS),
    ]
    rows += ["| " + " | ".join(str(run[key]) for key in COLUMNS.values()) + " |" for run in data["runs"]]
    rows.append("")
    rows += [f"{run['title']}: {_verdict(run)}" for run in data["runs"]]
    if data["store"]:
        rows += [
            "",
            "## The store alone",
            "",
            "256 readers at once, each breath sealed, chained and durable before it is answered.",
            "",
        ]
        rows += ["| | breaths a second | p50 ms | p99 ms | processor us a breath | |", "|---|---|---|---|---|---|"]
        rows += [
            f"| {run['title']} | {run['breaths a second']:,} | {run['p50 ms']} | {run['p99 ms']} | "
            f"{run.get('processor us a breath') or ''} | {'held' if run['held'] else 'NOT held in this run'} |"
            for run in data["store"]
        ]
    return "\n".join([*rows, ""])


def _verdict(run: dict[str, Any]) -> str:
    """Whether what must hold held, in a sentence."""
    kept = not (run["lost"] or run["doubled"] or run["errors"])
    said = "nothing lost, nothing doubled, no error" if kept else "NOT everything was kept, see the table"
    if run["processor_ms_a_breath"] is None:
        return f"{said}; whoever sat at the killed process came back."
    fast = "held" if run["p99"] < BAR else "NOT held in this run"
    need = run["processor_ms_a_breath"] * run["readers"] / run["every"] / 1000
    return f"{said}; p99 under {BAR:g} ms: {fast}. The server alone needs {need:.2f} of a core for this."


if __name__ == "__main__":
    sys.exit(main())
