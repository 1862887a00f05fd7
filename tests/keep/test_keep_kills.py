"""kill -9 in the middle of writing: every acknowledged turn is there once, and no other turn is there twice.

HARKEN_KILLS says how many times (10 without it; 1,000 in a soak). A keep is killed ``LIFE`` times, then another is
begun: each kill is followed by reading all of it.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from harken.engine.events import Event, Said
from harken.keep import Keep

Sample = Callable[..., list[Event]]
KILLS = int(os.environ.get("HARKEN_KILLS", "10"))
LIFE = 10

WRITER = """
import sys
from pathlib import Path
from harken.engine.events import Said
from harken.keep import Keep

encounter = Keep.open(Path(sys.argv[1])).encounter("library")
head = len(encounter.events())
while True:
    turn = f"turn {head}"
    burn = [head - 6] if head % 15 == 0 and head else []
    encounter.append(turn, head, [Said(turn), Said("in between"), Said(turn)], burn)
    print(head, flush=True)
    head += 3
"""


def test_no_acknowledged_turn_is_lost_and_none_is_doubled(
    folder: Path, child: Callable[..., subprocess.Popen[str]]
) -> None:
    chance = random.Random(1)
    for life in range(0, KILLS, LIFE):
        place, acknowledged = folder.with_name(f"keep {life}"), set[int]()
        kills = min(LIFE, KILLS - life)
        for _ in range(kills):
            writer = child(WRITER, place)
            assert writer.stdout
            first = writer.stdout.readline()
            assert first, writer.stderr and writer.stderr.read()
            time.sleep(chance.uniform(0, 0.03))
            writer.kill()
            said = (first + writer.communicate()[0]).splitlines(keepends=True)
            acknowledged.update(int(line) for line in said if line.endswith("\n"))
            checked(place, acknowledged)
        assert len(acknowledged) >= kills
        shutil.rmtree(place)


def checked(folder: Path, acknowledged: set[int]) -> None:
    """Nothing acknowledged is missing, nothing is there twice or by half, and a retry of the last turn is one."""
    with Keep.open(folder, create=False) as keep:
        encounter = keep.encounter("library")
        events = encounter.events()
        assert len(events) % 3 == 0
        for head in range(0, len(events), 3):
            assert encounter.turn(f"turn {head}") == (head, head + 3)
            burned = (head + 6) % 15 == 0 and head + 6 < len(events)
            assert events[head] == (None if burned else Said(f"turn {head}"))
            assert events[head + 2] == Said(f"turn {head}")
        assert acknowledged <= set(range(0, len(events), 3))
        with keep.database.read() as db:
            assert db.execute("SELECT count(*) FROM shred").fetchone() == (0,)
        last = len(events) - 3
        encounter.append(f"turn {last}", last, [Said("a retry of what was in flight")])
        assert len(encounter.events()) == len(events)


def test_a_turn_that_is_acknowledged_too_early_is_seen(
    folder: Path, child: Callable[..., subprocess.Popen[str]]
) -> None:
    """The same kill, of a writer that says so before it is durable: the check above must find the loss."""
    early = WRITER.replace("    print(head, flush=True)\n", "")
    said_first = "    print(head, flush=True)\n    if head == 9: sys.stdin.read()\n    encounter.append("
    early = early.replace("    encounter.append(", said_first)
    writer = child(early, folder)
    assert writer.stdout
    said = [int(writer.stdout.readline()) for _ in range(4)]
    writer.kill()
    writer.communicate()
    assert said == [0, 3, 6, 9]
    with pytest.raises(AssertionError):
        checked(folder, set(said))
    checked(folder, {0, 3, 6})


def test_being_killed_while_the_keep_is_made_leaves_one_that_opens(
    folder: Path, child: Callable[..., subprocess.Popen[str]]
) -> None:
    code = (
        "import sys; from pathlib import Path; from harken.keep import Keep\n"
        "print('now', flush=True); Keep.open(Path(sys.argv[1])).close(); print('done', flush=True)"
    )
    chance = random.Random(2)
    for n in range(KILLS):
        place = folder.with_name(f"keep {n}")
        maker = child(code, place)
        assert maker.stdout
        maker.stdout.readline()
        time.sleep(chance.uniform(0, 0.012))
        maker.kill()
        maker.communicate()
        with Keep.open(place) as keep:
            keep.encounter("library").append("a", 0, [Said("one")])
        with Keep.open(place, create=False) as keep:
            assert list(keep.encounter("library").events()) == [Said("one")]


def test_being_killed_in_the_middle_of_a_checkpoint_loses_nothing(folder: Path, sample: Sample) -> None:
    """The main file then makes no sense without the write-ahead log beside it."""
    cut = folder.with_name("cut")
    with Keep.open(folder) as keep:
        keep.database._db.execute("PRAGMA wal_autocheckpoint = 0")
        log = keep.encounter("library")
        for n in range(60):
            log.append(str(n), 5 * n, sample(n))
        events = list(log.events())
        shutil.copytree(folder, cut)
        keep.database._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        whole = (folder / "keep.sqlite3").read_bytes()
    (cut / "keep.sqlite3-shm").unlink()
    for written in range(0, len(whole) // 4096, 5):
        half = folder.with_name(f"cut after {written}")
        shutil.copytree(cut, half)
        with (half / "keep.sqlite3").open("r+b") as file:
            file.write(whole[: 4096 * written])
        with Keep.open(half, create=False) as keep:
            assert list(keep.encounter("library").events()) == events
