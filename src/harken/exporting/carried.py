"""A keep as one document, and a document taken into a keep.

A reading goes over event by event, each at its old place: places are what events refer to. Where something was
burned, and where a jar stands that was not yet let go, the document has nothing, and the keep it is taken into gets
an entry there that is burned at once.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from harken.engine import events as ev
from harken.engine import fold
from harken.engine.beats import beats
from harken.exporting.errors import NotAnExport

FORMAT = 1
MOST = 256 * 1024 * 1024
"""Bytes of a document."""
_NOTHING = ev.Burned((), "not carried over")

Log = Sequence[ev.Event | None]


class Reading(NamedTuple):
    """One reading of a story: its log, and the edition of the story that a meeting going on is pinned to."""

    story: str
    log: Log
    edition: str = ""
    compiled: bytes | None = None


def reading_of(story: str, encounter: Any) -> Reading:
    """What is to be carried of an encounter of a keep (a ``meeting.Kept``)."""
    log = tuple(None if isinstance(event, ev.HeardOnce) else event for event in encounter.events())
    edition = fold(log).edition if log else ""
    return Reading(story, log, edition, encounter.edition(edition) if edition else None)


def readings_of(keep: Any) -> list[Reading]:
    """Everything in a keep that is carried, oldest reading first."""
    return [reading_of(one.story, keep.encounter(one.story, id=one.id)) for one in keep.encounters()]


def pack(readings: Iterable[Reading]) -> bytes:
    """The document."""
    packed = [
        {
            "story": reading.story,
            "events": [None if event is None else ev.to_record(event) for event in reading.log],
            "edition": reading.edition,
            "compiled": base64.b64encode(reading.compiled).decode() if reading.compiled else None,
        }
        for reading in readings
    ]
    text = json.dumps({"harken": "keep", "format": FORMAT, "readings": packed}, ensure_ascii=False, allow_nan=False)
    return text.encode("utf-8", "surrogatepass")


def unpack(document: bytes) -> list[Reading]:
    """The readings in a document, each found to be one that can be folded and shown. Raises NotAnExport."""
    try:
        if len(document) > MOST:
            raise ValueError
        found = json.loads(document.decode("utf-8", "surrogatepass"))
        if found["harken"] != "keep":
            raise ValueError
        if found["format"] != FORMAT:
            raise NotAnExport("This export is from a newer Harken. Use that version; nothing was taken in.")
        return [_reading(one) for one in found["readings"]]
    except (
        *(ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OverflowError),
        *(binascii.Error, ev.NotAnEvent),
    ) as error:
        raise NotAnExport("This is not an export of a keep, or it is damaged. Nothing was taken in.") from error


def take_in(reading: Reading, kept: Any) -> None:
    """Write a reading into an encounter that has no turn yet (``keep.encounter(story, anew=True)``)."""
    if reading.compiled is not None:
        kept.keep_edition(reading.edition, reading.compiled)
    events = [_NOTHING if event is None else event for event in reading.log]
    gone = [entry for entry, event in enumerate(reading.log) if event is None]
    turn = f"carried-{os.urandom(8).hex()}"
    kept.append(turn, 0, events)
    if gone:
        kept.append(f"{turn}-gone", len(events), [], burn=gone)


def _reading(one: dict[str, Any]) -> Reading:
    story, edition, compiled = one["story"], one["edition"], one["compiled"]
    log = tuple(None if record is None else ev.from_record(record) for record in one["events"])
    if not (isinstance(story, str) and isinstance(edition, str) and log and isinstance(log[0], ev.Met)):
        raise ValueError("a reading without a beginning")
    if any(isinstance(event, ev.HeardOnce) for event in log):
        raise ValueError("a jar is not carried")
    fold(log)
    json.dumps(beats(log))
    return Reading(story, log, edition, base64.b64decode(compiled, validate=True) if compiled else None)
