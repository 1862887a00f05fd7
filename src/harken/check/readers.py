"""Simulated readers of a story: what they were told, when, where they left, and what nobody was told.

A witness is certain (somebody was told it); an absence is only an absence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from harken.check.policies import POLICIES, Policy, policy_of
from harken.check.simulate import luck, plain
from harken.check.simulate.manner import Manner
from harken.check.simulate.run import simulate
from harken.check.simulate.tally import Tally
from harken.engine import Story
from harken.engine.why import why

When = tuple[int, int]
"""(meeting, breath), both from 1; breath 0 is the arrival."""


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
    policy: str = "random"
    how: str = "engine"
    """What simulated: ``numpy`` or ``engine``, then perhaps why not a faster one."""
    first: Mapping[str, When] = field(default_factory=dict)
    """The earliest that anybody was told it."""
    usual: Mapping[str, When] = field(default_factory=dict)
    """When half of those who were told it had been."""
    times: Mapping[str, int] = field(default_factory=dict)
    """How often it was told to all of them together, repeats included."""
    left: Mapping[int, Mapping[str, int]] = field(default_factory=dict)
    """By meeting: how many left by its clock, by waking gently, by running."""
    left_at: Mapping[int, int] = field(default_factory=dict)
    """By meeting: the breath by which half had left."""


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
    return reach_of(story, tally, over, manner.name, how)


def reach_of(story: Story, tally: Tally, meetings: int, policy: str, how: str) -> Reach:
    """What these sums say, in words of the story."""
    ids = tuple(story.tellings)
    told: defaultdict[int, list[tuple[When, int]]] = defaultdict(list)
    for (telling, meeting, breath), readers in sorted(tally.first.items()):
        told[telling].append(((meeting, breath), readers))
    left: dict[int, dict[str, int]] = {}
    last: defaultdict[int, list[tuple[When, int]]] = defaultdict(list)
    for (meeting, breath, by), readers in sorted(tally.left.items()):
        of = left.setdefault(meeting, {"clock": 0, "wake": 0, "run": 0})
        of[by] += readers
        last[meeting].append(((meeting, breath), readers))
    return Reach(
        readers=tally.readers,
        meetings=meetings,
        breaths=tally.breaths,
        reached={ids[number]: sum(readers for _, readers in of) for number, of in told.items()},
        never=tuple(telling for number, telling in enumerate(ids) if number not in told),
        heard=tuple(sorted(tally.heard.elements())),
        policy=policy,
        how=how,
        first={ids[number]: of[0][0] for number, of in told.items()},
        usual={ids[number]: _middle(of) for number, of in told.items()},
        times={ids[number]: tally.times[number] for number in told},
        left=left,
        left_at={meeting: _middle(of)[1] for meeting, of in last.items()},
    )


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
