"""Anchors of a server's keeps are written once a second, not with every breath, and what waits is never left out."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from harken.keep import ringfile
from harken.keep.anchor import Anchor
from harken.keep.ringfile import RingFile

ONE, TWO = b"1" * 16, b"2" * 16
SEAL = b"s" * 32


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = RingFile(tmp_path / "rings")
    for keep in (ONE, TWO):
        file.of(keep).add(1, b"a" * 61)
    file.close()
    return tmp_path / "rings"


@pytest.fixture
def file(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RingFile]:
    monkeypatch.setattr(ringfile, "LAG", 3600.0)
    file = RingFile(path)
    yield file
    file.close()


def in_the_file(path: Path, keep: bytes = ONE) -> Anchor | None:
    other = RingFile(path)
    try:
        return other.of(keep).anchor()
    finally:
        other.close()


def test_many_notes_are_one_write(file: RingFile, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    writes = 0
    real = RingFile.write

    def counted(self: RingFile, at: int, data: bytes, settled: bool = True) -> None:
        nonlocal writes
        writes += 1
        real(self, at, data, settled)

    monkeypatch.setattr(RingFile, "write", counted)
    for turns in range(1, 1001):
        file.of(ONE).note(turns, SEAL)
        file.of(TWO).note(turns, SEAL)
    assert writes == 0
    file.settle()
    assert writes == 2
    assert in_the_file(path, ONE) == in_the_file(path, TWO) == (1000, SEAL)


def test_they_are_written_by_themselves(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ringfile, "LAG", 0.01)
    file = RingFile(path)
    file.of(ONE).note(5, SEAL)
    until = time.monotonic() + 10
    while in_the_file(path) is None and time.monotonic() < until:
        time.sleep(0.01)
    assert in_the_file(path) == (5, SEAL)
    file.close()


def test_whoever_asks_and_whoever_closes_has_them_written(file: RingFile, path: Path) -> None:
    file.of(ONE).note(7, SEAL)
    assert in_the_file(path) is None
    assert file.of(ONE).anchor() == in_the_file(path) == (7, SEAL)
    file.of(TWO).note(8, SEAL)
    file.close()
    assert in_the_file(path, TWO) == (8, SEAL)


def test_what_another_process_noted_later_stays(file: RingFile, path: Path) -> None:
    other = RingFile(path)
    file.of(ONE).note(3, SEAL)
    other.of(ONE).note(9, SEAL)
    other.close()
    file.settle()
    assert in_the_file(path) == (9, SEAL)
    file.of(ONE).note(4, SEAL, anew=True)  # the reader went on from an earlier one, knowing it
    file.of(ONE).note(5, SEAL)
    file.settle()
    assert in_the_file(path) == (5, SEAL)


def test_a_destroyed_keep_is_noted_nowhere(file: RingFile, path: Path) -> None:
    file.of(ONE).note(3, SEAL)
    file.of(ONE).destroy()
    file.of(b"3" * 16).add(1, b"b" * 61)  # takes the free slot
    file.settle()
    assert in_the_file(path, b"3" * 16) is None
    assert SEAL not in path.read_bytes()
