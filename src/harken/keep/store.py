"""A keep that is open: its encounters, its locks, and what all of them stand on."""

from __future__ import annotations

import contextlib
import hmac
import threading
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from harken.keep import anchor, chain, entropy, forgetting, keychain, locking, locks, rings
from harken.keep.encounter import Encounter
from harken.keep.envelope import DoesNotOpen
from harken.keep.errors import KeepError, ReadOnly, Unsafe
from harken.keep.keyfile import FolderRings
from harken.keep.keys import Keys
from harken.keep.listing import Listing, LockInfo
from harken.keep.parts import Data, Rings
from harken.keep.report import Report, verified
from harken.keep.saying import broken
from harken.keep.schema import Row, Standing
from harken.keep.turns import ROWS, Db

ROLLED_BACK = (
    "This keep is older than the last one seen here: somebody, or a restored copy, put an earlier one back. It can be "
    "read, and nothing is written to it."
)
KEY_BESIDE = (
    "This keep opens by a key file that lies beside it: anyone who can read your files can read it. A passphrase "
    "protects it better (harken keep lock)."
)


class Keep:
    """Everything told to one reader and by them. Use ``Keep.open``; any thread may use it.

    Several processes may have the same keep open: each turn is committed once, and who comes second with
    other words gets MovedOn. ``notes`` are plain sentences for the reader; ``read_only`` is the sentence why nothing
    can be written, or None.
    """

    def __init__(self, folder: Path | str, database: Data, keys: Keys, rings: Rings, own: bool = True) -> None:
        """For ``opening`` and ``hosting``. With ``own`` the database is closed with the keep."""
        self.folder, self.database, self.keys, self.rings = folder, database, keys, rings
        self.read_only: str | None = None
        self.notes: list[str] = []
        self.known: Standing | None = None
        self._own, self._closed = own, False
        self._turning = threading.Lock()

    @classmethod
    def open(
        cls,
        path: Path,
        create: bool = True,
        passphrase: str | None = None,
        words: str | Sequence[str] | None = None,
        ticket: bytes | None = None,
        lock: str = "auto",
    ) -> Self:
        """The keep in the folder ``path``, made there when there is none and ``create`` is true.

        Without a secret it opens by its keychain or its key file. ``lock`` is what a new keep is made with: "auto"
        (the keychain where one answers, else a key file), "keychain" or "key-file"; with a passphrase, that alone.
        Raises a child of KeepError with a plain sentence; then no byte was changed. Locked says which locks there are.
        """
        from harken.keep import opening

        database, keys, holder = opening.opened(Path(path), create, passphrase, words, ticket, lock)
        keep = cls(Path(path), database, keys, holder)
        try:
            keep.settle()
            if passphrase is not None and keep.read_only is None:
                locking.strengthen(keep, passphrase)
            if "key-file" in [kind for kind, _ in keep.locks()]:
                keep.notes.append(KEY_BESIDE)
            if database.shared:
                keep.notes.append(
                    f"This keep lies on {database.shared}, which is shared: open it on one computer at a time."
                )
        except BaseException:
            database.close()
            raise
        return keep

    def settle(self) -> None:
        """After opening: is it whole and sealed, the newest, and is what was burned gone? Raises Broken, Unsafe."""
        noted = [self.rings.anchor()]  # before looking: whatever is noted is durable already
        if self._by_keychain():
            noted.append(anchor.unpack(keychain.get(self._anchor_name()) or b""))
        with self.database.read() as db:
            self._sealed(db, self.standing(db))
        known = self.known
        assert known is not None
        if any(anchor.rolled_back(one, known.turns, known.seal) for one in noted):
            self.read_only = ROLLED_BACK
            self.notes.append(ROLLED_BACK)
            return
        self.rings.note(known.turns, known.seal)
        self.scrub()
        self.turn_if_due()

    def accept(self) -> None:
        """Go on from here although the keep was rolled back: what is in it now is the newest from now on."""
        if self.read_only is not None and self.known is not None:
            self.read_only = None
            self.notes = [note for note in self.notes if note != ROLLED_BACK]
            self.rings.note(self.known.turns, self.known.seal, anew=True)
            self._note_in_keychain()

    def close(self) -> None:
        """Let go of the files. What was kept stays kept, closed or not."""
        if not self._closed:
            self._closed = True
            if self.known is not None and self.read_only is None:
                self.turn_if_due()
                self._note_in_keychain()
        if self._own:
            self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    # -- what is in it ----------------------------------------------------------------------------------------

    def encounter(self, story: str, anew: bool = False, id: str | None = None) -> Encounter:
        """This reader's reading of ``story`` (an id; it stands in the clear): the newest one, or with ``anew``
        a further one, or the one that ``encounters`` lists under ``id``. A new one comes to be with its first turn;
        asking writes nothing.
        """
        return Encounter(self, story, anew, bytes.fromhex(id) if id is not None else None)

    def encounters(self) -> list[Listing]:
        """All encounters, oldest first. Raises Broken."""
        with self.database.read() as db:
            return [Listing(row.id.hex(), row.story, row.head) for row in self.standing(db).rows]

    def verify(self) -> Report:
        """What is whole, burned, scrubbed, rolled back or damaged, read entry by entry."""
        return verified(self)

    def forget(self, story: str | None = None) -> str:
        """Destroy every reading of ``story``, or (None) the whole keep with its locks and keys, and close it.

        ``scrubbed`` when nothing of it is left in any file, ``burned`` when nobody can read it any more, but its
        deleted bytes could not be cleared just now. Raises ReadOnly, Busy.
        """
        self.writable()
        if story is None:
            return forgetting.forget_keep(self)
        return forgetting.forget_story(self, story)

    def backup(self, path: Path) -> None:
        """A copy of this keep in the new folder ``path``, with its locks, without jars and unsent letters.

        Raises KeepError; then nothing is left at ``path``.
        """
        from harken.keep.backup import back_up

        back_up(self, Path(path))

    # -- locks ------------------------------------------------------------------------------------------------

    def locks(self) -> list[LockInfo]:
        """The locks there are, oldest first."""
        with self.database.read() as db:
            made = db.execute("SELECT made FROM keep WHERE id = ?", (self.keys.keep,)).fetchone()[0]
            return locks.info(locks.read(db, self.keys.keep), made)

    def add_lock(self, kind: str, secret: str | None = None) -> None:
        """Put on a lock: ``passphrase`` with its secret, ``keychain``, or ``key-file``; in place of one of that kind.

        Raises NoKeychain where no keychain answers, ReadOnly, ValueError for another kind or an empty passphrase.
        """
        self.writable()
        locking.put_on(self, kind, secret)

    def remove_lock(self, kind: str) -> None:
        """Take off the lock of this kind. Raises LastLock for the only one, KeepError where there is none."""
        self.writable()
        locking.take_off(self, kind)
        if kind == "key-file":
            self.notes = [note for note in self.notes if note != KEY_BESIDE]

    def recovery_words(self) -> list[str]:
        """Twelve new words that open this keep. Words given before no longer do."""
        self.writable()
        words, entropy = locks.new_words()
        locking.write(self, "words", entropy)
        return words

    def ticket(self) -> bytes:
        """32 bytes that open this keep for ever, whatever its locks become: to be sealed by who holds them."""
        return self.keys.dek

    # -- burning ----------------------------------------------------------------------------------------------

    def scrub(self) -> bool:
        """Whether what was burned is now in no file.

        False when that could not be reached just now (another process is reading, the disk is full): what is
        burned stays burned, and the next burn or opening tries again.
        """
        try:
            return self.database.scrub(self.keys.keep)
        except KeepError:
            return False

    def rotate(self) -> bool:
        """Turn the ring: the keys of what was burned die in every copy of the database, too.

        False when that was not possible just now; then the next closing or opening tries again.
        """
        self.writable()
        with self._turning:
            try:
                rings.turn(self)
            except (KeepError, OSError):
                return False
        return True

    def turn_if_due(self) -> bool:
        """Turn the ring if something was burned under it. Whether it was turned."""
        with contextlib.suppress(KeepError):
            with self.database.read() as db:
                due = db.execute("SELECT due FROM keep WHERE id = ?", (self.keys.keep,)).fetchone()
            if self.read_only is None and ((due and due[0]) or len(self.keys.wraps) > 1):
                return self.rotate()
        return False

    # -- for the other parts of this room ---------------------------------------------------------------------

    def writable(self) -> None:
        """Raise ReadOnly where nothing may be written."""
        if self.read_only is not None:
            raise ReadOnly(self.read_only)

    def standing(self, db: Db) -> Standing:
        """How the keep stands, once the seal over it has been found whole. Raises Broken."""
        id = self.keys.keep
        found = db.execute("SELECT turns, seal FROM keep WHERE id = ?", (id,)).fetchone()
        rows = tuple(Row(*row) for row in db.execute(ROWS, (id,)).fetchall())
        try:
            if found and (now := Standing(found[0], found[1], rows)) == self.known:
                return now
            states = ((row.id, row.head, row.chain) for row in rows)
            whole = found and hmac.compare_digest(chain.keep_seal(self.keys.chain, id, found[0], states), found[1])
        except Exception as error:  # a hostile value of any type, in any column
            raise self.broken("its list of encounters was changed") from error
        if not whole:
            raise self.broken("its list of encounters was changed, or is not the newest")
        self.reload()  # whoever wrote meanwhile may have turned the ring: what is sealed on this needs the newest
        self.known = now
        return now

    def advance(self, now: Standing) -> None:
        """A turn is durable: the keep stands like this."""
        if self.known is None or now.turns > self.known.turns:
            self.known = now
            self.rings.note(now.turns, now.seal)

    def reload(self) -> None:
        """Look which rings there are now: another process may have turned them. Raises KeepError."""
        try:
            self.keys.load(self.rings.read())
        except (OSError, DoesNotOpen) as error:
            raise self.broken("its ring keys cannot be read any more") from error

    def broken(self, what: str) -> Exception:
        """The error for this keep when it is not what was kept."""
        return broken(self.folder, what)

    def _sealed(self, db: Db, standing: Standing) -> None:
        """Look at the newest entries: whatever was written there must look like random bytes."""
        found: list[tuple[object]] = []
        for row in standing.rows[-1:]:
            found = db.execute("SELECT ct FROM event WHERE enc = ? AND seq >= ?", (row.n, row.head - 8)).fetchall()
        samples = (ct[13:] for (ct,) in found if isinstance(ct, bytes) and any(ct))
        if not entropy.random_looking(samples):
            raise Unsafe(
                f"What lies in the keep at {self.folder} is not sealed, as if the cryptography here did nothing. "
                "Nothing was changed; write nothing in it on this computer."
            )

    def _by_keychain(self) -> bool:
        return any(kind == "keychain" for kind, _ in self.locks())

    def _anchor_name(self) -> str:
        return f"anchor {self.keys.keep.hex()}"

    def _note_in_keychain(self) -> None:
        with contextlib.suppress(KeepError):
            if self.known is not None and isinstance(self.rings, FolderRings) and self._by_keychain():
                keychain.put(self._anchor_name(), anchor.pack(self.known.turns, self.known.seal))
