"""A turn, sealed and ready to be committed: made outside of any transaction, written in one, on either database.

The row of the keep is what is compared and set: its seal stands for every log in the keep, so that a turn can only
be written by somebody who has seen all that was written before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from harken.keep import chain
from harken.keep.chance import chance
from harken.keep.envelope import EVENT, WRAPPED, Entry, seal_entry
from harken.keep.keys import Keys
from harken.keep.schema import Row, Standing

MOVED = -1
"""Somebody wrote since (or wrote this very turn): nothing was written."""

ROWS = "SELECT n, id, story, head, chain FROM encounter WHERE keep = ? ORDER BY n"

_CLEAR = (  # in place and of the same size: see schema
    "UPDATE ekey SET wk = ? WHERE entry = ?",
    "UPDATE event SET ct = ? WHERE id = ?",
)


Answer = Callable[[int | BaseException], object]
"""Called once, from any thread, with what ``write_turn`` answered when the turn was durable, or with why it is not."""


class Db(Protocol):
    """What SQLite's connection and PostgreSQL's have in common. Questions are asked with ``?``."""

    def execute(self, sql: str, values: Sequence[Any] = (), /) -> Any:
        """Ask; the answer has ``fetchone`` and ``fetchall``."""

    def executemany(self, sql: str, values: Any, /) -> Any:
        """Say the same for each of the values."""


@dataclass(slots=True)
class Sealed:
    """One turn of one encounter. ``row`` is the encounter as it stood (``n`` is 0 for one that comes to be now)."""

    keep: bytes
    before: Standing
    row: Row
    tag: bytes
    ring: bytes
    entries: tuple[Entry, ...]
    burn: tuple[int, ...]
    day: int
    after: Row
    turns: int
    seal: bytes
    editions: tuple[tuple[bytes, bytes], ...] = ()
    """Editions that wait for an encounter's first turn: tag and ciphertext."""
    met: tuple[bytes, ...] = ()
    """Tags of the editions that arrivals in this turn name; where one is kept, all others go."""

    def standing(self, n: int) -> Standing:
        """How the keep stands once this turn is committed, as encounter ``n``."""
        after, rows = self.after, self.before.rows
        if self.row.n:
            return Standing(self.turns, self.seal, tuple([after if row.n == n else row for row in rows]))
        return Standing(self.turns, self.seal, (*rows, after._replace(n=n)))


def seal_turn(
    keys: Keys, before: Standing, row: Row, turn: str, packed: Sequence[bytes], burn: Sequence[int], day: int
) -> Sealed:
    """Seal the events of a turn, follow the chain over them, and seal the keep as it will stand."""
    ring, wrap = max(keys.wraps.items())
    link, number, entries, tag = row.chain, row.head, [], keys.tag("turn", turn)
    for plain in packed:
        entry = seal_entry(wrap, ring, keys.keep, row.id, number, plain, chance())
        link = chain.event(keys.chain, link, number, EVENT, entry.hash)
        entries.append(entry)
        number += 1
    link = chain.turn(keys.chain, link, tag, row.head, number, burn)
    after = Row(row.n, row.id, row.story, number, link)
    states = [(r.id, r.head, r.chain) if r.n != row.n else (after.id, after.head, after.chain) for r in before.rows]
    if not row.n:
        states.append((after.id, after.head, after.chain))
    turns = before.turns + 1
    seal = chain.keep_seal(keys.chain, keys.keep, turns, states)
    return Sealed(keys.keep, before, row, tag, ring, tuple(entries), tuple(burn), day, after, turns, seal)


def write_turn(db: Db, turn: Sealed) -> int:
    """Write it within the caller's transaction: the number of its encounter, or MOVED with nothing written.

    Raises Changed, and then the transaction must be taken back.
    """
    n, first, last = turn.row.n, turn.row.head, turn.after.head
    if n and db.execute("SELECT 1 FROM turn WHERE enc = ? AND turn = ?", (n, turn.tag)).fetchone():
        return MOVED
    if not set_seal(db, turn.keep, turn.before, turn.turns, turn.seal):
        return MOVED
    if tuple(map(tuple, db.execute(ROWS, (turn.keep,)).fetchall())) != turn.before.rows:
        raise Changed
    after = turn.after
    if n:
        db.execute("UPDATE encounter SET head = ?, chain = ? WHERE n = ?", (last, after.chain, n))
    else:
        n = db.execute(
            "INSERT INTO encounter (id, keep, story, head, chain) VALUES (?, ?, ?, ?, ?) RETURNING n",
            (after.id, turn.keep, after.story, last, after.chain),
        ).fetchall()[0][0]
        for tag, ct in turn.editions:
            db.execute("INSERT INTO edition (enc, edition, ct) VALUES (?, ?, ?)", (n, tag, ct))
    for seq, entry in enumerate(turn.entries, first):
        ((id,),) = db.execute(
            "INSERT INTO event (enc, seq, kind, ct, hash) VALUES (?, ?, ?, ?, ?) RETURNING id",
            (n, seq, EVENT, entry.ct, entry.hash),
        ).fetchall()
        db.execute("INSERT INTO ekey (entry, ring, wk) VALUES (?, ?, ?)", (id, turn.ring, entry.wk))
    db.execute(
        "INSERT INTO turn (enc, turn, first, last, burned) VALUES (?, ?, ?, ?, ?)",
        (n, turn.tag, first, last, ",".join(map(str, turn.burn))),
    )
    _drop_editions(db, n, turn.met)
    if turn.burn:
        _burn(db, n, turn)
    return n


class Changed(Exception):
    """Rows of this keep are not what its seal says they are."""


def set_seal(db: Db, keep: bytes, before: Standing, turns: int, seal: bytes) -> bool:
    """Compare and set the row of a keep. From here to the end of the transaction nobody else can."""
    asked = "UPDATE keep SET turns = ?, seal = ? WHERE id = ? AND turns = ? AND seal = ? RETURNING 1"
    return bool(db.execute(asked, (turns, seal, keep, before.turns, before.seal)).fetchall())


def clear(db: Db, entries: Sequence[tuple[int, int]]) -> None:
    """Write zeros over the wrapped key and the ciphertext of these entries (``(event.id, size of ct)``)."""
    for entry, size in entries:
        for clearing, zeros in zip(_CLEAR, (WRAPPED, size), strict=False):
            db.execute(clearing, (bytes(zeros), entry))


def _burn(db: Db, n: int, turn: Sealed) -> None:
    for seq in turn.burn:
        found = db.execute("SELECT id, length(ct) FROM event WHERE enc = ? AND seq = ?", (n, seq)).fetchall()
        clear(db, found)
        db.execute("INSERT INTO shred (entry, since) VALUES (?, ?) ON CONFLICT DO NOTHING", (found[0][0], turn.day))
    db.execute("UPDATE keep SET due = 1 WHERE id = ?", (turn.keep,))
    db.execute("DELETE FROM snapshot WHERE enc = ?", (n,))


def _drop_editions(db: Db, n: int, met: Sequence[bytes]) -> None:
    for tag in met:
        if db.execute("SELECT 1 FROM edition WHERE enc = ? AND edition = ?", (n, tag)).fetchone():
            db.execute("DELETE FROM edition WHERE enc = ? AND edition <> ?", (n, tag))
