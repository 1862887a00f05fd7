"""Power cuts: every acknowledged turn is there, nothing is corrupt, and no burned key comes back.

HARKEN_CUTS says how many (40 without it; 2,000 in a soak).
"""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path
from typing import Any, NamedTuple

import apsw
import pytest
from power import Disk
from test_keep_burning import secrets

from harken.engine.events import Said
from harken.keep import Keep, KeepError, database

CUTS = int(os.environ.get("HARKEN_CUTS", "40"))


class Cut(NamedTuple):
    """What lay there when the power went, and what had been acknowledged by then."""

    files: dict[str, bytes]
    acknowledged: int
    burned: frozenset[int]
    scrubbed: tuple[bytes, ...]


class Outcome(NamedTuple):
    lost: int
    corrupt: int
    back: int


def play(folder: Path, cuts: int, monkeypatch: pytest.MonkeyPatch, seed: int = 1) -> list[Cut]:
    """Play on a disk whose power is cut again and again (each cut is a copy; the play goes on)."""
    chance, taken = random.Random(seed), list[Cut]()
    said: dict[str, Any] = {"acknowledged": 0, "burned": frozenset(), "scrubbed": ()}

    def moment() -> None:
        if said["acknowledged"] and chance.random() < 0.12 and len(taken) < cuts:
            key = (folder / "keep.key").read_bytes()
            taken.append(Cut({**disk.cut(), "keep.key": key}, **said))

    Keep.open(folder).close()
    disk = Disk(chance, moment)

    def connected(file: Path) -> apsw.Connection:
        db = apsw.Connection(str(file), vfs=disk.name)
        db.execute("PRAGMA locking_mode = EXCLUSIVE")  # this VFS has no shared memory
        return db

    with monkeypatch.context() as cutting:
        cutting.setattr(database, "connect", connected)
        keep = Keep.open(folder)
        log, head = keep.encounter("library"), 0
        needles: list[bytes] = []
        while len(taken) < cuts:
            turn = head // 2
            burn = [head - 4] if turn % 5 == 4 else []
            if burn:
                needles += secrets(keep, burn)[-2:]
            log.append(f"turn {turn}", head, [Said(f"{turn} " * chance.choice([1, 90, 600])), Said("and")], burn)
            head += 2
            said["acknowledged"] = turn + 1
            said["burned"] |= set(burn)
            if burn:
                said["scrubbed"] = tuple(needles)
            if turn % 40 == 39:
                assert keep.rotate()
        keep.database.close()
    return taken


def examined(folder: Path, taken: list[Cut]) -> Outcome:
    """Open the keep as it lay there after each cut."""
    lost = corrupt = back = 0
    for cut in taken:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for name, content in cut.files.items():
            (folder / name).write_bytes(content)
        raw = b"".join(content for name, content in cut.files.items() if name != "keep.key")
        back += any(needle in raw for needle in cut.scrubbed)
        try:
            with Keep.open(folder, create=False) as keep:
                log = keep.encounter("library")
                events = log.events()
                whole = all(log.turn(f"turn {turn}") == (2 * turn, 2 * turn + 2) for turn in range(cut.acknowledged))
                lost += not whole or keep.read_only is not None
                back += any(events[entry] is not None for entry in cut.burned if entry < len(events))
        except KeepError:
            corrupt += 1
    return Outcome(lost, corrupt, back)


def test_no_power_cut_loses_a_turn_or_brings_back_what_was_burned(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = play(folder, CUTS, monkeypatch)
    assert len({cut.acknowledged for cut in taken}) > CUTS / 10
    assert sum(len(cut.burned) for cut in taken) > 0
    assert examined(folder, taken) == Outcome(0, 0, 0)


def test_without_waiting_for_the_disk_turns_are_lost(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same cuts with synchronous=NORMAL."""
    monkeypatch.setitem(database.SETTINGS, "synchronous", 1)
    outcome = examined(folder, play(folder, 40, monkeypatch))
    assert outcome.lost + outcome.corrupt > 5


def test_without_any_sync_burned_keys_come_back(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(database.SETTINGS, "synchronous", 0)
    outcome = examined(folder, play(folder, 80, monkeypatch))
    assert outcome.back > 0
    assert outcome.lost + outcome.corrupt > 5
