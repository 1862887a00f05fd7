"""The locks of a keep: each is one row that opens the same DEK, so that losing or changing one never loses the keep.

    passphrase   Argon2id over it; the cost stands in the row, and is refused before deriving when it is out of bounds
    keychain     32 random bytes in the system's keychain
    key-file     32 random bytes in the key file beside the database
    words        128 random bits, written down as 12 words (BIP 39, English)

The row's parameters are bound to what it wraps: a thief who makes them weaker makes the lock useless.
"""

from __future__ import annotations

import json
import os
import unicodedata
from collections.abc import Sequence
from typing import Any, NamedTuple

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from harken.keep.envelope import KEY, DoesNotOpen
from harken.keep.errors import WrongKey
from harken.keep.keys import lock_dek, unlock_dek
from harken.keep.listing import LockInfo
from harken.keep.turns import Db

KINDS = ("passphrase", "keychain", "key-file", "words")
COST = {"m": 64 * 1024, "t": 3, "p": 4}
"""Argon2id's second recommendation in RFC 9106: KiB of memory, passes, lanes. About 0.15 s."""

LEAST, MOST = 19 * 1024, 1024 * 1024
PASSES, LANES = 10, 16
WRAPPED_DEK = 61
_STORED = {"key-file": "file"}  # what it was called in format 1


class Lock(NamedTuple):
    """A row of the table."""

    kind: str
    params: str
    wrapped: bytes


def read(db: Db, keep: bytes) -> list[Lock]:
    """The locks of a keep, oldest first."""
    rows = db.execute("SELECT kind, params, wrapped_dek FROM lock WHERE keep = ? ORDER BY id", (keep,)).fetchall()
    named = {stored: kind for kind, stored in _STORED.items()}
    return [Lock(named.get(kind, kind), params, wrapped) for kind, params, wrapped in rows]


def info(locks: Sequence[Lock], made: int) -> list[LockInfo]:
    """What can be told of them. ``made`` is the day the keep was made: format 1 noted no other."""
    since = [_params(lock).get("since", made) for lock in locks]
    return [LockInfo(lock.kind, day if type(day) is int else made) for lock, day in zip(locks, since, strict=True)]


def made(keep: bytes, dek: bytes, kind: str, secret: str | bytes, day: int) -> Lock:
    """A new lock of this kind around the DEK. ``secret`` is the passphrase, or the random bytes."""
    params: dict[str, Any] = {"since": day}
    if kind == "passphrase":
        params |= {**COST, "salt": os.urandom(16).hex()}
    text = json.dumps(params)
    stored = _STORED.get(kind, kind)
    return Lock(kind, text, lock_dek(dek, keep, stored, text, _stretched(secret, params)))


def opened(lock: Lock, keep: bytes, secret: str | bytes) -> bytes:
    """The DEK. Raises DoesNotOpen for another secret or a changed row, and for a cost out of bounds."""
    try:
        return unlock_dek(
            lock.wrapped, keep, _STORED.get(lock.kind, lock.kind), lock.params, _stretched(secret, _params(lock))
        )
    except (ValueError, TypeError, AttributeError, KeyError, OverflowError) as error:
        raise DoesNotOpen from error


def weaker(lock: Lock) -> bool:
    """Whether a passphrase's cost is below today's."""
    params = _params(lock)
    return lock.kind == "passphrase" and (params.get("m", 0), params.get("t", 0)) < (COST["m"], COST["t"])


def put(db: Db, keep: bytes, lock: Lock) -> None:
    """Put a lock on, in place of one of its kind."""
    take(db, keep, lock.kind)
    db.execute(
        "INSERT INTO lock (keep, kind, params, wrapped_dek) VALUES (?, ?, ?, ?)",
        (keep, _STORED.get(lock.kind, lock.kind), lock.params, lock.wrapped),
    )


def take(db: Db, keep: bytes, kind: str) -> None:
    """Take the lock of this kind off. It is written over where it lies first, or its old secret would still fit."""
    stored = _STORED.get(kind, kind)
    db.execute("UPDATE lock SET wrapped_dek = ? WHERE keep = ? AND kind = ?", (bytes(WRAPPED_DEK), keep, stored))
    db.execute("DELETE FROM lock WHERE keep = ? AND kind = ?", (keep, stored))


def new_words() -> tuple[list[str], bytes]:
    """Twelve words and the 16 bytes they stand for."""
    from mnemonic import Mnemonic

    entropy = os.urandom(16)
    return Mnemonic("english").to_mnemonic(entropy).split(), entropy


def entropy(words: str | Sequence[str]) -> bytes:
    """What recovery words stand for; four letters of each are enough. Raises WrongKey, saying which word is none."""
    from mnemonic import Mnemonic

    book = Mnemonic("english")
    given = " ".join([words] if isinstance(words, str) else words).replace(",", " ").lower().split()
    if len(given) != 12:
        raise WrongKey(f"Twelve recovery words are needed, and these are {len(given)}. Nothing was changed.")
    known = {word[:4]: word for word in book.wordlist}
    for number, word in enumerate(given, 1):
        if not known.get(word[:4], "").startswith(word):
            raise WrongKey(f"Recovery word {number} is not one of the list. Look at its spelling; nothing was changed.")
    try:
        return bytes(book.to_entropy([known[word[:4]] for word in given]))
    except (ValueError, LookupError) as error:
        raise WrongKey("These words do not belong together. Look at their order; nothing was changed.") from error


def _params(lock: Lock) -> dict[str, Any]:
    try:
        found = json.loads(lock.params)
    except (ValueError, TypeError):  # somebody changed the row: it opens nothing any more
        return {}
    return found if isinstance(found, dict) else {}


def _stretched(secret: str | bytes, params: dict[str, Any]) -> bytes:
    if isinstance(secret, bytes):
        return secret
    memory, passes, lanes = int(params["m"]), int(params["t"]), int(params["p"])
    if not (LEAST <= memory <= MOST and 1 <= passes <= PASSES and 1 <= lanes <= LANES):
        raise DoesNotOpen
    stretch = Argon2id(
        salt=bytes.fromhex(params["salt"]), length=KEY, iterations=passes, lanes=lanes, memory_cost=memory
    )
    return stretch.derive(unicodedata.normalize("NFC", secret).encode("utf-8", "surrogatepass"))
