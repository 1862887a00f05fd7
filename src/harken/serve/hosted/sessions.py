"""Who is signed in: rows that open nothing by themselves, in SQLite or PostgreSQL, shared by all processes.

A session's secret is 256 random bits in the reader's cookie and nowhere else. The row holds its hash, to find it by,
and what the reader's keep is opened with, sealed under a key that only that secret gives. So any process that is
handed the cookie can open the keep again, and nobody who has the rows alone can.

Wrong passphrases are counted here too, so that several processes count together.
"""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, Protocol

IDLE = 24 * 3600
"""Seconds after which a session that was not used is over."""
ABSOLUTE = 14 * 24 * 3600
"""Seconds after which any session is over."""
TOUCHED = 300
"""Seconds within which a further use of a session is not written down."""
FREE_TRIES = 5
LONGEST_WAIT = 15 * 60
"""After so many wrong passphrases for one name each further one doubles the wait, from 2 seconds up to this."""
FORGIVEN = 24 * 3600
"""Seconds after the last wait at which wrong passphrases are forgotten."""

_TABLES = (
    "CREATE TABLE IF NOT EXISTS harken_session (id {bytes} PRIMARY KEY, reader {bytes} NOT NULL, sealed {bytes} "
    "NOT NULL, made BIGINT NOT NULL, seen BIGINT NOT NULL)",
    "CREATE INDEX IF NOT EXISTS session_reader ON harken_session (reader)",
    "CREATE TABLE IF NOT EXISTS harken_attempt (reader {bytes} PRIMARY KEY, count BIGINT NOT NULL, "
    "until BIGINT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS harken_host (name TEXT PRIMARY KEY, value {bytes} NOT NULL)",
)
_LAST_DOUBLING = FREE_TRIES - 1 + LONGEST_WAIT.bit_length()
_TRY = (
    "INSERT INTO harken_attempt AS a (reader, count, until) VALUES (?, 1, ?) ON CONFLICT (reader) DO UPDATE SET "
    "count = a.count + 1, until = excluded.until + CASE "
    f"WHEN a.count + 1 < {FREE_TRIES} THEN 0 WHEN a.count + 1 >= {_LAST_DOUBLING} THEN {LONGEST_WAIT} "
    f"ELSE CAST(1 AS BIGINT) << CAST(a.count + 2 - {FREE_TRIES} AS INTEGER) END "
    "WHERE a.until <= excluded.until RETURNING count"
)


class Session(NamedTuple):
    """A row. ``id`` is the hash of the cookie's secret, ``reader`` the reader's tag; times are seconds since 1970."""

    id: bytes
    reader: bytes
    sealed: bytes
    made: int
    seen: int

    def over(self, now: float) -> bool:
        """Whether it can be used no more."""
        return now >= self.seen + IDLE or now >= self.made + ABSOLUTE


def new_secret() -> str:
    """A session's secret, as it stands in the cookie: 256 random bits."""
    return secrets.token_urlsafe(32)


def id_of(secret: str) -> bytes:
    """What the row of a session is found by."""
    return hashlib.sha256(b"harken session " + secret.encode(errors="replace")).digest()


class Rows(Protocol):
    """Where sessions are kept. Each call is one short transaction, and may be made from any thread."""

    def run(self, statement: str, values: Sequence[Any] = ()) -> list[Any]:
        """Run one statement, written with ``?`` for values; the rows it gives."""

    def close(self) -> None:
        """Let go of what is open."""


class Sessions:
    """Sessions and wrong tries, whatever they are kept in."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def add(self, session: Session) -> None:
        """Begin a session."""
        self._rows.run("INSERT INTO harken_session (id, reader, sealed, made, seen) VALUES (?, ?, ?, ?, ?)", session)

    def sweep(self, now: float) -> None:
        """Take away sessions that are over, and wrong tries that are forgiven."""
        at = int(now)
        self._rows.run("DELETE FROM harken_session WHERE seen <= ? OR made <= ?", [at - IDLE, at - ABSOLUTE])
        self._rows.run("DELETE FROM harken_attempt WHERE until <= ?", [at - FORGIVEN])

    def find(self, secret: str, now: float) -> Session | None:
        """The session of this secret, if it is not over. Its use is written down now and then."""
        found = self._rows.run(
            "SELECT id, reader, sealed, made, seen FROM harken_session WHERE id = ?", [id_of(secret)]
        )
        if not found:
            return None
        id, reader, sealed, made, seen = found[0]
        session = Session(bytes(id), bytes(reader), bytes(sealed), made, seen)
        if session.over(now):
            self.drop(secret)
            return None
        if now >= session.seen + TOUCHED:
            self._rows.run("UPDATE harken_session SET seen = ? WHERE id = ?", [int(now), session.id])
        return session

    def drop(self, secret: str) -> None:
        """End the session of this secret."""
        self._rows.run("DELETE FROM harken_session WHERE id = ?", [id_of(secret)])

    def drop_all(self, reader: bytes) -> None:
        """End every session of a reader."""
        self._rows.run("DELETE FROM harken_session WHERE reader = ?", [reader])

    def count(self, reader: bytes) -> int:
        """How many sessions a reader has."""
        return int(self._rows.run("SELECT count(*) FROM harken_session WHERE reader = ?", [reader])[0][0])

    def admit(self, reader: bytes, now: float) -> int:
        """Ask to try a passphrase for this reader: 0 when it may be tried now, else the seconds to wait.

        A try is counted as wrong until ``fits``, in one statement, so that many tries at once count as many.
        """
        at = int(now)
        self._rows.run("DELETE FROM harken_attempt WHERE until <= ?", [at - FORGIVEN])
        if self._rows.run(_TRY, [reader, at]):
            return 0
        found = self._rows.run("SELECT until FROM harken_attempt WHERE reader = ?", [reader])
        return max(1, int(found[0][0]) - at) if found else 1

    def fits(self, reader: bytes) -> None:
        """The right passphrase came: earlier wrong ones are forgotten."""
        self._rows.run("DELETE FROM harken_attempt WHERE reader = ?", [reader])

    def host_secret(self, name: str) -> bytes:
        """32 random bytes of this host, the same in every process and after every start."""
        fresh = secrets.token_bytes(32)
        self._rows.run("INSERT INTO harken_host (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING", [name, fresh])
        return bytes(self._rows.run("SELECT value FROM harken_host WHERE name = ?", [name])[0][0])

    def close(self) -> None:
        """Let go of what is open."""
        self._rows.close()


class SqliteRows:
    """Rows in a file of their own, readable by its owner alone. One process."""

    def __init__(self, path: Path) -> None:
        path.touch(mode=0o600)
        self._lock = threading.Lock()
        self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
            self._db.execute(f"PRAGMA {pragma}")
        for table in _TABLES:
            self._db.execute(table.format(bytes="BLOB"))

    def run(self, statement: str, values: Sequence[Any] = ()) -> list[Any]:
        """Run one statement; the rows it gives."""
        with self._lock:
            return self._db.execute(statement, tuple(values)).fetchall()

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._db.close()


class PostgresRows:
    """Rows in the database all processes share, in the schema the keeps are in. ``pool`` is a
    psycopg_pool.ConnectionPool; it is not closed here.
    """

    def __init__(self, pool: Any) -> None:
        self._pool = pool
        with self._connection() as db:
            db.execute("SELECT pg_advisory_xact_lock(7411)")  # two processes may start together
            db.execute("CREATE SCHEMA IF NOT EXISTS harken")
            for table in _TABLES:
                db.execute(_in_schema(table.format(bytes="BYTEA")))

    def run(self, statement: str, values: Sequence[Any] = ()) -> list[Any]:
        """Run one statement; the rows it gives."""
        with self._connection() as db:
            cursor = db.execute(_in_schema(statement).replace("?", "%s"), tuple(values))
            return list(cursor.fetchall()) if cursor.description else []

    def close(self) -> None:
        """Nothing of ours is open."""

    @contextmanager
    def _connection(self) -> Iterator[Any]:
        with self._pool.connection() as db:
            yield db


def _in_schema(statement: str) -> str:
    """Tables named whole: what ``search_path`` finds depends on which schemas there are."""
    return statement.replace("harken_", "harken.")
