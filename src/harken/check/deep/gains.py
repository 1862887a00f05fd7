"""What hearing a telling once, and answering it as well as can be, adds at most to trust, closeness and ache."""

from __future__ import annotations

from harken.engine import Story
from harken.engine.moves import ACHE_OF_HEARING, BANDS, MOVES, band
from harken.engine.story import Telling


def worth(story: Story, telling: Telling, place: int = 0) -> int:
    """The most that it can add; ``place`` 0 is trust, 1 closeness, 2 ache. What is told at waking never lands."""
    heard = ACHE_OF_HEARING[telling.depth] if place == 2 else 0
    if telling.arc == "waking":
        return heard
    part, temperament = BANDS[band(telling.depth)], story.confider.temperament
    own = telling.landing if place == 0 else {}
    return heard + max(0, *(own[m] if m in own else getattr(temperament[m], part)[place] for m in MOVES))


def running(story: Story, place: int = 0) -> int:
    """The most that running adds in all meetings: it lands where nothing was just told, too."""
    return max(0, story.confider.temperament["run"].light[place]) * story.meetings
