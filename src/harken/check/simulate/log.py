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
        self.firsts: list[Array] = []
        self.partings: list[tuple[int, int, int, int]] = []
        self.breaths = 0

    def told(self, crowd: Crowd, at: Array, telling: Array, first: Array | None) -> None:
        """These readers were told these tellings, those of them for the first time; None: all of them."""
        self.tellings.append((at, telling, crowd.meeting, crowd.breath))
        self.firsts.append(telling if first is None else telling[first])

    def left(self, crowd: Crowd, at: Array, by: Array) -> None:
        """These readers wake, each for one of the reasons of ``BY``."""
        for reason, count in enumerate(np.bincount(by, minlength=len(BY)).tolist()):
            self.partings.append((crowd.meeting, crowd.breath, reason, count))

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
        for number, times in _counted([telling for _, telling, _, _ in self.tellings]):
            tally.times[number] += times
        for place, times in _counted([telling + step * size for step, telling in enumerate(self.firsts)]):
            step, number = divmod(place, size)
            tally.first[number, *self.tellings[step][2:]] += times
        for number, times in _counted([crowd.told_count]):
            tally.heard[number] += times
        return tally


def _counted(values: list[Array]) -> list[tuple[int, int]]:
    counts = np.bincount(np.concatenate([np.zeros(0, np.int64), *values]))
    found = np.flatnonzero(counts)
    return list(zip(found.tolist(), counts[found].tolist(), strict=True))
