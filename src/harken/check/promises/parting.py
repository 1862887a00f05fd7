"""There is always a parting: a waking that returns and needs nothing that can be lost."""

from __future__ import annotations

from collections.abc import Iterator

from harken.check.evidence import Evidence, Watched
from harken.check.verdict import PROVED, UNDECIDED, Verdict
from harken.engine import Story
from harken.engine.story import Telling


def watch(story: Story, watched: Watched) -> None:
    """Nothing to look out for."""


def judge(found: Evidence) -> Iterator[Verdict]:
    """For the waking by the clock, which comes to every reader who stays."""
    always = [t.id for t in found.bounds.tellings if t.arc == "waking" and "clock" in t.by and _always(t)]
    if always:
        yield Verdict("parting", "clock", PROVED, True, f"{always[0]} returns, and needs nothing that can be lost")
    else:
        why = "no waking that returns needs nothing; give one `again: yes`, depth 0 and no needs"
        yield Verdict("parting", "clock", UNDECIDED, None, why)


def _always(telling: Telling) -> bool:
    free = any(
        not (c.trust or c.told or c.untold or c.facts or c.counters or c.confided) and c.meeting <= 1
        for c in telling.guard
    )
    return telling.again and free and not telling.themes and telling.seal <= 1
