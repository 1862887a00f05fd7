"""The key file: the secret of the lock 'file' and the ring keys, outside the database.

Anyone who can read this file and the database can read the keep (keeping.md section 2.3). 1024 bytes, every
part at a fixed place, so that a part can be overwritten where it lies (section 2.6: on an ordinary file
system no copy of the old bytes is left):

    0    "harken key file\\n"     16
    16   format, zeros           1 + 15
    32   keep id                 16
    48   secret of the lock      32
    80   SHA-256 of the above    32
    112  1 when the keep was finished being made, zeros     1 + 15
    128  8 ring slots of 96      number (4, 0 is empty), ring key sealed under the DEK (61), zeros
    896  room for an anchor against rollback, zeros         128
"""

from __future__ import annotations

import os
import struct
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from harken.keep.errors import KeyMissing, NewerKeep, WrongKey

FORMAT = 1
SIZE = 1024

_MAGIC = b"harken key file\n"
_SUMMED, _FINISHED, _SLOTS, _SLOT, _ANCHOR = 80, 112, 128, 96, 896
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


def _overwrite(path: Path, at: int, data: bytes) -> None:
    """Overwrite bytes where they lie and make it durable; the file keeps its size and its blocks."""
    with path.open("r+b", buffering=0) as file:
        file.seek(at)
        file.write(data)
        os.fsync(file.fileno())


def settle(folder: Path) -> None:
    """Make the names in a folder durable, where the system can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
