"""The books: every telling is one, under a number and a veiled title that say nothing of what is in it.

A book's nearness comes from guards and trust, never from words; its title is its own only once it is told.
"""

from __future__ import annotations

from typing import Any

from harken.engine.chance import pick
from harken.engine.guard import lacking
from harken.engine.state import State
from harken.engine.story import Story, Telling

BOOKS_MOST = 200
VEILS_EACH = 3


def shelf(story: Story, state: State) -> list[dict[str, Any]]:
    """At most BOOKS_MOST books in an order of the encounter's own: ``book, veil, near (0 to 3), still, title?``."""
    return [_book(story, state, number, telling) for number, telling in enumerate(story.books[:BOOKS_MOST])]


def veiled_titles(story: Story) -> tuple[tuple[tuple[str, str], ...], ...]:
    """The titles, as (text, language), that each untold book seems to wear, by its number."""
    return tuple(_veils(story, number) for number in range(min(BOOKS_MOST, len(story.books))))


def _book(story: Story, state: State, number: int, telling: str) -> dict[str, Any]:
    if telling in state.told_set:
        return {"book": number, "veil": [], "near": 0, "still": True, "title": story.tellings[telling].title}
    near = _near(state, story.tellings[telling])
    return {"book": number, "veil": list(story.veiled_titles[number]), "near": near, "still": False}


def _veils(story: Story, number: int) -> tuple[tuple[str, str], ...]:
    if not story.veils:
        return ()
    first = pick(len(story.veils), 0, story.id, "veil", number)
    return tuple(
        story.veils[(first + step * 7) % len(story.veils)] for step in range(min(VEILS_EACH, len(story.veils)))
    )


def _near(state: State, telling: Telling) -> int:
    """3: could be told now. 2 and 1: one or two things lacking. 0: further, sealed, or not wanted."""
    if state.meeting < telling.seal:
        return 0
    if telling.id in state.again or not state.veiled.isdisjoint(telling.themes):
        return 2
    return max(0, 3 - min((lacking(clause, state) for clause in telling.guard), default=1))
