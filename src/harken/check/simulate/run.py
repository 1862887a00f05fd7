"""Populations of readers: shards, workers, and the fastest way of simulating that is at hand.

A shard's luck depends on (edition, seed, shard) and nothing else, and every way of simulating gives the same readings,
so neither the number of workers nor what is installed changes what is found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from importlib.util import find_spec
from multiprocessing import get_context

from harken.check.policies import Policy
from harken.check.simulate import plain
from harken.check.simulate.luck import SHARD, shard_base
from harken.check.simulate.manner import Manner
from harken.check.simulate.tally import Tally, together
from harken.engine import Story

FEW = 24
"""Readers up to whom the real engine is as quick as making tables."""
MANY = 3_000_000
"""Breaths from which on it is worth while to load (and, once, to compile) what numba runs."""

Part = tuple[int, int]
"""A shard of readers: where their luck begins, and how many they are."""
Shards = Callable[[Sequence[Part], int], Tally]
"""(shards, meetings) -> what they came to."""


def simulate(
    story: Story, policy: Policy, count: int, seed: int = 0, meetings: int | None = None, workers: int = 1
) -> tuple[Tally, str]:
    """Let ``count`` readers play these meetings (all that are written, without a number).

    What they came to, and how it was found: ``numba``, ``numpy`` or ``engine``, with the reason where a faster way was
    at hand but could not be used.
    """
    over = meetings or story.meetings
    shared = list(parts(story.edition, seed, count))
    if workers > 1 and len(shared) > 1:
        with ProcessPoolExecutor(min(workers, len(shared)), get_context("spawn")) as pool:
            share = partial(_share, story, policy, count, over)
            done = list(pool.map(share, [shared[worker::workers] for worker in range(min(workers, len(shared)))]))
        return together(tally for tally, _ in done), done[0][1]
    shards, how = way(Manner(story, policy), count, count * over * max(story.clock))
    return shards(shared, over), how


def parts(edition: str, seed: int, count: int) -> Iterator[Part]:
    """The shards of so many readers: where the luck of each begins, and how many they are."""
    for shard, first in enumerate(range(0, count, SHARD)):
        yield shard_base(edition, seed, shard), min(SHARD, count - first)


def _share(story: Story, policy: Policy, count: int, meetings: int, shared: Sequence[Part]) -> tuple[Tally, str]:
    shards, how = way(Manner(story, policy), count, count * meetings * max(story.clock))
    return shards(shared, meetings), how


def way(manner: Manner, count: int, breaths: int) -> tuple[Shards, str]:
    """How so many readers of so many breaths are simulated, and what it is called (as ``simulate`` says)."""
    slow: Shards = partial(plain.shards, manner)
    if count <= FEW:
        return slow, "engine"
    if find_spec("numpy") is None:
        return slow, "engine: numpy is not installed (pip install 'harken[check]' makes this many times faster)"
    from harken.check.simulate.plan import Plan, Unsuited

    try:
        plan = Plan(manner)
    except Unsuited as reason:
        return slow, f"engine: {reason}"
    if breaths >= MANY and find_spec("numba") is not None:
        from harken.check.simulate import kernel

        return partial(kernel.shards, plan), "numba"
    from harken.check.simulate import crowd

    return partial(crowd.shards, plan), "numpy"
