"""The tables in PostgreSQL, through psycopg 3 and its pool (extra ``postgres``): for several servers on one database.

All breaths that wait are one statement and one round trip. READ COMMITTED is enough: the row of the keep is compared
and set, and its lock keeps everybody else of the same keep waiting. What is burned is unreadable at once; copies of its
wrapped key live on in the heap, the write-ahead log and in backups until the ring turns, and are noise from then on.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any, TypeVar

import psycopg
from psycopg import errors
from psycopg.conninfo import conninfo_to_dict
from psycopg_pool import ConnectionPool, PoolTimeout

from harken.keep.envelope import EVENT
from harken.keep.errors import Busy, Full, KeepError, NewerKeep, Unsafe, Unwritable
from harken.keep.group import Group
from harken.keep.schema import FORMAT, HOUSE_TABLES, for_postgres
from harken.keep.together import usual
from harken.keep.turns import MOVED, Answer, Changed, Sealed, write_turn

PATIENCE = 10.0
"""Seconds to wait for a connection."""

WRITERS = 2
"""Threads that write: while one waits for the disk, the other gathers."""

SCHEMA = "harken"
_MAKING = 0x4861726B

_HOLD = "SELECT 1 FROM keep WHERE id = ANY(%(keeps)s) ORDER BY id FOR UPDATE"
"""In one order everywhere, so that two servers never wait for each other."""

_TURNS = """
WITH g AS (SELECT * FROM unnest(%(keeps)s::bytea[], %(was)s::bigint[], %(old_seals)s::bytea[], %(turns)s::bigint[],
             %(seals)s::bytea[], %(ns)s::bigint[], %(firsts)s::bigint[], %(lasts)s::bigint[], %(old_chains)s::bytea[],
             %(chains)s::bytea[], %(tags)s::bytea[])
             AS u (keep, was, old_seal, turns, seal, n, first, last, old_chain, chain, tag)),
     k AS (UPDATE keep SET turns = g.turns, seal = g.seal FROM g
             WHERE keep.id = g.keep AND keep.turns = g.was AND keep.seal = g.old_seal RETURNING keep.id),
     h AS (SELECT g.* FROM g JOIN k ON k.id = g.keep),
     e AS (UPDATE encounter SET head = h.last, chain = h.chain FROM h
             WHERE encounter.n = h.n AND encounter.head = h.first AND encounter.chain = h.old_chain
             RETURNING encounter.n),
     t AS (INSERT INTO turn (enc, turn, first, last, burned) SELECT n, tag, first, last, '' FROM h),
     u AS (SELECT u.* FROM unnest(%(encs)s::bigint[], %(seqs)s::bigint[], %(cts)s::bytea[], %(hashes)s::bytea[],
             %(rings)s::bytea[], %(wks)s::bytea[]) AS u (enc, seq, ct, hash, ring, wk) JOIN h ON h.n = u.enc),
     v AS (INSERT INTO event (enc, seq, kind, ct, hash) SELECT enc, seq, %(kind)s, ct, hash FROM u ORDER BY enc, seq
             RETURNING id, enc, seq),
     w AS (INSERT INTO ekey (entry, ring, wk)
             SELECT v.id, u.ring, u.wk FROM v JOIN u ON u.enc = v.enc AND u.seq = v.seq)
SELECT h.n, EXISTS (SELECT 1 FROM e WHERE e.n = h.n) FROM h
"""

T = TypeVar("T")


class Postgres:
    """A database of many keeps in PostgreSQL. Any thread may use it."""

    scrubs_by_ring: bool = True
    scrubs_later: bool = True

    def __init__(self, url: str, connections: int = 16) -> None:
        """Open the pool, make the tables where there are none, and see that committed means durable.

        Raises KeepError (Unsafe where fsync or full_page_writes are off).
        """
        self.said = f"the database “{conninfo_to_dict(url).get('dbname', 'harken')}”"
        options = f"-c search_path={SCHEMA} -c synchronous_commit=on -c client_min_messages=warning"
        self._pool = ConnectionPool(
            url,
            min_size=1,
            max_size=connections,
            timeout=PATIENCE,
            kwargs={"autocommit": True, "options": options, "prepare_threshold": 1},
            open=False,
        )
        self._group = Group(self._write_turns, lambda: None)
        try:
            self._pool.open(wait=True, timeout=PATIENCE)
            with self.write() as db:
                self._settle(db)
            self._group.start(WRITERS)
        except PoolTimeout as error:
            self._pool.close()
            raise self._silent() from error
        except BaseException:
            self._pool.close()
            raise

    def close(self) -> None:
        """Wait for what is being written, then let go of all connections."""
        self._group.stop()
        self._pool.close()

    @contextlib.contextmanager
    def read(self) -> Iterator[Asked]:
        """What is read inside belongs together, whatever others write meanwhile."""
        with self._plain(), self._pool.connection() as connection, connection.transaction():
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield Asked(connection)

    @contextlib.contextmanager
    def write(self) -> Iterator[Asked]:
        """All of what is written inside becomes durable on leaving, or, on any error, none of it."""
        with self._plain(), self._pool.connection() as connection, connection.transaction():
            yield Asked(connection)

    def submit(self, turn: Sealed, answer: Answer) -> None:
        """``turns.write_turn``, durable when it answers: together with whatever else waits, in one round trip."""
        self._group.submit(turn, answer)

    def scrub(self, keep: bytes = b"") -> bool:
        """Whether nothing of this keep still waits for its ring to turn."""
        asked = "SELECT 1 FROM shred JOIN event x ON entry = x.id JOIN encounter ON n = enc WHERE keep = ? LIMIT 1"
        with self.read() as db:
            return db.execute(asked, (keep,)).fetchone() is None

    def compact(self) -> bool:
        """Give the deleted rows' room back. False where that was not possible just now."""
        try:
            with self._plain(), self._pool.connection() as connection:
                connection.execute("VACUUM ekey, event, encounter, turn, edition, snapshot, lock, keep, shred")
        except KeepError:
            return False
        return True

    def truncated(self) -> bool:
        """Always: PostgreSQL has its own write-ahead log, and the ring deals with that."""
        return True

    def damage(self) -> str | None:
        """Nothing to tell: PostgreSQL checks its own pages."""
        return None

    def _write_turns(self, turns: Sequence[Sealed]) -> list[int]:
        """All of them in one transaction. A lost connection is tried again once: no turn is kept twice."""
        try:
            with self._plain():
                return self._again(lambda: self._together(turns))
        except errors.UniqueViolation:  # a turn that was committed before
            if len(turns) > 1:
                raise
            return [MOVED]

    def _together(self, turns: Sequence[Sealed]) -> list[int]:
        """What nearly all are (``usual``) in one statement, and then the others, sorted by keep."""
        answers: dict[int, int] = {}
        at_once = usual(turns)
        with self._pool.connection() as connection, connection.transaction():
            if at_once:
                values = _values([turns[at] for at in at_once])
                with connection.pipeline():
                    connection.execute(_HOLD, values)
                    cursor = connection.cursor(binary=True).execute(_TURNS, values)
                kept: dict[int, bool] = dict(cursor.fetchall())
                if not all(kept.values()):
                    raise Changed
                answers = {at: turns[at].row.n if turns[at].row.n in kept else MOVED for at in at_once}
            for at in sorted(range(len(turns)), key=lambda at: turns[at].keep):
                if at not in answers:
                    answers[at] = write_turn(Asked(connection), turns[at])
        return [answers[at] for at in range(len(turns))]

    def _again(self, work: Callable[[], T]) -> T:
        try:
            return work()
        except (psycopg.OperationalError, psycopg.InterfaceError) as error:
            if getattr(error, "sqlstate", None) not in (None, "57P01", "57P02", "57P03"):
                raise
            self._pool.check()
            return work()

    def _settle(self, db: Asked) -> None:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            (value,) = db.execute(f"SHOW {setting}").fetchone()
            if value != "on":
                raise Unsafe(
                    f"In {self.said} {setting} is {value!r}, so what is acknowledged could be lost. Set it to 'on'; "
                    "nothing was changed."
                )
        db.execute("SELECT pg_advisory_xact_lock(?)", (_MAKING,))
        if db.execute("SELECT to_regclass(?)", (f"{SCHEMA}.house",)).fetchone()[0] is None:
            db.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
            for table in HOUSE_TABLES:
                db.execute(for_postgres(table))
        found = db.execute("SELECT format FROM house").fetchone()
        if found and found[0] > FORMAT:
            raise NewerKeep(f"The keeps in {self.said} are from a newer Harken. Use that version; nothing was changed.")

    @contextlib.contextmanager
    def _plain(self) -> Iterator[None]:
        """Whatever psycopg says inside, said as a KeepError; a broken promise of uniqueness is for the caller."""
        try:
            yield
        except errors.UniqueViolation:
            raise
        except (errors.DiskFull, errors.OutOfMemory) as error:
            raise Full(
                "The server's disk is full, so this was not kept. All before is safe; try again later."
            ) from error
        except (errors.LockNotAvailable, errors.DeadlockDetected, errors.SerializationFailure) as error:
            raise Busy("Others are writing to the database just now. Nothing was kept; try again.") from error
        except (errors.InsufficientPrivilege, errors.ReadOnlySqlTransaction) as error:
            raise Unwritable(f"Harken may not write in {self.said}. Nothing was changed.") from error
        except (psycopg.OperationalError, psycopg.InterfaceError, PoolTimeout) as error:
            raise self._silent() from error
        except psycopg.Error as error:
            raise KeepError(f"Something in {self.said} is not as it should be. Nothing was kept; try again.") from error

    def _silent(self) -> KeepError:
        return KeepError("The server's database does not answer. Nothing is kept twice: try again in a moment.")


class Asked:
    """A connection that is asked in SQLite's way, with ``?``."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    def execute(self, sql: str, values: Sequence[Any] = (), /) -> Any:
        """Ask; the answer has ``fetchone`` and ``fetchall``."""
        return self._connection.cursor(binary=True).execute(_asked(sql), values)

    def executemany(self, sql: str, values: Any, /) -> Any:
        """Say the same for each of the values."""
        with self._connection.cursor() as cursor:
            cursor.executemany(_asked(sql), values)


def _values(turns: Sequence[Sealed]) -> dict[str, Any]:
    entries = [(t, seq, entry) for t in turns for seq, entry in enumerate(t.entries, t.row.head)]
    return {
        "keeps": [t.keep for t in turns], "was": [t.before.turns for t in turns],
        "old_seals": [t.before.seal for t in turns], "turns": [t.turns for t in turns],
        "seals": [t.seal for t in turns], "ns": [t.row.n for t in turns], "firsts": [t.row.head for t in turns],
        "lasts": [t.after.head for t in turns], "old_chains": [t.row.chain for t in turns],
        "chains": [t.after.chain for t in turns], "tags": [t.tag for t in turns], "kind": EVENT,
        "encs": [t.row.n for t, _, _ in entries], "seqs": [seq for _, seq, _ in entries],
        "cts": [entry.ct for _, _, entry in entries], "hashes": [entry.hash for _, _, entry in entries],
        "rings": [t.ring for t, _, _ in entries], "wks": [entry.wk for _, _, entry in entries],
    }  # fmt: skip


@lru_cache(maxsize=256)
def _asked(sql: str) -> Any:
    return sql.replace("?", "%s")
