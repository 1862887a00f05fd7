"""Sits in the dream: an attentive reader, meeting by meeting, with everything that was shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from harken.engine import Story
from harken.keep import MemoryKeep
from harken.meeting import Breath, Meeting, Said

LISTENING = ("stay", "ask_open", "reflect", "stay", "name_feeling", "validate")
Choose = Callable[[Breath, int], Said]


def attentive(breath: Breath, number: int) -> Said:
    return Said(f"t{breath.state.meeting}.{number}", offer=LISTENING[number % len(LISTENING)])


def sit(meeting: Meeting, choose: Choose = attentive, seed: int = 7) -> list[Breath]:
    """One whole meeting, from arrival to waking."""
    breaths = [meeting.begin(f"begin{meeting.state.meeting}", "Ada", seed)]
    while not breaths[-1].over:
        breaths.append(meeting.breathe(choose(breaths[-1], len(breaths))))
    return breaths


def new(story: Story) -> Meeting:
    return Meeting(story, MemoryKeep().encounter(story.id))


def beats(breaths: list[Breath], kind: str) -> Iterator[dict[str, Any]]:
    return (beat for breath in breaths for beat in breath.beats if beat["kind"] == kind)


def words(breaths: list[Breath]) -> str:
    return "\n".join(beat.get("text", "") for breath in breaths for beat in breath.beats)
