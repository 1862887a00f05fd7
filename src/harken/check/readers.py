"""Simulated readers of a story: what they were told, when, where they left, and what nobody was told.

A witness is certain (somebody was told it); an absence is only an absence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from harken.check.policies import POLICIES, Policy, policy_of
from harken.check.simulate import luck, plain
from harken.check.simulate.manner import Manner
from harken.check.simulate.run import simulate
from harken.check.simulate.tally import BY, Tally
from harken.engine import Story
from harken.engine.why import why

When = tuple[int, int]
"""(meeting, breath), both from 1; breath 0 is the arrival."""


@dataclass(frozen=True)
class Reach:
    """What a number of readers reached: the sums of their readings, in words of the story, in the story's order."""

    tellings: tuple[str, ...]
    tally: Tally
    meetings: int
    policy: str = "random"
    how: str = "engine"
    """What simulated: ``numpy`` or ``engine``, then perhaps why not a faster one."""

    @property
    def readers(self) -> int:
        """How many there were."""
        return self.tally.readers

    @property
    def breaths(self) -> int:
        """How many they drew, all of them together."""
        return self.tally.breaths

    @cached_property
    def reached(self) -> dict[str, int]:
        """How many readers were told each telling; those that nobody was told are not in it."""
        told = [0] * len(self.tellings)
        for (telling, _, _), readers in self.tally.first.items():
            told[telling] += readers
        return {self.tellings[number]: readers for number, readers in enumerate(told) if readers}

    @cached_property
    def never(self) -> tuple[str, ...]:
        """What nobody was told."""
        return tuple(telling for telling in self.tellings if telling not in self.reached)

    @cached_property
    def heard(self) -> tuple[int, ...]:
        """How many tellings each reader was told, sorted."""
        return tuple(sorted(self.tally.heard.elements()))

    @cached_property
    def _when(self) -> dict[str, list[tuple[When, int]]]:
        when: defaultdict[str, list[tuple[When, int]]] = defaultdict(list)
        for (telling, *at), readers in sorted(self.tally.first.items()):
            when[self.tellings[telling]].append(((at[0], at[1]), readers))
        return when

    @cached_property
    def first(self) -> dict[str, When]:
        """The earliest that anybody was told it."""
        return {telling: of[0][0] for telling, of in self._when.items()}

    @cached_property
    def usual(self) -> dict[str, When]:
        """When half of those who were told it had been."""
        return {telling: _middle(of) for telling, of in self._when.items()}

    @cached_property
    def times(self) -> dict[str, int]:
        """How often it was told to all of them together, repeats included."""
        told = enumerate(self.tellings)
        return {telling: self.tally.times[number] for number, telling in told if telling in self.reached}

    @cached_property
    def left(self) -> dict[int, dict[str, int]]:
        """By meeting: how many left by its clock, by waking gently, by running."""
        left: dict[int, dict[str, int]] = {}
        for (meeting, _, by), readers in sorted(self.tally.left.items()):
            left.setdefault(meeting, dict.fromkeys(BY, 0))[by] += readers
        return left

    @cached_property
    def left_at(self) -> dict[int, int]:
        """By meeting: the breath by which half had left."""
        last: defaultdict[int, list[tuple[When, int]]] = defaultdict(list)
        for (meeting, breath, _), readers in sorted(self.tally.left.items()):
            last[meeting].append(((meeting, breath), readers))
        return {meeting: _middle(of)[1] for meeting, of in last.items()}


def reach(
    story: Story,
    count: int,
    seed: int = 0,
    policy: str | Policy = "random",
    meetings: int | None = None,
    workers: int = 1,
) -> Reach:
    """Let ``count`` readers play these meetings (without a number: all that are written).

    The same arguments give the same answer, whatever the workers. Raises NotAPolicy.
    """
    manner = policy if isinstance(policy, Policy) else policy_of(policy)
    over = meetings or story.meetings
    tally, how = simulate(story, manner, count, seed, over, workers)
    return Reach(tuple(story.tellings), tally, over, manner.name, how)


def _middle(of: Sequence[tuple[When, int]]) -> When:
    """When half of them had come; ``of`` says how many came when, in order."""
    so_far, half = 0, sum(readers for _, readers in of) / 2
    for when, readers in of:
        so_far += readers
        if so_far >= half:
            return when
    return (0, 0)


def why_never(
    story: Story, never: tuple[str, ...], seed: int = 0, policy: str | Policy = "random", meetings: int | None = None
) -> dict[str, str]:
    """Why the first of these readers was not told these tellings: asked of the engine as their last breath began."""
    manner = Manner(story, policy if isinstance(policy, Policy) else policy_of(policy))
    key = luck.reader_key(luck.shard_base(story.edition, seed, 0), 0)
    states = [step.state for step in plain.read(manner, key, meetings or story.meetings)]
    before = next((state for state in reversed(states) if not state.over), states[-1])
    return {telling: " ".join(why(story, before, telling)) for telling in never}


__all__ = ["POLICIES", "Reach", "reach", "why_never"]
