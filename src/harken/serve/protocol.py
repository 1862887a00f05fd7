"""The wire of docs/protocol.md: messages checked on their way in, and made on their way out.

What comes in is held to its shape exactly: a field that is not known, or is not what it should be, is refused
before anything is opened. What goes out is made here alone.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from harken.engine.moves import PRONOUNS
from harken.meeting import Breath, Care, Refused, Threshold

TEXT_MOST = 64 * 1024
"""Bytes of a typed line that are kept."""
MESSAGE_MOST = 8 * TEXT_MOST
"""Characters of a message: a typed line of the longest kind, every byte of it escaped, and its wrapping."""
ID_MOST = 100
NAME_MOST = 80
LOCALE_MOST = 35
VEILS_MOST = 64

FIELDS = {
    "open": frozenset({"type", "locale"}),
    "begin": frozenset({"type", "turn", "name", "pronoun", "veiled", "locale", "older"}),
    "breathe": frozenset({"type", "turn", "offer", "text"}),
}
"""What each kind of message may hold."""

Json = dict[str, Any]


class Malformed(Refused):
    """A message that is none of the protocol's."""

    code = "malformed"


class TooMuch(Refused):
    """A typed line, or a message, that is longer than is kept."""

    code = "too-long"


class Asked(NamedTuple):
    """What a player asks for: ``kind`` is open, begin or breathe. In ``begin``, None is as it was."""

    kind: str
    turn: str = ""
    name: str | None = None
    pronoun: str | None = None
    veiled: tuple[str, ...] | None = None
    older: bool | None = None
    locale: str | None = None
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
    if not isinstance(kind, str) or kind not in FIELDS:
        raise Malformed("The server was sent a message of a kind it does not know.")
    if not FIELDS[kind].issuperset(asked):
        raise Malformed("The server was sent a message with something in it that it does not know.")
    if kind == "open":
        return Asked("open", locale=_string(asked, "locale", LOCALE_MOST))
    return _begin(asked) if kind == "begin" else _breathe(asked)


def turn_of(message: str) -> str | None:
    """The turn id of a message that is refused, where it has one."""
    try:
        asked = json.loads(message) if len(message) <= MESSAGE_MOST else None
    except (ValueError, RecursionError):
        return None
    turn = asked.get("turn") if isinstance(asked, dict) else None
    return turn if isinstance(turn, str) and len(turn) <= ID_MOST else None


def threshold(shown: Threshold, name: str | None) -> Json:
    """The answer to ``open``. ``name`` is suggested to a reader who is not known yet."""
    return {
        "type": "threshold",
        "title": shown.title,
        "opening": list(shown.opening),
        "notes": list(shown.notes),
        "meeting": shown.meeting,
        "state": shown.state,
        "name": shown.name or name,
        "help": shown.help,
        "veils": [{"id": id, "label": label} for id, label in shown.veils],
        "veiled": list(shown.veiled),
        "pronouns": shown.pronouns,
        "older_name": shown.older_name,
        "pronoun": shown.pronoun,
        "language": shown.language,
        "locales": list(shown.locales),
        "locale": shown.locale,
        "older": shown.older,
    }


def breath(shown: Breath, turn: str | None) -> Json:
    """The answer to ``begin`` and ``breathe``. ``place`` is how the scene it is in looks, moves and sounds."""
    scene = shown.story.scenes.get(shown.state.scene)
    place = {"art": scene.art, "light": scene.light, "sound": scene.sound, "motion": scene.motion} if scene else None
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
    """Nothing was written; ``say`` is shown as it stands, and of care the ``page``."""
    said: Json = {"type": "refused", "turn": turn, "code": why.code, "say": str(why)}
    return {**said, "page": why.page} if isinstance(why, Care) else said


def _yes(asked: Json, key: str) -> bool | None:
    value = asked.get(key)
    if value is None or isinstance(value, bool):
        return value
    raise _wrong(key)


def _begin(asked: Json) -> Asked:
    pronoun = _string(asked, "pronoun", ID_MOST)
    if pronoun is not None and pronoun not in PRONOUNS:
        raise _wrong("pronoun")
    return Asked(
        "begin",
        _turn(asked),
        name=_string(asked, "name", NAME_MOST),
        pronoun=pronoun,
        veiled=_strings(asked, "veiled"),
        older=_yes(asked, "older"),
        locale=_string(asked, "locale", LOCALE_MOST),
    )


def _breathe(asked: Json) -> Asked:
    turn = _turn(asked)
    offer, text = _string(asked, "offer", ID_MOST * 2), _string(asked, "text", MESSAGE_MOST)
    if (offer is None) == (text is None):
        raise Malformed("A breath is either a gesture or words.")
    if text is not None and len(text.encode("utf-8", "surrogatepass")) > TEXT_MOST:
        raise TooMuch("That is more than can be kept at once (64 KiB). It is still in the box.")
    return Asked("breathe", turn, offer=offer, text=text)


def _turn(asked: Json) -> str:
    turn = _string(asked, "turn", ID_MOST)
    if not turn:
        raise Malformed("A turn came without an id.")
    return turn


def _string(asked: Json, key: str, most: int) -> str | None:
    value = asked.get(key)
    if value is None:
        return None
    if not isinstance(value, str) or len(value) > most:
        raise _wrong(key)
    return value


def _strings(asked: Json, key: str) -> tuple[str, ...] | None:
    value: Sequence[Any] | None = asked.get(key)
    if value is None:
        return None
    if not isinstance(value, list) or len(value) > VEILS_MOST:
        raise _wrong(key)
    if not all(isinstance(one, str) and len(one) <= ID_MOST for one in value):
        raise _wrong(key)
    return tuple(dict.fromkeys(value))


def _wrong(key: str) -> Malformed:
    return Malformed(f"“{key}” is not what it should be in a message.")
