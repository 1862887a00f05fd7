"""What is asked before stepping in: a name, and what the story asks for: a language, a pronoun, what not to be told."""

from __future__ import annotations

from typing import Any, NamedTuple

from harken.engine.moves import PRONOUNS
from harken.meeting import Threshold
from harken.terminal.turns import name_from
from harken.terminal.words import word

_NAMES = {"en": "English", "de": "Deutsch", "fr": "Français", "es": "Español", "it": "Italiano"}


class Question(NamedTuple):
    """One question. ``about`` is the name of what ``Meeting.begin`` takes; ``choices`` are ids and labels."""

    about: str
    text: str
    note: str
    choices: tuple[tuple[str, str], ...] = ()

    def lines(self) -> list[str]:
        """The choices under their numbers."""
        return [f"{number}. {label}" for number, (_, label) in enumerate(self.choices, 1)]


class Asking:
    """Asks one thing after the other. ``given`` is what was answered so far, for ``Meeting.begin``."""

    def __init__(self, threshold: Threshold, *, named: bool) -> None:
        self.given: dict[str, Any] = {}
        self._threshold = threshold
        new = threshold.state == "new"
        asks = {
            "locale": new and len(threshold.locales) > 1,
            "name": new and not named,
            "pronoun": threshold.pronouns and threshold.pronoun is None,
            "veiled": bool(threshold.veils),
        }
        within = threshold.state == "within"
        self._left = [about for about, asked in asks.items() if asked and not within]

    @property
    def language(self) -> str:
        """The language to ask in."""
        return str(self.given.get("locale") or self._threshold.locale or self._threshold.language)

    @property
    def now(self) -> Question | None:
        """What is asked now; None when everything was."""
        return self._question(self._left[0]) if self._left else None

    def take(self, typed: str) -> bool:
        """Answer the question; whether the answer was understood. An empty one leaves it as it was."""
        question = self.now
        if question is None:
            return True
        if question.about == "name":
            self.given["name"] = name_from(typed)
        elif typed.strip():
            chosen = _chosen(question, typed)
            if chosen is None:
                return False
            self.given[question.about] = chosen if question.about == "veiled" else chosen[0]
        self._left.pop(0)
        return True

    def _question(self, about: str) -> Question:
        threshold, language = self._threshold, self.language
        note = word({"name": "name-note", "veiled": "veiled-note"}.get(about, "one-note"), language)
        choices: tuple[tuple[str, str], ...] = ()
        if about == "locale":
            choices = tuple((id, _NAMES.get(id.split("-")[0], id)) for id in threshold.locales)
        elif about == "pronoun":
            choices = tuple((id, word(id, language)) for id in ("he", "she", "they") if id in PRONOUNS)
        elif about == "veiled":
            mark = dict.fromkeys(threshold.veiled, " ×")
            choices = tuple((id, label + mark.get(id, "")) for id, label in threshold.veils)
        return Question(about, word(about, language), note, choices)


def _chosen(question: Question, typed: str) -> tuple[str, ...] | None:
    """The ids behind what was typed, numbers or a label; None for anything else. Only veils may be several."""
    parts = typed.replace(",", " ").split()
    labels = {label.casefold(): id for id, label in question.choices}
    whole = labels.get(typed.strip().casefold())
    if whole is not None:
        return (whole,)
    if parts == ["0"] and question.about == "veiled":
        return ()
    if not all(part.isascii() and part.isdecimal() and 0 < int(part[:4]) <= len(question.choices) for part in parts):
        return None
    if len(parts) > 1 and question.about != "veiled":
        return None
    return tuple(dict.fromkeys(question.choices[int(part) - 1][0] for part in parts))
