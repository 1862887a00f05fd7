"""Putting locks on an open keep and taking them off: in an order in which no cut leaves it without any."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from harken.keep import keychain, keyfile, locks
from harken.keep.envelope import KEY, DoesNotOpen
from harken.keep.errors import KeepError, LastLock, NoKeychain
from harken.keep.keyfile import FolderRings
from harken.keep.making import lock_name, today
from harken.keep.saying import plain

if TYPE_CHECKING:
    from harken.keep.store import Keep


def put_on(keep: Keep, kind: str, secret: str | None) -> None:
    """Put on a lock, in place of one of that kind. Raises NoKeychain, KeepError, ValueError."""
    if kind == "passphrase":
        if not secret or not secret.strip():
            raise ValueError("a passphrase needs at least one sign that can be seen")
        write(keep, kind, secret)
    elif kind in ("keychain", "key-file"):
        folder = _folder(keep)
        with plain(folder.path), folder.held():
            if not _works(keep, kind, folder):  # one that works is not touched: its secret lies in one place only
                _by_itself(keep, kind, folder)
    else:
        raise ValueError(f"there is no lock of the kind {kind!r}")


def take_off(keep: Keep, kind: str) -> None:
    """Take off the lock of this kind. Raises LastLock for the only one, KeepError where there is none."""
    with keep.database.write() as db:
        kinds = [lock.kind for lock in locks.read(db, keep.keys.keep)]
        if kind not in kinds:
            raise KeepError(f"This keep has no lock of the kind “{kind}”. Nothing was changed.")
        if len(kinds) == 1:
            raise LastLock(
                "This is the only lock of the keep, and without any nobody could open it. Put on another first."
            )
        locks.take(db, keep.keys.keep, kind)
    keep.database.truncated()
    if kind == "keychain":
        keychain.remove(lock_name(keep.keys.keep))
    if kind == "key-file":
        folder = _folder(keep)
        with plain(folder.path), folder.held():
            keyfile.set_secret(folder.path, bytes(KEY))


def strengthen(keep: Keep, passphrase: str) -> None:
    """Where the passphrase's lock was made at a lower cost than today's, make it anew."""
    with keep.database.read() as db:
        weak = any(locks.weaker(lock) for lock in locks.read(db, keep.keys.keep))
    if weak:
        write(keep, "passphrase", passphrase)


def write(keep: Keep, kind: str, secret: str | bytes) -> None:
    """Write the row of a lock, and see that the one before is in no file."""
    lock = locks.made(keep.keys.keep, keep.keys.dek, kind, secret, today())
    with keep.database.write() as db:
        locks.put(db, keep.keys.keep, lock)
    keep.database.truncated()


def _by_itself(keep: Keep, kind: str, folder: FolderRings) -> None:
    secret = os.urandom(KEY)
    if kind == "key-file":
        keyfile.set_secret(folder.path, secret)
    elif not (keychain.answers() and keychain.put(lock_name(keep.keys.keep), secret)):
        raise NoKeychain("No keychain answers on this computer, so that lock cannot be put on. Nothing was changed.")
    write(keep, kind, secret)


def _works(keep: Keep, kind: str, folder: FolderRings) -> bool:
    with keep.database.read() as db:
        there = [lock for lock in locks.read(db, keep.keys.keep) if lock.kind == kind]
    if not there:
        return False
    if kind == "keychain":
        secret = keychain.get(lock_name(keep.keys.keep))
    else:
        key = keyfile.read(folder.path)
        secret = key.secret if key else None
    try:
        return secret is not None and locks.opened(there[0], keep.keys.keep, secret) == keep.keys.dek
    except DoesNotOpen:
        return False


def _folder(keep: Keep) -> FolderRings:
    if not isinstance(keep.rings, FolderRings):
        raise KeepError("A keep on a server opens by a passphrase or by words alone. Nothing was changed.")
    return keep.rings
