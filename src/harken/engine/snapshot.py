"""A state as a few bytes, and back: a cache for stores, never the truth, and always free to be thrown away.

It holds ids and numbers only, as a state does, so that nothing told or typed can live on in it after a burn.
"""

from __future__ import annotations

import json
import zlib
from typing import Any

from harken import __version__
from harken.engine.state import State

VERSION = f"2 {__version__}"
"""What a state means may change with any release, and with what a fold makes of an old event: a snapshot of another
release is thrown away. The number is raised where it changes between two releases.
"""
_SETS = ("again", "themes", "used", "veiled")
_PAIRS = ("things", "trace")


class Stale(ValueError):
    """These bytes are no snapshot that this version can use; fold the log instead."""


def pack(state: State) -> bytes:
    """The state as bytes: the same state, the same bytes."""
    values: dict[str, Any] = {
        name: value
        for name, value in state._asdict().items()
        if name != "told_set" and value != State._field_defaults[name]
    }
    for name in _SETS:
        if name in values:
            values[name] = sorted(values[name])
    document = json.dumps([VERSION, values], ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(document.encode("utf-8", "surrogatepass"), 9)


def unpack(packed: bytes) -> State:
    """The state that was packed. Raises Stale."""
    try:
        version, values = json.loads(zlib.decompress(packed).decode("utf-8", "surrogatepass"))
        if version != VERSION:
            raise Stale(f"a snapshot of version {version}; this is {VERSION}")
        for name in _SETS:
            if name in values:
                values[name] = frozenset(values[name])
        for name in _PAIRS:
            values[name] = tuple(tuple(item) for item in values.get(name, ()))
        for name in ("told", "jars", "owed_draw", "landing"):
            if values.get(name) is not None:
                values[name] = tuple(values[name])
        return State(**values, told_set=frozenset(values.get("told", ())))
    except (zlib.error, ValueError, TypeError) as error:
        raise Stale(f"not a snapshot: {error}") from error
