"""Free text alone plays the dream's first meeting well: each line is heard as it was meant, down to the promise."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from free_text import LINES, NAME, SEED
from gallery import FOLDER, typed

from harken.engine import Heard
from harken.engine import events as ev
from harken.keep.memory import MemoryKeep
from harken.meeting import Breath, Meeting, Said
from harken.story import find, load


def play(ear: object = None) -> Iterator[tuple[str, Breath, Meeting]]:
    """Each line, the breath that came of it, and the meeting after it."""
    story = load(find("hollow-library")).story
    assert story is not None
    meeting = Meeting(story, MemoryKeep().encounter(story.id), ear=ear)  # type: ignore[arg-type]
    breath = meeting.begin("arrive", NAME, SEED)
    for number, (line, _) in enumerate(LINES):
        assert not breath.over
        breath = meeting.breathe(Said(f"turn {number}", text=line))
        yield line, breath, meeting


@pytest.fixture(scope="module")
def played() -> list[tuple[str, Breath, Meeting]]:
    return list(play())


def of(kind: type[ev.Event], played: list[tuple[str, Breath, Meeting]]) -> list[ev.Event]:
    return [event for _, breath, _ in played for event in breath.events if isinstance(event, kind)]


def test_every_line_is_heard_as_it_was_meant(played: list[tuple[str, Breath, Meeting]]) -> None:
    heard = [event.move for event in of(ev.Moved, played)]  # type: ignore[attr-defined]
    assert heard == [meant for _, meant in LINES]


def test_it_earns_what_a_first_meeting_can_give(played: list[tuple[str, Breath, Meeting]]) -> None:
    told = [event.telling for event in of(ev.Told, played)]  # type: ignore[attr-defined]
    _, last, meeting = played[-1]
    assert last.over and meeting.state.trust >= 16
    assert len(told) == len(set(told)) >= 24
    assert of(ev.Dissolved, played), "the jar was opened and is gone"
    assert of(ev.Promised, played) and of(ev.Scarred, played)
    assert {event.phase for event in of(ev.PhaseChanged, played)} >= {"talk", "moment", "unravelling"}  # type: ignore[attr-defined]
    assert sum(isinstance(event, ev.Said) for _, breath, _ in played for event in breath.events) == len(LINES)


def test_an_ear_that_hears_nothing_earns_nothing_of_it() -> None:
    """The same lines, not understood: what the test above sees comes from the words."""
    deaf = list(play(lambda text, story, state: Heard("unclear", text=text, confidence=0)))
    assert deaf[-1][2].state.trust < 4 and not of(ev.Dissolved, deaf)


def test_the_transcript_in_the_docs_is_this_one() -> None:
    story = load(find("hollow-library")).story
    assert story is not None
    assert (FOLDER / "typed-1.md").read_text("utf-8") == typed(story)
