"""The key file: the ring keys and the anchor, outside the database, and the secret of the lock 'key-file'.

Where that lock is on, anyone who can read this file and the database can read the keep (keeping.md section 2.3);
where it is not, the secret is zeros and the rest opens nothing. 1024 bytes, every part at a fixed place, so that a
part can be overwritten where it lies (section 2.6: on an ordinary file system no copy of the old bytes is left):

    0    "harken key file\\n"     16
    16   format, zeros           1 + 15
    32   keep id                 16
    48   secret of the lock      32         zeros where there is no such lock
    80   SHA-256 of the above    32
    112  1 when the keep was finished being made, zeros     1 + 15
    128  8 ring slots of 96      number (4, 0 is empty), ring key sealed under the DEK (61), zeros
    896  anchor against rollback 128        see ``anchor``
"""

from __future__ import annotations

import contextlib
import os
import struct
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from harken.keep import anchor
from harken.keep.errors import KeyMissing, NewerKeep, WrongKey
from harken.keep.held import Held

FORMAT = 1
SIZE = 1024

_MAGIC = b"harken key file\n"
_SECRET, _SUMMED, _FINISHED, _SLOTS, _SLOT, _ANCHOR = 48, 80, 112, 128, 96, 896
_HEAD = struct.Struct(">16sB15x16s32s")
_RING = struct.Struct(">I61s31x")


@dataclass(frozen=True, slots=True, repr=False)
class KeyFile:
    """What a key file says. ``rings`` are sealed ring keys by number, 1 or higher."""

    keep: bytes
    secret: bytes
    rings: dict[int, bytes]
    finished: bool = False


def read(path: Path) -> KeyFile | None:
    """The key file at ``path``, or None when there is none.

    Raises KeyMissing when it cannot be read, WrongKey when it is damaged or none, NewerKeep.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise KeyMissing(f"The key file {path} cannot be read: {error.strerror}. Nothing was changed.") from error
    if len(raw) < SIZE or not raw.startswith(_MAGIC):
        raise WrongKey(f"{path} is not a key file of Harken. Put the right one back; nothing was changed.")
    _, version, keep, secret = _HEAD.unpack_from(raw)
    if version > FORMAT:
        raise NewerKeep(f"The key file {path} is from a newer Harken. Use that version; nothing was changed.")
    if sha256(raw[:_SUMMED]).digest() != raw[_SUMMED:_FINISHED]:
        raise WrongKey(f"The key file {path} is damaged. Put a copy of it back; nothing was changed.")
    slots = (_RING.unpack_from(raw, at) for at in range(_SLOTS, _ANCHOR, _SLOT))
    return KeyFile(keep, secret, {number: sealed for number, sealed in slots if number}, raw[_FINISHED] == 1)


def write_new(path: Path, key: KeyFile) -> None:
    """Write a whole key file, readable by its owner alone, and make it durable. Replaces what is there,
    whole or not at all. Raises OSError.
    """
    raw = bytearray(SIZE)
    _HEAD.pack_into(raw, 0, _MAGIC, FORMAT, key.keep, key.secret)
    raw[_SUMMED:_FINISHED] = sha256(raw[:_SUMMED]).digest()
    raw[_FINISHED] = key.finished
    for at, (number, sealed) in zip(range(_SLOTS, _ANCHOR, _SLOT), key.rings.items(), strict=False):
        _RING.pack_into(raw, at, number, sealed)
    new = path.with_name(path.name + ".new")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    settle(path.parent)


def finish(path: Path) -> None:
    """Mark, in place, that the keep this key belongs to is whole. From now on it is never made anew."""
    _overwrite(path, _FINISHED, b"\x01")


class FolderRings:
    """The ring keys and the anchor of one keep, in its key file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def held(self) -> Held:
        """The advisory lock for whoever changes keys."""
        return Held(self.path)

    def read(self) -> dict[int, bytes]:
        """The sealed ring keys by number. Raises KeyMissing, WrongKey, NewerKeep."""
        key = read(self.path)
        if key is None:
            raise KeyMissing(f"The key file {self.path} is missing. Put it back; nothing was changed.")
        return key.rings

    def add(self, number: int, sealed: bytes) -> None:
        """Put a ring key into a free slot: its number last, so that half a slot is none. Raises OSError."""
        raw = self.path.read_bytes()
        at = next(at for at in range(_SLOTS, _ANCHOR, _SLOT) if not _RING.unpack_from(raw, at)[0])
        _overwrite(self.path, at, _RING.pack(0, sealed))
        _overwrite(self.path, at, number.to_bytes(4))

    def drop(self, keep: int) -> None:
        """Write zeros over every slot but that of ring ``keep``. Raises OSError."""
        raw = self.path.read_bytes()
        for at in range(_SLOTS, _ANCHOR, _SLOT):
            if _RING.unpack_from(raw, at)[0] != keep and any(raw[at : at + _SLOT]):
                _overwrite(self.path, at, bytes(4))
                _overwrite(self.path, at, bytes(_SLOT))

    def anchor(self) -> anchor.Anchor | None:
        """The newest standing that was noted, or None."""
        with contextlib.suppress(OSError):
            return anchor.unpack(self.path.read_bytes()[_ANCHOR:])
        return None

    def note(self, turns: int, seal: bytes, anew: bool = False) -> None:
        """Note a standing that is durable already. Not waited for: an anchor may lag behind, never run ahead. What was
        noted before is not asked for, ``anew`` or not.
        """
        with contextlib.suppress(OSError):
            _overwrite(self.path, _ANCHOR, anchor.pack(turns, seal), settled=False)

    def destroy(self) -> None:
        """Write zeros over the secret, every ring key and the anchor. Raises OSError."""
        _overwrite(self.path, _SECRET, bytes(SIZE - _SECRET))


def set_secret(path: Path, secret: bytes) -> None:
    """Put the secret of the lock 'key-file' where it lies (zeros: none), with its sum, in one write. Raises OSError."""
    head = path.read_bytes()[:_SECRET] + secret
    _overwrite(path, _SECRET, secret + sha256(head).digest())


def _overwrite(path: Path, at: int, data: bytes, settled: bool = True) -> None:
    """Overwrite bytes where they lie and make it durable; the file keeps its size and its blocks."""
    with path.open("r+b", buffering=0) as file:
        file.seek(at)
        file.write(data)
        if settled:
            os.fsync(file.fileno())


def settle(folder: Path) -> None:
    """Make the names in a folder durable, where the system can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
