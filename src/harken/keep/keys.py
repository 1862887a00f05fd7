"""The keys of one open keep, and how each comes from the two that are stored (keeping.md section 2.1).

    a lock's secret --HKDF "lock"--> opens the DEK        (a key file today; passphrase, keychain, words later)
    DEK --HKDF--> "ring", "chain", "index", "edition"     (one key for each purpose, never shared)
    DEK | ring key --HKDF "wrap"--> wraps entry keys      (destroying a ring key kills every key wrapped under it)

CPython cannot wipe bytes: keys live in memory while the keep is open, and nothing more is promised.
"""

from __future__ import annotations

import hmac
from functools import cached_property

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from harken.keep.envelope import KEY, DoesNotOpen, place, seal, unseal


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
    """What an unlocked keep works with. ``rings`` holds the ring keys by number (from 1); new entries
    are wrapped under ``ring``, the highest, as the 4 bytes it is stored as.
    """

    def __init__(self, keep: bytes, dek: bytes, sealed_rings: dict[int, bytes]) -> None:
        """Open the ring keys with the DEK. Raises DoesNotOpen when one is not of this keep."""
        self.keep = keep
        self._dek = dek
        sealer = AESGCM(derive(dek, keep, "ring"))
        rings = {n: unseal(sealer, sealed, place(b"ring", keep, number=n)) for n, sealed in sealed_rings.items()}
        self.ring = max(rings).to_bytes(4)
        self._wraps = {n.to_bytes(4): AESGCM(derive(dek + key, keep, f"wrap {n}")) for n, key in rings.items()}

    def __repr__(self) -> str:
        return "<Keys>"

    def wrap(self, ring: bytes) -> AESGCM:
        """What wraps entry keys under this ring. Raises DoesNotOpen when that ring is gone or never was ours."""
        try:
            return self._wraps[ring]
        except KeyError as error:
            raise DoesNotOpen from error

    @cached_property
    def chain(self) -> bytes:
        """The key of the chain over the log."""
        return derive(self._dek, self.keep, "chain")

    @cached_property
    def edition(self) -> AESGCM:
        """What compiled stories are sealed with."""
        return AESGCM(derive(self._dek, self.keep, "edition"))

    @cached_property
    def _index(self) -> bytes:
        return derive(self._dek, self.keep, "index")

    def tag(self, purpose: str, text: str) -> bytes:
        """32 bytes that stand for an id (a turn's, an edition's) in a unique column: equal for equal ids.

        For ids only. Nothing told or typed is ever indexed, not even like this (section 2.4).
        """
        return hmac.digest(self._index, purpose.encode() + b"\0" + text.encode("utf-8", "surrogatepass"), "sha256")


def seal_ring(dek: bytes, keep: bytes, number: int, ring: bytes) -> bytes:
    """A ring key as it lies in its slot of the key file."""
    return seal(AESGCM(derive(dek, keep, "ring")), ring, place(b"ring", keep, number=number))
