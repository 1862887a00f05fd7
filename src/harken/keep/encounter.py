"""One reader's log of one story: how a turn is kept exactly once, how it is read, how an entry is burned."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Sequence
from concurrent.futures import Future
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, NamedTuple

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from harken.engine import snapshot
from harken.engine.conflict import MovedOn
from harken.engine.events import Burned, Event, Met, NotAnEvent
from harken.engine.state import State
from harken.keep import chain
from harken.keep.envelope import DoesNotOpen, open_entry, pad, place, seal, unpad, unseal
from harken.keep.envelope import Entry as SealedEntry
from harken.keep.errors import KeepError, NewerKeep
from harken.keep.making import today
from harken.keep.opened import Opened
from harken.keep.record import pack, unpack
from harken.keep.schema import Row, Standing
from harken.keep.turns import MOVED, Changed, seal_turn
from harken.keep.turns import Sealed as SealedTurn

if TYPE_CHECKING:
    from harken.keep.store import Keep

AGAIN = 3
"""Times to look when a ring is being turned."""

_TURNS = "SELECT turn, first, last, burned FROM turn WHERE enc = ? ORDER BY n"
_EVENTS = "SELECT seq, kind, hash, ct, ring, wk FROM event LEFT JOIN ekey ON entry = id WHERE enc = ? ORDER BY seq"
_SHRED = "SELECT seq FROM shred JOIN event ON entry = id WHERE enc = ?"


class Entry(NamedTuple):
    """An entry of a log. ``state`` is ``kept``, ``burned`` (nobody can read it) or ``scrubbed`` (and nothing of it is
    left in any file); ``event`` is None unless it is kept.
    """

    number: int
    event: Event | None
    state: str


class Log(NamedTuple):
    """A log as it is stored: its row, its entries, which are burned, which of those are not scrubbed yet, and the ring
    keys that were alive then.
    """

    row: Row | None
    stored: list[Any]
    burned: set[int]
    waiting: set[int]
    wraps: dict[bytes, AESGCM]


class Encounter:
    """What a meeting writes to (its ``Kept``). Get one from ``Keep.encounter``; any thread may use it.

    Besides what each method names, all raise KeepError: Broken for a log that is not what was kept, Busy,
    Full, Unwritable, ReadOnly.
    """

    def __init__(self, keep: Keep, story: str, anew: bool, id: bytes | None = None) -> None:
        self.story = story
        self._keep = keep
        self._id = id
        self._anew = anew
        self._waiting: dict[str, bytes] = {}

    def events(self) -> Sequence[Event | None]:
        """All events in order, each proved to be the one that was kept. ``None`` where one was burned."""
        return list(self.log())

    def log(self) -> Opened:
        """The same, each opened, and proved to be the one that was kept, when it is first looked at."""
        row, stored, burned, _, wraps = self.read()
        return Opened(len(stored), burned, lambda seq: self.opened(row, stored[seq], wraps))

    def entries(self) -> list[Entry]:
        """All entries in order, with the state of each."""
        row, stored, burned, waiting, wraps = self.read()
        if row is None:
            return []
        states = [
            ("burned" if seq in waiting else "scrubbed") if seq in burned else "kept" for seq in range(len(stored))
        ]
        return [
            Entry(seq, self.opened(row, one, wraps) if state == "kept" else None, state)
            for seq, (one, state) in enumerate(zip(stored, states, strict=True))
        ]

    def turn(self, turn: str) -> tuple[int, int] | None:
        """The half-open range of events that this turn id wrote, or None if it never was committed."""
        return self._look(turn)[1]

    def append(self, turn: str, head: int, events: Sequence[Event], burn: Sequence[int] = ()) -> None:
        """Commit a turn durably, all or nothing, and destroy the keys of the entries in ``burn`` with it.

        ``head`` is the number of events the caller has seen; ``burn`` names entries below it. Raises MovedOn
        when the log is longer. A turn id that was committed before is left alone, and nothing is raised.
        """
        burn = sorted(set(burn))
        if burn and not 0 <= burn[0] <= burn[-1] < head:
            raise ValueError(f"only entries from 0 to {head - 1} can be burned here, not {burn}")
        packed = [pack(event) for event in events]
        self._keep.writable()
        standing = self._keep.known or self._look(turn)[0]
        while True:
            sealed = self._sealed(standing, turn, head, packed, burn, events)
            if sealed is not None and self._kept(sealed, self._written(sealed)):
                break
            standing, found = self._look(turn)
            if found is not None:
                return
            row = self._of(standing)
            known = row.head if row else 0
            if known > head:
                raise MovedOn("This meeting went on in another window. Nothing was written.")
            if known < head:
                raise self._keep.broken(f"the log of the story “{self.story}” is shorter than it was a moment ago")
        if burn and not self._keep.database.scrubs_later:
            self._keep.scrub()

    def submit(self, turn: str, head: int, events: Sequence[Event]) -> Future[None]:
        """``append`` for an event loop: it answers when the turn is durable, or with what ``append`` raises."""
        done: Future[None] = Future()

        def again() -> None:
            try:
                self.append(turn, head, events)
                done.set_result(None)
            except BaseException as error:
                done.set_exception(error)

        def answered(answer: int | BaseException) -> None:
            assert sealed is not None
            try:
                if self._kept(sealed, self._answer(answer)):
                    done.set_result(None)
                else:  # somebody else wrote, or wrote this: that takes waiting
                    threading.Thread(target=again, daemon=True).start()
            except BaseException as error:
                done.set_exception(error)

        standing = self._keep.known
        packed = [pack(event) for event in events]
        sealed = standing and self._sealed(standing, turn, head, packed, [], events)
        if sealed is None or self._keep.read_only is not None:
            threading.Thread(target=again, daemon=True).start()
        else:
            self._keep.database.submit(sealed, answered)
        return done

    def burn(self, entries: Sequence[int]) -> str:
        """Burn these entries, in a turn of their own: ``scrubbed`` when nothing of them is left in any file,
        ``burned`` when nobody can read them any more, but a file still holds their cleared bytes' older copies.

        Raises ValueError for an entry that never was.
        """
        turn = f"burn {os.urandom(16).hex()}"
        while True:
            row, stored, burned, *_ = self.read()
            if not all(0 <= entry < len(stored) for entry in entries):
                raise ValueError(f"the log has entries 0 to {len(stored) - 1}, and not all of {list(entries)}")
            gone = tuple(sorted(set(entries) - burned))
            if gone:
                try:
                    self.append(turn, len(stored), [Burned(gone, "the reader burned it")], gone)
                except MovedOn:
                    continue
            return self._state_of(row, set(entries))

    def snapshot(self) -> tuple[int, State] | None:
        """``(head, state)`` as it was kept last, or None: then the log is folded. Never an error: it is a cache."""
        with self._keep.database.read() as db:
            row = self._of(self._keep.standing(db))
            found = row and db.execute("SELECT head, ct FROM snapshot WHERE enc = ?", (row.n,)).fetchone()
        try:
            if row is None or not found or not 0 <= found[0] <= row.head:
                return None
            where = place(b"snapshot", self._keep.keys.keep, row.id, found[0])
            return found[0], snapshot.unpack(unpad(unseal(self._keep.keys.snapshot, found[1], where)))
        except (DoesNotOpen, snapshot.Stale, TypeError):
            return None

    def keep_snapshot(self, head: int, state: State) -> None:
        """Keep the state after the first ``head`` events, in place of an older one. It holds no told words; the
        next burn throws it away. Where it cannot be kept just now, it is not, and nothing is raised.
        """
        if self._keep.read_only is not None:
            return
        with contextlib.suppress(KeepError), self._keep.database.write() as db:
            row = self._of(self._keep.standing(db))
            if row is not None and head <= row.head:
                where = place(b"snapshot", self._keep.keys.keep, row.id, head)
                ct = seal(self._keep.keys.snapshot, pad(snapshot.pack(state)), where)
                db.execute("DELETE FROM snapshot WHERE enc = ?", (row.n,))
                db.execute("INSERT INTO snapshot (enc, head, ct) VALUES (?, ?, ?)", (row.n, head, ct))

    def edition(self, edition: str) -> bytes | None:
        """The compiled story kept under this edition's hash, or None."""
        tag = self._keep.keys.tag("edition", edition)
        with self._keep.database.read() as db:
            row = self._of(self._keep.standing(db))
            if row is None:
                return self._waiting.get(edition)
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
        self._keep.writable()
        with self._keep.database.write() as db:
            row = self._of(self._keep.standing(db))
            if row is None:
                self._waiting[edition] = compiled
                return
            tag, ct = self._sealed_edition(row, edition, compiled)
            db.execute("DELETE FROM edition WHERE enc = ? AND edition = ?", (row.n, tag))
            db.execute("INSERT INTO edition (enc, edition, ct) VALUES (?, ?, ?)", (row.n, tag, ct))

    # -- writing ---------------------------------------------------------------------------------------------

    def _of(self, standing: Standing) -> Row | None:
        """This encounter's row, or None while it has no turn. From the first sight on it is the same one."""
        if self._id is not None:
            found = [row for row in standing.rows if row.id == self._id]
        else:
            found = [] if self._anew else [row for row in standing.rows if row.story == self.story]
        if not found:
            return None
        self._id = found[-1].id
        return found[-1]

    def _look(self, turn: str) -> tuple[Standing, tuple[int, int] | None]:
        """How the keep stands, and what this turn wrote if it was committed."""
        with self._keep.database.read() as db:
            standing = self._keep.standing(db)
            row = self._of(standing)
            if row is None:
                return standing, None
            asked = "SELECT first, last FROM turn WHERE enc = ? AND turn = ?"
            found = db.execute(asked, (row.n, self._keep.keys.tag("turn", turn))).fetchone()
        return standing, (found[0], found[1]) if found else None

    def _sealed(
        self,
        standing: Standing,
        turn: str,
        head: int,
        packed: list[bytes],
        burn: list[int],
        events: Sequence[Event],
    ) -> SealedTurn | None:
        """The turn, sealed on top of ``standing``, or None when the log has another length there."""
        keys, row = self._keep.keys, self._of(standing)
        if (row.head if row else 0) != head:
            return None
        if row is None:
            id = os.urandom(16)
            row = Row(0, id, self.story, 0, chain.start(keys.chain, keys.keep, id, self.story))
        sealed = seal_turn(keys, standing, row, turn, packed, burn, today())
        sealed.met = tuple(keys.tag("edition", event.edition) for event in events if isinstance(event, Met))
        if not row.n:
            sealed.editions = tuple(self._sealed_edition(row, *edition) for edition in self._waiting.items())
        return sealed

    def _written(self, sealed: SealedTurn) -> int:
        """What ``turns.write_turn`` answers, waited for."""
        answer: SimpleQueue[int | BaseException] = SimpleQueue()
        self._keep.database.submit(sealed, answer.put)
        return self._answer(answer.get())

    def _answer(self, answer: int | BaseException) -> int:
        if isinstance(answer, Changed):
            raise self._keep.broken("its list of encounters was changed") from answer
        if isinstance(answer, BaseException):
            raise answer
        return answer

    def _kept(self, sealed: SealedTurn, n: int) -> bool:
        """Whether that answer says the turn is kept; then it is known here, too."""
        if n == MOVED:
            return False
        self._keep.advance(sealed.standing(n))
        if self._id is None or self._waiting:
            self._id, self._waiting = sealed.row.id, {}
        return True

    def _state_of(self, row: Row | None, entries: set[int]) -> str:
        """``scrubbed`` or ``burned`` for entries that are burned."""
        if not self._keep.scrub():
            return "burned"
        return "burned" if row and entries & self.read()[3] else "scrubbed"

    def _sealed_edition(self, row: Row, edition: str, compiled: bytes) -> tuple[bytes, bytes]:
        tag = self._keep.keys.tag("edition", edition)
        return tag, seal(self._keep.keys.edition, pad(compiled), self._edition_place(row, tag))

    def _edition_place(self, row: Row, tag: bytes) -> bytes:
        return place(b"edition", self._keep.keys.keep, row.id) + tag

    # -- reading -------------------------------------------------------------------------------------------

    def read(self) -> Log:
        """The log as it is stored. Raises Broken where the chain over it does not add up."""
        for _ in range(AGAIN):  # its ring may be turned between looking at it and at the keys
            with self._keep.database.read() as db:
                row = self._of(self._keep.standing(db))
                wraps = self._keep.keys.wraps
                if row is None:
                    return Log(None, [], set(), set(), wraps)
                turns = db.execute(_TURNS, (row.n,)).fetchall()
                stored = db.execute(_EVENTS, (row.n,)).fetchall()
                waiting = {seq for (seq,) in db.execute(_SHRED, (row.n,)).fetchall()}
            try:
                burned = self._followed(row, turns, stored)
                known = all(one[4] in wraps for one in stored if one[0] not in burned)
            except Exception as error:  # a hostile value of any type, in any column
                raise self._keep.broken(f"the log of the story “{self.story}” was changed or cut short") from error
            if known:
                break
            self._keep.reload()
        return Log(row, stored, burned, waiting, wraps)

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

    def opened(self, row: Row | None, stored: Any, wraps: dict[bytes, AESGCM]) -> Event:
        """One stored entry that ``read`` gave. Raises Broken, NewerKeep."""
        assert row is not None, "an encounter with entries has a row"
        seq, kind, digest, ct, ring, wk = stored
        keys = self._keep.keys
        try:
            return unpack(open_entry(wraps[ring], keys.keep, row.id, seq, kind, SealedEntry(ct, digest, ring, wk)))
        except NotAnEvent as error:
            raise NewerKeep(
                f"The keep at {self._keep.folder} holds an entry from a newer Harken ({error}). "
                "Use that version; nothing was changed."
            ) from error
        except Exception as error:  # whatever was done to the bytes, the answer is the same
            raise self._keep.broken(f"entry {seq} of the story “{self.story}” is not what was kept") from error
