"""A line understood: how likely each move is, how good it is, how much it gives away, what it is about."""

from __future__ import annotations

from typing import NamedTuple

from harken.listen import rules
from harken.listen.delta import Delta
from harken.listen.features import features
from harken.listen.head import head, known, scores, softmax
from harken.listen.plain import plain, tokens
from harken.listen.talk import disclosure, quality, themes, vow

SURE, SOFT = 600, 400
"""Confidence (of 1000) from which a move lands in full, and from which it lands by half; below it is ``unclear``."""
_BECAUSE_MOST = 40
"""Words that are left out in turn to see what made the difference."""


class Meant(NamedTuple):
    """What words were taken for. ``confidence`` and ``margin`` (to the next move) 0 to 1000, ``quality`` 0 to 2,
    ``disclosure`` 0 to 3; ``moves`` are chances 0 to 1, likeliest first; ``gesture`` the id of a story's own."""

    move: str
    confidence: int
    margin: int
    moves: tuple[tuple[str, float], ...]
    quality: int
    disclosure: int
    themes: tuple[str, ...]
    vow: bool
    gesture: str | None = None


def raw(
    text: str, before: str = "", language: str = "en", own: Delta | None = None
) -> tuple[tuple[str, ...], list[float], float]:
    """The moves, their scores (after them those of a story's own gestures) and the temperature.

    A delta of another language than the one that is listened in adds nothing.
    """
    weights, found = head(language), features(text, before, language)
    values = scores(weights, found)
    heard = own.added(values, found) if own and own.language == known(language) else values
    return weights.moves, heard, weights.temperature


def understand(text: str, before: str = "", language: str = "en", own: Delta | None = None) -> Meant:
    """What the text does, in answer to ``before`` (what the confider said last, where known).

    Any text; of a long one the start and the end are looked at. ``own`` is what ``fit`` made of a story's examples.
    Never raises; what is not sure enough is ``unclear``.
    """
    if not text.strip():
        return Meant("stay", 1000, 1000, (("stay", 1.0),), 1, 0, (), False)
    moves, values, temperature = raw(text, before, language, own)
    gesture = own.gesture(values) if own and len(values) > len(moves) else None
    ranked = sorted(zip(moves, softmax(values[: len(moves)], temperature), strict=True), key=lambda one: -one[1])
    confidence, margin = round(1000 * ranked[0][1]), round(1000 * (ranked[0][1] - ranked[1][1]))
    line = plain(text)
    about, promised = themes(line, language), vow(line, language)
    move = ranked[0][0]
    if language == "en" and move == "unclear":
        move, confidence = _plainly(text, confidence)
    if promised and (confidence < SURE or move == "unclear"):
        move, confidence = "confide", 800
    if confidence < SOFT:
        move = "unclear"
    return Meant(
        move, confidence, margin, tuple(ranked), quality(line, before, move), disclosure(line, about, language), about,
        promised, gesture,
    )  # fmt: skip


def _plainly(text: str, confidence: int) -> tuple[str, int]:
    """What a very telling cue says of a line that the head could not place: at most by half."""
    told = rules.understand(text)
    return (told.move, SURE - 50) if told.confidence >= 850 else ("unclear", confidence)


def because(
    text: str, before: str = "", language: str = "en", own: Delta | None = None, most: int = 3
) -> tuple[str, ...]:
    """The words without which the likeliest move would be least likely, the most telling first."""
    moves, values, temperature = raw(text, before, language, own)
    chances = softmax(values[: len(moves)], temperature)
    best = max(range(len(moves)), key=chances.__getitem__)
    words = plain(text).split()[:_BECAUSE_MOST]
    lost = []
    for at, word in enumerate(words):
        without = " ".join(words[:at] + words[at + 1 :])
        left = softmax(raw(without, before, language, own)[1][: len(moves)], temperature)
        lost.append((chances[best] - left[best], -at, word))
    return tuple(word for drop, _, word in sorted(lost, reverse=True)[:most] if drop > 0.01 or len(tokens(text)) < 3)
