"""``--watch``: a writer saves, and the meeting goes on in the story as saved; a mistake is said once."""

from __future__ import annotations

from pathlib import Path

import pytest

from harken.keep import MemoryKeep
from harken.meeting import Meeting, Refused, Said
from harken.story import load
from harken.story.starter import begin
from harken.watching import saved_story


def test_a_saved_story_is_taken_over_and_a_broken_one_is_not(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    begin(folder)
    meeting = Meeting(load(folder).story, MemoryKeep().encounter("mine"), newer=saved_story(folder))
    meeting.begin("a", "Ada", 1)
    meeting.breathe(Said("b", offer="stay"))
    path = folder / "tellings" / "the-green-door.md"
    whole = path.read_text()
    path.write_text(whole.replace("He means the door", "HE MEANS THE DOOR") + "\n## Broken\n")
    with pytest.raises(Refused, match=r"the-green-door\.md:\d+"):
        meeting.breathe(Said("c", offer="stay"))
    path.write_text(whole.replace("He means the door", "HE MEANS THE DOOR"))
    assert "HE MEANS THE DOOR" in str(meeting.breathe(Said("c", offer="stay")).beats)
