"""The checker's verdicts, as the map wants them: dicts with ``subject``, ``verdict``, ``holds`` and ``because``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from harken.engine import Story

FIELDS = ("promise", "subject", "verdict", "holds", "because")


def verdicts_of(story: Story, claims: Sequence[Mapping[str, Any]] = ()) -> list[dict[str, Any]]:
    """What the checker's fast pass finds of this story; ``claims`` are those of its compiled document."""
    from harken.check.judging import judge

    return [{name: getattr(verdict, name) for name in FIELDS} for verdict in judge(story, claims)]


def by_telling(story: Story, verdicts: Iterable[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    """The verdicts that concern each telling: on itself, its variants, the facts it sets, the claims that name it."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for verdict in verdicts:
        for telling in _concerned(story, str(verdict.get("promise", "")), str(verdict["subject"])):
            found.setdefault(telling, []).append(verdict)
    return found


def _concerned(story: Story, promise: str, subject: str) -> Iterable[str]:
    if promise == "fact":
        return [t.id for t in story.tellings.values() if subject in {f"{f} is {v}" for f, v in t.effects.sets}]
    words = subject.split() if promise in ("claim", "variant") else [subject]
    return [word for word in dict.fromkeys(words) if word in story.tellings]


def mark_of(verdicts: Iterable[Mapping[str, Any]]) -> str:
    """The one mark that stands for several: ``broken``, ``open``, ``holds``, or empty where there are none."""
    holds = [verdict["holds"] for verdict in verdicts]
    if not holds:
        return ""
    if False in holds:
        return "broken"
    return "open" if None in holds else "holds"
