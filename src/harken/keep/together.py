"""Many turns in a handful of statements: what a busy server's SQLite writes, at a tenth of the cost of one by one.

Nearly every turn is events on top of a log and nothing else. Those of different readers have nothing to do with each
other, so each table takes all their rows at once. Whatever is unusual (a first turn, a burn, an arrival), or is not as
its sealer saw it, goes through ``turns.write_turn`` by itself.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from harken.keep.envelope import EVENT
from harken.keep.turns import Sealed, write_turn

SIZES = (64, 8, 1)
"""Rows in one statement: few sizes, so that each statement is prepared once."""

_KEEP = (
    "UPDATE keep SET turns = v.column2, seal = v.column3 FROM (VALUES {}) AS v "
    "WHERE keep.id = v.column1 AND keep.turns = v.column4 AND keep.seal = v.column5"
)
_ENCOUNTER = (
    "UPDATE encounter SET head = v.column2, chain = v.column3 FROM (VALUES {}) AS v "
    "WHERE encounter.n = v.column1 AND encounter.head = v.column4 AND encounter.chain = v.column5"
)
_TURN = "INSERT INTO turn (enc, turn, first, last, burned) VALUES {}"
_EVENT = "INSERT INTO event (id, enc, seq, kind, ct, hash) VALUES {}"
_EKEY = "INSERT INTO ekey (entry, ring, wk) VALUES {}"


class _NotAsSeen(Exception):
    """One of the turns was sealed on something else."""


def write_turns(db: sqlite3.Connection, turns: Sequence[Sealed]) -> list[int]:
    """``turns.write_turn`` for each of them, within the caller's transaction. Raises Changed, as that does."""
    answers: dict[int, int] = {}
    at_once = usual(turns)
    if len(at_once) > 1:
        db.execute("SAVEPOINT together")
        try:
            _write([turns[at] for at in at_once], db)
            answers = {at: turns[at].row.n for at in at_once}
        except (_NotAsSeen, sqlite3.IntegrityError):
            db.execute("ROLLBACK TO together")
        db.execute("RELEASE together")
    return [answers[at] if at in answers else write_turn(db, turn) for at, turn in enumerate(turns)]


def usual(turns: Sequence[Sealed]) -> list[int]:
    """The places of what nearly all turns are: events on top of a log and nothing else, and first in their keep."""
    seen, found = set[bytes](), []
    for at, turn in enumerate(turns):
        if turn.keep not in seen and turn.row.n and not (turn.burn or turn.met or turn.editions):
            found.append(at)
        seen.add(turn.keep)
    return found


def _write(turns: Sequence[Sealed], db: sqlite3.Connection) -> None:
    keeps = ((t.keep, t.turns, t.seal, t.before.turns, t.before.seal) for t in turns)
    encounters = ((t.row.n, t.after.head, t.after.chain, t.row.head, t.row.chain) for t in turns)
    for sql, rows in ((_KEEP, keeps), (_ENCOUNTER, encounters)):
        if _said(db, sql, rows) != len(turns):
            raise _NotAsSeen
    _said(db, _TURN, ((t.row.n, t.tag, t.row.head, t.after.head, "") for t in turns))
    first = (db.execute("SELECT max(id) FROM event").fetchone()[0] or 0) + 1
    entries = [(t, seq, entry) for t in turns for seq, entry in enumerate(t.entries, t.row.head)]
    _said(db, _EVENT, ((id, t.row.n, seq, EVENT, e.ct, e.hash) for id, (t, seq, e) in enumerate(entries, first)))
    _said(db, _EKEY, ((id, t.ring, e.wk) for id, (t, _, e) in enumerate(entries, first)))


def _said(db: sqlite3.Connection, sql: str, rows: Iterable[tuple[Any, ...]]) -> int:
    """Say it of all these rows; how many were changed or made."""
    return sum(
        db.execute(_of(sql, len(some), len(some[0])), [value for row in some for value in row]).rowcount
        for some in _some(list(rows))
    )


def _some(rows: list[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    at = 0
    while at < len(rows):
        size = next(size for size in SIZES if size <= len(rows) - at)
        yield rows[at : at + size]
        at += size


@lru_cache(maxsize=32)
def _of(sql: str, rows: int, columns: int) -> str:
    row = f"({', '.join('?' * columns)})"
    return sql.format(", ".join([row] * rows))
