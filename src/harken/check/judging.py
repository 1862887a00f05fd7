"""The two passes: every promise's verdicts on one story."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from harken.check.evidence import Effort, Watched, gather
from harken.check.promises import PROMISES
from harken.check.verdict import Verdict
from harken.engine import Story


def fast(story: Story) -> Effort:
    """How far to look on every save."""
    return Effort(breaths=min(12_000, max(3000, 40 * len(story.tellings))))


def deep(story: Story, seconds: float) -> Effort:
    """How far to look with about so much time for each search."""
    return Effort(breaths=max(40_000, 60 * len(story.tellings)), points=2_000_000, small=64, seconds=seconds)


def judge(
    story: Story,
    claims: Sequence[Mapping[str, Any]] = (),
    effort: Effort | None = None,
    tell: Callable[[str], None] = lambda said: None,
) -> list[Verdict]:
    """Every verdict, promise by promise. ``claims`` are the compiled document's; ``tell`` hears how it goes."""
    watched = Watched(claims=[dict(claim) for claim in claims])
    for promise in PROMISES:
        promise.watch(story, watched)
    found = gather(story, watched, effort or fast(story), tell)
    return [verdict for promise in PROMISES for verdict in promise.judge(found)]
