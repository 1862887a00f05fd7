"""Listening: what the reader typed, understood as one move. Standard library only, here, in a millisecond.

At this stage a small honest set of rules: what they do not know is ``unclear``, which is never held against
anyone. The rules stand behind the same call as whatever replaces them.
"""

from __future__ import annotations

from typing import Protocol

from harken.engine import Heard, State, Story
from harken.engine.moves import TEXT_UNDERSTOOD, UNCLEAR
from harken.listen.rules import understand

SURE, SOFT = 600, 400
"""Confidence (of 1000) from which a move lands in full, and from which it lands by half."""


class Ear(Protocol):
    """Understands typed words within a story's state. Never raises, whatever was typed."""

    def __call__(self, text: str, story: Story, state: State) -> Heard:
        """The move, with its confidence; ``unclear`` when it is not sure enough."""


def listen(text: str, story: Story, state: State) -> Heard:
    """The default ear. An empty line is ``stay``; words for a story's own gesture that is on offer aim at it."""
    if not text.strip():
        return Heard("stay", text=text or None)
    words = text.encode("utf-8", "surrogatepass")[:TEXT_UNDERSTOOD].decode("utf-8", "ignore")
    meant = understand(words)
    move = meant.move if meant.confidence >= SOFT else UNCLEAR
    target = None
    if meant.vow:
        gesture = next((g for g in story.gestures if g.target == "vow" and g.phase == state.phase), None)
        if gesture is not None:
            move, target = gesture.move, gesture.target
    soft = move != UNCLEAR and meant.confidence < SURE and target is None
    return Heard(move, target, text, meant.confidence, soft, meant.themes, meant.disclosure)


__all__ = ["Ear", "listen", "understand"]
