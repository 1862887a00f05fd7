"""The ring keys and anchors of a server's keeps: one file, outside the database and outside its backups.

Slots of 256 bytes, each at a fixed place so that it can be overwritten where it lies:

    0    keep id                 16         zeros: a free slot
    16   2 ring slots of 96      number (4, 0 is empty), ring key sealed under the DEK (61), zeros
    208  anchor                  48         see ``anchor``

The file is safe to share between the processes of one machine. It is nothing without the database and a passphrase;
without it, nobody can read any keep: keep a copy of it where burned keys may live on until the next one.
"""

from __future__ import annotations

import contextlib
import os
import struct
import threading
from pathlib import Path

from harken.keep import anchor
from harken.keep.errors import Broken
from harken.keep.held import Held

SLOT = 256
_RING = struct.Struct(">I61s31x")
_RINGS = (16, 112)
_ANCHOR = 208


class RingFile:
    """The file. Any thread and any process of this machine may use it."""

    def __init__(self, path: Path) -> None:
        """Open it, or make it. Raises OSError."""
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self._handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        self._lock = threading.Lock()
        self._slots: dict[bytes, int] = {}
        self._seen = 0

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._handle >= 0:
                os.close(self._handle)
                self._handle = -1

    def of(self, keep: bytes) -> KeepRings:
        """The part of one keep."""
        return KeepRings(self, keep)

    def held(self) -> Held:
        """The advisory lock for whoever changes keys."""
        return Held(self.path)

    def slot(self, keep: bytes, make: bool = False) -> int:
        """Where a keep's slot begins. With ``make`` (and the file held), it is made when there is none.

        Raises Broken where there is none: without its ring keys a keep cannot be read.
        """
        at = self._slots.get(keep)
        if at is not None and self.read(at, 16) == keep:
            return at
        self._look()
        if keep in self._slots:
            return self._slots[keep]
        if not make:
            raise Broken(
                f"The ring keys of this keep are not in {self.path}. Put the right file back; nothing was changed."
            )
        free = self._slots.pop(bytes(16), None)
        at = free if free is not None else self._seen
        self.write(at, keep + bytes(SLOT - 16))
        self._slots[keep] = at
        self._seen = max(self._seen, at + SLOT)
        return at

    def read(self, at: int, size: int) -> bytes:
        """These bytes."""
        if hasattr(os, "pread"):  # in one call, which needs no lock
            return os.pread(self._handle, size, at)
        with self._lock:
            os.lseek(self._handle, at, os.SEEK_SET)
            return os.read(self._handle, size)

    def write(self, at: int, data: bytes, settled: bool = True) -> None:
        """Overwrite bytes where they lie; durable when it returns, if it is to be ``settled``."""
        with self._lock:
            os.lseek(self._handle, at, os.SEEK_SET)
            os.write(self._handle, data)
            if settled:
                os.fsync(self._handle)

    def _look(self) -> None:
        raw = self.path.read_bytes()
        self._slots = {raw[at : at + 16]: at for at in range(0, len(raw) - SLOT + 1, SLOT)}
        self._seen = len(raw) // SLOT * SLOT


class KeepRings:
    """The ring keys and the anchor of one keep."""

    def __init__(self, file: RingFile, keep: bytes) -> None:
        self._file, self._keep = file, keep

    def held(self) -> Held:
        """The advisory lock for whoever changes keys."""
        return self._file.held()

    def read(self) -> dict[int, bytes]:
        """The sealed ring keys by number. Raises Broken where there are none."""
        raw = self._raw()
        slots = (_RING.unpack_from(raw, at) for at in _RINGS)
        return {number: sealed for number, sealed in slots if number}

    def add(self, number: int, sealed: bytes) -> None:
        """Put a ring key into a free slot: its number last, so that half a slot is none. Raises OSError."""
        at = self._file.slot(self._keep, make=True)
        raw = self._raw()
        free = next(part for part in _RINGS if not _RING.unpack_from(raw, part)[0])
        self._file.write(at + free, _RING.pack(0, sealed))
        self._file.write(at + free, number.to_bytes(4))

    def drop(self, keep: int) -> None:
        """Write zeros over every ring but number ``keep``. Raises OSError."""
        at, raw = self._file.slot(self._keep), self._raw()
        for part in _RINGS:
            if _RING.unpack_from(raw, part)[0] != keep and any(raw[part : part + 96]):
                self._file.write(at + part, bytes(4))
                self._file.write(at + part, bytes(96))

    def anchor(self) -> anchor.Anchor | None:
        """The newest standing that was noted, or None."""
        return anchor.unpack(self._raw()[_ANCHOR:])

    def note(self, turns: int, seal: bytes) -> None:
        """Note a standing that is durable already. Not waited for: an anchor may lag behind, never run ahead."""
        with contextlib.suppress(OSError, Broken):
            self._file.write(self._file.slot(self._keep) + _ANCHOR, anchor.pack(turns, seal), settled=False)

    def destroy(self) -> None:
        """Write zeros over the slot. Raises OSError."""
        self._file.write(self._file.slot(self._keep), bytes(SLOT))

    def _raw(self) -> bytes:
        return self._file.read(self._file.slot(self._keep), SLOT)
