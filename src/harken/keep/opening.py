"""From a folder and perhaps a secret to an open keep."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from harken.keep import keychain, keyfile, locks, making
from harken.keep.database import Database
from harken.keep.envelope import DoesNotOpen
from harken.keep.errors import KeyMissing, Locked, NotAKeep, WrongKey
from harken.keep.keyfile import FolderRings, KeyFile
from harken.keep.keys import Keys
from harken.keep.locks import Lock
from harken.keep.schema import DATABASE, KEY_FILE
from harken.keep.turns import Db

SAID = {
    "passphrase": "a passphrase",
    "keychain": "the system's keychain, which does not answer here or has forgotten it",
    "key-file": "its key file",
    "words": "recovery words",
}


def opened(
    folder: Path,
    create: bool,
    passphrase: str | None,
    words: str | Sequence[str] | None,
    ticket: bytes | None,
    lock: str,
) -> tuple[Database, Keys, FolderRings]:
    """The parts of the keep in ``folder``, made there when there is none and ``create`` is true. Raises KeepError."""
    if not making.exists(folder):
        if not create:
            raise NotAKeep(f"There is no keep at {folder}.")
        making.make(folder, passphrase, lock)
    key = keyfile.read(folder / KEY_FILE)
    if key is None:
        raise KeyMissing(f"The key file {folder / KEY_FILE} is missing. Put it back; nothing was changed.")
    database = Database(folder / DATABASE, folder)
    try:
        with database.read() as db:
            dek = ticket or (
                _by_itself(db, folder, key)
                if passphrase is None and words is None
                else by_secret(db, key.keep, f"the keep at {folder}", passphrase, words)
            )
        try:
            return database, Keys(key.keep, dek, key.rings), FolderRings(folder / KEY_FILE)
        except (DoesNotOpen, ValueError) as error:
            raise _does_not_fit(folder) from error
    except BaseException:
        database.close()
        raise


def by_secret(db: Db, keep: bytes, which: str, passphrase: str | None, words: str | Sequence[str] | None) -> bytes:
    """The DEK by a passphrase or by words. Raises WrongKey, Locked where there is no such lock."""
    there = locks.read(db, keep)
    secret = locks.entropy(words) if words is not None else passphrase
    kind = "passphrase" if words is None else "words"
    fitting = [lock for lock in there if lock.kind == kind]
    if not fitting or secret is None:
        raise locked(db, keep, which)
    for lock in fitting:
        try:
            return locks.opened(lock, keep, secret)
        except DoesNotOpen:
            continue
    these = "That passphrase does" if words is None else "Those words do"
    raise WrongKey(f"{these} not open {which}. Nothing was changed; try again.", locks.info(there, _made(db, keep)))


def locked(db: Db, keep: bytes, which: str) -> Locked:
    """The error that says which locks there are."""
    infos = locks.info(locks.read(db, keep), _made(db, keep))
    ways = " or ".join(SAID.get(kind, kind) for kind, _ in infos)
    return Locked(f"{which[0].upper()}{which[1:]} is locked. It opens by {ways or 'nothing any more'}.", infos)


def _by_itself(db: Db, folder: Path, key: KeyFile) -> bytes:
    there = locks.read(db, key.keep)
    for lock, secret in _at_hand(there, key):
        try:
            return locks.opened(lock, key.keep, secret)
        except DoesNotOpen:
            continue
    if any(key.secret) or not there:
        raise _does_not_fit(folder)
    raise locked(db, key.keep, f"the keep at {folder}")


def _at_hand(there: list[Lock], key: KeyFile) -> Iterator[tuple[Lock, bytes]]:
    """Locks with what lies ready for them: first the key file, which asks nobody."""
    for lock in there:
        if lock.kind == "key-file" and any(key.secret):
            yield lock, key.secret
    for lock in there:
        secret = keychain.get(making.lock_name(key.keep)) if lock.kind == "keychain" else None
        if secret is not None:
            yield lock, secret


def _made(db: Db, keep: bytes) -> int:
    found = db.execute("SELECT made FROM keep WHERE id = ?", (keep,)).fetchone()
    return int(found[0]) if found else 0


def _does_not_fit(folder: Path) -> WrongKey:
    return WrongKey(
        f"The key file {folder / KEY_FILE} does not fit the keep beside it. Put the right one back; "
        "nothing was changed."
    )
