"""The keys of one open keep, and how each comes from the two that are stored (keeping.md section 2.1).

    a lock's secret --HKDF "lock"--> opens the DEK        (see locks: passphrase, keychain, key file, words)
    DEK --HKDF--> "ring", "chain", "index", "edition", "snapshot"    (one key for each purpose, never shared)
    DEK | ring key --HKDF "wrap"--> wraps entry keys      (destroying a ring key kills every key wrapped under it)

CPython cannot wipe bytes: keys live in memory while the keep is open, and nothing more is promised.
"""

from __future__ import annotations

import os
from functools import cached_property

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from harken.keep.envelope import KEY, DoesNotOpen, place, seal, unseal
from harken.keep.mac import Mac


def derive(secret: bytes, keep: bytes, purpose: str) -> bytes:
    """A 32-byte key from ``secret`` for this keep and this one purpose."""
    return HKDF(SHA256(), KEY, salt=keep, info=b"harken keep 1 " + purpose.encode()).derive(secret)


def lock_dek(dek: bytes, keep: bytes, kind: str, params: str, secret: bytes) -> bytes:
    """The DEK wrapped for one lock row. ``params`` is bound to it, so that it cannot be weakened on disk."""
    key = AESGCM(derive(secret, keep, f"lock {kind}"))
    return seal(key, dek, place(b"lock", keep) + params.encode())


def unlock_dek(wrapped: bytes, keep: bytes, kind: str, params: str, secret: bytes) -> bytes:
    """The DEK out of a lock row. Raises DoesNotOpen for a wrong secret or a changed row."""
    key = AESGCM(derive(secret, keep, f"lock {kind}"))
    return unseal(key, wrapped, place(b"lock", keep) + params.encode())


class Keys:
    """What an unlocked keep works with. ``wraps`` are the ring keys that are alive, by number (from 1, as the 4 bytes
    it is stored as); new entries are wrapped under the highest. It is replaced, never changed: who reads takes hold
    of it once, and a ring that turns meanwhile does not pull it away.
    """

    def __init__(self, keep: bytes, dek: bytes, sealed_rings: dict[int, bytes]) -> None:
        """Open the ring keys with the DEK. Raises DoesNotOpen when one is not of this keep."""
        self.keep = keep
        self.dek = dek
        self.load(sealed_rings)

    def load(self, sealed_rings: dict[int, bytes]) -> None:
        """Know these ring keys and no others. Raises DoesNotOpen when one is not of this keep, or there is none."""
        sealer = AESGCM(derive(self.dek, self.keep, "ring"))
        opened = {n: unseal(sealer, ring, place(b"ring", self.keep, number=n)) for n, ring in sealed_rings.items()}
        if not opened:
            raise DoesNotOpen
        self.wraps = {
            n.to_bytes(4): AESGCM(derive(self.dek + ring, self.keep, f"wrap {n}")) for n, ring in opened.items()
        }

    @property
    def ring(self) -> bytes:
        """The newest ring."""
        return max(self.wraps)

    def next_ring(self) -> tuple[int, bytes]:
        """A new ring key: its number, and as it lies in its slot."""
        number = int.from_bytes(self.ring) + 1
        return number, seal_ring(self.dek, self.keep, number, os.urandom(KEY))

    def knows(self, ring: bytes) -> bool:
        """Whether this ring is here."""
        return ring in self.wraps

    def __repr__(self) -> str:
        return "<Keys>"

    def wrap(self, ring: bytes) -> AESGCM:
        """What wraps entry keys under this ring. Raises DoesNotOpen when that ring is gone or never was ours."""
        try:
            return self.wraps[ring]
        except KeyError as error:
            raise DoesNotOpen from error

    @cached_property
    def chain(self) -> Mac:
        """What the chain over the log is made with."""
        return Mac(derive(self.dek, self.keep, "chain"))

    @cached_property
    def edition(self) -> AESGCM:
        """What compiled stories are sealed with."""
        return AESGCM(derive(self.dek, self.keep, "edition"))

    @cached_property
    def snapshot(self) -> AESGCM:
        """What snapshots are sealed with."""
        return AESGCM(derive(self.dek, self.keep, "snapshot"))

    @cached_property
    def _index(self) -> Mac:
        return Mac(derive(self.dek, self.keep, "index"))

    def tag(self, purpose: str, text: str) -> bytes:
        """32 bytes that stand for an id (a turn's, an edition's) in a unique column: equal for equal ids.

        For ids only. Nothing told or typed is ever indexed, not even like this (section 2.4).
        """
        return self._index(purpose.encode() + b"\0" + text.encode("utf-8", "surrogatepass"))


def seal_ring(dek: bytes, keep: bytes, number: int, ring: bytes) -> bytes:
    """A ring key as it lies in its slot of the key file."""
    return seal(AESGCM(derive(dek, keep, "ring")), ring, place(b"ring", keep, number=number))
