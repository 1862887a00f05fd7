"""The wire of docs/architecture.md: messages checked on their way in, and made on their way out."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from harken.meeting import Breath, Refused, Threshold

TEXT_MOST = 64 * 1024
"""Bytes of a typed line that are kept."""
MESSAGE_MOST = 8 * TEXT_MOST
"""Characters of a message: a typed line of the longest kind, every byte of it escaped, and its wrapping."""
ID_MOST = 100
NAME_MOST = 80

Json = dict[str, Any]


class Malformed(Refused):
    """A message that is none of the protocol's."""

    code = "malformed"


class TooMuch(Refused):
    """A typed line, or a message, that is longer than is kept."""

    code = "too-long"


class Asked(NamedTuple):
    """What a player asks for: ``kind`` is open, begin or breathe."""

    kind: str
    turn: str | None = None
    name: str | None = None
    offer: str | None = None
    text: str | None = None


def read(message: str) -> Asked:
    """What this message asks. Raises Malformed or TooMuch, with the sentence to show."""
    if len(message) > MESSAGE_MOST:
        raise TooMuch("That is more than can be kept at once (64 KiB).")
    try:
        asked = json.loads(message)
    except (ValueError, RecursionError):
        raise Malformed("The server was sent something that is not JSON.") from None
    kind = asked.get("type") if isinstance(asked, dict) else None
    if kind == "open":
        return Asked("open")
    if kind not in ("begin", "breathe"):
        raise Malformed("The server was sent a message of a kind it does not know.")
    turn = _string(asked, "turn", ID_MOST)
    if not turn:
        raise Malformed("A turn came without an id.")
    if kind == "begin":
        return Asked("begin", turn, name=_string(asked, "name", NAME_MOST))
    offer, text = _string(asked, "offer", ID_MOST * 2), _string(asked, "text", MESSAGE_MOST)
    if (offer is None) == (text is None):
        raise Malformed("A breath is either a gesture or words.")
    if text is not None and len(text.encode("utf-8", "surrogatepass")) > TEXT_MOST:
        raise TooMuch("That is more than can be kept at once (64 KiB). It is still in the box.")
    return Asked("breathe", turn, offer=offer, text=text)


def turn_of(message: str) -> str | None:
    """The turn id of a message that is refused, where it has one."""
    try:
        asked = json.loads(message) if len(message) <= MESSAGE_MOST else None
    except (ValueError, RecursionError):
        return None
    turn = asked.get("turn") if isinstance(asked, dict) else None
    return turn if isinstance(turn, str) and len(turn) <= ID_MOST else None


def threshold(shown: Threshold, name: str | None) -> Json:
    """The answer to ``open``."""
    return {
        "type": "threshold",
        "title": shown.title,
        "notes": list(shown.notes),
        "meeting": shown.meeting,
        "state": shown.state,
        "name": shown.name or name,
    }


def breath(shown: Breath, turn: str | None) -> Json:
    """The answer to ``begin`` and ``breathe``. ``place`` is how the scene it is in looks and sounds."""
    scene = shown.story.scenes.get(shown.state.scene)
    place = {"art": scene.art, "light": scene.light, "sound": scene.sound} if scene else None
    return {
        "type": "breath",
        "turn": shown.turn or turn,
        "breath": shown.as_json(),
        "shelf": shown.shelf(),
        "clock": round(shown.clock, 4),
        "resumed": shown.resumed,
        "place": place,
    }


def refused(why: Refused, turn: str | None) -> Json:
    """Nothing was written; ``say`` is shown as it stands."""
    return {"type": "refused", "turn": turn, "code": why.code, "say": str(why)}


def _string(asked: Json, key: str, most: int) -> str | None:
    value = asked.get(key)
    if value is None:
        return None
    if not isinstance(value, str) or len(value) > most:
        raise Malformed(f"“{key}” is not what it should be in a message.")
    return value
