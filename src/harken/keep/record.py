"""An event as the bytes that are sealed, and back. Nothing here knows of keys or disks."""

from __future__ import annotations

import json

from harken.engine.events import Event, from_record, to_record

_JSON = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def pack(event: Event) -> bytes:
    """The event as UTF-8 JSON. Lone surrogates (a broken paste) survive: nothing typed is lost.

    Raises TypeError or ValueError where an event holds what JSON has no word for.
    """
    return _JSON.encode(to_record(event)).encode("utf-8", "surrogatepass")


def unpack(packed: bytes) -> Event:
    """The event that ``pack`` made these bytes of, raised to today's version of its kind.

    Raises engine.events.NotAnEvent for a kind or version that is not known here.
    """
    return from_record(json.loads(packed.decode("utf-8", "surrogatepass")))
