"""Readers of the dream in the real engine: each has a kind (harken.check.policies), dice, and a taste of their own."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sitting import new, sit

from harken.check.policies import policy_of
from harken.engine import Story
from harken.engine import events as ev
from harken.meeting import Breath, Meeting, Said

WORDS = (
    "I lost my brother, and I never told anyone how I miss him", "I was ashamed of it for years",
    "I had a mother who never slept", "I was afraid every night", "I lied about it for years",
    "I was alone for a long time", "I was married once, and I loved them",
)  # fmt: skip
"""What a reader says of their own; clear lines, each of another theme."""


@dataclass
class Reader:
    """One reader. ``taste`` (0 to 1): how far the weights of their moves stand from their kind's."""

    policy: str
    seed: int
    taste: float = 0.3

    def __post_init__(self) -> None:
        self.rng = random.Random(f"{self.policy} {self.seed}")
        kind = policy_of(self.policy)
        self.typed = kind.typed or self.rng.uniform(0, self.taste)
        self.weights: Mapping[str, float] = {
            move: weight * (1 + self.rng.uniform(-self.taste, self.taste)) for move, weight in kind.moves.items()
        }

    def says(self, breath: Breath, number: int) -> Said:
        """The next move: its kind by weight, its target by chance among those on offer."""
        turn = f"{breath.state.meeting}.{number}"
        made = [offer for offer in breath.offers() if offer.move in self.weights]
        if not made:
            return Said(turn, offer="stay")
        moves = sorted({offer.move for offer in made})
        move = self.rng.choices(moves, [self.weights[m] for m in moves])[0]
        if move == "confide" and self.rng.random() < self.typed:
            return Said(turn, text=self.rng.choice(WORDS))
        return Said(turn, offer=self.rng.choice([offer.id for offer in made if offer.move == move]))


def meetings_of(story: Story, reader: Reader, count: int = 3) -> Iterator[tuple[Meeting, list[Breath]]]:
    """Their meetings, one after another, whole."""
    meeting = new(story)
    for number in range(count):
        yield meeting, sit(meeting, reader.says, seed=reader.seed * 10 + number)


def told(breaths: list[Breath]) -> list[str]:
    return [event.telling for breath in breaths for event in breath.events if isinstance(event, ev.Told)]


def heard(story: Story, reader: Reader, count: int = 3) -> set[str]:
    """Everything that this reader was told in so many meetings."""
    return {telling for _, breaths in meetings_of(story, reader, count) for telling in told(breaths)}
