"""Coming back costs the meeting one is in, not all there ever were, and is the same with a snapshot as without."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from harken.engine import State, fold
from harken.engine.story import Story
from harken.keep import Encounter, Keep
from harken.keep.memory import MemoryEncounter, MemoryKeep
from harken.meeting import Meeting, Said
from making import generated, story

TURNS = count()


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Encounter]:
    with Keep.open(tmp_path / "keep") as keep:
        yield keep.encounter("small")


def play(made: Story, kept: Encounter | MemoryEncounter, meetings: int, chance: random.Random, most: int = 99) -> int:
    """So many meetings, each to its end, the last for ``most`` breaths; how many events there were before the last."""
    before = 0
    for number in range(meetings):
        before = len(kept.log())
        meeting = Meeting(made, kept)
        breath = meeting.begin(f"turn {next(TURNS)}", "Ada", 7)
        taken = 0
        while not breath.over and (number < meetings - 1 or taken < most):
            offer = chance.choice([offer.id for offer in breath.offers() if offer.move != "run"])
            breath, taken = meeting.breathe(Said(f"turn {next(TURNS)}", offer=offer)), taken + 1
    return before


def test_coming_back_opens_what_happened_since_the_last_waking(
    kept: Encounter, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, opened = story(generated(3)), list[int]()
    before = play(made, kept, 4, random.Random(3), most=2)
    real = Encounter.opened

    def seen(self: Encounter, row: object, stored: tuple[int, ...], wraps: object) -> object:
        opened.append(stored[0])
        return real(self, row, stored, wraps)  # type: ignore[arg-type]

    monkeypatch.setattr(Encounter, "opened", seen)
    meeting = Meeting(made, kept)
    assert min(opened) == before > 20 and len(opened) == len(kept.log()) - before
    assert meeting.state == fold(kept.events())
    opened.clear()
    monkeypatch.setattr(Encounter, "snapshot", lambda self: None)
    assert Meeting(made, kept).state == meeting.state
    assert len(opened) == len(kept.log()), "without it, all of it is opened: this test would see it"


@pytest.mark.parametrize("seed", range(20))
def test_a_meeting_goes_on_the_same_with_it_and_without(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    logs = []
    for with_it in (True, False):
        kept = MemoryKeep().encounter("small")
        with monkeypatch.context() as patched:
            if not with_it:
                patched.setattr(MemoryEncounter, "keep_snapshot", lambda self, head, state: None)
            play(story(generated(seed)), kept, 3, random.Random(seed))
        assert (kept.snapshot() is not None) == with_it
        logs.append(list(kept.events()))
    assert logs[0] == logs[1]


def test_a_snapshot_that_is_not_true_would_be_seen() -> None:
    """The test above rests on the snapshot being looked at."""
    made, kept = story(generated(1)), MemoryKeep().encounter("small")
    play(made, kept, 1, random.Random(1))
    assert Meeting(made, kept).state == fold(kept.events())
    kept.keep_snapshot(len(kept.log()), State(seed=99))
    assert Meeting(made, kept).state == State(seed=99)


def test_a_keep_that_cannot_be_written_now_keeps_none_and_says_nothing(kept: Encounter) -> None:
    play(story(generated(2)), kept, 1, random.Random(2))
    before = kept.snapshot()
    kept._keep.read_only = "This keep is older than the last one seen here."
    kept.keep_snapshot(1, State())
    kept._keep.read_only = None
    assert kept.snapshot() == before is not None
    kept._keep.database.close()
    kept.keep_snapshot(1, State())


def test_a_retry_of_an_old_turn_is_answered_as_it_was_then() -> None:
    made, kept = story(generated(5)), MemoryKeep().encounter("small")
    first = Meeting(made, kept).begin("the first", "Ada", 1)
    play(made, kept, 2, random.Random(5))
    again = Meeting(made, kept).begin("the first")
    assert again.resumed and again.as_json() == first.as_json()
