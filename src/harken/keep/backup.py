"""A backup is a keep of its own: the same locks and words, a ring of its own, and without what was never to stay.

Jars and unsent letters are in none: in the copy they are burned, as if they had been heard. What is burned in the keep
after a backup was made stays in that backup; that is said in docs/keeping.md.
"""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from harken.engine.events import Event, HeardOnce
from harken.keep import keyfile
from harken.keep.database import connect
from harken.keep.errors import KeepError, NotAKeep
from harken.keep.keyfile import FolderRings
from harken.keep.saying import plain
from harken.keep.schema import DATABASE, KEY_FILE

if TYPE_CHECKING:
    from harken.keep.store import Keep


def fleeting(event: Event | None) -> bool:
    """Whether an entry is in no backup and no export: a jar's words, and any kind of event that says so of itself."""
    return isinstance(event, HeardOnce) or bool(getattr(type(event), "FLEETING", False))


def back_up(keep: Keep, folder: Path) -> None:
    """Make the backup. Raises KeepError; then nothing is left at ``folder``."""
    from harken.keep.store import Keep as Kept

    if not isinstance(keep.rings, FolderRings):
        raise KeepError("A keep on a server is backed up with the server. Nothing was changed.")
    if folder.exists() and any(folder.iterdir()):
        raise NotAKeep(f"There is something at {folder} already. Name a new folder; nothing was changed.")
    source = keep.rings.path.parent
    with plain(folder), keep.rings.held():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            _copied(source, folder)
            copy = Kept.open(folder, create=False, ticket=keep.ticket())
            try:
                _lighter(copy)
            finally:
                copy.close()
        except BaseException:
            shutil.rmtree(folder)
            raise


def _copied(source: Path, folder: Path) -> None:
    """The database through SQLite's own backup, page by page, never as a file; the key file whole."""
    key = keyfile.read(source / KEY_FILE)
    assert key is not None
    target = folder / DATABASE
    target.touch(0o600)
    here, there = connect(source / DATABASE), sqlite3.connect(target)
    try:
        here.backup(there)
    finally:
        there.close()
        here.close()
    keyfile.write_new(folder / KEY_FILE, key)
    keyfile.finish(folder / KEY_FILE)


def _lighter(copy: Keep) -> None:
    for listing in copy.encounters():
        encounter = copy.encounter(listing.story, id=listing.id)
        gone = [number for number, event in enumerate(encounter.events()) if fleeting(event)]
        if gone:
            encounter.burn(gone)
    if not copy.rotate():
        raise KeepError("The backup could not be finished, and nothing is left of it. Try again.")
