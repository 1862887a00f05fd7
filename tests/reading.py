"""Readers for tests: seeded, and bound to nothing but what is on offer."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any, NamedTuple

from harken.engine import Heard, State, Story, arrive, breathe, offers
from harken.engine.events import Event
from harken.engine.moves import MOVES, UNCLEAR


class Step(NamedTuple):
    before: State
    heard: Heard | None
    after: State
    events: tuple[Event, ...]
    beats: list[dict[str, Any]]


def random_move(rng: random.Random, story: Story, state: State, leaving: float = 0.03) -> Heard:
    roll = rng.random()
    if roll < 0.15:
        text = rng.choice(["", "my brother died", "I will stay", "؟" * 9, "zzz"])
        move = rng.choice([*MOVES, UNCLEAR]) if rng.random() < 0.5 else "confide"
        themes = tuple(rng.sample(["grief", "leaving", "shame"], rng.randrange(0, 3)))
        return Heard(move, None, text, rng.randrange(1001), rng.random() < 0.5, themes, rng.randrange(4))
    made = [o for o in offers.offers(story, state) if o.move not in ("wake", "run") or rng.random() < leaving]
    offer = rng.choice(made)
    return Heard(offer.move, offer.target)


def read(story: Story, seed: int, meetings: int = 3, leaving: float = 0.03, name: str | None = "Ada") -> Iterator[Step]:
    """One random reader over some meetings, step by step."""
    rng = random.Random(seed)
    state = State()
    for _ in range(meetings):
        ready = None
        outcome = arrive(story, state, seed, name)
        yield Step(state, None, outcome.state, outcome.events, outcome.beats)
        state = outcome.state
        while not state.over:
            heard = random_move(rng, story, state, leaving)
            outcome = breathe(story, state, heard, ready)
            yield Step(state, heard, outcome.state, outcome.events, outcome.beats)
            state, ready = outcome.state, outcome.ready
