"""The one service: what is acknowledged is kept, what is refused writes nothing, and any breath can be resumed."""

from __future__ import annotations

import json
import random
from itertools import count

import pytest

from harken.engine import events as ev
from harken.keep.memory import MemoryKeep
from harken.meeting import Meeting, MovedOn, NotOnOffer, Over, Said, TooLong
from making import compiled, document, generated, line, story, telling

TURNS = count()


def turn() -> str:
    return f"turn-{next(TURNS)}"


def a_move(rng: random.Random, meeting: Meeting, breath) -> Said:
    if rng.random() < 0.2:
        return Said(turn(), text=rng.choice(["", "I lost my brother", "…", "tell me more", "​"]))
    return Said(turn(), offer=rng.choice([offer.id for offer in breath.offers() if offer.move != "run"]))


def shown(breath) -> str:
    return json.dumps([breath.as_json(), breath.shelf(), breath.clock])


@pytest.mark.parametrize("seed", range(25))
def test_after_every_breath_another_process_resumes_at_the_same_breath(seed: int) -> None:
    made, kept, rng = story(generated(seed)), MemoryKeep().encounter("small"), random.Random(seed)
    meeting = Meeting(made, kept)
    for _ in range(2):
        breath = meeting.begin(turn(), "Ada", seed)
        while not breath.over:
            reopened = Meeting(made, kept)
            assert reopened.threshold().state == "within"
            again = reopened.begin(turn())
            assert again.resumed and shown(again) == shown(breath)
            meeting = rng.choice([meeting, reopened])
            breath = meeting.breathe(a_move(rng, meeting, breath))
        assert Meeting(made, kept).threshold().state == "next"


def test_a_retry_of_a_turn_is_answered_with_the_same_breath_and_changes_nothing() -> None:
    kept = MemoryKeep().encounter("small")
    meeting = Meeting(story(generated(5)), kept)
    first = meeting.begin("begin", "Ada", 1)
    assert shown(meeting.begin("begin")) == shown(first)
    said = Said("once", text="tell me more")
    breath, size = meeting.breathe(said), len(kept.events())
    for other in (meeting, Meeting(story(generated(5)), kept)):
        again = other.breathe(said)
        assert again.resumed and shown(again) == shown(breath)
    assert len(kept.events()) == size


def test_two_windows_the_later_is_refused_and_then_stands_where_the_meeting_does() -> None:
    made, kept = story(generated(5)), MemoryKeep().encounter("small")
    one = Meeting(made, kept)
    one.begin(turn(), None, 1)
    two = Meeting(made, kept)
    latest = one.breathe(Said(turn(), offer="stay"))
    with pytest.raises(MovedOn):
        two.breathe(Said("mine", text="my words"))
    assert shown(two.begin(turn())) == shown(latest)
    assert two.breathe(Said("mine", text="my words")).state.breath == 2


def test_what_is_refused_writes_nothing() -> None:
    kept = MemoryKeep().encounter("small")
    meeting = Meeting(story(generated(5)), kept)
    with pytest.raises(Over):
        meeting.breathe(Said(turn(), offer="stay"))
    meeting.begin(turn(), None, 1)
    size = len(kept.events())
    for offer in ("fly", "ask_open nowhere", "", "stay stay"):
        with pytest.raises(NotOnOffer):
            meeting.breathe(Said(turn(), offer=offer))
    with pytest.raises(TooLong):
        meeting.breathe(Said(turn(), text="é" * (32 * 1024) + "x"))
    assert len(kept.events()) == size


def test_every_typed_byte_is_kept_in_one_entry_and_nowhere_else() -> None:
    kept = MemoryKeep().encounter("small")
    meeting = Meeting(story(generated(5)), kept)
    meeting.begin(turn(), None, 1)
    for text in ("é" * (32 * 1024), "quite ordinary", " \x1b[31m\u202e ", "\ud800 lone"):
        meeting.breathe(Said(turn(), text=text))
    records = [ev.to_record(event) for event in kept.events()]
    said = [record["text"] for record in records if record["kind"] == "said"]
    assert said == ["é" * (32 * 1024), "quite ordinary", " \x1b[31m\u202e ", "\ud800 lone"]
    assert sum("quite ordinary" in json.dumps(record) for record in records) == 1


def test_a_jar_is_heard_once_and_burned_with_the_next_breath() -> None:
    jar = telling("jar", form="jar", weight="urgent", body=[line("HUMMING")])
    made, kept = story(document([jar, telling("after")], wander=0)), MemoryKeep().encounter("small")
    meeting = Meeting(made, kept)
    meeting.begin(turn(), None, 1)
    heard = meeting.breathe(Said(turn(), offer="stay"))
    assert "HUMMING" in shown(heard)
    assert "HUMMING" in shown(Meeting(made, kept).begin(turn())), "until then a resume shows it again"
    meeting.breathe(Said(turn(), offer="stay"))
    assert "HUMMING" not in repr(kept.events()) and None in kept.events()
    assert "jar" in Meeting(made, kept).state.told


def test_a_meeting_keeps_the_edition_it_began_with_and_the_next_takes_the_new_one() -> None:
    old, new = document([telling("a", body=[line("OLD")])]), document([telling("a", body=[line("NEW")])])
    kept = MemoryKeep().encounter("small")
    Meeting(story(old), kept, compiled=compiled(old)).begin(turn(), None, 1)
    within = Meeting(story(new), kept, compiled=compiled(new))
    assert "OLD" in shown(within.breathe(Said(turn(), offer="stay")))
    within.breathe(Said(turn(), offer="wake"))
    within.begin(turn())
    assert within.story.edition == story(new).edition


def test_the_second_meeting_knows_the_name_and_does_not_tell_again() -> None:
    made, kept = story(generated(9, 20)), MemoryKeep().encounter("small")
    for _ in range(3):
        meeting = Meeting(made, kept)
        before = meeting.state.told
        breath = meeting.begin(turn(), None if before else "Ada", 3)
        assert breath.as_json()["name"] == "Ada"
        while not breath.over:
            breath = meeting.breathe(Said(turn(), offer="stay"))
        fresh = [e.telling for e in meeting.log if isinstance(e, ev.Told) and not e.again]
        assert len(fresh) == len(set(fresh))
        assert meeting.state.told[: len(before)] == before
