"""Listening: what the reader typed, understood as one move. Standard library only, here, in a millisecond.

A linear head over words, pieces of words and cues, trained on text written for it (docs/listening.md); what it is not
sure enough of is ``unclear``, which is never held against anyone.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Protocol

from harken.engine import Heard, State, Story
from harken.engine.moves import TEXT_UNDERSTOOD, UNCLEAR
from harken.listen.delta import Delta
from harken.listen.fitting import Example, fit
from harken.listen.rules import THEME_RULES
from harken.listen.understanding import SOFT, SURE, Meant, because, understand

THEMES = tuple(theme for theme, _ in THEME_RULES)
"""What a confiding may be about, in every language."""


class Ear(Protocol):
    """Understands typed words within a story's state. Never raises, whatever was typed."""

    def __call__(self, text: str, story: Story, state: State) -> Heard:
        """The move, with its confidence; ``unclear`` when it is not sure enough."""


def listen(text: str, story: Story, state: State, before: str = "", own: Delta | None = None) -> Heard:
    """The default ear. An empty line is ``stay``; words for a story's own gesture that is on offer aim at it.

    ``before`` is what the confider said last, where it is known; ``own`` is what ``fit`` made of the story's examples.
    Without it, what the compiled story brings. The language is the one that is read: the state's locale, else the
    story's.
    """
    if not text.strip():
        return Heard("stay", text=text or None)
    words = text.encode("utf-8", "surrogatepass")[:TEXT_UNDERSTOOD].decode("utf-8", "ignore")
    meant = understand(words, before, state.locale or story.language, own or own_words(story))
    move, target = meant.move, None
    gesture = next((g for g in story.gestures if g.phase == state.phase and _is_meant(g.id, g.target, meant)), None)
    if gesture is not None:
        move, target = gesture.move, gesture.target
    soft = move != UNCLEAR and meant.confidence < SURE and target is None
    return Heard(move, target, text, meant.confidence, soft, meant.themes, meant.disclosure)


def own_words(story: Story) -> Delta | None:
    """What the ear learned from this story's own words; None where it brings none, or they were for another ear."""
    if story.ear is None:
        return None
    ear = story.ear
    return _read(ear["ear"], ear["language"], tuple((name, move) for name, move in ear["gestures"]), ear["rows"])


@lru_cache(maxsize=32)
def _read(edition: int, language: str, gestures: tuple[tuple[str, str], ...], rows: str) -> Delta | None:
    try:
        return Delta.of({"ear": edition, "language": language, "gestures": gestures, "rows": rows})
    except ValueError:
        return None


def _is_meant(gesture: str, target: str, meant: Meant) -> bool:
    return meant.gesture == gesture or (meant.vow and target == "vow")


__all__ = [
    "SOFT", "SURE", "THEMES", "Delta", "Ear", "Example", "Meant", "because", "fit", "listen", "own_words", "understand",
]  # fmt: skip
