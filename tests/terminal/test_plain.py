"""Line mode: through a pipe, and in a terminal that can do nothing."""

import io
import os
import signal
import subprocess

import pytest
from glass import PLAYER, SOURCE, Window
from hollow import hollow, meeting_in

from harken.keep import KeepError, MemoryKeep
from harken.meeting import Meeting, Said
from harken.terminal import history
from harken.terminal.plain import CLOSED, Plain
from making import compiled, story

ENV = {**os.environ, "PYTHONPATH": str(SOURCE), "COLUMNS": "60"}


def piped(*arguments: str, typed: str) -> str:
    done = subprocess.run(
        [*PLAYER, *arguments, "--plain"], input=typed.encode(), capture_output=True, env=ENV, timeout=20
    )
    assert done.returncode == 0 and done.stderr == b""
    return done.stdout.decode()


def typed_at(meeting: Meeting, text: str, name: str | None = "Ada") -> str:
    out = io.StringIO()
    assert Plain(meeting, io.BytesIO(text.encode()), out, echo=True).play(name, 7) == 0
    return out.getvalue()


def test_through_a_pipe_it_is_words_numbers_and_a_prompt() -> None:
    said = piped("--seed", "7", typed="Ada\n\n1\n")
    assert said.startswith("The Hollow Library\n\nIn this story: Grief")
    assert "What would you like to be called?" in said
    assert "\n1. Look at the books\n2. Look at the river\n3. Breathe, and stay\n\n> " in said
    assert said.rstrip().endswith(CLOSED)
    assert "\x1b" not in said and max(map(len, said.splitlines())) <= 60


def test_the_name_is_asked_for_once_and_kept() -> None:
    meeting = meeting_in(None)
    assert "called?" in typed_at(meeting, "  Ada \n", None)
    assert meeting.state.name == "Ada"
    assert "called?" not in typed_at(meeting, "\n", None)
    nameless = meeting_in(None)
    typed_at(nameless, "\n\n", None)
    assert nameless.state.name is None and nameless.state.breath == 1
    assert "called?" not in typed_at(meeting_in(None), "", "Ada")


def test_a_command_is_nobodys_name() -> None:
    meeting = meeting_in(None)
    said = typed_at(meeting, "/wake\n/quit\nAda\n", None)
    assert "/wake does nothing before you step in." in said and said.rstrip().endswith(CLOSED)
    assert said.count("called?") == 2 and meeting.state.breath == 0 and meeting.state.name is None


def test_a_number_an_id_a_label_words_and_nothing() -> None:
    meeting = meeting_in(None)
    typed_at(meeting, "1\nlook river\n\nLEAN CLOSER\n> 1\n99\n")
    moves = [(event.move, event.said) for event in meeting.log if type(event).__name__ == "Moved"]
    assert [move for move, _ in moves[:4]] == ["look", "look", "stay", "touch"]
    assert [event.text for event in meeting.log if type(event).__name__ == "Said"] == ["1", "99"]


def test_quiet_offers_are_listed_after_a_question_mark_only() -> None:
    meeting = meeting_in(None)
    before, after = typed_at(meeting, "\n?\n").split("\n> ?\n", 1)
    assert "Wake gently" not in before and "Wake gently" in after and "/transcript" in after


def test_a_number_of_the_long_list_works_until_the_next_breath() -> None:
    meeting = meeting_in(None)
    said = typed_at(meeting, "\n?\n")
    number = next(line.split(".")[0] for line in said.splitlines() if line.endswith("Wake gently"))
    typed_at(meeting, f"?\n{number}\n")
    assert meeting.state.over


def test_the_list_is_not_said_again_while_it_is_the_same() -> None:
    said = typed_at(meeting_in(None), "look books\nlook river\n")
    assert said.count("1. Look at the books") == 1


def test_commands() -> None:
    meeting = meeting_in(None)
    said = typed_at(meeting, "\n/transcript\n/quit\nnever read\n")
    assert said.count("You are standing in a library") == 2 and "> Breathe, and stay" in said
    assert said.endswith(CLOSED + "\n\n") and meeting.state.breath == 1
    said = typed_at(meeting, "/wake\n")
    assert meeting.state.over and "You wake." in said and CLOSED not in said


def test_every_kind_of_line_ends_in_waking() -> None:
    for line in ("", "run", "1", "؟" * 10_000, "\x1b[31m\x00"):
        meeting = meeting_in(None)
        said = typed_at(meeting, (line + "\n") * 40)
        assert meeting.state.over and "\x1b" not in said and "\x00" not in said


def test_what_cannot_be_kept_is_said_and_the_meeting_goes_on() -> None:
    meeting = meeting_in(None)
    said = typed_at(meeting, "x" * 70_000 + "\n\n")
    assert "at most 64 KiB" in said and meeting.state.breath == 1


def test_trouble_in_the_keep_is_said_and_a_second_try_is_the_same_breath(monkeypatch: pytest.MonkeyPatch) -> None:
    meeting = meeting_in(None)
    turns: list[str] = []
    breathe = Meeting.breathe

    def failing(self: Meeting, said: Said) -> object:
        turns.append(said.turn)
        if len(turns) == 1:
            raise KeepError("The disk is full; the turn was not kept.")
        return breathe(self, said)

    monkeypatch.setattr(Meeting, "breathe", failing)
    assert "The disk is full" in typed_at(meeting, "are you there\nare you there\nand now\n")
    assert turns[0] == turns[1] != turns[2] and meeting.state.breath == 2


def test_another_window_is_said_and_shown() -> None:
    keep, doc = MemoryKeep(), hollow()
    of, other = (Meeting(story(doc), keep.encounter("hollow"), compiled=compiled(doc)) for _ in range(2))
    of.begin("a", seed=1)
    other._read()
    other.breathe(Said("b", offer="look books"))
    said = typed_at(of, "look river\nlook river\n")
    assert "went on in another window" in said and "The titles will not hold still" in said
    assert of.state.breath == 2


def test_the_transcript_has_the_whole_meeting_and_nothing_burned() -> None:
    meeting = meeting_in(None)
    typed_at(meeting, "\n" * 9)
    told = history.transcript(meeting)
    assert told[0].startswith("You are standing") and told.count("> Breathe, and stay") == 9
    assert "jar" in meeting.state.told and not any("scream into jars" in text for text in told)


def test_in_a_dumb_terminal_there_is_not_one_escape() -> None:
    with Window(TERM="dumb") as window:
        window.sees("What would you like to be called?")
        window.type("Ada\n")
        window.sees("1. Look at the books")
        window.type("\n")
        window.sees("They say your name")
        window.type("\x04")
        window.sees("You close the window.")
        assert window.ends() == 0
        assert "\x1b" not in window.glass.wrote


def test_ctrl_c_loses_nothing_and_twice_closes_the_window() -> None:
    with Window("--plain", "--name", "Ada") as window:
        window.sees("3. Breathe, and stay")
        window.type("\x03")
        window.sees("Nothing that was told is lost")
        window.type("\n")
        window.sees("They say your name")
        window.type("\x03")
        window.drain(0.2)
        window.type("\x03")
        window.sees("You close the window.")
        assert window.ends() == 0


def test_ctrl_c_waits_until_a_breath_was_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    meeting = meeting_in(None)
    breathe = Meeting.breathe

    def interrupted(self: Meeting, said: Said) -> object:
        breath = breathe(self, said)
        signal.raise_signal(signal.SIGINT)
        return breath

    monkeypatch.setattr(Meeting, "breathe", interrupted)
    said = typed_at(meeting, "\nwake\n")
    assert "They say your name" in said and meeting.state.over
    assert said.count("Nothing that was told is lost") == 1
