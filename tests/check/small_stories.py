"""Small stories to hold proofs against, clean and broken blindly."""

from __future__ import annotations

import random

from making import document, generated, telling


def small(seed: int) -> dict:
    """A story of 5 to 14 tellings in which most can be told."""
    rng = random.Random(seed)
    if seed % 4 == 0:
        doc = generated(seed, 5 + seed % 6)
        doc["clock"], doc["meetings"] = [8], 1 + seed % 2
        return doc
    count = rng.randrange(5, 15)
    tellings = []
    for number in range(count):
        clause: dict = {}
        earlier = [t["id"] for t in tellings]
        if earlier and rng.random() < 0.75:
            clause["told"] = rng.sample(earlier, min(len(earlier), rng.choice([1, 1, 2])))
        if rng.random() < 0.25:
            clause["trust"] = rng.randrange(2, 8)
        effects = {"sets": [["brother", rng.choice(["alive", "dead"])]]} if rng.random() < 0.15 else {}
        more = {"effects": effects} if effects else {}
        arc = rng.choices(["talk", "arrival", "waking", "unravelling"], [14, 1, 1, 1])[0]
        if arc == "waking":
            more["by"] = ["clock"]
        tellings.append(
            telling(f"t{number}", depth=rng.choice([0, 0, 0, 1, 1, 2]), needs=[clause], arc=arc,
                    thread=rng.choice(["", "a"]), weight=rng.choice(["", "", "", "urgent", "reluctant"]), **more)
        )  # fmt: skip
    return document(
        tellings, clock=[8], meetings=rng.choice([1, 1, 2]), wander=0, unravelling=2,
        facts={"brother": ["alive", "dead"]}, counters={"crows": 3},
    )  # fmt: skip


def mutated(doc: dict, seed: int) -> dict:
    """The story with three blind changes to what its tellings need."""
    rng = random.Random(seed)
    tellings = [dict(t) for t in doc["tellings"]]
    ids = [t["id"] for t in tellings[:-1]]
    for _ in range(3):
        one = rng.choice(tellings[:-1])
        clause = dict((one.get("needs") or [{}])[0])
        what = rng.randrange(7)
        if what == 0:
            clause["told"] = [*clause.get("told", []), rng.choice(ids)]
        elif what == 1:
            clause["untold"] = [*clause.get("untold", []), rng.choice(ids)]
        elif what == 2:
            clause["trust"] = rng.randrange(5, 20)
        elif what == 3:
            clause["meeting"] = rng.randrange(1, 4)
        elif what == 4:
            clause["facts"] = {"brother": rng.choice(["alive", "dead"])}
        elif what == 5:
            clause["counters"] = {rng.choice(["crows", "ran"]): rng.randrange(1, 3)}
        else:
            one["arc"] = rng.choice(["arrival", "talk", "unravelling"])
        one["needs"] = [clause]
    return {**doc, "tellings": tellings}
