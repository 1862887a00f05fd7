"""Finding out what lies at a path, and making a keep where there is none.

A keep is made inside one exclusive transaction of its still empty database: first the key file, then the
tables, then the key file is marked finished. Whoever comes at the same time waits; whoever comes after a
crash finds an unfinished key file (nothing can have been kept yet) and makes it again. A *finished* key with
an empty database is a loss and is said so: it is never made anew.
"""

from __future__ import annotations

import contextlib
import os
import threading
import time
from pathlib import Path

from harken.keep import keychain, keyfile, locks
from harken.keep.chain import keep_seal
from harken.keep.database import connect, header, numbers
from harken.keep.errors import KeyMissing, NewerKeep, NoKeychain, NotAKeep
from harken.keep.keyfile import KeyFile
from harken.keep.keys import Keys, seal_ring
from harken.keep.saying import broken, plain, unwritable
from harken.keep.schema import APPLICATION, DATABASE, FORMAT, KEY_FILE, TABLES
from harken.keep.turns import Db

_ONE_AT_A_TIME = threading.Lock()


def exists(folder: Path) -> bool:
    """Whether a whole keep lies at ``folder``; False when it could be made there. Changes nothing.

    Raises NotAKeep, NewerKeep, KeyMissing, WrongKey, Broken or Unwritable.
    """
    with plain(folder):
        if not folder.exists():
            return False
        if not folder.is_dir():
            raise NotAKeep(f"{folder} is a file, not a keep. Name a folder; nothing was changed.")
        database = folder / DATABASE
        if database.exists() and not database.is_file():
            raise _not_a_keep(folder)
        key = keyfile.read(folder / KEY_FILE)
        if key is not None and not key.finished:
            return False  # still being made, or cut off while it was: nothing can have been kept in it
        size = database.stat().st_size if database.exists() else 0
        if size:
            _known(folder, header(database))
        if key is None and size:
            raise KeyMissing(
                f"The key file {folder / KEY_FILE} is missing, and without it the keep cannot be read. "
                "Put it back; nothing was changed."
            )
        if key is None and not database.exists() and {name.name for name in folder.iterdir()} - {KEY_FILE + ".new"}:
            raise _not_a_keep(folder)
        if key is not None and not size:
            raise _lost(folder)
        if database.exists() and not (os.access(folder, os.W_OK) and os.access(database, os.W_OK)):
            raise unwritable(folder, "it is read-only here, or belongs to somebody else")
        return key is not None


def make(folder: Path, passphrase: str | None = None, lock: str = "auto") -> None:
    """Make a keep at ``folder``, unless somebody just did. Raises a KeepError, then there is still none."""
    kind = "passphrase" if passphrase is not None else _without_asking(lock)
    with _ONE_AT_A_TIME, plain(folder):
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError) as error:
            raise unwritable(folder, "part of that path is a file") from error
        database = folder / DATABASE
        with contextlib.suppress(FileExistsError):
            os.close(os.open(database, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        db = connect(database)
        try:
            db.execute("BEGIN EXCLUSIVE")
            key = keyfile.read(folder / KEY_FILE)
            if db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                db.execute("ROLLBACK")
                _known(folder, numbers(db))
                if key is None or key.keep != db.execute("SELECT id FROM keep").fetchone()[0]:
                    return
            else:
                if key is not None and key.finished:
                    raise _lost(folder)
                keep, dek, secret = os.urandom(16), os.urandom(32), os.urandom(32)
                rings = {1: seal_ring(dek, keep, 1, os.urandom(32))}
                beside = secret if kind == "key-file" else bytes(32)
                keyfile.write_new(folder / KEY_FILE, KeyFile(keep, beside, rings))
                if kind == "keychain" and not keychain.put(lock_name(keep), secret):
                    raise NoKeychain("The keychain does not answer any more, so no keep was made. Try again.")
                for table in TABLES:
                    db.execute(table)
                begin(db, Keys(keep, dek, rings), locks.made(keep, dek, kind, passphrase or secret, today()))
                db.execute(f"PRAGMA application_id = {APPLICATION}")
                db.execute(f"PRAGMA user_version = {FORMAT}")
                db.execute("COMMIT")
            keyfile.finish(folder / KEY_FILE)
            keyfile.settle(folder)
        finally:
            db.close()


def begin(db: Db, keys: Keys, lock: locks.Lock) -> None:
    """Write the row of a new keep, and its first lock."""
    seal = keep_seal(keys.chain, keys.keep, 0, ())
    db.execute("INSERT INTO keep (id, made, turns, seal) VALUES (?, ?, 0, ?)", (keys.keep, today(), seal))
    locks.put(db, keys.keep, lock)


def lock_name(keep: bytes) -> str:
    """What a keep's secret is called in the keychain."""
    return f"lock {keep.hex()}"


def _without_asking(lock: str) -> str:
    if lock not in ("auto", "keychain", "key-file"):
        raise ValueError(f"a keep cannot be made with a lock of the kind {lock!r} alone")
    if lock == "auto":
        return "keychain" if keychain.answers() else "key-file"
    if lock == "keychain" and not keychain.answers():
        raise NoKeychain("No keychain answers on this computer, so no keep was made. Use a passphrase or a key file.")
    return lock


def today() -> int:
    """The day, counted from 1970-01-01: the only time a keep ever notes (section 2.4)."""
    return int(time.time() // 86_400)


def _known(folder: Path, found: tuple[int, int] | None) -> None:
    if found is None or found[0] != APPLICATION:
        if (folder / KEY_FILE).exists():
            raise broken(folder, f"{DATABASE} is damaged")
        raise _not_a_keep(folder)
    if found[1] > FORMAT:
        raise NewerKeep(
            f"The keep at {folder} is from a newer Harken (format {found[1]}; this one reads {FORMAT}). "
            "Use that version; nothing was changed."
        )


def _not_a_keep(folder: Path) -> NotAKeep:
    return NotAKeep(f"{folder} holds something that is not a keep. Name another folder; nothing was changed.")


def _lost(folder: Path) -> Exception:
    return broken(folder, f"{DATABASE} is missing or empty, though the key to it is here")
