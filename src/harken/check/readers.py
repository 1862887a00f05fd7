"""Simulated readers: they play in the real engine, seeded, each by a policy, and report what was reached.

A witness is certain (somebody was told it); an absence is only an absence.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from harken.engine import Heard, State, Story, arrive, breathe
from harken.engine.events import Told
from harken.engine.moves import LOOK, SKIP, UNCLEAR, WAKE
from harken.engine.offers import Offer, offers

Policy = Callable[[random.Random, tuple[Offer, ...]], Heard]


def _of(weights: Mapping[str, float]) -> Policy:
    """A reader who makes these moves as often as the weights say, where they are on offer, aimed at what is there."""

    def move(rng: random.Random, made: tuple[Offer, ...]) -> Heard:
        fitting = [offer for offer in made if offer.move in weights]
        if not fitting:
            return Heard("stay")
        chances = [weights[offer.move] / sum(other.move == offer.move for other in fitting) for offer in fitting]
        offer = rng.choices(fitting, chances)[0]
        return Heard(offer.move, offer.target)

    return move


def _anything(rng: random.Random, made: tuple[Offer, ...]) -> Heard:
    if rng.random() < 0.1:
        themes = ("grief", "leaving", "shame", "guilt", "mother", "father", "love", "fear", "lying", "alone")
        return Heard(rng.choice(["confide", UNCLEAR]), None, "words", 700, rng.random() < 0.5, (rng.choice(themes),))
    staying = [offer for offer in made if offer.move not in (WAKE, "run")]
    offer = rng.choice(staying if rng.random() < 0.97 else made)
    return Heard(offer.move, offer.target)


POLICIES: dict[str, Policy] = {
    "random": _anything,
    "attentive": _of(
        {"stay": 3, "reflect": 3, "name_feeling": 3, "ask_open": 3, "validate": 2, "confide": 1, "touch": 1}
    ),
    "silent": _of({"stay": 1}),
    "hurried": _of({"ask_closed": 2, "ask_open": 3, SKIP: 2, "advise": 2, "encourage": 1}),
    "prying": _of({"ask_closed": 4, "ask_open": 2, LOOK: 1}),
    "cruel": _of({"judge": 3, "joke": 2, "deflect": 2}),
    "mixed": _of(
        {"stay": 2, "ask_open": 2, "joke": 1, "advise": 1, "reassure": 1, "reflect": 1, "comfort": 1, LOOK: 1}
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Reach:
    """What a number of readers reached. ``reached`` counts readers by telling; ``never`` is in the story's order."""

    readers: int
    meetings: int
    breaths: int
    reached: Mapping[str, int]
    never: tuple[str, ...]
    heard: tuple[int, ...]
    """How many tellings each reader was told, sorted."""


def read(story: Story, policy: Policy, seed: str, meetings: int) -> Iterator[tuple[State, tuple[str, ...]]]:
    """One reader over some meetings: after each breath the state, and what was told in it."""
    rng = random.Random(seed)
    state = State()
    for _ in range(meetings):
        outcome = arrive(story, state, rng.getrandbits(32), "Reader")
        while not outcome.state.over:
            heard = policy(rng, offers(story, outcome.state))
            outcome = breathe(story, outcome.state, heard, outcome.ready)
            yield outcome.state, tuple(event.telling for event in outcome.events if isinstance(event, Told))
        state = outcome.state


def reach(story: Story, count: int, seed: int = 0, policy: str = "random", meetings: int | None = None) -> Reach:
    """Let ``count`` readers play all written meetings. The same arguments give the same answer.

    Raises KeyError for a policy that is not one of POLICIES.
    """
    move, over = POLICIES[policy], meetings or story.meetings
    reached: Counter[str] = Counter()
    heard, breaths = [], 0
    for number in range(count):
        told: set[str] = set()
        for _, now in read(story, move, f"{story.id} {seed} {number}", over):
            told.update(now)
            breaths += 1
        reached.update(told)
        heard.append(len(told))
    never = tuple(telling for telling in story.tellings if telling not in reached)
    in_order = {telling: reached[telling] for telling in story.tellings if telling in reached}
    return Reach(count, over, breaths, in_order, never, tuple(sorted(heard)))
