"""Words in columns: widths, lines, and what beats say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harken.terminal.measure import cells, clean, lines, width, wrap
from harken.terminal.turns import meant, name_from
from harken.terminal.wording import deed, plain_text, words_of
from making import document, line, story, telling


@given(st.text(), st.integers(2, 90))
def test_no_line_is_wider_than_asked_and_nothing_is_lost(text: str, measure: int) -> None:
    made = lines(text, measure)
    assert all(width(one) <= measure for one in made)
    said = [cell.text for cell in cells(clean(text)) if cell.text not in (" ", "\n")]
    shown = [cell.text for one in made for cell in cells(one) if cell.text != " "]
    assert "".join(shown).replace(" ", "") == "".join(said).replace(" ", "")


@given(st.text())
def test_what_is_shown_holds_nothing_that_a_terminal_obeys(text: str) -> None:
    shown = clean(text)
    assert not any(ord(sign) < 32 and sign != "\n" for sign in shown)
    assert not any(0x7F <= ord(sign) < 0xA0 or 0xD800 <= ord(sign) < 0xE000 for sign in shown)


def test_lines_break_at_words_and_between_wide_signs_but_not_before_a_full_stop() -> None:
    assert lines("The rain tastes of salt.", 10) == ["The rain", "tastes of", "salt."]
    assert lines("鹽與雨在下。", 6) == ["鹽與雨", "在下。"]
    assert lines("鹽與雨。", 6) == ["鹽與", "雨。"]
    assert lines("one\n\ntwo", 10) == ["one", "", "two"]
    assert lines("abcdefghij", 4) == ["abcd", "efgh", "ij"]


def test_wide_and_riding_signs_are_measured() -> None:
    assert [width(text) for text in ("abc", "鹽", "e\u0301", "ж", "👍", "한")] == [3, 2, 1, 1, 2, 2]
    assert [cell.text for cell in cells("👩\u200d👧")] == ["👩", "👧"]
    assert len(cells("e" + "\u0301" * 50)[0].text) <= 8
    assert wrap([], 10) == [[]]


@pytest.mark.parametrize(
    ("typed", "name"),
    [("  Ada \t Lovelace\n", "Ada Lovelace"), ("", None), ("\x1b\x07", None), ("جدّة", "جدّة"), (None, None),
     ("x" * 200, "x" * 80)],
)  # fmt: skip
def test_a_name_is_one_line_that_can_be_spoken(typed: str | None, name: str | None) -> None:
    assert name_from(typed) == name


def test_beats_without_words_say_what_has_to_be_said() -> None:
    of = story(document([telling("one", body=[line("A")])]))

    def said(*beats: dict[str, object]) -> list[str]:
        return plain_text(words_of(beats, of))

    assert said({"kind": "pause"}) == ["…"]
    assert said({"kind": "pause"}, {"kind": "talk", "text": "Rain."}, {"kind": "pause"}) == ["Rain."]
    assert said({"kind": "study"}) == ["They tilt their head, studying you."]
    assert said({"kind": "wake", "by": "run"}) == ["You run, and you wake."]
    assert said({"kind": "scene", "scene": "x"}, {"kind": "phase", "phase": "talk"}) == ["…"]
    assert said({"kind": "scar", "label": "", "strokes": []})[0]
    assert said({"kind": "promise", "telling": "x", "status": "made", "text": "I will."}) == ["I will."]


def test_what_the_reader_did_is_named_as_it_was_offered() -> None:
    from harken.engine.events import Moved, Said

    doc = document([telling("one")])
    doc["things"] = [{"id": "scar", "scene": "room", "kind": "scar", "label": "the scar", "moves": ["ask_open"],
                      "here": True, "look": []}]  # fmt: skip
    of = story(doc)
    done = deed([Moved(1, "ask_open", "scar", 1000, False, None)], of)
    assert done and done.text == "Ask about: the scar"
    done = deed([Said("\x1b[31mhello"), Moved(1, "unclear", None, 0, False, 0)], of)
    assert done and done.text == "[31mhello"
    assert deed([], of) is None


def test_a_line_means_an_offer_or_words() -> None:
    from harken.engine.offers import Offer

    made = [Offer("stay", None, "Stay", False), Offer("ask_open", "scar", "Ask", False)]
    assert meant("", made) == ("stay", None)
    assert meant("", made[1:]) == (None, "")
    assert meant("ask_open scar", made) == ("ask_open scar", None)
    assert meant("ask_open", made) == (None, "ask_open")
    assert meant("> stay", made) == (None, "stay")
    assert meant(">stay", made) == (None, "stay")
    assert meant(">  stay", made) == (None, " stay")
