"""kill -9 of a server, and of PostgreSQL itself: every acknowledged turn is there once, and no other twice.

HARKEN_KILLS says how often a server is killed (4 without it), HARKEN_PG_KILLS how often PostgreSQL is (3; 200 in a
soak). After ``LIFE`` kills other readers come: each kill is followed by reading all that they kept.
"""

from __future__ import annotations

import os
import random
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from cluster import Cluster

from harken.engine.conflict import MovedOn
from harken.engine.events import Said
from harken.keep import Keep, KeepError, open_store

KILLS = int(os.environ.get("HARKEN_KILLS", "4"))
PG_KILLS = int(os.environ.get("HARKEN_PG_KILLS", "3"))
READERS = 8
LIFE = 10

SERVER = """
import sys, threading
from harken.engine.events import Said
from harken.keep import open_store

store = open_store(sys.argv[1], rings=sys.argv[2])
print("ready", flush=True)

def play(ticket, number):
    log = store.open(f"reader {sys.argv[3]} {number}", ticket=bytes.fromhex(ticket)).encounter("library")
    head = len(log.events())
    while True:
        burn = [head - 4] if head % 20 == 0 and head else []
        log.append(f"turn {head}", head, [Said(f"{number} {head}"), Said("and")], burn)
        print(f"{number} {head}\\n", end="", flush=True)
        head += 2

for number, ticket in enumerate(sys.argv[4:]):
    threading.Thread(target=play, args=(ticket, number)).start()
"""


def checked(keeps: list[Keep], acknowledged: list[set[int]]) -> None:
    """Nothing acknowledged is missing, nothing is there twice, and what was in flight is kept once when retried."""
    for number, keep in enumerate(keeps):
        log = keep.encounter("library")
        events = log.events()
        assert keep.read_only is None
        assert len(events) % 2 == 0
        heads = set(range(0, len(events), 2))
        assert acknowledged[number] <= heads
        for head in heads:
            burned = (head + 4) % 20 == 0 and head + 4 < len(events)
            assert events[head] == (None if burned else Said(f"{number} {head}"))
            assert log.turn(f"turn {head}") == (head, head + 2)
        if events:
            log.append(f"turn {len(events) - 2}", len(events) - 2, [Said("a retry")])
            assert len(log.events()) == len(events)


def test_killing_a_server_loses_nothing(
    request: pytest.FixtureRequest, tmp_path: Path, child: Callable[..., subprocess.Popen[str]], cheap: None
) -> None:
    chance = random.Random(3)
    for where in (tmp_path / "house.sqlite3", request.getfixturevalue("database_url")):
        rings = tmp_path / f"rings of {type(where).__name__}"
        for life in range(0, KILLS, LIFE):
            store = open_store(where, rings=rings)
            tickets = [store.create(f"reader {life} {n}", "x").ticket() for n in range(READERS)]
            store.close()
            acknowledged: list[set[int]] = [set() for _ in tickets]
            kills = min(LIFE, KILLS - life)
            for _ in range(kills):
                server = child(SERVER, where, rings, life, *(ticket.hex() for ticket in tickets))
                assert server.stdout
                said = [server.stdout.readline() for _ in range(3)]
                assert all(said), server.stderr and server.stderr.read()
                time.sleep(chance.uniform(0, 0.1))
                server.kill()
                whole = "".join(said[1:]) + server.communicate()[0]
                for line in whole.splitlines(keepends=True):
                    if line.endswith("\n") and line.strip():
                        number, head = map(int, line.split())
                        acknowledged[number].add(head)
                store = open_store(where, rings=rings)
                keeps = [store.open(f"reader {life} {n}", ticket=ticket) for n, ticket in enumerate(tickets)]
                checked(keeps, acknowledged)
                store.close()
            assert sum(map(len, acknowledged)) >= kills


def test_killing_postgresql_loses_nothing(cluster: Cluster, database_url: str, tmp_path: Path, cheap: None) -> None:
    """The postmaster and all its processes, while two servers write; the servers live on and go on."""
    chance = random.Random(4)
    stores = [open_store(database_url, rings=tmp_path / "rings") for _ in range(2)]
    keeps = [stores[n % 2].create(f"reader {n}", "x") for n in range(READERS)]
    acknowledged: list[set[int]] = [set() for _ in keeps]
    stop = threading.Event()

    def play(number: int) -> None:
        log, head = keeps[number].encounter("library"), 0
        while not stop.is_set():
            burn = [head - 4] if head % 20 == 0 and head else []
            try:
                log.append(f"turn {head}", head, [Said(f"{number} {head}"), Said("and")], burn)
                acknowledged[number].add(head)
                head += 2
            except MovedOn as error:  # it was committed, and its acknowledgement got lost
                raise AssertionError("a retry was taken for another turn") from error
            except KeepError:
                time.sleep(0.01)

    threads = [threading.Thread(target=play, args=(n,)) for n in range(READERS)]
    for thread in threads:
        thread.start()
    before = 0
    for _ in range(PG_KILLS):
        until = time.monotonic() + 30
        while sum(map(len, acknowledged)) < before + 20 and time.monotonic() < until:
            time.sleep(0.005)
        time.sleep(chance.uniform(0, 0.1))
        cluster.kill()
        before = sum(map(len, acknowledged))
        cluster.start()
    until = time.monotonic() + 30
    while sum(map(len, acknowledged)) < before + 20 and time.monotonic() < until:
        time.sleep(0.005)
    stop.set()
    for thread in threads:
        thread.join(60)
    assert sum(map(len, acknowledged)) >= 20 * PG_KILLS
    fresh = open_store(database_url, rings=tmp_path / "rings")
    checked([fresh.open(f"reader {n}", ticket=keep.ticket()) for n, keep in enumerate(keeps)], acknowledged)
    for store in (*stores, fresh):
        store.close()
