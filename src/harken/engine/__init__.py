"""One breath of a story. Pure: standard library only, no clock, no chance, no files, no network.

Rules of this room: values never change (frozen dataclasses, named tuples); ``decide`` holds the rules and
``evolve`` never sees the story; only ``emit`` tells a telling.
"""

from harken.engine.breath import Outcome, arrive, breathe
from harken.engine.decide import Heard
from harken.engine.state import State, evolve, fold
from harken.engine.story import NotAStory, Story, story_from

__all__ = ["Heard", "NotAStory", "Outcome", "State", "Story", "arrive", "breathe", "evolve", "fold", "story_from"]
