"""What is on disk: the tables of a keep (keeping.md section 3.1).

Secrets (``ct``, ``wk``, ``wrapped_dek``) stand in ordinary rowid tables only, never in an index and never
WITHOUT ROWID: there, deleted bytes were found left behind (section 2.6). In the clear are: the story's id,
numbers, the day the keep was made, sizes in steps of 256. Turn ids and edition hashes are keyed hashes.

``event`` and ``ekey`` only grow, at the end, and a row never changes its size: burning writes zeros over
``ct`` and ``wk`` where they lie. Deleting the row is not enough: when deleting makes SQLite move rows between
pages it leaves copies behind that ``secure_delete`` does not reach (measured on 3.40.1: 22 wrapped keys of
9,920 deleted ones were still in the file; written over in place: 0 of 9,920). Rows that only ever join at the
end are moved once, when a table outgrows its first page, and that page ``secure_delete`` clears: so both are
needed, and the tests take out each. Whoever re-wraps keys under another ring must keep to this: same sizes,
in place.

``keep`` and its column elsewhere let one database hold many keeps (a server's). ``kind`` in ``event`` is the
sort of row, not the event's kind: see ``envelope``.

A newer format raises ``FORMAT``, and must leave the new number in the first page of the main file (that is,
checkpoint) before it uses anything new: ``header`` reads it from there without touching the file.
"""

from __future__ import annotations

from typing import NamedTuple

DATABASE = "keep.sqlite3"
KEY_FILE = "keep.key"

APPLICATION = 0x4861726B
"""SQLite's application id of a keep: "Hark"."""

HOUSE = 0x4861726D
"""SQLite's application id of a server's database, which holds many keeps."""

FORMAT = 2
"""SQLite's user version of a keep."""

TABLES = (
    """CREATE TABLE keep (
        id BLOB PRIMARY KEY,            -- 16 random bytes
        made INTEGER NOT NULL,          -- day, counted from 1970-01-01
        turns INTEGER NOT NULL,         -- committed turns, all encounters together: only grows
        seal BLOB NOT NULL,             -- chain.keep_seal
        due INTEGER NOT NULL DEFAULT 0  -- 1 when something was burned under the newest ring
    )""",
    """CREATE TABLE lock (
        id INTEGER PRIMARY KEY,
        keep BLOB NOT NULL,
        kind TEXT NOT NULL,             -- 'file', 'passphrase', 'keychain', 'words'
        params TEXT NOT NULL,           -- JSON, bound to wrapped_dek
        wrapped_dek BLOB NOT NULL
    )""",
    """CREATE TABLE encounter (
        n INTEGER PRIMARY KEY,          -- grows: of two readings of one story the newer is the higher
        id BLOB NOT NULL UNIQUE,        -- 16 random bytes
        keep BLOB NOT NULL,
        story TEXT NOT NULL,
        head INTEGER NOT NULL,          -- number of events: the compare-and-set column
        chain BLOB NOT NULL             -- the last link
    )""",
    """CREATE TABLE turn (
        n INTEGER PRIMARY KEY,
        enc INTEGER NOT NULL,
        turn BLOB NOT NULL,             -- keyed hash of the turn id
        first INTEGER NOT NULL,
        last INTEGER NOT NULL,          -- events first <= seq < last
        burned TEXT NOT NULL,           -- '' or '3,4': entries this turn burned
        UNIQUE (enc, turn)
    )""",
    """CREATE TABLE event (
        id INTEGER PRIMARY KEY,
        enc INTEGER NOT NULL,
        seq INTEGER NOT NULL,           -- from 0
        kind INTEGER NOT NULL,
        ct BLOB NOT NULL,               -- zeros once burned
        hash BLOB NOT NULL,             -- SHA-256(ct), for ever
        UNIQUE (enc, seq)
    )""",
    """CREATE TABLE ekey (
        entry INTEGER PRIMARY KEY,      -- event.id
        ring BLOB NOT NULL,             -- number of the ring key, 4 bytes: see above
        wk BLOB NOT NULL                -- zeros once burned
    )""",
    """CREATE TABLE edition (
        id INTEGER PRIMARY KEY,
        enc INTEGER NOT NULL,
        edition BLOB NOT NULL,          -- keyed hash of the edition's hash
        ct BLOB NOT NULL,
        UNIQUE (enc, edition)
    )""",
    """CREATE TABLE shred (
        entry INTEGER PRIMARY KEY,      -- event.id: burned, and perhaps still in the write-ahead log
        since INTEGER NOT NULL          -- day
    )""",
    """CREATE TABLE snapshot (
        id INTEGER PRIMARY KEY,
        enc INTEGER NOT NULL UNIQUE,
        head INTEGER NOT NULL,
        ct BLOB NOT NULL                -- a state: ids and numbers, never told words; may always be thrown away
    )""",
    "CREATE INDEX encounter_of ON encounter (keep)",
    "CREATE INDEX lock_of ON lock (keep)",
)

HOUSE_TABLES = (
    *TABLES,
    """CREATE TABLE house (
        id INTEGER PRIMARY KEY,
        format INTEGER NOT NULL,
        salt BLOB NOT NULL              -- what readers' names are hashed with
    )""",
)

UPGRADES: dict[int, tuple[str, ...]] = {
    1: ("ALTER TABLE keep ADD COLUMN due INTEGER NOT NULL DEFAULT 0", *TABLES[-3:]),
}
"""From each older format to the next. What was kept is never rewritten."""


def for_postgres(table: str) -> str:
    """The same table in PostgreSQL's words."""
    table = table.replace("INTEGER PRIMARY KEY", "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY")
    return table.replace("BLOB", "BYTEA").replace("INTEGER", "BIGINT")


class Row(NamedTuple):
    """An encounter as it stands in its table."""

    n: int
    id: bytes
    story: str
    head: int
    chain: bytes


class Standing(NamedTuple):
    """How a keep stands: what is sealed, the seal, and all encounters, oldest first."""

    turns: int
    seal: bytes
    rows: tuple[Row, ...]
