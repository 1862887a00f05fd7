"""Forgetting: keys first, so that a cut in the middle leaves what nobody can read; then rows; then files."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from harken.keep import chain, keychain
from harken.keep.errors import KeepError
from harken.keep.keyfile import FolderRings
from harken.keep.making import lock_name
from harken.keep.saying import plain
from harken.keep.schema import DATABASE, Standing
from harken.keep.turns import Db, clear, set_seal

if TYPE_CHECKING:
    from harken.keep.store import Keep

_OF = ("turn", "edition", "snapshot")


def forget_story(keep: Keep, story: str) -> str:
    """Destroy every reading of ``story``. Returns ``scrubbed`` or ``burned``. Raises KeepError."""
    keys = keep.keys
    with keep.database.write() as db:
        before = keep.standing(db)
        gone = [row.n for row in before.rows if row.story == story]
        if not gone:
            raise KeepError(f"There is no story “{story}” in this keep. Nothing was changed.")
        rows = tuple(row for row in before.rows if row.story != story)
        turns = before.turns + 1
        seal = chain.keep_seal(keys.chain, keys.keep, turns, ((row.id, row.head, row.chain) for row in rows))
        if not set_seal(db, keys.keep, before, turns, seal):
            raise keep.broken("it changed under our hands")
        for n in gone:
            _take_out(db, n)
        db.execute("UPDATE keep SET due = 1 WHERE id = ?", (keys.keep,))
    keep.advance(Standing(turns, seal, rows))
    turned = keep.rotate()
    cleared = keep.database.compact()
    return "scrubbed" if turned and cleared else "burned"


def forget_keep(keep: Keep) -> str:
    """Destroy the whole keep and close it. Returns ``scrubbed`` or ``burned``. Raises KeepError, OSError."""
    rings, id = keep.rings, keep.keys.keep
    with keep.database.write() as db:
        db.execute("UPDATE lock SET wrapped_dek = ? WHERE keep = ?", (bytes(61), id))
        rings.destroy()  # from here on nobody can read it, whatever else fails
        for (n,) in db.execute("SELECT n FROM encounter WHERE keep = ?", (id,)).fetchall():
            _take_out(db, n)
        db.execute("DELETE FROM lock WHERE keep = ?", (id,))
        db.execute("DELETE FROM keep WHERE id = ?", (id,))
    keep.known = None
    if isinstance(rings, FolderRings):
        keychain.remove(lock_name(id))
        keychain.remove(f"anchor {id.hex()}")
    cleared = keep.database.compact()
    keep.close()
    if isinstance(rings, FolderRings):
        with plain(rings.path.parent):
            cleared = _files_gone(rings.path.parent) or cleared
    return "scrubbed" if cleared else "burned"


def _take_out(db: Db, n: int) -> None:
    """Clear, then delete, every row of an encounter."""
    clear(db, db.execute("SELECT id, length(ct) FROM event WHERE enc = ?", (n,)).fetchall())
    entries = "(SELECT id FROM event WHERE enc = ?)"
    db.execute(f"DELETE FROM shred WHERE entry IN {entries}", (n,))
    db.execute(f"DELETE FROM ekey WHERE entry IN {entries}", (n,))
    for table in ("event", *_OF):
        db.execute(f"DELETE FROM {table} WHERE enc = ?", (n,))
    db.execute("DELETE FROM encounter WHERE n = ?", (n,))


def _files_gone(folder: Path) -> bool:
    """Write zeros over the files of a keep where they lie, and take them and the folder away."""
    names = [f"{DATABASE}{more}" for more in ("", "-wal", "-shm", "-journal")]
    for name in (*names, "keep.key", "keep.ballast", "keep.key.new"):
        path = folder / name
        with contextlib.suppress(FileNotFoundError):
            with path.open("r+b", buffering=0) as file:
                left = path.stat().st_size
                while left > 0:
                    left -= file.write(bytes(min(left, 2**20)))
                os.fsync(file.fileno())
            path.unlink()
    with contextlib.suppress(OSError):
        folder.rmdir()
    return not any((folder / name).exists() for name in names)
