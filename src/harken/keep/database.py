"""One SQLite file: its settings, its transactions, and errors in plain words. Knows nothing of keys.

One connection behind one lock, for any number of threads; other processes are held off by SQLite's own
locks. Writing begins with BEGIN IMMEDIATE, so what was read inside a write cannot change under it.

The file is never opened by other means than SQLite while it may be in use: closing such a handle would
drop the locks of every connection in this process.
"""

from __future__ import annotations

import contextlib
import queue
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from harken.keep import ballast
from harken.keep.errors import Busy, Full, KeepError, Unsafe
from harken.keep.filesystem import shared
from harken.keep.group import Group
from harken.keep.held import Held
from harken.keep.saying import broken, code_of, plain
from harken.keep.schema import FORMAT, UPGRADES
from harken.keep.together import write_turns
from harken.keep.turns import Answer, Sealed

BUSY = 10_000
"""How long another process may hold the file, in milliseconds, before we give up."""

SCRUB = 2.0
"""How long a burn may try to empty the write-ahead log, in seconds, before the next opening tries again."""

TIDY = 1.0
"""Seconds between two scrubs of a server's file."""

SETTINGS: dict[str, str | int] = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL: acknowledged means durable (section 3.4: NORMAL lost turns in 137 of 200 power cuts)
    "secure_delete": 1,  # ON: SQLite's own default differs from build to build (section 2.6)
    "temp_store": 2,  # MEMORY: nothing sealed or not is written to temporary files
}
"""Set on every connection and read back."""

PAGES = 4000
"""Pages of a server's write-ahead log before they are written home (16 MiB): pages that many readers write again and
again are written once. Four times SQLite's own measure; a breath at 256 readers took a tenth less, its p99 the same.
"""

CHECKED = 16 * 2**20
"""Files up to this size are checked page by page at every opening (about 1 ms a MiB); all are when read."""


class Database:
    """An open keep file. ``folder`` is what errors name.

    With ``served`` it is a server's: this process alone may hold it, one thread writes, and whoever reads has a
    connection of their own.
    """

    scrubs_by_ring: bool = False
    """What is scrubbed is in no file at once; the ring need not turn first."""

    def __init__(self, file: Path, folder: Path, served: bool = False) -> None:
        """Open the file, which exists, and raise it to today's format. Raises KeepError (a child)."""
        self.folder, self.file = folder, file
        self.shared = shared(file)
        self._lock = threading.RLock()
        self._readers: queue.SimpleQueue[sqlite3.Connection] = queue.SimpleQueue()
        self.scrubs_later = served
        self._closed = False
        self.group = Group(self._write_turns, self._tidy)
        self._tidied = 0.0
        with plain(folder):
            self._held = Held(file.with_name(file.name + ".held")) if served else None
            if self._held is not None and not self._held.take():
                raise Busy(f"Another server is holding {file}. Stop it first, or use PostgreSQL for several.")
            self._db = connect(file)
        try:
            with plain(folder):
                self._settle(self._db)
                self._check(file)
                self._upgrade()
            ballast.lay(self._ballast)
            if served:
                self._db.execute(f"PRAGMA wal_autocheckpoint = {PAGES}").fetchall()
                self.group.start()
        except BaseException:
            self._let_go()
            raise

    @property
    def _ballast(self) -> Path:
        return self.file.with_suffix(".ballast")

    def close(self) -> None:
        """Let go of the file. Once is enough; more does nothing."""
        self.group.stop()
        with self._lock, plain(self.folder):
            self._let_go()

    def _let_go(self) -> None:
        self._closed = True
        with contextlib.suppress(queue.Empty):
            while True:
                self._readers.get_nowait().close()
        self._db.close()
        if self._held is not None:
            self._held.let_go()

    @contextlib.contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """What is read inside belongs together, whatever others write meanwhile."""
        if self.scrubs_later:
            with plain(self.folder), self._reader() as db:
                yield from _within(db, "BEGIN")
        else:
            with self._lock, plain(self.folder):
                yield from _within(self._db, "BEGIN")

    @contextlib.contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """All of what is written inside becomes durable on leaving, or, on any error, none of it."""
        with self._lock, plain(self.folder):
            yield from _within(self._db, "BEGIN IMMEDIATE")

    def submit(self, turn: Sealed, answer: Answer) -> None:
        """``turns.write_turn``, durable when it answers: together with whatever else is being written. Answers with
        Full, but for a turn that burns only when even the ballast is not enough.
        """
        self.group.submit(turn, answer)

    def _write_turns(self, turns: Sequence[Sealed]) -> list[int]:
        try:
            with self.write() as db:
                return write_turns(db, turns)
        except Full:
            if len(turns) > 1 or not turns[0].burn or not ballast.release(self._ballast):
                raise
        try:
            with self.write() as db:
                return write_turns(db, turns)
        finally:
            self.scrub()
            ballast.lay(self._ballast)

    def scrub(self, keep: bytes = b"") -> bool:
        """Empty the write-ahead log, so that burned keys are in no file. False while somebody else is reading.

        What ``shred`` names is burned already; it leaves that table only here (section 2.6).
        """
        with self._lock, plain(self.folder):
            self._tidied = time.monotonic()
            burned = self._db.execute("SELECT entry FROM shred").fetchall()
            if not burned:
                return True
            if not self.truncated():
                return False
            with self.write() as db:
                db.executemany("DELETE FROM shred WHERE entry = ?", burned)
            return True

    def _tidy(self) -> None:
        """On a server, what was burned is scrubbed once a second, not with every jar."""
        if time.monotonic() - self._tidied > TIDY:
            with contextlib.suppress(KeepError):
                self.scrub()

    def truncated(self) -> bool:
        """Whether the write-ahead log could be emptied just now: not while somebody reads, nor on a full disk."""
        until = time.monotonic() + SCRUB
        with self._lock, contextlib.suppress(Full), plain(self.folder):
            self._db.execute("PRAGMA busy_timeout = 100")
            try:
                while self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                    if time.monotonic() > until:
                        return False
                    time.sleep(0.005)
                return True
            finally:
                self._db.execute(f"PRAGMA busy_timeout = {BUSY}")
        return False

    def compact(self) -> bool:
        """Write the file anew without what was deleted from it. False where there is no room or no moment alone."""
        try:
            with self._lock, plain(self.folder):
                self._db.execute("VACUUM")
                return self.truncated()
        except KeepError:
            return False

    def damage(self) -> str | None:
        """What SQLite finds wrong with its own file, page by page, or None."""
        with self._lock, plain(self.folder):
            found = self._db.execute("PRAGMA integrity_check(1)").fetchone()[0]
        return None if found == "ok" else str(found)

    @contextlib.contextmanager
    def _reader(self) -> Iterator[sqlite3.Connection]:
        if self._closed:
            raise sqlite3.ProgrammingError("the database was closed")
        try:
            db = self._readers.get_nowait()
        except queue.Empty:
            db = connect(self.file)
            self._settle(db)
        try:
            yield db
        finally:
            self._readers.put(db)
            if self._closed:
                self._let_go()

    def _settle(self, db: sqlite3.Connection) -> None:
        """Make the settings and read them back. Changing the journal needs a moment alone: wait for it."""
        for name, value in settings(self.shared).items():
            until = time.monotonic() + BUSY / 1000
            while True:
                try:
                    db.execute(f"PRAGMA {name} = {value}").fetchall()
                    break
                except sqlite3.OperationalError as error:
                    if code_of(error) != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                        raise
                    time.sleep(0.01)
            got = db.execute(f"PRAGMA {name}").fetchone()[0]
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

    def _upgrade(self) -> None:
        """Raise an older format: tables are added, nothing kept is rewritten. See schema on why it is checkpointed."""
        if numbers(self._db)[1] >= FORMAT:
            return
        for _ in _within(self._db, "BEGIN EXCLUSIVE"):
            version = numbers(self._db)[1]
            for older in range(version, FORMAT):
                for statement in UPGRADES[older]:
                    self._db.execute(statement)
            self._db.execute(f"PRAGMA user_version = {FORMAT}")
        self.truncated()


def settings(shared: str | None) -> dict[str, str | int]:
    """The settings for this place: without a write-ahead log where files are shared over a network."""
    return SETTINGS if shared is None else {**SETTINGS, "journal_mode": "delete"}


def _within(db: sqlite3.Connection, begin: str) -> Iterator[sqlite3.Connection]:
    db.execute(begin)
    try:
        yield db
        db.execute("COMMIT")
    finally:
        if db.in_transaction:
            db.execute("ROLLBACK")


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
        if code_of(error) == sqlite3.SQLITE_NOTADB:
            return None
        raise
    finally:
        db.close()


def numbers(db: sqlite3.Connection) -> tuple[int, int]:
    """``(application id, user version)`` of an open database."""
    application, version = (db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version"))
    return application, version
