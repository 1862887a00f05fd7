"""The checker's verdicts, as the map wants them: dicts with ``subject``, ``verdict``, ``holds`` and ``because``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from harken.engine import Story

FIELDS = ("promise", "subject", "verdict", "holds", "because")


def verdicts_of(story: Story) -> list[dict[str, Any]]:
    """What the checker's fast pass finds of this story."""
    from harken.check.judging import judge

    return [{name: getattr(verdict, name) for name in FIELDS} for verdict in judge(story)]


def by_subject(verdicts: Iterable[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    """The verdicts on each subject."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for verdict in verdicts:
        found.setdefault(str(verdict["subject"]), []).append(verdict)
    return found


def mark_of(verdicts: Iterable[Mapping[str, Any]]) -> str:
    """The one mark that stands for several: ``broken``, ``open``, ``holds``, or empty where there are none."""
    holds = [verdict["holds"] for verdict in verdicts]
    if not holds:
        return ""
    if False in holds:
        return "broken"
    return "open" if None in holds else "holds"
