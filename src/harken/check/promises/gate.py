"""Nothing is told before its guard holds, and trust cannot be farmed: by the way the engine is made."""

from __future__ import annotations

from collections.abc import Iterator

from harken.check.evidence import Evidence, Watched
from harken.check.verdict import PROVED, Verdict
from harken.engine import Story


def watch(story: Story, watched: Watched) -> None:
    """Nothing to look out for."""


def judge(found: Evidence) -> Iterator[Verdict]:
    """True of every story."""
    yield Verdict(
        "earned", "every telling", PROVED, True,
        "one gate tells, and it asks the whole guard again, the floor of the depth and the seal included",
    )  # fmt: skip
    yield Verdict(
        "not-farmed", "trust", PROVED, True,
        "a telling lands once, and one mending breath a meeting gives back at most what was taken",
    )  # fmt: skip
    yield Verdict(
        "kept", "every promise", PROVED, True,
        "what is owed is told, or its instead is said as the unravelling begins; running and waking leave it owed",
    )  # fmt: skip
