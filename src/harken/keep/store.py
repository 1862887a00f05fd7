"""A keep that is open: its encounters, and what all of them stand on."""

from __future__ import annotations

import hmac
import sqlite3
from pathlib import Path
from types import TracebackType
from typing import Self

from harken.keep import chain, keyfile, making
from harken.keep.database import Database, broken
from harken.keep.encounter import Encounter
from harken.keep.envelope import DoesNotOpen
from harken.keep.errors import KeepError, KeyMissing, NotAKeep, WrongKey
from harken.keep.keyfile import KeyFile
from harken.keep.keys import Keys, unlock_dek
from harken.keep.listing import Listing
from harken.keep.schema import DATABASE, KEY_FILE, Row


class Keep:
    """Everything told to one reader and by them. Use ``Keep.open``; any thread may use it.

    Several processes may have the same keep open: each turn is committed once, and who comes second with
    other words gets MovedOn.
    """

    def __init__(self, folder: Path, database: Database, keys: Keys) -> None:
        self.folder = folder
        self.database = database
        self.keys = keys

    @classmethod
    def open(cls, path: Path, create: bool = True) -> Self:
        """The keep in the folder ``path``, made there when there is none and ``create`` is true.

        Raises a child of KeepError with a plain sentence; then no byte was changed.
        """
        folder = Path(path)
        if not making.exists(folder):
            if not create:
                raise NotAKeep(f"There is no keep at {folder}.")
            making.make(folder)
        key = keyfile.read(folder / KEY_FILE)
        if key is None:
            raise KeyMissing(f"The key file {folder / KEY_FILE} is missing. Put it back; nothing was changed.")
        database = Database(folder / DATABASE, folder)
        try:
            keep = cls(folder, database, _unlocked(folder, database, key))
            with database.read() as db:
                keep.standing(db)
            keep.scrub()
        except BaseException:
            database.close()
            raise
        return keep

    def close(self) -> None:
        """Let go of the files. What was kept stays kept, closed or not."""
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def encounter(self, story: str, anew: bool = False) -> Encounter:
        """This reader's reading of ``story`` (an id; it stands in the clear): the newest one, or with ``anew``
        a further one. A new one comes to be with its first turn; asking writes nothing.
        """
        return Encounter(self, story, anew)

    def encounters(self) -> list[Listing]:
        """All encounters, oldest first. Raises Broken."""
        with self.database.read() as db:
            return [Listing(row.id.hex(), row.story, row.head) for row in self.standing(db)]

    def scrub(self) -> bool:
        """Whether what was burned is now in no file.

        False when that could not be reached just now (another process is reading, the disk is full): what is
        burned stays burned, and the next burn or opening tries again.
        """
        try:
            return self.database.scrub()
        except KeepError:
            return False

    def standing(self, db: sqlite3.Connection) -> list[Row]:
        """All encounters, oldest first, once the seal over them has been found whole. Raises Broken."""
        id = self.keys.keep
        found = db.execute("SELECT turns, seal FROM keep WHERE id = ?", (id,)).fetchone()
        rows = [
            Row(*row)
            for row in db.execute("SELECT n, id, story, head, chain FROM encounter WHERE keep = ? ORDER BY n", (id,))
        ]
        try:
            whole = found and hmac.compare_digest(self._seal(found[0], rows), found[1])
        except Exception as error:  # a hostile value of any type, in any column
            raise self.broken("its list of encounters was changed") from error
        if not whole:
            raise self.broken("its list of encounters was changed, or is not the newest")
        return rows

    def reseal(self, db: sqlite3.Connection) -> None:
        """Count one more turn and seal the encounters as they now stand, within the caller's transaction."""
        id = self.keys.keep
        turns = db.execute("SELECT turns FROM keep WHERE id = ?", (id,)).fetchone()[0] + 1
        rows = db.execute("SELECT id, head, chain FROM encounter WHERE keep = ? ORDER BY n", (id,)).fetchall()
        seal = chain.keep_seal(self.keys.chain, id, turns, rows)
        db.execute("UPDATE keep SET turns = ?, seal = ? WHERE id = ?", (turns, seal, id))

    def broken(self, what: str) -> Exception:
        """The error for this keep when it is not what was kept."""
        return broken(self.folder, what)

    def _seal(self, turns: int, rows: list[Row]) -> bytes:
        states = ((row.id, row.head, row.chain) for row in rows)
        return chain.keep_seal(self.keys.chain, self.keys.keep, turns, states)


def _unlocked(folder: Path, database: Database, key: KeyFile) -> Keys:
    """Try the key file on every lock it may fit. Raises WrongKey."""
    with database.read() as db:
        locks = db.execute("SELECT params, wrapped_dek FROM lock WHERE keep = ? AND kind = 'file'", (key.keep,))
        for params, wrapped in locks.fetchall():
            try:
                return Keys(key.keep, unlock_dek(wrapped, key.keep, "file", params, key.secret), key.rings)
            except (DoesNotOpen, ValueError, TypeError, AttributeError):
                continue
    raise WrongKey(
        f"The key file {folder / KEY_FILE} does not fit the keep beside it. Put the right one back; "
        "nothing was changed."
    )
