"""Stories may be edited while readers are in the middle of them: nothing is told again, nothing is lost."""

from __future__ import annotations

import copy
import os
import random

import pytest

from harken.engine import State, arrive, breathe, offers
from harken.engine import events as ev
from harken.keep.memory import MemoryKeep
from harken.meeting import Meeting, Said
from making import Document, compiled, generated, story, telling
from reading import random_move

EDITS = range(int(os.environ.get("HARKEN_EDITS", "60")))


def edited(doc: Document, rng: random.Random, mark: str) -> Document:
    """The story after one to four of a writer's edits: insert, delete, reorder, rename with an alias, another guard."""
    doc = copy.deepcopy(doc)
    for number in range(rng.randrange(1, 5)):
        own = [t for t in doc["tellings"] if t["id"] != "plain-waking"]
        kind = rng.choice(["insert", "delete", "reorder", "rename", "guard", "words"])
        if kind == "insert":
            doc["tellings"].insert(rng.randrange(len(doc["tellings"])), telling(f"new-{mark}-{number}"))
        elif kind == "reorder":
            rng.shuffle(doc["tellings"])
        elif own and kind == "delete":
            _delete(doc, rng.choice(own))
        elif own and kind == "rename":
            _rename(doc, rng.choice(own)["id"], f"renamed-{mark}-{number}")
        elif own and kind == "guard":
            rng.choice(own)["needs"] = [{"trust": rng.randrange(0, 20)}]
        elif own:
            rng.choice(own)["body"] = [{"say": ["Other words."], "by": "tell"}]
    return doc


def _delete(doc: Document, t: dict) -> None:
    doc["tellings"].remove(t)
    doc["gone"] = [*doc["gone"], t["id"]]


def _rename(doc: Document, old: str, new: str) -> None:
    for t in doc["tellings"]:
        if t["id"] == old:
            t["id"] = new
        for clause in t.get("needs", ()):
            for part in ("told", "untold"):
                clause[part] = [new if other == old else other for other in clause.get(part, ())]
    doc["renamed"] = {**{was: new if now == old else now for was, now in doc["renamed"].items()}, old: new}


@pytest.mark.parametrize("seed", EDITS)
def test_after_any_edits_between_meetings_nothing_is_told_again_or_lost(seed: int) -> None:
    rng = random.Random(seed)
    doc, state, names = generated(seed, 20), State(), {}
    told_ever: list[str] = []
    for meeting in range(5):
        made = story(doc)
        outcome = arrive(made, state, seed, "Ada")
        names = {**names, **doc["renamed"]}
        now = [_today(telling_, doc["renamed"]) for telling_ in told_ever]
        assert list(outcome.state.told) == now, "something told was lost or renamed wrongly"
        told_ever = now
        while not outcome.state.over:
            heard = random_move(rng, made, outcome.state, 0.05)
            outcome = breathe(made, outcome.state, heard, outcome.ready)
            for event in outcome.events:
                if isinstance(event, ev.Told) and not made.tellings[event.telling].again:
                    assert event.telling not in told_ever, "told again"
                    told_ever.append(event.telling)
                elif isinstance(event, ev.Told) and event.telling not in told_ever:
                    told_ever.append(event.telling)
        state = outcome.state
        doc = edited(doc, rng, str(meeting))


def _today(name: str, renamed: dict[str, str]) -> str:
    return renamed.get(name, name)


@pytest.mark.parametrize("seed", EDITS)
def test_an_edit_in_the_middle_of_a_meeting_waits_for_the_next_and_told_words_stay(seed: int) -> None:
    rng = random.Random(seed)
    doc, kept = generated(seed, 20), MemoryKeep().encounter("small")
    for number in range(40):
        meeting = Meeting(story(doc), kept, compiled=compiled(doc))
        before = [event for event in meeting.log if isinstance(event, ev.Told)]
        breath = meeting.begin(f"begin {number}", "Ada", seed)
        for step in range(rng.randrange(1, 4)):
            if breath.over:
                break
            wanted = rng.choice([offer for offer in breath.offers() if offer.move != "run"])
            breath = meeting.breathe(Said(f"{number} {step}", offer=wanted.id))
            moved = next(event for event in breath.events if isinstance(event, ev.Moved))
            assert (moved.move, moved.target) == (wanted.move, wanted.target), "another choice ran than was clicked"
        assert [event for event in meeting.log if isinstance(event, ev.Told)][: len(before)] == before
        doc = edited(doc, rng, str(number))


def test_a_choice_whose_thing_is_gone_is_not_on_offer_any_more() -> None:
    doc = generated(4, 20)
    state = arrive(story(doc), State(), 1, None).state
    assert offers.offered(story(doc), state, "ask_open thing0")
    without = {**doc, "things": []}
    assert offers.offered(story(without), state, "ask_open thing0") is None
