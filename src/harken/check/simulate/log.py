"""What a crowd leaves behind: who heard what and when, and where they left; for tests, every breath."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from harken.check.simulate.tally import BY, Tally

if TYPE_CHECKING:
    from harken.check.simulate.crowd import Crowd

Array = np.ndarray[Any, np.dtype[Any]]
CLOCK, WAKE, RUN = range(len(BY))


class Log:
    """Every telling told to every reader of a shard: (reader, telling, meeting, breath), in the order told."""

    def __init__(self) -> None:
        self.tellings: list[tuple[Array, Array, int, int]] = []
        self.partings: list[tuple[int, int, int, int]] = []
        self.breaths = 0

    def told(self, crowd: Crowd, at: Array, telling: Array) -> None:
        """These readers were told these tellings."""
        self.tellings.append((at, telling, crowd.meeting, crowd.breath))

    def left(self, crowd: Crowd, at: Array, by: int) -> None:
        """These readers wake."""
        self.partings.append((crowd.meeting, crowd.breath, by, at.size))

    def breath(self, crowd: Crowd) -> None:
        """Everybody who was there has drawn this breath."""
        self.breaths += crowd.live.size

    def moves(self, live: Array, move: Array, target: Array, soft: Array) -> None:
        """What the readers did. Not kept: it follows from their luck."""

    def tally(self, crowd: Crowd) -> Tally:
        """The sums."""
        tally = Tally(readers=crowd.count, breaths=self.breaths)
        for meeting, breath, by, count in self.partings:
            if count:
                tally.left[meeting, breath, BY[by]] += count
        size = len(crowd.plan.tellings)
        before = np.zeros((crowd.count, size), np.bool_)
        for at, telling, meeting, breath in self.tellings:
            for number, times in _counted(telling, size):
                tally.times[number] += times
            first = ~before[at, telling]
            before[at, telling] = True
            for number, times in _counted(telling[first], size):
                tally.first[number, meeting, breath] += times
        for number, times in _counted(crowd.told_count, size + 1):
            tally.heard[number] += times
        return tally


def _counted(values: Array, size: int) -> list[tuple[int, int]]:
    counts = np.bincount(values, minlength=size)
    found = np.flatnonzero(counts)
    return list(zip(found.tolist(), counts[found].tolist(), strict=True))
