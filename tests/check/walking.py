"""The real engine beside the checker's model: the same reading, state by state."""

from __future__ import annotations

import random

from harken.check.model import NOBODY, Action, Model, Point
from harken.engine import Heard, State, arrive, breathe
from harken.engine.events import Told
from harken.engine.moves import MOVES
from harken.engine.offers import offers


def seen(model: Model, state: State) -> dict[str, object]:
    """What the model knows of a state, as the engine has it."""
    number = model.number
    found = {
        "meeting": state.meeting,
        "breath": state.breath,
        "trust": state.trust,
        "wound": state.wound,
        "mended": state.mended,
        "told": sum(1 << number[telling] for telling in state.told),
        "facts": tuple(sorted(state.facts.items())),
        "counters": tuple(sorted(state.counters.items())),
        "over": state.over,
        "owed": NOBODY if state.owed is None else number[state.owed],
    }
    if not state.over:
        found |= {
            "phase": state.phase,
            "pending": NOBODY if state.pending is None else number[state.pending],
            "thread": state.thread,
            "again": sum(1 << number[telling] for telling in state.again),
            "scene": state.scene,
            "things": sum(1 << model.thing[name] for name, _, _ in state.things),
            "lengthened": state.lengthened,
            "moment_over": state.moment_over,
        }
        if state.phase != "arrival":
            found["until"] = state.until
    return found


def agrees(model: Model, point: Point, state: State) -> bool:
    return all(getattr(point, name) == value for name, value in seen(model, state).items())


def some_move(rng: random.Random, story, state: State) -> tuple[Heard, Action]:
    """Something a reader can do: an offer, or words."""
    if state.landing is not None and rng.random() < 0.3:
        return Heard("not-meant"), Action("not-meant")
    if rng.random() < 0.5:
        move, soft = rng.choice(MOVES), rng.random() < 0.4
        if move == "run":
            move = "stay"
        themes = tuple(rng.sample(["grief", "leaving"], rng.randrange(3))) if move == "confide" else ()
        return Heard(move, None, "words", 700, soft, themes), Action(move, None, soft, True, frozenset(themes))
    made = offers(story, state)
    staying = [offer for offer in made if rng.random() < 0.1 or offer.move not in ("wake", "run")]
    offer = rng.choice(staying or made)
    return Heard(offer.move, offer.target), Action(offer.move, offer.target)


def walk(model: Model, rng: random.Random, meetings: int, once):
    """One random reading in the engine; ``once`` is called with each breath."""
    state = State()
    for _ in range(meetings):
        outcome = arrive(model.story, state, rng.getrandbits(32), None)
        once(state, None, (), outcome.state)
        while not outcome.state.over:
            heard, action = some_move(rng, model.story, outcome.state)
            before = outcome.state
            outcome = breathe(model.story, before, heard, outcome.ready)
            told = tuple(event.telling for event in outcome.events if isinstance(event, Told))
            once(before, action, told, outcome.state)
        state = outcome.state
