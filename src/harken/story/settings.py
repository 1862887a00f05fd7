"""``story.yaml``: what the story is."""

from __future__ import annotations

import re
from typing import Any

from harken.engine.moves import ACHE, CLOSENESS, MOVES, TRUST
from harken.engine.names import OWN_COUNTERS
from harken.story.claims import read_claims
from harken.story.draft import Draft
from harken.story.fields import WORD, Fields, Name
from harken.story.guards import ALWAYS, RESERVED, guard
from harken.story.problems import Place
from harken.story.read import LANGUAGE
from harken.story.tree import Block, Map, Scalar
from harken.story.yaml import read_mapping

KEYS = (
    "id", "title", "authors", "language", "licence", "blurb", "notes", "meetings", "clock", "unravelling", "floors",
    "start", "opening", "wander", "moment", "facts", "counters", "gestures", "themes", "veils", "help",
    "renamed", "gone", "claims",
)  # fmt: skip
FLOORS = [0, 1, 4, 8, 12, 16]
START = {"trust": (TRUST, 2), "closeness": (CLOSENESS, 1), "ache": (ACHE, 0)}
CLOCK = (8, 200)
MOST_MEETINGS = 1_000
PHASES = ("talk", "moment", "unravelling")
HELP_KEYS = ("name", "contact", "hours", "checked")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def read_settings(name: str, text: str, draft: Draft) -> None:
    """Read ``story.yaml`` into the draft."""
    node = read_mapping(Block(name, text), draft.found)
    if node is None:
        draft.unsure |= {"settings", "fact", "counter", "gesture"}
        return
    fields = Fields(node, KEYS, "story.yaml", draft)
    at = Place(name, 1, 1)
    for key in ("id", "title", "opening"):
        fields.need(key, at)
    own, opening = fields.id("id"), fields.id("opening")
    draft.head_keys = fields.keys
    if opening:
        draft.refer("scene", opening.text, opening.at)
    draft.head = {
        "id": own.text if own else "",
        "title": fields.text("title"),
        "language": _language(fields),
        "authors": texts(fields, "authors"),
        "licence": fields.text("licence"),
        "blurb": fields.text("blurb"),
        "notes": texts(fields, "notes"),
        "meetings": fields.whole("meetings", 1, MOST_MEETINGS, 1),
        "clock": _clock(fields),
        "unravelling": fields.whole("unravelling", 1, 12, 4),
        "floors": _floors(fields),
        "start": _start(fields),
        "opening": opening.text if opening else "",
        "wander": fields.whole("wander", 0, 10, 0),
        "moment": _moment(fields, draft),
        "facts": _facts(fields, draft),
        "counters": _counters(fields, draft),
        "gestures": _gestures(fields, draft),
        "themes": _themes(fields, draft),
        "veils": _veils(fields),
        "help": help_lines(fields),
        "renamed": _renamed(fields, draft),
        "gone": _gone(fields, draft),
    }
    if claims := read_claims(fields, draft):
        draft.head["claims"] = claims


def _language(fields: Fields) -> str:
    scalar = fields.scalar("language")
    if scalar is not None and not LANGUAGE.fullmatch(scalar.text):
        fields.found.add("not-a-language", scalar.at, value=scalar.text)
    return scalar.text if scalar else "en"


def texts(fields: Fields, key: str) -> list[str]:
    """Plain words, one or a list of them."""
    scalars = (fields.as_scalar(item, key) for item in fields.items(key))
    return [fields.plain(scalar) for scalar in scalars if scalar]


def _clock(fields: Fields) -> list[int]:
    items = fields.items("clock")
    if not items and fields.get("clock"):
        fields.found.add("empty-list", fields.keys["clock"], key="clock")
    clock = [fields.number(item, "clock", *CLOCK) for item in items]
    return [breaths or 30 for breaths in clock] or [30]


def _floors(fields: Fields) -> list[int]:
    floors = fields.numbers(fields.get("floors"), "floors", 6, *TRUST)
    if floors is not None and floors != sorted(floors):
        fields.found.add("floors-fall", fields.keys["floors"], value=", ".join(map(str, floors)))
    return floors or FLOORS


def _start(fields: Fields) -> list[int]:
    node = fields.get("start")
    if node is not None and not isinstance(node, Map):
        fields.found.add("not-names", node.at, key="start")
        node = None
    inner = Fields(node or Map({}, Place("")), tuple(START), "start", fields.draft)
    return [inner.whole(name, *bounds, default) for name, (bounds, default) in START.items()]


def _moment(fields: Fields, draft: Draft) -> dict[str, Any] | None:
    node = fields.get("moment")
    if node is None:
        return None
    if not isinstance(node, Map):
        fields.found.add("not-names", node.at, key="moment")
        return None
    inner = Fields(node, ("needs", "after", "length", "scene"), "the moment", draft)
    inner.need("scene", node.at)
    needs, scene = inner.scalar("needs"), inner.id("scene")
    if scene:
        draft.refer("scene", scene.text, scene.at)
    return {
        "needs": guard(needs.passage, draft) if needs else ALWAYS,
        "after": inner.whole("after", 1, CLOCK[1], 1),
        "length": inner.whole("length", 1, CLOCK[1], 5),
        "scene": scene.text if scene else "",
    }


def _own_name(fields: Fields, scalar: Scalar, key: str) -> Name | None:
    """The name of a fact or a counter: an id that guards do not use for something else."""
    name = fields.as_id(scalar, key)
    if name is not None and (name.text in RESERVED or name.text in OWN_COUNTERS):
        fields.found.add("reserved-name", scalar.at, name=name.text)
    return name


def _unsure_unless_names(fields: Fields, key: str, kind: str, draft: Draft) -> None:
    if not isinstance(fields.get(key), Map | None):
        draft.unsure.add(kind)


def _facts(fields: Fields, draft: Draft) -> dict[str, list[str]]:
    facts: dict[str, list[str]] = {}
    _unsure_unless_names(fields, "facts", "fact", draft)
    for key, (scalar, node) in fields.mapping("facts").items():
        name = _own_name(fields, scalar, "facts")
        inner = Fields(Map({key: (scalar, node)}, scalar.at), (key,), "facts", draft)
        values = list(dict.fromkeys(value.text for value in inner.ids(key)))
        if name is not None:
            draft.define("fact or counter", name.text, name.at)
            facts[name.text] = values
            if not values:
                fields.found.add("fact-of-none", node.at, name=name.text)
    return facts


def _counters(fields: Fields, draft: Draft) -> dict[str, int]:
    counters: dict[str, int] = {}
    _unsure_unless_names(fields, "counters", "counter", draft)
    for scalar, node in fields.mapping("counters").values():
        name = _own_name(fields, scalar, "counters")
        highest = fields.number(node, scalar.text, 1, 1000)
        if name is not None:
            draft.define("fact or counter", name.text, name.at)
            counters[name.text] = highest or 1000
    return counters


def _gestures(fields: Fields, draft: Draft) -> list[dict[str, str]]:
    gestures = []
    for scalar, node in fields.mapping("gestures").values():
        name = fields.as_id(scalar, "gestures")
        if not isinstance(node, Map):
            fields.found.add("not-names", node.at, key=scalar.text)
            continue
        inner = Fields(node, ("move", "target", "label", "phase"), "a gesture", draft)
        for key in ("move", "target", "label"):
            inner.need(key, scalar.at)
        target = inner.id("target")
        if target:
            draft.names["gesture"].setdefault(target.text, target.at)
        gesture = {
            "id": name.text if name else "",
            "move": inner.one_of("move", MOVES, "stay"),
            "target": target.text if target else "",
            "label": inner.text("label"),
            "phase": inner.one_of("phase", PHASES, "talk"),
        }
        gestures.append(gesture)
    return gestures


def _themes(fields: Fields, draft: Draft) -> list[list[str]]:
    """The themes that a reader may ask not to be told about, and how they are asked."""
    themes = []
    for scalar, node in fields.mapping("themes").values():
        label = fields.as_scalar(node, scalar.text)
        if not WORD.fullmatch(scalar.text):
            fields.found.add("not-a-word", scalar.at, key="themes", value=scalar.text)
        elif label is not None and label.text.strip():
            themes.append([scalar.text.lower(), fields.plain(label)])
            draft.refer("theme", scalar.text.lower(), scalar.at)
    return themes


def help_lines(fields: Fields) -> list[dict[str, str]]:
    """Where a reader finds help who needs it, near to them: shown outside the fiction."""
    lines = []
    for item in fields.items("help"):
        if not isinstance(item, Map):
            fields.found.add("not-a-help", item.at)
            continue
        inner = Fields(item, HELP_KEYS, "a line of help", fields.draft)
        for key in ("name", "contact", "checked"):
            inner.need(key, item.at)
        checked = inner.scalar("checked")
        if checked is not None and not DAY.fullmatch(checked.text):
            fields.found.add("not-a-day", checked.at, value=checked.text)
        lines.append({key: inner.text(key) for key in HELP_KEYS})
    return lines


def _veils(fields: Fields) -> list[list[str]]:
    veils = []
    for item in fields.items("veils"):
        if not isinstance(item, Map):
            fields.found.add("not-a-veil", item.at)
            continue
        inner = Fields(item, ("text", "lang"), "a veil", fields.draft)
        inner.need("text", item.at)
        text, lang = inner.scalar("text"), inner.scalar("lang")
        if lang is not None and not LANGUAGE.fullmatch(lang.text):
            fields.found.add("not-a-language", lang.at, value=lang.text)
        if text is not None and text.text.strip():
            veils.append([inner.plain(text), lang.text if lang else ""])
            fields.draft.refer("veil", inner.plain(text), text.at)
    return veils


def _renamed(fields: Fields, draft: Draft) -> dict[str, str]:
    renamed = {}
    for old, (scalar, node) in fields.mapping("renamed").items():
        new = fields.as_scalar(node, old)
        if fields.as_id(scalar, "renamed") and new is not None and fields.as_id(new, "renamed"):
            renamed[old] = new.text
            draft.names["renamed"][old] = scalar.at
            draft.refer("renamed", new.text, new.at, old)
    return renamed


def _gone(fields: Fields, draft: Draft) -> list[str]:
    gone = fields.ids("gone")
    for name in gone:
        draft.names["gone"].setdefault(name.text, name.at)
    return sorted({name.text for name in gone})
