"""The anchor against rollback: how many turns a keep had and its seal, noted outside the database.

A whole old database put back is whole in itself. Only something that lies elsewhere can tell: the key file, the
keychain, a server's ring file. It may lag behind by what was written just before a power cut; it never runs ahead.
"""

from __future__ import annotations

import struct
from hashlib import sha256
from typing import NamedTuple

_ANCHOR = struct.Struct(">Q32s8s")
SIZE = _ANCHOR.size


class Anchor(NamedTuple):
    """The number of committed turns in a keep, and its seal then."""

    turns: int
    seal: bytes


def pack(turns: int, seal: bytes) -> bytes:
    """48 bytes. The sum at the end finds a write that was cut off."""
    sum = sha256(turns.to_bytes(8) + seal).digest()[:8]
    return _ANCHOR.pack(turns, seal, sum)


def unpack(raw: bytes) -> Anchor | None:
    """What ``pack`` took, or None where nothing whole is noted."""
    if len(raw) < SIZE:
        return None
    turns, seal, _ = _ANCHOR.unpack_from(raw)
    return Anchor(turns, seal) if pack(turns, seal) == raw[:SIZE] else None


def rolled_back(anchor: Anchor | None, turns: int, seal: bytes) -> bool:
    """Whether a keep that stands like this is older than its anchor, or another keep altogether."""
    return anchor is not None and (turns < anchor.turns or (turns == anchor.turns and seal != anchor.seal))
