"""One SQLite file: its settings, its transactions, and errors in plain words. Knows nothing of keys.

One connection behind one lock, for any number of threads; other processes are held off by SQLite's own
locks. Writing begins with BEGIN IMMEDIATE, so what was read inside a write cannot change under it.

The file is never opened by other means than SQLite while it may be in use: closing such a handle would
drop the locks of every connection in this process.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from harken.keep.errors import Broken, Busy, Full, KeepError, Unsafe, Unwritable

BUSY = 10_000
"""How long another process may hold the file, in milliseconds, before we give up."""

SCRUB = 2.0
"""How long a burn may try to empty the write-ahead log, in seconds, before the next opening tries again."""

SETTINGS: dict[str, str | int] = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL: acknowledged means durable (section 3.4: NORMAL lost turns in 137 of 200 power cuts)
    "secure_delete": 1,  # ON: SQLite's own default differs from build to build (section 2.6)
    "temp_store": 2,  # MEMORY: nothing sealed or not is written to temporary files
}
"""Set on every connection and read back."""

CHECKED = 16 * 2**20
"""Files up to this size are checked page by page at every opening (about 1 ms a MiB); all are when read."""


class Database:
    """An open keep file. ``folder`` is what errors name."""

    def __init__(self, file: Path, folder: Path) -> None:
        """Open the file, which exists. Raises KeepError (a child)."""
        self.folder = folder
        self._lock = threading.RLock()
        with plain(folder):
            self._db = connect(file)
        try:
            with plain(folder):
                self._settle()
                self._check(file)
        except BaseException:
            self._db.close()
            raise

    def close(self) -> None:
        """Let go of the file. Once is enough; more does nothing."""
        with self._lock, plain(self.folder):
            self._db.close()

    @contextlib.contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """What is read inside belongs together, whatever others write meanwhile."""
        with self._lock, plain(self.folder):
            yield from self._within("BEGIN")

    @contextlib.contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """All of what is written inside becomes durable on leaving, or, on any error, none of it."""
        with self._lock, plain(self.folder):
            yield from self._within("BEGIN IMMEDIATE")

    def _within(self, begin: str) -> Iterator[sqlite3.Connection]:
        self._db.execute(begin)
        try:
            yield self._db
            self._db.execute("COMMIT")
        finally:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")

    def scrub(self) -> bool:
        """Empty the write-ahead log, so that burned keys are in no file. False while somebody else is reading.

        What ``shred`` names is burned already; it leaves that table only here (section 2.6).
        """
        with self._lock, plain(self.folder):
            burned = self._db.execute("SELECT entry FROM shred").fetchall()
            if not burned:
                return True
            if not self._truncated():
                return False
            with self.write() as db:
                db.executemany("DELETE FROM shred WHERE entry = ?", burned)
            return True

    def _truncated(self) -> bool:
        until = time.monotonic() + SCRUB
        self._db.execute("PRAGMA busy_timeout = 100")
        try:
            while self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                if time.monotonic() > until:
                    return False
                time.sleep(0.005)
            return True
        finally:
            self._db.execute(f"PRAGMA busy_timeout = {BUSY}")

    def _settle(self) -> None:
        """Make the settings and read them back. Changing the journal needs a moment alone: wait for it."""
        for name, value in SETTINGS.items():
            until = time.monotonic() + BUSY / 1000
            while True:
                try:
                    self._db.execute(f"PRAGMA {name} = {value}").fetchall()
                    break
                except sqlite3.OperationalError as error:
                    if _code(error) != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                        raise
                    time.sleep(0.01)
            got = self._db.execute(f"PRAGMA {name}").fetchone()[0]
            if got != value:
                raise Unsafe(
                    f"The keep at {self.folder} cannot be opened safely here: SQLite answers {got!r} where {name} "
                    f"must be {value!r}. Put the keep on an ordinary local disk; nothing was changed."
                )

    def _check(self, file: Path) -> None:
        if file.stat().st_size <= CHECKED:
            found = self._db.execute("PRAGMA quick_check(1)").fetchone()[0]
            if found != "ok":
                raise broken(self.folder, "its database is damaged")
        added = self._db.execute("SELECT count(*) FROM sqlite_master WHERE type IN ('trigger', 'view')").fetchone()[0]
        if added:
            raise broken(self.folder, "somebody added a trigger or a view to its database")


def connect(file: Path) -> sqlite3.Connection:
    """A connection for all threads that begins and ends its own transactions. Raises sqlite3.Error."""
    db = sqlite3.connect(file, isolation_level=None, check_same_thread=False, cached_statements=64)
    db.execute(f"PRAGMA busy_timeout = {BUSY}")
    db.execute("PRAGMA trusted_schema = OFF")
    return db


def header(file: Path) -> tuple[int, int] | None:
    """``(application id, user version)`` of a database, or None when it is none. Changes no byte.

    The main file alone is enough (and reading it so makes no other file), unless a checkpoint is going on or
    was cut off: then the rest is in the write-ahead log, and only together do they make sense.
    """
    log = file.with_name(file.name + "-wal")
    if not _pending(log):
        with contextlib.suppress(sqlite3.DatabaseError):
            return _header(file, "immutable=1")
        if not _pending(log):  # damaged, or a checkpoint ended just then
            return _header(file, "immutable=1")
    return _header(file, "mode=ro")


def _pending(log: Path) -> bool:
    return log.exists() and log.stat().st_size > 0


def _header(file: Path, how: str) -> tuple[int, int] | None:
    db = sqlite3.connect(f"{file.absolute().as_uri()}?{how}", uri=True, isolation_level=None)
    try:
        db.execute(f"PRAGMA busy_timeout = {BUSY}")
        return numbers(db)
    except sqlite3.DatabaseError as error:
        if _code(error) == sqlite3.SQLITE_NOTADB:
            return None
        raise
    finally:
        db.close()


def numbers(db: sqlite3.Connection) -> tuple[int, int]:
    """``(application id, user version)`` of an open database."""
    application, version = (db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version"))
    return application, version


def broken(folder: Path, what: str) -> Broken:
    """The error for a keep that is not what was kept. ``what`` goes on from "because"."""
    return Broken(
        f"The keep at {folder} cannot be trusted, because {what}. Nothing was changed: put back a copy of the whole "
        "folder, or begin another keep elsewhere."
    )


@contextlib.contextmanager
def plain(folder: Path) -> Iterator[None]:
    """Whatever SQLite or the system says inside, said as a KeepError."""
    try:
        yield
    except sqlite3.Error as error:
        raise _said(error, folder) from error
    except UnicodeDecodeError as error:  # SQLite quotes damaged bytes in its message
        raise broken(folder, "its database is damaged") from error
    except OSError as error:
        raise unwritable(folder, error.strerror or str(error)) from error


def unwritable(folder: Path, why: str) -> Unwritable:
    """The error for a place that cannot be written."""
    return Unwritable(f"The keep at {folder} cannot be written: {why}. Nothing was changed; make the folder yours "
                      "to write, or name another with --keep.")  # fmt: skip


def _code(error: sqlite3.Error) -> int:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _said(error: sqlite3.Error, folder: Path) -> KeepError:
    code = _code(error)
    if code == sqlite3.SQLITE_FULL:
        return Full(f"The disk is full, so this was not kept in {folder}. Make room and try again; all before is safe.")
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return Busy(f"Another program is holding the keep at {folder}. Nothing was written; close it and try again.")
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH):
        return unwritable(folder, "it is read-only here, or belongs to somebody else")
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or "no such" in str(error) or "decode" in str(error):
        return broken(folder, "its database is damaged")
    if isinstance(error, sqlite3.ProgrammingError) and "closed" in str(error):
        return KeepError(f"The keep at {folder} was closed already. Open it again.")
    return KeepError(f"The keep at {folder} could not be used: {error}. Try again; nothing is kept twice.")
