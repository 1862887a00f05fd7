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
        tally.times.update(_counted([telling for _, telling, _, _ in self.tellings]))
        tally.heard.update(_counted([crowd.told_count]))
        breaths = 1 + max((breath for _, _, _, breath in self.tellings), default=0)
        wide = (crowd.meeting + 1) * breaths
        steps = zip(self.firsts, self.tellings, strict=True)
        first = _counted([telling * wide + (meeting * breaths + at) for telling, (_, _, meeting, at) in steps])
        tally.first.update({(key // wide, key % wide // breaths, key % breaths): many for key, many in first.items()})
        return tally


def _counted(values: list[Array]) -> dict[int, int]:
    """How many there are of each value."""
    counts = np.bincount(np.concatenate([np.zeros(0, np.int64), *values]))
    found = np.flatnonzero(counts)
    return dict(zip(found.tolist(), counts[found].tolist(), strict=True))
