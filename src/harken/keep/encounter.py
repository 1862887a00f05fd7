"""One reader's log of one story: how a turn is kept exactly once, how it is read, how an entry is burned."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from harken.engine.conflict import MovedOn
from harken.engine.events import Event, Met, NotAnEvent
from harken.keep import chain
from harken.keep.envelope import EVENT, DoesNotOpen, Entry, open_entry, pad, place, seal, seal_entry, unpad, unseal
from harken.keep.errors import NewerKeep
from harken.keep.making import today
from harken.keep.record import pack, unpack
from harken.keep.schema import Row

if TYPE_CHECKING:
    from harken.keep.store import Keep

_TURNS = "SELECT turn, first, last, burned FROM turn WHERE enc = ? ORDER BY n"
_EVENTS = "SELECT seq, kind, hash, ct, ring, wk FROM event LEFT JOIN ekey ON entry = id WHERE enc = ? ORDER BY seq"

_BURN = (  # in place and of the same size: see schema
    "UPDATE ekey SET wk = zeroblob(length(wk)) WHERE entry = ?",
    "UPDATE event SET ct = zeroblob(length(ct)) WHERE id = ?",
)


class Encounter:
    """What a meeting writes to (its ``Kept``). Get one from ``Keep.encounter``; any thread may use it.

    Besides what each method names, all raise KeepError: Broken for a log that is not what was kept, Busy,
    Full, Unwritable.
    """

    def __init__(self, keep: Keep, story: str, anew: bool) -> None:
        self.story = story
        self._keep = keep
        self._id: bytes | None = None
        self._anew = anew
        self._waiting: dict[str, bytes] = {}

    def events(self) -> Sequence[Event | None]:
        """All events in order, each proved to be the one that was kept. ``None`` where one was burned."""
        with self._keep.database.read() as db:
            row = self._row(db)
            if row is None:
                return []
            turns = db.execute(_TURNS, (row.n,)).fetchall()
            rows = db.execute(_EVENTS, (row.n,)).fetchall()
        try:
            burned = self._followed(row, turns, rows)
        except Exception as error:  # a hostile value of any type, in any column
            raise self._keep.broken(f"the log of the story “{self.story}” was changed or cut short") from error
        return [None if seq in burned else self._opened(row, stored) for seq, stored in enumerate(rows)]

    def turn(self, turn: str) -> tuple[int, int] | None:
        """The half-open range of events that this turn id wrote, or None if it never was committed."""
        with self._keep.database.read() as db:
            row = self._row(db)
            found = row and self._committed(db, row, turn)
            return (found[0], found[1]) if found else None

    def append(self, turn: str, head: int, events: Sequence[Event], burn: Sequence[int] = ()) -> None:
        """Commit a turn durably, all or nothing, and destroy the keys of the entries in ``burn`` with it.

        ``head`` is the number of events the caller has seen; ``burn`` names entries below it. Raises MovedOn
        when the log is longer. A turn id that was committed before is left alone, and nothing is raised.
        """
        burn = sorted(set(burn))
        if burn and not 0 <= burn[0] <= burn[-1] < head:
            raise ValueError(f"only entries from 0 to {head - 1} can be burned here, not {burn}")
        packed = [pack(event) for event in events]
        with self._keep.database.write() as db:
            row = self._row(db)
            if row is not None and self._committed(db, row, turn):
                return
            known = row.head if row else 0
            if known > head:
                raise MovedOn("This meeting went on in another window. Nothing was written.")
            if known < head:
                raise self._keep.broken(f"the log of the story “{self.story}” is shorter than it was a moment ago")
            row = row or self._created(db)
            self._append(db, row, turn, packed, burn)
            self._drop_editions(db, row, events)
            self._keep.reseal(db)
        self._id, self._waiting = row.id, {}
        if burn:
            self._keep.scrub()

    def edition(self, edition: str) -> bytes | None:
        """The compiled story kept under this edition's hash, or None."""
        with self._keep.database.read() as db:
            row = self._row(db)
            if row is None:
                return self._waiting.get(edition)
            tag = self._keep.keys.tag("edition", edition)
            found = db.execute("SELECT ct FROM edition WHERE enc = ? AND edition = ?", (row.n, tag)).fetchone()
        if found is None:
            return None
        try:
            return unpad(unseal(self._keep.keys.edition, found[0], self._edition_place(row, tag)))
        except DoesNotOpen as error:
            raise self._keep.broken(f"the kept edition of the story “{self.story}” was changed") from error

    def keep_edition(self, edition: str, compiled: bytes) -> None:
        """Keep the compiled story that the meeting now beginning is pinned to. Before the first turn of an
        encounter it waits for that turn's commit. All others are dropped with the arrival (Met) that names it.
        """
        with self._keep.database.write() as db:
            row = self._row(db)
            if row is None:
                self._waiting[edition] = compiled
            else:
                self._put_edition(db, row, edition, compiled)

    # -- within a transaction --------------------------------------------------------------------------------

    def _row(self, db: sqlite3.Connection) -> Row | None:
        """This encounter's row, or None while it has no turn. From the first sight on it is the same one."""
        rows = self._keep.standing(db)
        if self._id is not None:
            found = [row for row in rows if row.id == self._id]
        else:
            found = [] if self._anew else [row for row in rows if row.story == self.story]
        if not found:
            return None
        self._id = found[-1].id
        return found[-1]

    def _committed(self, db: sqlite3.Connection, row: Row, turn: str) -> tuple[int, int] | None:
        tag = self._keep.keys.tag("turn", turn)
        found: tuple[int, int] | None = db.execute(
            "SELECT first, last FROM turn WHERE enc = ? AND turn = ?", (row.n, tag)
        ).fetchone()
        return found

    def _created(self, db: sqlite3.Connection) -> Row:
        keys, id = self._keep.keys, os.urandom(16)
        link = chain.start(keys.chain, keys.keep, id, self.story)
        made = db.execute(
            "INSERT INTO encounter (id, keep, story, head, chain) VALUES (?, ?, ?, 0, ?)",
            (id, keys.keep, self.story, link),
        )
        assert made.lastrowid is not None
        row = Row(made.lastrowid, id, self.story, 0, link)
        for edition, compiled in self._waiting.items():
            self._put_edition(db, row, edition, compiled)
        return row

    def _append(self, db: sqlite3.Connection, row: Row, turn: str, packed: list[bytes], burn: list[int]) -> None:
        keys, link = self._keep.keys, row.chain
        wrap = keys.wrap(keys.ring)
        entry = db.execute("SELECT coalesce(max(id), 0) + 1 FROM event").fetchone()[0]
        rows, wrapped = [], []
        for seq, plain in enumerate(packed, row.head):
            made = seal_entry(wrap, keys.ring, keys.keep, row.id, seq, plain)
            link = chain.event(keys.chain, link, seq, EVENT, made.hash)
            rows.append((entry, row.n, seq, EVENT, made.ct, made.hash))
            wrapped.append((entry, keys.ring, made.wk))
            entry += 1
        db.executemany("INSERT INTO event (id, enc, seq, kind, ct, hash) VALUES (?, ?, ?, ?, ?, ?)", rows)
        db.executemany("INSERT INTO ekey (entry, ring, wk) VALUES (?, ?, ?)", wrapped)
        head, tag = row.head + len(packed), keys.tag("turn", turn)
        link = chain.turn(keys.chain, link, tag, row.head, head, burn)
        db.execute(
            "INSERT INTO turn (enc, turn, first, last, burned) VALUES (?, ?, ?, ?, ?)",
            (row.n, tag, row.head, head, ",".join(map(str, burn))),
        )
        db.execute("UPDATE encounter SET head = ?, chain = ? WHERE n = ?", (head, link, row.n))
        for seq in burn:
            entry = db.execute("SELECT id FROM event WHERE enc = ? AND seq = ?", (row.n, seq)).fetchone()[0]
            for burning in _BURN:
                db.execute(burning, (entry,))
            db.execute("INSERT OR IGNORE INTO shred VALUES (?, ?)", (entry, today()))

    def _put_edition(self, db: sqlite3.Connection, row: Row, edition: str, compiled: bytes) -> None:
        tag = self._keep.keys.tag("edition", edition)
        ct = seal(self._keep.keys.edition, pad(compiled), self._edition_place(row, tag))
        db.execute("INSERT OR REPLACE INTO edition (enc, edition, ct) VALUES (?, ?, ?)", (row.n, tag, ct))

    def _drop_editions(self, db: sqlite3.Connection, row: Row, events: Sequence[Event]) -> None:
        for event in events:
            if isinstance(event, Met):
                of = (row.n, self._keep.keys.tag("edition", event.edition))
                if db.execute("SELECT 1 FROM edition WHERE enc = ? AND edition = ?", of).fetchone():
                    db.execute("DELETE FROM edition WHERE enc = ? AND edition <> ?", of)

    def _edition_place(self, row: Row, tag: bytes) -> bytes:
        return place(b"edition", self._keep.keys.keep, row.id) + tag

    # -- reading -------------------------------------------------------------------------------------------

    def _followed(self, row: Row, turns: list[Any], rows: list[Any]) -> set[int]:
        """The entries that were burned, once the chain has been followed to its end. Raises where it breaks."""
        key, at, burned = self._keep.keys.chain, 0, set[int]()
        link = chain.start(key, self._keep.keys.keep, row.id, row.story)
        for tag, first, last, text in turns:
            if first != at:
                raise ValueError("a turn is missing")
            for seq, kind, digest, *_ in rows[first:last]:
                if seq != at:
                    raise ValueError("an entry is missing")
                link = chain.event(key, link, seq, kind, digest)
                at += 1
            gone = [int(number) for number in text.split(",") if number]
            link = chain.turn(key, link, tag, first, last, gone)
            burned.update(gone)
        if (at, at, link) != (row.head, len(rows), row.chain):
            raise ValueError("the log does not end where it ended")
        return burned

    def _opened(self, row: Row, stored: Any) -> Event:
        seq, kind, digest, ct, ring, wk = stored
        keys = self._keep.keys
        try:
            return unpack(open_entry(keys.wrap(ring), keys.keep, row.id, seq, kind, Entry(ct, digest, ring, wk)))
        except NotAnEvent as error:
            raise NewerKeep(
                f"The keep at {self._keep.folder} holds an entry from a newer Harken ({error}). "
                "Use that version; nothing was changed."
            ) from error
        except Exception as error:  # whatever was done to the bytes, the answer is the same
            raise self._keep.broken(f"entry {seq} of the story “{self.story}” is not what was kept") from error
