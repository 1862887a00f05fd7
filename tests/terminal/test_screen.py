"""The full screen in a real terminal: what is seen, what keys do, and that the terminal is given back."""

import json
import os
import re
import signal
import subprocess
import time
from pathlib import Path

import pytest
from glass import PLAYER, SOURCE, Window

ENV = {**os.environ, "PYTHONPATH": str(SOURCE)}


def opened(*arguments: str) -> Window:
    window = Window("--name", "Ada", "--seed", "7", *arguments)
    window.sees("enter steps in")
    window.type("\r")
    window.sees("You are standing in a library")
    return window


@pytest.fixture
def window():
    """A window that a test may close."""
    with opened() as one:
        yield one


@pytest.fixture(scope="module")
def long_one():
    with opened("--clock", "60") as one:
        come(one)
        yield one


@pytest.fixture
def shared(long_one: Window) -> Window:
    """A window in a long meeting, in which the confider has come and nothing is typed. Tests leave it open."""
    long_one.type("\x1b[6~\x15")
    long_one.sees("say something, or stay")
    return long_one


def given_back(window: Window) -> None:
    """The terminal is as it was: its modes, its own screen, its cursor."""
    assert window.after == window.before
    assert "1049" not in window.glass.modes and "2004" not in window.glass.modes
    assert "25" in window.glass.modes
    assert "Traceback" not in window.glass.wrote


def come(window: Window) -> None:
    window.type(" ")
    window.sees("They say your name")


def test_a_first_meeting_begins_at_the_threshold() -> None:
    with Window() as window:
        window.sees("T H E H O L L O W L I B R A R Y")
        window.sees("In this story: · Grief, and having survived.")
        window.sees("What would you like to be called?")
        window.type("Ada\r")
        window.sees("You are standing in a library")
        window.sees("1 Look at the books")
        window.misses("What would you like to be called?")


def test_first_words_within_half_a_second() -> None:
    """On a machine with other things to do, within a few times what the work itself takes."""
    waits, costs = [], []
    for _ in range(4):
        began = time.perf_counter()
        with Window(HARKEN_STILL="") as window:
            window.sees("H O L L O W")
            waits.append(time.perf_counter() - began)
            costs.append(window.cost())
        if waits[-1] < 0.5:
            break
    assert min(costs) < 0.5 and min(waits) < max(0.5, 6 * min(costs)), (waits, costs)


def test_some_breaths_and_the_way_out(window: Window) -> None:
    come(window)
    window.sees("› Breathe, and stay")
    window.type("look river\r")
    window.sees("› Look at the river")
    window.type("\x04")
    assert window.ends() == 0
    given_back(window)


def test_a_digit_does_what_stands_beside_it_after_a_while_or_with_enter(shared: Window) -> None:
    shared.type("2")
    shared.sees("enter does it · type on to say it instead")
    shared.type("\r")
    shared.sees("› Ask about it")
    shared.type("6")
    shared.sees("› Lean closer", 2)


def test_a_digit_that_is_typed_on_from_is_only_a_word(shared: Window) -> None:
    shared.type("3 of them")
    shared.drain(0.9)
    shared.sees("› 3 of them")
    assert "› Say back what you heard" not in shared.glass.words()
    shared.type("\r")
    shared.sees("say something, or stay")
    shared.sees("› 3 of them")


def test_m_shows_the_rest_and_words_that_begin_with_it_are_words(shared: Window) -> None:
    shared.type("m")
    shared.sees("What else can be done 1 Say “go on”")
    shared.type("y mother kept crows")
    shared.misses("What else can be done")
    shared.sees("› my mother kept crows")
    shared.type("\x15m1\r")
    shared.sees("› Say “go on”")


def test_a_question_mark_shows_the_help_as_long_as_it_stands_alone(shared: Window) -> None:
    shared.type("?")
    shared.sees("with nothing typed: breathe with them, and stay")
    shared.type("\x7f")
    shared.misses("with nothing typed")


def test_the_menu_wakes_gently(window: Window) -> None:
    come(window)
    window.type("\x1b")
    window.sees("› 1 Wake gently")
    window.type("1")
    window.sees("You wake.")
    window.sees("enter opens your eyes")
    assert re.search("[\u2801-\u28ff]", window.glass.text()), "the scar is drawn"
    window.type("\r")
    assert window.ends() == 0
    given_back(window)


def test_the_transcript_and_whoever_types_on_is_back(shared: Window) -> None:
    shared.type("\x1b")
    shared.sees("2 Transcript")
    shared.type("2")
    shared.sees("They say your name")
    shared.type("\x1b[5~" * 9)
    shared.sees("What was said You are standing in a library")
    shared.type("hello")
    shared.misses("What was said")
    shared.sees("› hello")


def test_what_is_refused_stays_in_the_box_under_a_sentence(shared: Window) -> None:
    shared.type("\x1b[200~" + "so much " * 9000 + "\x1b[201~")
    shared.sees("so much so much")
    shared.type("\r")
    shared.sees("at most 64 KiB can be kept at once", 10)
    shared.sees("so much so much")
    shared.type("\x1b")
    shared.sees("1 Wake gently")
    shared.type("\x1b")
    shared.sees("so much so much")


def test_10_000_signs_are_one_breath(shared: Window) -> None:
    noise = ("鹽z\u0301ж👍 " * 2000)[:10_000]
    shared.type("\x1b[200~" + noise + "\x1b[201~")
    shared.drain(0.3)
    shared.type("\r")
    shared.sees("say something, or stay", 10)
    shared.sees("They tilt their head")


def test_a_pasted_escape_is_not_obeyed(shared: Window) -> None:
    shared.type("\x1b[200~red \x1b[31m\x07 words\nand a line\x1b[201~")
    shared.sees("red [31m words")
    shared.type("\r")
    shared.sees("› red [31m words and a line")


def test_it_can_be_any_size_and_a_long_breath_is_read_page_by_page(window: Window) -> None:
    window.resize(40, 12)
    window.sees("You are standing in a library that")
    window.sees("↓")
    window.type(" ")
    window.sees("The air smells of burnt honey")
    window.type("\x1b[5~")
    window.sees("You are standing in a library that")
    for size in ((60, 40), (20, 6), (8, 3), (200, 60), (80, 24)):
        window.resize(*size)
        window.sees("You are standing in" if size[1] > 6 else "›")
    window.drain(0.6)
    come(window)
    window.resize(40, 12)
    window.type("\x1b")
    window.sees("1 Wake gently")
    window.type("1")
    window.sees("You wake.")
    assert re.search("[\u2801-\u28ff]", window.glass.text()), "there is room for the scar"
    window.type("\r")
    assert window.ends() == 0
    given_back(window)


def test_no_colour_is_no_colour_and_nothing_waits() -> None:
    with Window("--name", "Ada", NO_COLOR="1", HARKEN_STILL="") as window:
        window.sees("enter steps in")
        window.type("\r ")
        window.sees("They say your name")
        wrote = window.glass.wrote
        for codes in re.findall(r"\x1b\[([0-9;]*)m", wrote):
            assert set(codes.split(";")) <= {"", "0", "1", "2", "3", "4", "7"}
        window.drain(0.3)
        before = len(window.glass.wrote)
        window.drain(0.5)
        assert len(window.glass.wrote) == before


@pytest.mark.parametrize(
    ("env", "codes"),
    [({"COLORTERM": "truecolor"}, r"\x1b\[0;38;2;\d+;\d+;\d+;48;2;"),
     ({"COLORTERM": ""}, r"\x1b\[0;38;5;\d+;48;5;"),
     ({"TERM": "xterm", "COLORTERM": ""}, r"\x1b\[0;(3|9)[0-7](;1)?;4[0-7]m")],
)  # fmt: skip
def test_every_depth_of_colour(env: dict[str, str], codes: str) -> None:
    with Window("--name", "Ada", **env) as window:
        window.sees("enter steps in")
        assert re.search(codes, window.glass.wrote)


def test_it_breathes_and_words_come_one_after_the_other() -> None:
    with Window("--name", "Ada", "--seed", "7", HARKEN_STILL="") as window:
        window.sees("enter steps in")
        window.type("\r")
        window.sees("You are standing in a library")
        assert "The air smells" not in window.glass.words()
        before = len(window.glass.wrote)
        window.sees("The air smells of burnt honey")
        window.drain(0.5)
        assert 500 < len(window.glass.wrote) - before < 3_000_000
        window.type(" ")
        window.sees("Someone is standing in the arch")
        window.type("x")
        window.sees("They say your name", 0.6)
        window.sees("› x")


def test_a_held_space_is_one_breath() -> None:
    with Window("--name", "Ada", "--seed", "7") as window:
        window.sees("enter steps in")
        window.type("\r")
        window.sees("You are standing")
        for _ in range(12):
            window.type(" ")
            window.drain(0.05)
        window.sees("They say your name")
        assert window.glass.text().count("› Breathe, and stay") == 1


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_the_terminal_is_given_back_when_the_player_is_ended(window: Window, number: int, code: int) -> None:
    window.kill(number)
    assert window.ends() == code
    given_back(window)


def test_ctrl_c_twice_closes_the_window(window: Window) -> None:
    window.type("\x03")
    window.sees("1 Wake gently")
    window.type("\x03")
    assert window.ends() == 0
    given_back(window)


@pytest.mark.parametrize("where", ["draw", "key"])
def test_the_terminal_is_given_back_after_a_fault(where: str, tmp_path: Path) -> None:
    broken = "harken.terminal.view.View.draw" if where == "draw" else "harken.terminal.sitting.Sitting.breathe"
    room, _, rest = broken.rpartition(".view.") if where == "draw" else broken.rpartition(".sitting.")
    module = f"{room}.{'view' if where == 'draw' else 'sitting'}"
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\n"
        "class Finder:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        if name == 'harken.terminal.screen':\n"
        f"            import {module} as broken\n"
        "            def fault(*_, **__): raise ZeroDivisionError('a fault for a test')\n"
        f"            broken.{rest} = fault\n"
        "sys.meta_path.insert(0, Finder())\n"
    )
    with Window("--name", "Ada", PYTHONPATH=f"{tmp_path}{os.pathsep}{SOURCE}") as window:
        if where == "key":
            window.sees("enter steps in")
            window.type("\r")
            window.sees("You are standing")
            window.type(" ")
        assert window.ends() == 1
        assert window.after == window.before
        assert "1049" not in window.glass.modes and "25" in window.glass.modes
        assert "a fault for a test" in window.glass.wrote


def resumed(keep: Path) -> dict[str, object]:
    command = [*PLAYER, str(keep), "--script", "-", "--json"]
    done = subprocess.run(command, input=b"", capture_output=True, env=ENV, timeout=20)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_killed_in_the_middle_it_goes_on_at_the_same_breath(tmp_path: Path) -> None:
    keep = tmp_path / "keep"
    with Window(str(keep), "--name", "Ada", "--seed", "7") as window:
        window.sees("enter steps in")
        window.type("\r")
        window.sees("You are standing")
        come(window)
        window.type("I kept a jar of my own\r")
        window.sees("› I kept a jar of my own")
        window.kill(signal.SIGKILL)
        assert window.ends() == -signal.SIGKILL
        shown = window.glass.words()
    before = resumed(keep)
    assert before["breath"] == 2 and before["name"] == "Ada"
    texts = [beat["text"] for beat in before["beats"] if "text" in beat]
    assert texts and all(" ".join(text.split()) in shown or len(text) > 50 for text in texts)
    with Window(str(keep)) as window:
        window.sees("› I kept a jar of my own")
        for text in texts:
            window.sees(" ".join(text.split())[:50])
        window.type("\x1b[5~")
        window.sees("You are standing in a library")
        window.type("\x04")
        assert window.ends() == 0
    assert resumed(keep) == before
