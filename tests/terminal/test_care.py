"""What is asked before stepping in, the page outside the story, and what is kept: line by line and on the screen."""

import io
import json
from typing import Any

import pytest
from glass import Window
from hollow import ASKS, meeting_in

from harken.meeting import Meeting, Threshold
from harken.terminal.asking import Asking
from harken.terminal.kept import pieces
from harken.terminal.plain import Plain
from harken.terminal.words import ENGLISH, GERMAN, word

TROUBLE = "I want to kill myself tonight"


def typed_at(meeting: Meeting, text: str, name: str | None = None) -> str:
    out = io.StringIO()
    assert Plain(meeting, io.BytesIO(text.encode()), out, echo=False).play(name, 7) == 0
    return out.getvalue()


def at(**more: Any) -> Threshold:
    threshold = meeting_in(None, **ASKS).threshold()
    return type(threshold)(**{**{name: getattr(threshold, name) for name in threshold.__slots__}, **more})


def answered(*typed: str, named: bool = False, **more: Any) -> dict[str, Any]:
    asking = Asking(at(**more), named=named)
    for one in typed:
        assert asking.take(one), one
    assert asking.now is None
    return asking.given


def test_a_story_that_asks_nothing_asks_only_the_name_and_of_a_known_reader_nothing() -> None:
    bare = meeting_in(None).threshold()
    asking = Asking(bare, named=False)
    assert asking.now is not None and asking.now.about == "name"
    assert Asking(bare, named=True).now is None
    for state in ("within", "next"):
        assert Asking(at(state=state, veils=(), pronoun="they"), named=False).now is None


def test_language_name_pronoun_and_veils_are_asked_in_this_order_in_the_language_just_chosen() -> None:
    given = answered("2", " Ada ", "3", "1, 2", locales=("en", "de"))
    assert given == {"locale": "de", "name": "Ada", "pronoun": "they", "veiled": ("war", "leaving")}
    asking = Asking(at(locales=("en", "de")), named=False)
    asking.take("Deutsch")
    assert asking.now is not None and asking.now.text == GERMAN["name"]


def test_nothing_typed_leaves_everything_as_it_is_and_zero_veils_nothing() -> None:
    assert answered("", "", "") == {"name": None}
    assert answered("", "", "0")["veiled"] == ()
    assert answered("0", named=True, state="next", veiled=("war",), pronoun="she") == {"veiled": ()}


@pytest.mark.parametrize("typed", ["4", "0", "1 2", "-1", "١", "yes", "9" * 5000])
def test_what_is_no_answer_is_asked_again(typed: str) -> None:
    asking = Asking(at(), named=True)
    assert not asking.take(typed) and asking.now is not None and asking.now.about == "pronoun"


def test_line_by_line_the_answers_reach_the_meeting() -> None:
    meeting = meeting_in(None, **ASKS)
    said = typed_at(meeting, "Ada\nshe\nwhat\n1\n")
    assert "2. she" in said and "“what” is none of these" in said and "1. war" in said
    assert (meeting.state.name, meeting.state.pronoun, sorted(meeting.state.veiled)) == ("Ada", "she", ["war"])


def test_an_empty_name_of_the_command_takes_a_known_one_back(monkeypatch: pytest.MonkeyPatch) -> None:
    from harken import terminal

    meeting = meeting_in(None)
    typed_at(meeting, "\n/wake\n", "Ada")
    assert meeting.state.name == "Ada"
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(io.BytesIO()))
    assert terminal.play(meeting, script=io.BytesIO(b""), name="") == 0
    assert meeting.state.name is None and meeting.state.meeting == 2


def test_line_by_line_help_is_one_word_and_real_trouble_brings_it_with_nothing_kept() -> None:
    meeting = meeting_in(None, **ASKS)
    said = typed_at(meeting, f"help\n\n\n\n\nhelp\n{TROUBLE}\n")
    assert said.count("OUTSIDE THE STORY") == 3 and "Telefonseelsorge · 0800 111 0 111" in said
    assert "looked up on 2026-11-20" in said and "was not said" in said
    assert meeting.state.breath == 1 and not any(type(event).__name__ == "Said" for event in meeting.log)
    typed_at(meeting, "> help\n", "Ada")
    assert [event.text for event in meeting.log if type(event).__name__ == "Said"] == ["help"]


def test_what_is_kept_is_a_list_of_all_meetings_without_what_a_jar_held() -> None:
    meeting = meeting_in(None)
    typed_at(meeting, "Ada\n" + "\n" * 3 + "I had a brother once.\n" + "\n" * 14)
    assert meeting.state.over
    kinds = {piece.kind for piece in pieces(meeting)}
    assert kinds == {"telling", "yours", "promise", "scar"}
    said = typed_at(meeting, "/keep\n")
    assert said.count("Meeting 1") == 1 and "said by you" in said and "I had a brother once." in said
    assert "scream into jars" not in said and "harken keep burn" in said
    assert "Nothing is kept yet" in typed_at(meeting_in(None), "Ada\n/keep\n")


def test_in_another_language_the_player_speaks_it_too() -> None:
    meeting = meeting_in(None, language="de")
    said = typed_at(meeting, "Ada\n?\n/wake\n")
    assert "Wie möchtest du genannt werden?" in said and "/keep  was bewahrt ist" in said and "Du wachst auf." in said
    assert ENGLISH.keys() == GERMAN.keys() and word("woke", "fr") == "You wake."
    assert [line.count("|") for line in GERMAN["keys"].splitlines()] == [1] * len(ENGLISH["keys"].splitlines())


def test_on_the_screen_the_questions_come_one_after_the_other() -> None:
    with Window("--seed", "7", "--asks") as window:
        window.sees("What would you like to be called?")
        window.type("Ada\r")
        window.sees("How may they speak of you? 1. he 2. she 3. they")
        window.type("7\r")
        window.sees("“7” is none of these")
        window.type("\x153\r")
        window.sees("2. being left")
        window.type("2\r")
        window.sees("You are standing in a library")


def test_on_the_screen_help_skip_and_wake_are_one_key_away_and_words_stay_in_the_box() -> None:
    with Window("--seed", "7", "--name", "Ada", "--clock", "60") as window:
        window.sees("enter steps in")
        window.type("\r")
        window.sees("You are standing in a library")
        window.type("half a line\x1bOP")
        window.sees("Outside the story")
        window.type("\x1bOP")
        window.misses("Outside the story")
        window.sees("› half a line")
        window.type("\x15help\r")
        window.sees("findahelpline.com")
        window.type("\x1b")
        window.misses("findahelpline.com")
        window.type(f"{TROUBLE}\r")
        window.sees("Outside the story")
        window.type("\x1b")
        window.sees(f"› {TROUBLE}")
        window.type("\x15 ")
        window.sees("They say your name")
        window.type(" ")
        window.drain(0.9)
        window.type("\x1bOQ")
        window.sees("› Do not hear this")
        window.type("\x1bOR")
        window.sees("You wake.")


def test_on_the_screen_the_menu_shows_what_is_kept_with_scars_as_drawings(tmp_path: Any) -> None:
    keep = str(tmp_path / "keep")
    from glass import PLAYER, SOURCE  # noqa: F401
    from hollow import meeting_in as in_keep

    meeting = in_keep(keep)
    typed_at(meeting, "Ada\n" + "\n" * 16)
    assert meeting.state.over
    strokes = [piece.strokes for piece in pieces(meeting) if piece.strokes]
    assert strokes and json.dumps(strokes)
    with Window(keep, "--name", "Ada", "--seed", "7") as window:
        window.sees("say something, or stay")
        window.type("\x1b3")
        window.sees("What is kept Meeting 1")
        for _ in range(30):
            window.type("\x1b[6~")
            window.drain(0.1)
        window.sees("harken keep burn")
        assert any("\u2801" <= sign <= "\u28ff" for sign in window.glass.text())
