"""What a number of readings came to, as sums: shards add up in any order to the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

BY = ("clock", "wake", "run")


@dataclass
class Tally:
    """Sums over readers. Tellings are their numbers in the story's order; meetings and breaths count from 1.

    ``first`` counts readers by (telling, meeting, breath) of its first time; ``times`` counts every time; ``left``
    counts by (meeting, breath, by); ``heard`` counts readers by how many tellings they were told.
    """

    readers: int = 0
    breaths: int = 0
    first: Counter[tuple[int, int, int]] = field(default_factory=Counter)
    times: Counter[int] = field(default_factory=Counter)
    left: Counter[tuple[int, int, str]] = field(default_factory=Counter)
    heard: Counter[int] = field(default_factory=Counter)

    def add(self, other: Tally) -> None:
        """Take another's sums into these."""
        self.readers += other.readers
        self.breaths += other.breaths
        for mine, theirs in (
            (self.first, other.first), (self.times, other.times), (self.left, other.left), (self.heard, other.heard)
        ):  # fmt: skip
            mine.update(theirs)  # type: ignore[arg-type]


def together(tallies: Iterable[Tally]) -> Tally:
    """All of them as one."""
    whole = Tally()
    for tally in tallies:
        whole.add(tally)
    return whole
