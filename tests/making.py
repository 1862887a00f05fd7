"""Stories for tests: compiled documents made by hand or from a seed."""

from __future__ import annotations

import hashlib
import json
import random
from typing import Any

from harken.engine import Story, story_from
from harken.engine.moves import MOVES

Document = dict[str, Any]


def line(text: str, by: str = "tell") -> dict[str, Any]:
    return {"say": [text], "by": by}


def telling(id: str, **more: Any) -> dict[str, Any]:
    body = more.pop("body", [line(f"WORDS-OF-{id}")])
    return {"id": id, "title": more.pop("title", f"Title of {id}"), "body": body, **more}


def document(tellings: list[dict[str, Any]], **more: Any) -> Document:
    """A whole small story around these tellings; ``more`` replaces its parts."""
    plain = telling("plain-waking", arc="waking", again=True, by=["clock", "wake", "run"])
    doc: Document = {
        "harken": 1, "id": "small", "title": "Small", "language": "en", "authors": [], "licence": "CC0-1.0",
        "blurb": "", "notes": [], "meetings": 3, "clock": [16], "unravelling": 3, "floors": [0, 1, 4, 8, 12, 16],
        "start": [2, 1, 0], "opening": "room", "wander": 2, "moment": None, "facts": {}, "counters": {},
        "gestures": [], "veils": [["sale", "it"], ["снег", "ru"]], "renamed": {}, "gone": [],
        "confider": {
            "id": "they", "name": "they", "pronouns": ["they", "them", "their", "themself"],
            "moves": [[move, move, False] for move in MOVES], "looks": [["books", "Books"]], "temperament": {},
            "mending": 3, "mends": ["stay", "validate", "comfort"],
            "answers": {"unclear": [["k-unclear", [line("They study you.")]]]},
            "small_talk": "weather",
            "grammar": {"weather": [["It rained until ", {"grammar": "hour"}, "."]], "hour": [["noon"], ["dusk"]]},
        },
        "scenes": [{"id": "room", "title": "Room", "art": "plain", "light": 0.0, "sound": None}],
        "sections": [
            {"id": "sight", "scene": "room", "on": [["enter", ""]], "needs": [{}], "again": False, "cool": 0,
             "lines": [["k-sight", line("A room.", "place")]]},
            {"id": "silence", "scene": None, "on": [["silence", ""]], "needs": [{}], "again": False, "cool": 0,
             "lines": [["k-silence", line("The room ticks.", "place")]]},
        ],
        "things": [],
        "tellings": [*tellings, plain],
    }  # fmt: skip
    return {**doc, **more}


def compiled(doc: Document) -> bytes:
    return json.dumps(doc, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def story(doc: Document) -> Story:
    return story_from(json.loads(compiled(doc)), hashlib.sha256(compiled(doc)).hexdigest()[:32])


def generated(seed: int, count: int = 12) -> Document:
    """A story of ``count`` tellings with every kind of need, arc, form and effect; mostly tellable, not always."""
    rng = random.Random(seed)
    ids = [f"t{number}" for number in range(count)]
    things = [{"id": f"thing{n}", "scene": "room", "kind": "scar", "label": f"Thing {n}", "moves": ["ask_open"],
               "here": n == 0, "look": [[f"k-look{n}", line(f"LOOK-{n}", "place")]]} for n in range(3)]  # fmt: skip
    facts, counters = {"brother": ["alive", "dead"]}, {"crows": 3}
    tellings = [_telling(rng, number, ids) for number in range(count)]
    moment = {"needs": [{"trust": rng.randrange(4, 9)}], "after": rng.randrange(1, 8), "length": 3, "scene": "desert"}
    desert = {"id": "desert", "title": "Desert", "art": "desert", "light": 1.0, "sound": None}
    base = document([])
    return document(
        tellings,
        meetings=rng.randrange(1, 4),
        clock=[rng.randrange(8, 20), rng.randrange(8, 20)],
        unravelling=rng.randrange(1, 5),
        wander=rng.randrange(0, 4),
        moment=rng.choice([None, moment]),
        facts=facts,
        counters=counters,
        things=things,
        gestures=[{"id": "vow", "move": "confide", "target": "vow", "label": "Stay", "phase": "unravelling"}],
        scenes=[*base["scenes"], desert],
    )


def _telling(rng: random.Random, number: int, ids: list[str]) -> dict[str, Any]:
    clause: dict[str, Any] = {}
    earlier = ids[:number]
    if earlier and rng.random() < 0.5:
        clause["told"] = rng.sample(earlier, rng.randrange(1, min(3, len(earlier) + 1)))
    if earlier and rng.random() < 0.1:
        clause["untold"] = [rng.choice(earlier)]
    if rng.random() < 0.3:
        clause["trust"] = rng.randrange(0, 14)
    if rng.random() < 0.15:
        clause["meeting"] = rng.randrange(1, 4)
    if rng.random() < 0.1:
        clause["facts"] = {"brother": rng.choice(["alive", "dead"])}
    if rng.random() < 0.1:
        clause["counters"] = {rng.choice(["crows", "ran"]): 1}
    if rng.random() < 0.1:
        clause["confided"] = [rng.choice(["grief", "leaving"])]
    needs = [clause] if rng.random() < 0.85 else [clause, {"trust": rng.randrange(0, 20)}]
    effects: dict[str, Any] = {}
    if rng.random() < 0.2:
        effects["sets"] = [["brother", rng.choice(["alive", "dead"])]]
    if rng.random() < 0.2:
        effects["raises"] = ["crows"]
    if rng.random() < 0.2:
        effects["appear"] = [rng.choice(["thing1", "thing2"])]
    if rng.random() < 0.1:
        effects["dissolve"] = [rng.choice(["thing0", "thing1"])]
    if rng.random() < 0.1:
        effects["lengthen"] = 2
    out = telling(
        ids[number],
        depth=rng.choice([0, 0, 0, 1, 1, 2, 2, 3, 4, 5]),
        form=rng.choice(["talk", "talk", "scar", "jar", "letter"]),
        thread=rng.choice(["", "a", "b"]),
        arc=rng.choices(["talk", "arrival", "moment", "unravelling", "waking"], [12, 1, 2, 1, 1])[0],
        needs=needs,
        weight=rng.choice(["", "", "", "urgent", "reluctant"]),
        themes=rng.choice([[], ["grief"]]),
        body=[line(f"WORDS-OF-{ids[number]}"), line(f"PLACE-OF-{ids[number]}", "place")],
        answers={rng.choice(MOVES): [line(f"ANSWER-OF-{ids[number]}")]} if rng.random() < 0.5 else {},
    )
    if rng.random() < 0.2:
        out["seal"] = rng.randrange(2, 4)
    if rng.random() < 0.3:
        out["on"] = rng.choice(["thing0", "thing1", "vow"])
        out["only_on"] = rng.random() < 0.3
    if rng.random() < 0.1:
        out |= {"again": True}
    if rng.random() < 0.25:
        out |= {"promise": [line(f"PROMISE-OF-{ids[number]}")], "instead": [line(f"INSTEAD-OF-{ids[number]}")]}
    if rng.random() < 0.2:
        out["landing"] = {rng.choice(MOVES): rng.randrange(-4, 4)}
    if out["arc"] == "waking":
        out["by"] = ["clock"]
    return out | ({"effects": effects} if effects else {})
