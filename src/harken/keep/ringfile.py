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
LAG = 1.0
"""Seconds that a note may wait, so that a busy server writes it once and not with every breath."""
_RING = struct.Struct(">I61s31x")
_RINGS = (16, 112)
_ANCHOR = 208
_NOTHING = (0, b"", False)


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
        self._noting = threading.Lock()
        self._noted: dict[bytes, tuple[int, bytes, bool]] = {}
        self._timer: threading.Timer | None = None

    def close(self) -> None:
        """Write what waits and let go of the file."""
        self.settle()
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

    def note(self, keep: bytes, turns: int, seal: bytes, anew: bool) -> None:
        """Note a keep's standing, in the file within ``LAG``: with ``anew`` even where a newer one was noted."""
        with self._noting:
            self._noted[keep] = (turns, seal, anew or self._noted.get(keep, _NOTHING)[2])
            if self._timer is None:
                self._timer = threading.Timer(LAG, self.settle)
                self._timer.daemon = True
                self._timer.start()

    def settle(self) -> None:
        """Write all that was noted. An anchor that cannot be written stays as it is."""
        with self._noting:
            noted, self._noted = self._noted, {}
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
        for keep, standing in noted.items():
            self._write_anchor(keep, *standing)

    def settle_one(self, keep: bytes) -> None:
        """Write what was noted of this keep."""
        with self._noting:
            standing = self._noted.pop(keep, None)
        if standing is not None:
            self._write_anchor(keep, *standing)

    def forget(self, keep: bytes) -> None:
        """Note nothing more of this keep."""
        with self._noting:
            self._noted.pop(keep, None)

    def _write_anchor(self, keep: bytes, turns: int, seal: bytes, anew: bool) -> None:
        with contextlib.suppress(OSError, Broken):
            at = self.slot(keep) + _ANCHOR
            older = anchor.unpack(self.read(at, anchor.SIZE))
            if anew or older is None or older.turns < turns:  # another process may have noted more
                self.write(at, anchor.pack(turns, seal), settled=False)

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
        self._file.settle_one(self._keep)
        return anchor.unpack(self._raw()[_ANCHOR:])

    def note(self, turns: int, seal: bytes, anew: bool = False) -> None:
        """Note a standing that is durable already. Not waited for: an anchor may lag behind, never run ahead."""
        self._file.note(self._keep, turns, seal, anew)

    def destroy(self) -> None:
        """Write zeros over the slot. Raises OSError."""
        self._file.forget(self._keep)
        self._file.write(self._file.slot(self._keep), bytes(SLOT))

    def _raw(self) -> bytes:
        return self._file.read(self._file.slot(self._keep), SLOT)
