"""The two passes: every promise's verdicts on one story."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from harken.check.bounds import Bounds
from harken.check.deep import Budget, look_further
from harken.check.evidence import Effort, Watched, gather
from harken.check.promises import PROMISES
from harken.check.verdict import Verdict
from harken.engine import Story


def fast(story: Story) -> Effort:
    """How far to look on every save."""
    return Effort(breaths=min(8000, max(3000, 40 * len(story.tellings))))


def deep(story: Story, seconds: float) -> Effort:
    """How far to look before the deep pass goes on with the rest of so many seconds."""
    return Effort(breaths=max(20_000, 60 * len(story.tellings)), points=2_000_000, small=64, seconds=seconds / 4)


def judge(
    story: Story,
    claims: Sequence[Mapping[str, Any]] = (),
    effort: Effort | None = None,
    tell: Callable[[str], None] = lambda said: None,
    budget: Budget | None = None,
) -> list[Verdict]:
    """Every verdict, promise by promise. ``claims`` are the compiled document's; ``tell`` hears how it goes.

    With a ``budget``, the deep pass goes on with what the fast one leaves open, until it is spent.
    """
    watched = Watched(claims=[dict(claim) for claim in claims], bounds=Bounds(story))
    for promise in PROMISES:
        promise.watch(story, watched)
    found = gather(story, watched, effort or fast(story), tell)
    found.deep = budget
    if budget is not None:
        look_further(found, watched, budget, tell)
    return [verdict for promise in PROMISES for verdict in promise.judge(found)]
