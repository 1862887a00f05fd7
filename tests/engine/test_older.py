"""Row 7: the reader's name as it was lifetimes ago: from a sourced table, or aged by rule; and it can be refused."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from harken.engine.older import attested, older
from harken.engine.older_names import SOURCES, TABLE
from harken.keep.memory import MemoryKeep
from harken.meeting import Meeting, Said
from making import document, story, telling


def test_at_least_300_names_each_with_a_language_and_a_source() -> None:
    names = [name for entry in TABLE.strip().split("\n") for name in entry.partition("): ")[2].split(", ")]
    assert len(set(names)) >= 300
    for name in names:
        found = attested(name)
        assert found is not None and found[1] and found[2] in SOURCES.values()
    assert len({attested(name)[1] for name in names}) >= 10


def test_a_known_name_is_its_attested_form_and_an_unknown_one_is_aged_or_left_alone() -> None:
    assert older("William") == older("liam") == "Willahelm"
    assert older("Édouard Manet") == "Eadweard" and older("EDOUARD") == "Eadweard"
    assert older("Jayden") == "Iaydan"
    for name in ("Nevaeh", "李", "Ünal", "Hannah", "", "J", "x" * 200, "Ann3"):
        assert older(name) in (None, "Hannah") or attested(name)


@given(st.text(max_size=60))
def test_any_name_at_all_gives_a_short_word_or_nothing(name: str) -> None:
    form = older(name)
    assert form is None or (form.strip() and form != name and len(form) <= 40)


def said_to(name: str | None, **begin) -> str:
    made = story(
        document([telling("calls", arc="arrival", body=[{"say": ["You, ", {"name": "older"}], "by": "tell"}])])
    )
    meeting = Meeting(made, MemoryKeep().encounter("small"))
    meeting.begin("a", name, 1, **begin)
    return json.dumps(meeting.breathe(Said("b", offer="stay")).as_json())


def test_they_say_the_older_name_unless_the_reader_will_not_be_called_by_it() -> None:
    assert "You, Hrodberht" in said_to("Rob")
    assert "You, Rob" in said_to("Rob", older=False)
    assert "You, Nevaeh" in said_to("Nevaeh") and "You, you" in said_to(None)


def test_a_refusal_lasts_until_it_is_taken_back() -> None:
    meeting = Meeting(story(document([telling("one")])), MemoryKeep().encounter("small"))
    for asked, may in ((None, True), (False, False), (None, False), (True, True), (None, True)):
        meeting.begin(f"turn {asked} {may}{meeting.state.meeting}", "Rob", 1, older=asked)
        assert meeting.threshold().older is may
        assert meeting.state.older == ("Hrodberht" if may else "")
        meeting.breathe(Said(f"wake {meeting.state.meeting}", offer="wake"))
