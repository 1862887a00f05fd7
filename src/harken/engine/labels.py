"""How the moves are offered that no story words itself, in the languages that Harken speaks. Data."""

from __future__ import annotations

from harken.engine.moves import LOOK, NOT_MEANT, SKIP, WAKE

_LABELS = {
    "en": {
        SKIP: "Do not hear this",
        WAKE: "Wake gently",
        NOT_MEANT: "That is not what I meant",
        LOOK: "Look about",
    },
    "de": {
        SKIP: "Das nicht hören",
        WAKE: "Sanft aufwachen",
        NOT_MEANT: "So war das nicht gemeint",
        LOOK: "Sich umsehen",
    },
}
_AIMED = {
    "en": {
        "ask_open": "Ask about: {}",
        LOOK: "Look at: {}",
        "touch": "Touch: {}",
        "confide": "Confide: {}",
        "stay": "Stay with: {}",
    },
    "de": {
        "ask_open": "Fragen nach: {}",
        LOOK: "Ansehen: {}",
        "touch": "Berühren: {}",
        "confide": "Anvertrauen: {}",
        "stay": "Bleiben bei: {}",
    },
}


def label(move: str, language: str) -> str | None:
    """How this move is offered where no story words it; None for those that a story must word."""
    return _LABELS[_spoken(language)].get(move)


def aimed(move: str, thing: str, language: str) -> str:
    """How this move is offered at a thing of this name."""
    return _AIMED[_spoken(language)].get(move, move.replace("_", " ") + ": {}").format(thing)


def _spoken(language: str) -> str:
    own = language.split("-")[0]
    return own if own in _LABELS else "en"
