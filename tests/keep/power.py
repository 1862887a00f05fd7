"""A disk whose power can be cut: what was not synced may be lost, written in another order, or written by half.

``Disk`` is a VFS for apsw that writes through to real files and notes what is durable. ``cut`` gives the files as they
might lie there if the power went this moment. (It reorders more freely than most disks do.)
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import apsw

SECTOR = 512


class Disk(apsw.VFS):
    """Calls ``moment`` before and after each write, cut-off and sync: a power cut may come there."""

    def __init__(self, chance: random.Random, moment: Callable[[], None]) -> None:
        self.name = f"power-{id(self)}"
        self.chance, self.moment = chance, moment
        self.files: dict[str, Stored] = {}
        super().__init__(self.name, "")

    def xOpen(self, name: Any, flags: list[int]) -> Opened:
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        if path not in self.files:
            there = Path(path)
            self.files[path] = Stored(bytearray(there.read_bytes() if there.exists() else b""))
        return Opened(self, path, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:
        super().xDelete(filename, syncdir)
        self.files.pop(filename, None)

    def cut(self) -> dict[str, bytes]:
        """Each file by its name, as it lies there after the power went."""
        return {Path(path).name: stored.cut(self.chance) for path, stored in self.files.items()}


class Stored:
    """A file: what is durable, and what was done to it since (``(offset, bytes)``, or ``(size, None)`` for a cut)."""

    def __init__(self, durable: bytearray) -> None:
        self.durable = durable
        self.since: list[tuple[int, bytes | None]] = []

    def sync(self) -> None:
        for step in self.since:
            apply(self.durable, step)
        self.since = []

    def cut(self, chance: random.Random) -> bytes:
        content, steps = bytearray(self.durable), list(self.since)
        if chance.random() < 0.5:
            chance.shuffle(steps)
        for offset, data in steps:
            fate = chance.random()
            if fate < 0.35:
                continue
            if data is None or fate < 0.7:
                apply(content, (offset, data))
                continue
            for at in range(0, len(data), SECTOR):
                if chance.random() < 0.5:
                    apply(content, (offset + at, data[at : at + SECTOR]))
        return bytes(content)


def apply(content: bytearray, step: tuple[int, bytes | None]) -> None:
    at, data = step
    if data is None:
        del content[at:]
        return
    if len(content) < at:
        content.extend(bytes(at - len(content)))
    content[at : at + len(data)] = data


class Opened(apsw.VFSFile):
    def __init__(self, disk: Disk, path: str, name: Any, flags: list[int]) -> None:
        self._disk, self._path = disk, path
        super().__init__("", name, flags)

    @property
    def _stored(self) -> Stored:
        return self._disk.files[self._path]

    def xWrite(self, data: bytes, offset: int) -> None:
        self._disk.moment()
        super().xWrite(data, offset)
        self._stored.since.append((offset, bytes(data)))

    def xTruncate(self, newsize: int) -> None:
        self._disk.moment()
        super().xTruncate(newsize)
        self._stored.since.append((newsize, None))

    def xSync(self, flags: int) -> None:
        self._disk.moment()
        super().xSync(flags)
        self._stored.sync()
        self._disk.moment()
