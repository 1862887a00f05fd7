"""The keep: everything told to one reader and by them, sealed, on their own machine.

``Keep.open(folder)`` opens it; ``keep.encounter(story)`` is one reading of one story, which is what a
meeting writes to. ``open_store`` opens a server's database of many keeps. ``MemoryKeep`` is the same without a
disk, ``default_path`` says where a reader's keep lies. What goes wrong is a ``KeepError`` whose text is a plain
sentence.

Names are loaded when first asked for, so that ``import harken.keep`` costs nothing (no SQLite, no
cryptography). Where to read on: ``schema`` (what is on disk), ``envelope`` (how an entry is sealed), ``keys`` and
``locks`` (what opens it), ``turns`` (how a turn is kept exactly once), ``rings`` (how what is burned dies in copies).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from harken.keep.backup import fleeting
    from harken.keep.encounter import Encounter, Entry
    from harken.keep.errors import (
        BadReaderName,
        Broken,
        Busy,
        Full,
        KeepError,
        KeyMissing,
        LastLock,
        Locked,
        NewerKeep,
        NoKeychain,
        NoSuchReader,
        NotAKeep,
        ReadOnly,
        Taken,
        Unsafe,
        Unwritable,
        WrongKey,
    )
    from harken.keep.hosting import Store, open_store
    from harken.keep.listing import Listing, LockInfo
    from harken.keep.memory import MemoryEncounter, MemoryKeep
    from harken.keep.places import default_path
    from harken.keep.report import Report
    from harken.keep.store import Keep

__all__ = [
    "BadReaderName",
    "Broken",
    "Busy",
    "Encounter",
    "Entry",
    "Full",
    "Keep",
    "KeepError",
    "KeyMissing",
    "LastLock",
    "Listing",
    "LockInfo",
    "Locked",
    "MemoryEncounter",
    "MemoryKeep",
    "NewerKeep",
    "NoKeychain",
    "NoSuchReader",
    "NotAKeep",
    "ReadOnly",
    "Report",
    "Store",
    "Taken",
    "Unsafe",
    "Unwritable",
    "WrongKey",
    "default_path",
    "fleeting",
    "open_store",
]

_ROOMS = {
    "backup": "fleeting",
    "encounter": "Encounter Entry",
    "errors": "BadReaderName Broken Busy Full KeepError KeyMissing LastLock Locked NewerKeep NoKeychain NoSuchReader "
    "NotAKeep ReadOnly Taken Unsafe Unwritable WrongKey",
    "hosting": "Store open_store",
    "listing": "Listing LockInfo",
    "memory": "MemoryEncounter MemoryKeep",
    "places": "default_path",
    "report": "Report",
    "store": "Keep",
}
_HOMES = {name: home for home, names in _ROOMS.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"harken.keep.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
