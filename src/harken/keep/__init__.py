"""The keep: everything told to one reader and by them, sealed, on their own machine.

``Keep.open(folder)`` opens it; ``keep.encounter(story)`` is one reading of one story, which is what a
meeting writes to. ``MemoryKeep`` is the same without a disk, ``default_path`` says where a reader's keep
lies. What goes wrong is a ``KeepError`` whose text is a plain sentence.

Names are loaded when first asked for, so that ``import harken.keep`` costs nothing (no SQLite, no
cryptography). Where to read on: ``schema`` (what is on disk), ``envelope`` (how an entry is sealed),
``encounter`` (how a turn is kept and an entry burned).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from harken.keep.encounter import Encounter
    from harken.keep.errors import KeepError
    from harken.keep.listing import Listing
    from harken.keep.memory import MemoryEncounter, MemoryKeep
    from harken.keep.places import default_path
    from harken.keep.store import Keep

__all__ = ["Encounter", "Keep", "KeepError", "Listing", "MemoryEncounter", "MemoryKeep", "default_path"]

_HOMES = {
    "Encounter": "encounter",
    "Keep": "store",
    "KeepError": "errors",
    "Listing": "listing",
    "MemoryEncounter": "memory",
    "MemoryKeep": "memory",
    "default_path": "places",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"harken.keep.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
