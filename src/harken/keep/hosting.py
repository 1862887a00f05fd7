"""A server's store: many locked keeps in one database. At rest nobody can read them, the operator included.

A reader is known by a name, of which only a salted hash is stored, and opens their keep with a passphrase or with
recovery words. The key is in this process's memory while the keep is open, and nowhere else.
"""

from __future__ import annotations

import contextlib
import hmac
import os
import weakref
from collections.abc import Sequence
from pathlib import Path

from harken.keep import database, locking, locks, making, opening
from harken.keep.database import Database
from harken.keep.envelope import DoesNotOpen
from harken.keep.errors import Broken, KeepError, NewerKeep, NoSuchReader, NotAKeep, Taken, WrongKey
from harken.keep.keys import Keys, seal_ring
from harken.keep.parts import Data
from harken.keep.places import data_folder, folder_name
from harken.keep.ringfile import RingFile
from harken.keep.saying import plain
from harken.keep.schema import FORMAT, HOUSE, HOUSE_TABLES
from harken.keep.store import Keep

URLS = ("postgresql://", "postgres://")


class Store:
    """Many keeps. Use ``open_store``; any thread may use it."""

    def __init__(self, database: Data, rings: RingFile, said: str) -> None:
        self.database, self.rings = database, rings
        self._said = said
        self._open: weakref.WeakSet[Keep] = weakref.WeakSet()
        with database.write() as db:
            found = db.execute("SELECT salt FROM house").fetchone()
            if found is None:
                found = (os.urandom(32),)
                db.execute("INSERT INTO house (id, format, salt) VALUES (1, ?, ?)", (FORMAT, found[0]))
        self._salt = bytes(found[0])

    def knows(self, name: str) -> bool:
        """Whether there is a keep of that name. Raises BadReaderName, KeepError."""
        return self._knows(self._id(name))

    def create(self, name: str, passphrase: str) -> Keep:
        """A new keep, locked by this passphrase. Raises Taken, BadReaderName, KeepError."""
        id = self._id(name)
        dek, ring = os.urandom(32), os.urandom(32)
        lock = locks.made(id, dek, "passphrase", passphrase, making.today())
        with self.rings.held():
            if self._knows(id):
                raise Taken(f"There is a keep for “{name}” already. Choose another name, or open that one.")
            rings = self.rings.of(id)
            sealed = seal_ring(dek, id, 1, ring)
            with contextlib.suppress(Broken):
                rings.destroy()  # what a creation left that was cut off
            rings.add(1, sealed)
            with self.database.write() as db:
                making.begin(db, Keys(id, dek, {1: sealed}), lock)
        return self._opened(id, dek)

    def open(
        self,
        name: str,
        passphrase: str | None = None,
        words: str | Sequence[str] | None = None,
        ticket: bytes | None = None,
    ) -> Keep:
        """The keep of that name. Raises NoSuchReader, WrongKey, Locked, BadReaderName, KeepError."""
        id = self._id(name)
        if not self._knows(id):
            raise NoSuchReader(f"There is no keep for “{name}” here.")
        if ticket is None:
            with self.database.read() as db:
                ticket = opening.by_secret(db, id, f"the keep of “{name}”", passphrase, words)
        keep = self._opened(id, ticket)
        if passphrase is not None and keep.read_only is None:
            locking.strengthen(keep, passphrase)
        return keep

    def sweep(self) -> int:
        """Turn the rings of open keeps in which something was burned since. How many were turned."""
        turned = 0
        for keep in list(self._open):
            with contextlib.suppress(KeepError):
                turned += keep.turn_if_due()
        return turned

    def health(self) -> str | None:
        """None, or a plain sentence about what is wrong."""
        try:
            with self.database.read() as db:
                db.execute("SELECT format FROM house").fetchone()
            self.rings.read(0, 1)
        except (KeepError, OSError) as error:
            return str(error)
        return None

    def close(self) -> None:
        """Close every keep that is open, wait for what is being written, and let go of the database."""
        for keep in list(self._open):
            keep.close()
        self.database.close()
        self.rings.close()

    def _id(self, name: str) -> bytes:
        return hmac.digest(self._salt, folder_name(name).encode(), "sha256")[:16]

    def _knows(self, id: bytes) -> bool:
        with self.database.read() as db:
            return db.execute("SELECT 1 FROM keep WHERE id = ?", (id,)).fetchone() is not None

    def _opened(self, id: bytes, dek: bytes) -> Keep:
        rings = self.rings.of(id)
        try:
            keys = Keys(id, dek, rings.read())
        except (DoesNotOpen, ValueError) as error:
            raise WrongKey("The ring keys on this server do not fit this keep. Nothing was changed.") from error
        keep = Keep(self._said, self.database, keys, rings, own=False)
        keep.settle()
        self._open.add(keep)
        return keep


def open_store(where: str | Path, rings: Path | str | None = None, connections: int = 16) -> Store:
    """The store at ``where``: the path of an SQLite file, made when there is none, or ``postgresql://...``.

    ``rings`` is the file of the ring keys: beside the SQLite file when not said, and in the data folder for
    PostgreSQL; keep it out of the database's backups. Raises KeepError: Busy where another process holds the file.
    """
    if str(where).startswith(URLS):
        try:
            from harken.keep.postgres import Postgres
        except ImportError as error:
            raise KeepError(
                "PostgreSQL needs one thing more: pip install 'harken[postgres]'. Then try again."
            ) from error

        path = Path(rings) if rings is not None else data_folder() / "server.rings"
        data: Data = Postgres(str(where), connections)
        said = "this server"
    else:
        file = Path(where).absolute()
        path = Path(rings) if rings is not None else file.with_suffix(".rings")
        said = str(file)
        with plain(file):
            _made(file)
            data = Database(file, file, served=True)
    try:
        with plain(path):
            ring_file = RingFile(path)
        return Store(data, ring_file, said)
    except BaseException:
        data.close()
        raise


def _made(file: Path) -> None:
    """Make the SQLite file when there is none. Raises NotAKeep for another program's, NewerKeep."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.exists() and file.stat().st_size and (found := database.header(file)) is not None:
        if found[0] == HOUSE and found[1] > FORMAT:
            raise NewerKeep(f"{file} is from a newer Harken. Use that version; nothing was changed.")
        if found[0] == HOUSE:
            return
        raise NotAKeep(f"{file} is another program's database, or one reader's keep. Name another file.")
    if file.exists() and file.stat().st_size:
        raise NotAKeep(f"{file} is not a database. Name another file; nothing was changed.")
    with contextlib.suppress(FileExistsError):
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    db = database.connect(file)
    try:
        db.execute("BEGIN EXCLUSIVE")
        if not db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            for table in HOUSE_TABLES:
                db.execute(table)
            db.execute(f"PRAGMA application_id = {HOUSE}")
            db.execute(f"PRAGMA user_version = {FORMAT}")
        db.execute("COMMIT")
    finally:
        db.close()
