"""``place/*.md``: one scene a file; under its heading the things in it and the ways it answers."""

from __future__ import annotations

from typing import Any

from harken.engine.moves import MOVES, SKIP, UNCLEAR
from harken.story.draft import Draft, Entry
from harken.story.fields import Fields, Name, slug
from harken.story.guards import ALWAYS, guard
from harken.story.markdown import read
from harken.story.parts import Part
from harken.story.problems import Place
from harken.story.tree import Block, Scalar
from harken.story.words import keyed, title

LIGHTS = {"indigo": 0.0, "violet": 0.25, "rose": 0.5, "amber": 0.75, "gold": 1.0}
MOTIONS = {"still": 0.0, "slow": 0.25, "gentle": 0.5, "restless": 0.75, "wild": 1.0}
PLAIN = "none"
"""The drawing of a scene that names none, and a sound that is none."""
SCENE_KEYS = ("id", "art", "light", "sound", "motion")
SECTION_KEYS = ("id", "on", "needs", "again", "cool-down", "everywhere")
THING_KEYS = ("thing", "kind", "moves", "here")
PHASES = ("moment", "unravelling", "waking")
READ_WHOLE = ("enter", "meet", "edition")
ALONE = ("enter", "meet", "edition", "silence")
"""Triggers with nothing after them."""
TRIGGERS = (*ALONE, "told", "thread", "form", "depth", "move", "look", "phase")
MOST_COOL = 1_000
_NAMED = {"phase": PHASES, "move": (*MOVES, UNCLEAR, SKIP)}


def read_place(name: str, text: str, draft: Draft) -> None:
    """Read one scene's file into the draft."""
    scene: str | None = None
    for part in read(name, text, draft.found):
        draft.count_part(part.at)
        if part.level == 1 and scene is None:
            scene = _scene(part, draft)
        elif part.level == 1:
            draft.found.add("second-scene", part.at)
        elif part.level > 2:
            draft.found.add("heading-level-place", part.at, level=part.level)
        elif scene is None:
            draft.found.add("no-scene", part.at)
            draft.unsure.add("scene")
            scene = ""
            _under(part, scene, draft)
        else:
            _under(part, scene, draft)
    if scene is None:
        draft.found.add("no-scene", Place(name, 1, 1))


def _scene(part: Part, draft: Draft) -> str:
    words = title(part.title, draft, "scene")
    for block in part.body:
        draft.found.add("words-of-scene", block.at)
        break
    if part.meta is None:
        draft.unsure.add("scene")
        return part.salvaged
    fields = Fields(part.meta, SCENE_KEYS, "a scene", draft)
    name = fields.id("id")
    if name is None:
        if "id" not in part.meta.entries:
            draft.found.add("missing-id", part.at, what="scene", suggested=slug(words) or "a-short-name")
        draft.unsure.add("scene")
        return ""
    draft.define("scene", name.text, name.at)
    sound = fields.word("sound", PLAIN)
    doc = {
        "id": name.text,
        "title": words,
        "art": fields.word("art", PLAIN),
        "light": _share(fields, "light", LIGHTS, 0.0, "not-a-light"),
        "sound": None if sound == PLAIN else sound,
        "motion": _share(fields, "motion", MOTIONS, MOTIONS["gentle"], "not-a-motion"),
    }
    draft.scenes.append(Entry(doc, name.at, fields.keys))
    return name.text


def _share(fields: Fields, key: str, names: dict[str, float], default: float, wrong: str) -> float:
    """A share from 0 to 1, by name or as a number."""
    scalar = fields.scalar(key)
    if scalar is None or scalar.text in names:
        return names[scalar.text] if scalar else default
    try:
        share = float(scalar.text) if len(scalar.text) < 12 else -1.0
    except ValueError:
        near = fields.found.near(scalar.text, names)
        fields.found.add(wrong, scalar.at, near, value=scalar.text, names=", ".join(names))
        return default
    if not 0 <= share <= 1:
        fields.found.add(wrong, scalar.at, value=scalar.text, names=", ".join(names))
        return default
    return round(share, 3)


def _under(part: Part, scene: str, draft: Draft) -> None:
    """A section or a thing."""
    words = title(part.title, draft, "section")
    if part.meta is None:
        draft.unsure |= {"section", "thing"}
        return
    entries = part.meta.entries
    if "thing" in entries:
        _thing(part, scene, words, draft)
    elif "on" in entries:
        _section(part, scene, words, draft)
    else:
        draft.unsure |= {"section", "thing"}
        nearly = {key: meant for key in entries if (meant := draft.found.near(key, ("thing", "on")))}
        if nearly:
            key, meant = next(iter(nearly.items()))
            draft.found.add("unknown-key", entries[key][0].at, meant, key=key, what="the place")
        elif "kind" in entries or "here" in entries:
            draft.found.add("thing-without-name", part.at, suggested=slug(words) or "a-short-name")
        else:
            draft.found.add("neither-thing-nor-section", part.at)


def _thing(part: Part, scene: str, words: str, draft: Draft) -> None:
    assert part.meta is not None
    fields = Fields(part.meta, THING_KEYS, "a thing", draft)
    name = fields.id("thing")
    if name is None:
        draft.unsure.add("thing")
        return
    draft.define("id", name.text, name.at)
    draft.names["thing"].setdefault(name.text, name.at)
    moves = [move.text for move in fields.names("moves") if fields.among(move, "moves", MOVES)]
    look = keyed(part.body, draft, name.text, whole=True)
    if not look and not moves:
        draft.found.add("thing-idle", name.at, name=name.text)
    doc = {
        "id": name.text,
        "scene": scene,
        "kind": fields.word("kind", "thing"),
        "label": words,
        "moves": list(dict.fromkeys(moves)),
        "here": fields.yes("here"),
        "look": look,
    }
    draft.things.append(Entry(doc, name.at, fields.keys))


def _section(part: Part, scene: str, words: str, draft: Draft) -> None:
    assert part.meta is not None
    fields = Fields(part.meta, SECTION_KEYS, "a section", draft)
    name = fields.id("id")
    if name is not None:
        draft.define("id", name.text, name.at)
    elif "id" not in part.meta.entries:
        draft.found.add("missing-id", part.at, what="section", suggested=slug(words) or "a-short-name")
    needs = fields.scalar("needs")
    triggers = [_trigger(on, fields, draft) for on in fields.names("on")]
    on = [trigger for trigger in triggers if trigger is not None]
    whole = bool(on) and all(what in READ_WHOLE for what, _ in on)
    own = name.text if name else ""
    lines = keyed(part.body, draft, own, whole)
    if not lines:
        draft.found.add("section-silent", part.at)
    doc: dict[str, Any] = {
        "id": own,
        "scene": None if fields.yes("everywhere") else scene,
        "on": on,
        "needs": guard(needs.passage, draft, variant=True) if needs else ALWAYS,
        "again": fields.yes("again"),
        "cool": fields.whole("cool-down", 0, MOST_COOL, 0),
        "lines": lines,
    }
    draft.sections.append(Entry(doc, name.at if name else part.at, fields.keys))


def _trigger(on: Name, fields: Fields, draft: Draft) -> list[str] | None:
    """One of the things that a section answers to."""
    what, _, rest = on.text.partition(" ")
    which = Name(rest.strip(), Place(on.at.file, on.at.line, on.at.column + len(on.text) - len(rest.lstrip())))
    if what not in TRIGGERS:
        near = draft.found.near(what, TRIGGERS)
        draft.found.add("not-a-trigger", on.at, near, value=what, names=", ".join(TRIGGERS))
        return None
    if what in ALONE and which.text:
        draft.found.add("trigger-alone", which.at, what=what, seen=on.text)
    elif not which.text and what not in (*ALONE, "told", "look"):
        draft.found.add("trigger-of-what", on.at, what=what)
        return None
    elif what == "depth":
        depth = fields.number(_as_scalar(which), "depth", 0, 5)
        return None if depth is None else [what, str(depth)]
    elif what in _NAMED and not fields.among(which, what, _NAMED[what]):
        return None
    elif which.text and what in ("told", "thread", "form", "look"):
        name = which.text if what in ("told", "look") else which.text.lower()
        draft.refer(f"on-{what}", name, which.at)
        return [what, name]
    return [what, "" if what in ALONE else which.text]


def _as_scalar(name: Name) -> Scalar:
    return Scalar(name.text, name.at, Block(name.at.file, name.text), 0, "")
