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
    """Every telling told to every reader of a crowd, in the order told: to whom, what, in which meeting and breaths."""

    every_breath = False
    """Whether somebody looks at the crowd after each breath, and not only after each meeting."""

    def __init__(self) -> None:
        self.tellings: list[tuple[Array, Array, int, Array]] = []
        self.firsts: list[tuple[Array, int, Array]] = []
        self.partings: list[tuple[int, Array, Array]] = []
        self.breaths = 0

    def told(self, crowd: Crowd, at: Array, telling: Array, breath: Array, first: Array | None) -> None:
        """These readers were told these tellings, those of them for the first time; None: all of them."""
        self.tellings.append((at, telling, crowd.meeting, breath))
        new = (telling, crowd.meeting, breath) if first is None else (telling[first], crowd.meeting, breath[first])
        self.firsts.append(new)

    def left(self, crowd: Crowd, by: Array, breath: Array) -> None:
        """So many readers woke, each for one of the reasons of ``BY``, in these breaths."""
        self.partings.append((crowd.meeting, by, breath))

    def breath(self, crowd: Crowd) -> None:
        """Everybody who was there has drawn this breath."""
        self.breaths += crowd.live.size

    def moves(self, live: Array, move: Array, target: Array, soft: Array) -> None:
        """What the readers did. Not kept: it follows from their luck."""

    def tally(self, crowd: Crowd) -> Tally:
        """The sums."""
        tally = Tally(readers=crowd.count, breaths=self.breaths)
        tally.times.update(_counted([telling for _, telling, _, _ in self.tellings]))
        tally.heard.update(_counted([crowd.told_count]))
        breaths = 1 + max((int(breath.max(initial=0)) for _, _, breath in self.partings), default=0)
        wide = (crowd.meeting + 1) * breaths
        first = _counted([telling * wide + (meeting * breaths + at) for telling, meeting, at in self.firsts])
        tally.first.update({(key // wide, key % wide // breaths, key % breaths): many for key, many in first.items()})
        left = _counted([by * wide + (meeting * breaths + at) for meeting, by, at in self.partings])
        tally.left.update({(key % wide // breaths, key % breaths, BY[key // wide]): n for key, n in left.items()})
        return tally


def _counted(values: list[Array]) -> dict[int, int]:
    """How many there are of each value."""
    counts = np.bincount(np.concatenate([np.zeros(0, np.int64), *values]))
    found = np.flatnonzero(counts)
    return dict(zip(found.tolist(), counts[found].tolist(), strict=True))
