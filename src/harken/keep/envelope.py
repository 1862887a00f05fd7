"""How one entry is sealed (keeping.md section 2.1).

    ct = 0x01 | nonce 12 | AES-256-GCM(K, padded plaintext, place)          K: random 32 bytes, this entry only
    wk = 0x01 | nonce 12 | AES-256-GCM(wrap, K, place | ring 4 | SHA-256(ct))

``place`` is what the entry may not leave: format, purpose, keep, encounter, number, kind. A ciphertext or a
wrapped key moved elsewhere does not open; a wrapped key fits exactly one ciphertext. Destroying ``wk``
destroys the entry. A key is used once, so a nonce cannot repeat under it.

**Padding.** The plaintext is its length (4 bytes), itself, and zeros up to a multiple of 256, so that a size
on disk tells the size of what was said only in steps of 256 bytes (section 2.4).

**Kinds.** Whether an entry is a telling, a typed line or a set fact would tell a thief the shape of a
meeting. So the event's kind is sealed with the event; ``kind`` in the clear is only the sort of row, and
there is one: ``EVENT``.
"""

from __future__ import annotations

import os
import struct
from hashlib import sha256
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = b"\x01"
KEY = 32
NONCE = 12
STEP = 256
EVENT = 1
WRAPPED = 1 + NONCE + KEY + 16
"""The size of a wrapped key."""
CHANCE = KEY + 2 * NONCE
"""Random bytes that one entry takes: its key and two nonces."""

_PLACE = struct.Struct(">6s1s8s16s16sQI")
_LENGTH = struct.Struct(">I")


class DoesNotOpen(Exception):
    """The bytes are not what was sealed at this place under this key."""


class Entry(NamedTuple):
    """A sealed entry: its ciphertext, the SHA-256 of that, the ring's number (4 bytes) and the wrapped key."""

    ct: bytes
    hash: bytes
    ring: bytes
    wk: bytes


def place(purpose: bytes, keep: bytes, encounter: bytes = b"", number: int = 0, kind: int = 0) -> bytes:
    """The associated data of a seal. ``purpose`` has at most 8 bytes, both ids 16 (or none)."""
    return _PLACE.pack(b"harken", VERSION, purpose, keep, encounter, number, kind)


def seal(key: AESGCM, plain: bytes, where: bytes, nonce: bytes = b"") -> bytes:
    """``plain`` under ``key``, bound to ``where``: 29 bytes longer than it was. ``nonce`` is fresh random bytes, where
    the caller has some.
    """
    nonce = nonce or os.urandom(NONCE)
    return VERSION + nonce + key.encrypt(nonce, plain, where)


def unseal(key: AESGCM, sealed: bytes, where: bytes) -> bytes:
    """What ``seal`` took. Raises DoesNotOpen for another key, another place or any changed bit."""
    try:
        if sealed[:1] != VERSION:
            raise DoesNotOpen
        return key.decrypt(sealed[1 : 1 + NONCE], sealed[1 + NONCE :], where)
    except (InvalidTag, ValueError, TypeError) as error:
        raise DoesNotOpen from error


def pad(plain: bytes) -> bytes:
    """``plain`` with its length before it and zeros behind it, up to a multiple of 256."""
    whole = _LENGTH.pack(len(plain)) + plain
    return whole + bytes(-len(whole) % STEP)


def unpad(padded: bytes) -> bytes:
    """What ``pad`` took. Raises DoesNotOpen where the length does not fit."""
    if len(padded) < _LENGTH.size:
        raise DoesNotOpen
    end = _LENGTH.size + int(_LENGTH.unpack_from(padded)[0])
    if end > len(padded):
        raise DoesNotOpen
    return padded[_LENGTH.size : end]


def seal_entry(
    wrap: AESGCM, ring: bytes, keep: bytes, encounter: bytes, number: int, plain: bytes, chance: bytes = b""
) -> Entry:
    """Seal one event under a new key of its own, and that key under ``wrap`` of this ``ring``. ``chance`` is CHANCE
    fresh random bytes, which nothing else is made of.
    """
    chance = chance or os.urandom(CHANCE)
    key, first, second = chance[:KEY], chance[KEY : KEY + NONCE], chance[KEY + NONCE :]
    ct = seal(AESGCM(key), pad(plain), place(b"event", keep, encounter, number, EVENT), first)
    digest = sha256(ct).digest()
    wk = seal(wrap, key, place(b"key", keep, encounter, number, EVENT) + ring + digest, second)
    return Entry(ct, digest, ring, wk)


def open_entry(wrap: AESGCM, keep: bytes, encounter: bytes, number: int, kind: int, entry: Entry) -> bytes:
    """The plaintext of one event. Raises DoesNotOpen when anything about it was changed or moved."""
    if sha256(entry.ct).digest() != entry.hash:
        raise DoesNotOpen
    where = place(b"key", keep, encounter, number, kind) + entry.ring + entry.hash
    key = AESGCM(unseal(wrap, entry.wk, where))
    return unpad(unseal(key, entry.ct, place(b"event", keep, encounter, number, kind)))


def rewrap(
    old: AESGCM,
    new: AESGCM,
    keep: bytes,
    encounter: bytes,
    number: int,
    kind: int,
    digest: bytes,
    rings: tuple[bytes, bytes],
    wk: bytes,
) -> bytes:
    """A wrapped key under another ring (``rings``: from, to), of the same size. Raises DoesNotOpen."""
    where = place(b"key", keep, encounter, number, kind)
    return seal(new, unseal(old, wk, where + rings[0] + digest), where + rings[1] + digest)
