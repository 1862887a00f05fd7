"""Two windows, two threads, two processes on one keep: each turn exactly once, the loser is told."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from harken.engine.conflict import MovedOn
from harken.engine.events import Event, Said
from harken.keep import Keep

Child = Callable[..., "subprocess.Popen[str]"]
Sample = Callable[..., list[Event]]

WRITER = """
import sys
from pathlib import Path
from harken.engine.conflict import MovedOn
from harken.engine.events import Said
from harken.keep import Keep

folder, name, turns = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
encounter = Keep.open(folder).encounter("library")
print("ready", flush=True)
sys.stdin.readline()
lost = 0
for n in range(turns):
    while True:
        try:
            encounter.append(f"{name} {n}", len(encounter.events()), [Said(f"{name} {n}"), Said("and")])
            break
        except MovedOn:
            lost += 1
print(lost, flush=True)
"""


def test_two_connections_compare_and_set(folder: Path, sample: Sample) -> None:
    with Keep.open(folder) as one, Keep.open(folder) as two:
        here, there = one.encounter("library"), two.encounter("library")
        here.append("a", 0, sample())
        with pytest.raises(MovedOn):
            there.append("b", 0, sample(1))
        assert there.turn("b") is None
        there.append("b", 1, sample(1))
        here.append("b", 1, sample(2))
        assert list(here.events()) == list(there.events()) == sample() + sample(1)
        assert len(one.encounters()) == 1


def test_two_processes_write_each_turn_once(folder: Path, child: Child) -> None:
    writers = [child(WRITER, folder, name, 40) for name in ("left", "right")]
    for writer in writers:
        assert writer.stdout and writer.stdout.readline() == "ready\n"
    for writer in writers:
        assert writer.stdin
        writer.stdin.write("go\n")
        writer.stdin.flush()
    for writer in writers:
        _, errors = writer.communicate(timeout=60)
        assert (writer.returncode, errors) == (0, "")
    with Keep.open(folder) as keep:
        said = [event.text for event in keep.encounter("library").events() if isinstance(event, Said)]
        assert sorted(said) == sorted([f"{name} {n}" for name in ("left", "right") for n in range(40)] + ["and"] * 80)
        assert len(keep.encounters()) == 1


def test_a_turn_sent_twice_at_once_is_kept_once(folder: Path) -> None:
    with Keep.open(folder) as one, Keep.open(folder) as two, ThreadPoolExecutor(2) as pool:
        logs = [one.encounter("library"), two.encounter("library")]
        for n in range(50):
            together = threading.Barrier(2)

            def send(log: int, n: int = n, together: threading.Barrier = together) -> tuple[int, int] | None:
                together.wait()
                logs[log].append(f"turn {n}", n, [Said(f"word {n}")])
                return logs[log].turn(f"turn {n}")

            assert list(pool.map(send, range(2))) == [(n, n + 1)] * 2
        assert list(logs[0].events()) == [Said(f"word {n}") for n in range(50)]


def test_many_threads_share_one_keep(keep: Keep) -> None:
    def play(story: int) -> None:
        encounter = keep.encounter(f"story {story}")
        for n in range(20):
            encounter.append(f"turn {n}", n, [Said(f"{story} {n}")], burn=[n - 1] if n == 10 else [])
            assert len(encounter.events()) == n + 1

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(play, range(8)))
    for story in range(8):
        expected = [None if n == 9 else Said(f"{story} {n}") for n in range(20)]
        assert list(keep.encounter(f"story {story}").events()) == expected


def test_many_processes_make_one_keep(folder: Path, child: Child) -> None:
    code = (
        "import sys; from pathlib import Path; sys.stdin.readline(); from harken.keep import Keep\n"
        "print(Keep.open(Path(sys.argv[1])).keys.keep.hex())"
    )
    makers = [child(code, folder) for _ in range(4)]
    answers = set()
    for maker in makers:
        assert maker.stdin
        maker.stdin.write("go\n")
        maker.stdin.flush()
    for maker in makers:
        out, errors = maker.communicate(timeout=60)
        assert errors == ""
        answers.add(out)
    assert len(answers) == 1


def test_looking_at_a_keep_does_not_drop_the_locks_of_this_process(folder: Path, child: Child) -> None:
    """Closing any handle on a file drops all POSIX locks a process has on it: nothing here may do so."""
    with Keep.open(folder) as keep:
        keep.encounter("library").append("a", 0, [Said("one")])
        Keep.open(folder).close()
        other = child("import sys; from pathlib import Path; from harken.keep import Keep\n"
                      "Keep.open(Path(sys.argv[1])).close()", folder)  # fmt: skip
        assert other.communicate(timeout=60)[1] == ""
        log = folder / "keep.sqlite3-wal"
        assert log.exists(), "another process thought it was alone, and took the write-ahead log away"
