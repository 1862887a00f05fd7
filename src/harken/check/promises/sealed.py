"""What is sealed for a meeting is not told before it, whatever anybody does."""

from __future__ import annotations

from collections.abc import Iterator

from harken.check.evidence import Evidence, Watched
from harken.check.verdict import PROVED, Verdict
from harken.engine import Story


def watch(story: Story, watched: Watched) -> None:
    """Nothing to look out for."""


def judge(found: Evidence) -> Iterator[Verdict]:
    """One verdict for each seal; that it is told afterwards is the promise ``told``."""
    for telling in found.bounds.tellings:
        if telling.seal > 1:
            because = f"the gate asks for meeting {telling.seal}, and nothing lifts a seal"
            yield Verdict("sealed", telling.id, PROVED, True, because)
