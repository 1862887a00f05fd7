"""The books: every telling is one, under a number and a veiled title that say nothing of what is in it.

A book's nearness comes from guards and trust, never from words; its title is its own only once it is told.
"""

from __future__ import annotations

from typing import Any

from harken.engine.chance import pick
from harken.engine.state import State
from harken.engine.story import Story
from harken.engine.why import why_not

BOOKS_MOST = 200
VEILS_EACH = 3


def shelf(story: Story, state: State) -> list[dict[str, Any]]:
    """At most BOOKS_MOST books in an order of the encounter's own: ``book, veil, near (0 to 3), still, title?``."""
    return [_book(story, state, number, telling) for number, telling in enumerate(story.books[:BOOKS_MOST])]


def _book(story: Story, state: State, number: int, telling: str) -> dict[str, Any]:
    if telling in state.told_set:
        return {"book": number, "veil": [], "near": 0, "still": True, "title": story.tellings[telling].title}
    return {"book": number, "veil": _veils(story, number), "near": _near(story, state, telling), "still": False}


def _veils(story: Story, number: int) -> list[tuple[str, str]]:
    if not story.veils:
        return []
    first = pick(len(story.veils), 0, story.id, "veil", number)
    return [story.veils[(first + step * 7) % len(story.veils)] for step in range(min(VEILS_EACH, len(story.veils)))]


def _near(story: Story, state: State, telling: str) -> int:
    """3: could be told now. 2 and 1: one or two things lacking. 0: further, or sealed."""
    if state.meeting < story.tellings[telling].seal:
        return 0
    return max(0, 3 - len(why_not(story, state, telling)))
