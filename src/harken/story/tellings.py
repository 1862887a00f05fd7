"""``tellings/*.md``: threads (first-level headings), tellings (second), their promises (third)."""

from __future__ import annotations

import re
from typing import Any

from harken.engine.moves import ARCS, MOVES, UNCLEAR
from harken.engine.names import OTHERWISE
from harken.story.draft import Draft, Entry
from harken.story.fields import Fields, Name, slug
from harken.story.guards import ALWAYS, guard
from harken.story.markdown import read
from harken.story.parts import Items, Part, Pause, Text
from harken.story.problems import Place
from harken.story.tree import Map
from harken.story.words import line as one_line
from harken.story.words import lines, pause, title

WAKINGS = ("clock", "wake", "run")
WEIGHTS = ("urgent", "reluctant")
PARTS = ("promise", "instead")
UNSURE_ASIDE = "an aside"
"""Stands among a telling's keys where one of its asides could not be told from another."""
LANDS = (-4, 3)
SHARED = (
    "depth", "form", "thread", "arc", "needs", "on", "only-on", "themes", "weight", "again", "sealed-until", "landing",
    "sets", "raises", "appear", "dissolve", "scene", "by", "lengthen",
)  # fmt: skip
KEYS = ("id", *SHARED)
_MOVES_OF_ANSWER = re.compile(r"([\w-]+(?:[ \t]*,[ \t]*[\w-]+)*)[ \t]*:(?:\s+|$)")


def read_tellings(name: str, text: str, draft: Draft) -> None:
    """Read one file of tellings into the draft."""
    thread: Fields | None = None
    file_thread = slug(name.rpartition("/")[2].removesuffix(".md"))
    entry: Entry | None = None
    for part in read(name, text, draft.found):
        draft.count_part(part.at)
        if part.level == 1:
            title(part.title, draft, "thread")
            thread, entry = _thread(part, draft), None
        elif part.level == 2:
            entry = _telling(part, thread, file_thread, draft)
        elif part.level == 3 and entry is not None:
            aside(part, entry, draft)
        else:
            draft.found.add("heading-level", part.at, level=part.level)


def _thread(part: Part, draft: Draft) -> Fields:
    for block in part.body:
        at = block.at
        draft.found.add("words-of-thread", at)
        break
    if part.meta and "id" in part.meta.entries:
        draft.found.add("id-of-thread", part.meta.entries["id"][0].at)
        del part.meta.entries["id"]
    return Fields(part.meta or Map({}, part.at), SHARED, "a thread", draft)


def _telling(part: Part, thread: Fields | None, file_thread: str, draft: Draft) -> Entry | None:
    words = title(part.title, draft, "telling")
    if part.meta is None:
        _remember_broken(part, draft)
    fields = Fields(part.meta or Map({}, part.at), KEYS, "a telling", draft, after=thread)
    name = _id(part, fields, draft, words)
    doc: dict[str, Any] = {"id": name, "title": words, "body": []}
    before = len(draft.found)
    doc |= _manner(fields, file_thread, draft)
    doc |= _conditions(fields, draft)
    if len(draft.found) > before:
        draft.unsure |= {"waking", "arrival", "moment"}
    _effects(doc, fields, draft)
    body(doc, part, draft)
    if part.meta is None:
        return None
    keys = {**(thread.keys if thread else {}), **fields.keys}
    entry = Entry(doc, keys.get("id", part.at), keys)
    draft.tellings.append(entry)
    return entry


def _id(part: Part, fields: Fields, draft: Draft, words: str) -> str:
    if part.meta is None:
        return part.salvaged
    if "id" not in part.meta.entries:
        draft.unsure.add("telling")
        suggested = slug(words) or "a-short-name"
        draft.found.add("missing-id", part.at, what="telling", suggested=suggested)
        return ""
    name = fields.id("id")
    if name is None:
        draft.unsure.add("telling")
        return ""
    draft.define("id", name.text, name.at)
    draft.names["telling"].setdefault(name.text, name.at)
    return name.text


def _remember_broken(part: Part, draft: Draft) -> None:
    """A telling whose metadata cannot be read: its id is known all the same, where it can be seen."""
    if part.salvaged:
        draft.names["telling"].setdefault(part.salvaged, part.at)
    else:
        draft.unsure.add("telling")
    draft.unsure |= {"thing-shown", "raised", "set", "thread", "waking", "moment", "arrival"}


def _manner(fields: Fields, file_thread: str, draft: Draft) -> dict[str, Any]:
    """How and when it is told; only what differs from the default."""
    doc: dict[str, Any] = {
        "depth": fields.whole("depth", 0, 5, 0),
        "form": fields.word("form", "talk"),
        "thread": fields.word("thread", file_thread),
        "arc": fields.one_of("arc", ARCS, "talk"),
        "themes": [name.text for name in fields.words("themes")],
        "weight": fields.one_of("weight", WEIGHTS, ""),
        "again": fields.yes("again"),
    }
    for kind in ("form", "thread", "themes"):
        at = fields.keys.get(kind) or (fields.after.keys.get(kind) if fields.after else None)
        for word in doc["themes"] if kind == "themes" else [doc[kind]]:
            draft.use(kind, word, at or fields.node.at)
    default = {"depth": 0, "form": "talk", "thread": "", "arc": "talk", "themes": [], "weight": "", "again": False}
    if doc["arc"] == "waking":
        ways = [name.text for name in fields.names("by") if fields.among(name, "by", WAKINGS)]
        doc["by"] = sorted(set(ways)) or (list(WAKINGS) if doc["again"] else ["clock"])
    elif "by" in fields.node.entries:
        draft.found.add("by-not-waking", fields.node.entries["by"][0].at)
    return {key: value for key, value in doc.items() if key not in default or value != default[key]}


def _conditions(fields: Fields, draft: Draft) -> dict[str, Any]:
    """What opens it, and how it lands; only what differs from the default."""
    doc: dict[str, Any] = {}
    needs = fields.scalar("needs")
    if needs is not None and (asked := guard(needs.passage, draft)) != ALWAYS:
        doc["needs"] = asked
    if seal := fields.whole("sealed-until", 1, 1000, 0):
        doc["seal"] = seal
    on = fields.id("on")
    if on is not None:
        doc["on"] = on.text
        draft.refer("target", on.text, on.at)
    if fields.yes("only-on"):
        doc["only_on"] = True
        if on is None and fields.get("on") is None:
            draft.found.add("only-on-nothing", fields.keys.get("only-on", fields.node.at))
    landing: dict[str, int] = {}
    for move, (scalar, value) in fields.mapping("landing").items():
        if fields.among(scalar, "landing", MOVES):
            number = fields.number(value, move, *LANDS)
            landing |= {} if number is None else {move: number}
    return doc | ({"landing": landing} if landing else {})


def _effects(doc: dict[str, Any], fields: Fields, draft: Draft) -> None:
    effects: dict[str, Any] = {}
    for name in fields.names("sets"):
        said = re.fullmatch(r"(\S+)\s+is\s+(\S+)", name.text)
        if said:
            effects.setdefault("sets", []).append([said[1], said[2]])
            draft.refer("set", said[1], name.at, (said[2], name.at))
        else:
            draft.unsure.add("set")
            draft.found.add("not-a-fact", name.at, value=name.text)
    raises = [name for name in fields.names("raises") if fields.as_id(name, "raises")]
    for name in raises:
        draft.refer("raise", name.text, name.at)
    for key in ("appear", "dissolve"):
        names = fields.ids(key)
        for name in names:
            draft.refer(key, name.text, name.at)
        effects |= {key: [name.text for name in names]} if names else {}
    scene = fields.id("scene")
    if scene is not None:
        draft.refer("scene", scene.text, scene.at)
        effects["scene"] = scene.text
    lengthen = fields.whole("lengthen", 1, 3, 0)
    effects |= {"raises": [name.text for name in raises]} if raises else {}
    effects |= {"lengthen": lengthen} if lengthen else {}
    if effects:
        doc["effects"] = effects


def body(doc: dict[str, Any], part: Part, draft: Draft) -> None:
    """What is told, and the answers to moves: everything that stands under its metadata."""
    said: list[Text | Pause | Items] = []
    answers: dict[str, Any] = {}
    before = len(draft.found)
    for block in part.body:
        if isinstance(block, Items):
            _answers(answers, block, draft)
        elif answers:
            draft.found.add("words-after-answers", block.at)
        else:
            said.append(block)
    doc["body"] = lines(said, draft)
    if not part.refused and len(draft.found) == before and not any(isinstance(block, Text) for block in said):
        draft.found.add("nothing-told", part.at)
    if answers:
        doc["answers"] = answers


def _answers(answers: dict[str, Any], block: Items, draft: Draft) -> None:
    for at, item in block.items:
        first = item[0] if item else None
        named = _MOVES_OF_ANSWER.match(first.passage.text) if isinstance(first, Text) else None
        if not isinstance(first, Text) or named is None or first.by != "tell":
            seen = first.passage.text if isinstance(first, Text) else ""
            draft.found.add("answer-without-move", first.passage.at() if isinstance(first, Text) else at, seen=seen)
            continue
        rest = first.passage.part(named.end())
        said = [one_line(rest, "tell", draft)] if rest.text.strip() else []
        said += lines(item[1:], draft)
        if not said:
            draft.found.add("answer-empty", first.passage.at())
        for move in first.passage.part(0, named.end(1)).split(","):
            if _is_answerable(Name(move.text, move.at()), answers, draft):
                answers[move.text] = said or [pause()]


def _is_answerable(move: Name, answers: dict[str, Any], draft: Draft) -> bool:
    names = (*MOVES, OTHERWISE)
    if move.text == UNCLEAR:
        draft.found.add("answer-unclear", move.at)
    elif move.text in answers:
        draft.found.add("answer-twice", move.at, move=move.text)
    elif move.text not in names:
        near = draft.found.near(move.text, names)
        draft.found.add("not-a-move", move.at, near, value=move.text, names=", ".join(names))
    else:
        return True
    return False


def aside(part: Part, entry: Entry, draft: Draft) -> None:
    """``### promise`` and ``### instead``."""
    name = part.title.text.strip().lower()
    if name not in PARTS or name in entry.doc:
        entry.keys[UNSURE_ASIDE] = part.at
    if name not in PARTS:
        draft.found.add("aside-unknown", part.at, draft.found.near(name, PARTS), title=part.title.text)
        return
    if name in entry.doc:
        draft.found.add("aside-twice", part.at, title=name)
        return
    if part.meta is None or part.meta.entries:
        at: Place = part.meta.at if part.meta else part.at
        draft.found.add("aside-metadata", at, title=name)
    entry.doc[name] = lines(part.body, draft)
    if not entry.doc[name]:
        draft.found.add("aside-empty", part.at, title=name)
    entry.keys[name] = part.at
