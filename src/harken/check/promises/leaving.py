"""From everywhere the reader can wake, and every meeting ends within its clock."""

from __future__ import annotations

from collections.abc import Iterator

from harken.check.evidence import Evidence, Watched
from harken.check.verdict import PROVED, Verdict
from harken.engine import Story
from harken.engine.moves import LENGTHEN_MOST


def watch(story: Story, watched: Watched) -> None:
    """Nothing to look out for."""


def judge(found: Evidence) -> Iterator[Verdict]:
    """True of every story: nothing bars the way out, and nothing turns the clock back."""
    story = found.story
    longer = LENGTHEN_MOST if any(t.effects.lengthen for t in found.bounds.tellings) else 0
    most = max(story.clock) + longer
    yield Verdict("leave", "every breath", PROVED, True, "waking is on offer in every breath of every meeting")
    yield Verdict("ends", "every meeting", PROVED, True, f"every breath counts, and a meeting has at most {most}")
