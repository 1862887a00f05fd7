"""Unattended play: every rule of a script, one by one."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from glass import PLAYER, SOURCE
from hollow import hollow

from harken.engine.moves import TEXT_KEPT
from harken.keep import MemoryKeep
from harken.meeting import Meeting, Said
from harken.terminal.script import ScriptError, lines_of, play_script, seed_of_replay
from making import compiled, document, story, telling

ENV = {**os.environ, "PYTHONPATH": str(SOURCE), "PYTHONIOENCODING": "utf-8"}


def meeting(doc: dict[str, Any] | None = None, keep: MemoryKeep | None = None) -> Meeting:
    doc = doc or hollow()
    return Meeting(story(doc), (keep or MemoryKeep()).encounter(doc["id"]), compiled=compiled(doc))


def played(lines: list[bytes], of: Meeting | None = None, seed: int | None = 7, **more: Any) -> list[dict[str, Any]]:
    out = io.StringIO()
    assert play_script(of or meeting(), lines, out, json=True, name=more.pop("name", "Ada"), seed=seed) == 0
    return [json.loads(line) for line in out.getvalue().splitlines()]


def readable(lines: list[bytes], of: Meeting | None = None) -> str:
    out = io.StringIO()
    play_script(of or meeting(), lines, out, json=False, name="Ada", seed=7)
    return out.getvalue()


def test_the_arrival_comes_first() -> None:
    first, second = played([b"stay\n"])
    assert (first["breath"], first["move"], first["confidence"], first["meeting"]) == (0, None, None, 1)
    assert (second["breath"], second["move"], second["confidence"]) == (1, "stay", 1.0)
    assert {"phase", "beats", "state", "told", "offers", "owed"} <= set(first)


def test_a_line_equal_to_an_offer_is_that_move_with_its_target() -> None:
    stays = [b"stay\n"] * 5
    offered = [any(o["id"] == "ask_open scar-orchard" for o in b["offers"]) for b in played(stays)].index(True)
    breaths = played([b"look books\n", *stays[:offered], b"ask_open scar-orchard\n"])
    done = [(b["move"], b["target"]) for b in breaths[1:]]
    assert done == [("look", "books"), *[("stay", None)] * offered, ("ask_open", "scar-orchard")]
    assert breaths[-1]["confidence"] == 1.0


def test_a_line_that_is_not_on_offer_is_text() -> None:
    of = meeting()
    breaths = played([b"ask_open scar-orchard\n", b"look books \n", b" stay\n"], of)
    assert all(b["confidence"] != 1.0 for b in breaths[1:])
    assert [event.text for event in of.log if type(event).__name__ == "Said"] == [
        "ask_open scar-orchard", "look books ", " stay"]  # fmt: skip


def test_an_empty_line_is_stay() -> None:
    breaths = played([b"\n", b"\r\n", b""])
    assert [(b["move"], b["confidence"]) for b in breaths[1:]] == [("stay", 1.0)] * 3


def test_an_empty_line_where_stay_is_not_offered_is_empty_text() -> None:
    doc = document([telling("one")])
    doc["confider"]["moves"] = [["ask_open", "Ask", False]]
    breaths = played([b"\n", b"\n"], meeting(doc))
    assert [b["move"] for b in breaths[1:]] == ["stay", "stay"]


def test_a_leading_angle_forces_text_and_one_is_taken_off() -> None:
    of = meeting()
    breaths = played([b"> stay\n", b">>  stay\n", b">\n"], of)
    assert [event.text for event in of.log if type(event).__name__ == "Said"] == ["stay", ">  stay"]
    assert breaths[3]["move"] == "stay"


def test_a_byte_order_mark_and_other_line_endings_are_handled() -> None:
    assert [b["move"] for b in played([b"\xef\xbb\xbfstay\r\n", b"stay"])[1:]] == ["stay", "stay"]
    of = meeting()
    played([b"stay\n", b"\xef\xbb\xbfstay\n"], of)
    assert [event.text for event in of.log if type(event).__name__ == "Said"] == ["\ufeffstay"]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (b"caf\xe9\n", "Line 2 of the script is not text: its byte 4 is not UTF-8."),
        (b"a\0b\n", "Line 2 of the script has a NUL byte in it"),
        (b"x" * (TEXT_KEPT + 1), "Line 2 of the script is longer than 64 KiB"),
        (b"> " + b"x" * (TEXT_KEPT + 1), "Line 2 of the script is longer than 64 KiB"),
    ],
)
def test_a_line_that_is_not_text_is_named_and_nothing_of_it_is_kept(line: bytes, sentence: str) -> None:
    of, out = meeting(), io.StringIO()
    with pytest.raises(ScriptError, match="^" + sentence.replace(".", r"\.")):
        play_script(of, [b"stay\n", line, b"stay\n"], out, json=True, name=None, seed=1)
    assert [json.loads(text)["breath"] for text in out.getvalue().splitlines()] == [0, 1]
    assert of.state.breath == 1


def test_64_kib_of_text_are_kept_whole() -> None:
    for line in (b"x" * TEXT_KEPT, b"> " + b"x" * TEXT_KEPT + b"\r\n", b"\xef\xbb\xbf> " + b"x" * TEXT_KEPT + b"\r\n"):
        of = meeting()
        assert len(played(list(lines_of(io.BytesIO(line))), of)) == 2
        assert [len(event.text) for event in of.log if type(event).__name__ == "Said"] == [TEXT_KEPT]


def test_reading_stops_at_waking() -> None:
    def lines() -> Any:
        yield b"wake\n"
        raise AssertionError("nothing is read after waking")

    assert [b["over"] for b in played(lines())] == [False, True]


def test_the_end_of_the_script_closes_the_window_and_the_next_one_goes_on() -> None:
    keep = MemoryKeep()
    before = played([b"stay\n", b"stay\n"], meeting(keep=keep))
    after = played([], meeting(keep=keep))
    assert after == [before[-1]]
    assert played([b"stay\n"], meeting(keep=keep))[-1]["breath"] == 3


def test_the_next_script_is_the_next_meeting() -> None:
    keep = MemoryKeep()
    first = played([b""] * 40, meeting(keep=keep), name="Ada")[-1]
    second = played([b""], meeting(keep=keep), name=None)
    assert first["over"] and first["owed"] == ["shadow"]
    assert second[0]["meeting"] == 2 and second[0]["name"] == "Ada" and second[0]["owed"] == ["shadow"]
    assert second[0]["told"] == first["told"]


def test_the_same_script_and_seed_are_the_same_bytes_and_another_seed_is_not() -> None:
    script = [b"look books\n", "je reste, ça va\n".encode(), b"", b"touch\n"] + [b""] * 20

    def bytes_of(seed: int, json: bool) -> str:
        out = io.StringIO()
        play_script(meeting(), script, out, json=json, name="Ada", seed=seed)
        return out.getvalue()

    for json_ in (True, False):
        assert bytes_of(7, json_) == bytes_of(7, json_)
        assert len({bytes_of(seed, json_) for seed in range(5)}) > 1


def test_no_turn_id_is_in_the_output(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[Said] = []
    breathe = Meeting.breathe
    monkeypatch.setattr(Meeting, "breathe", lambda self, one: (said.append(one), breathe(self, one))[1])
    out = io.StringIO()
    play_script(meeting(), [b""] * 5, out, json=True, name=None, seed=1)
    assert len({one.turn for one in said}) == 5
    assert not any(one.turn in out.getvalue() for one in said)


NOISE = {
    "arabic": "هل تسمعني ",
    "cjk": "鹽與雨，書在跳動。",
    "emoji": "👩\u200d👩\u200d👧🏽🇫🇷 ",
    "combining": "z\u0301\u0302\u0303\u0329 ",
    "devanagari": "क्षत्रिय ",
    "controls": "\x07\x1b[31m\x9b",
    "private": "\ue000\U0010ffff",
    "latin": "qwxz ",
}


READABLE = ("emoji", "controls", "cjk")


@pytest.mark.parametrize(("script", "as_json"), [(one, True) for one in NOISE] + [(one, False) for one in READABLE])
def test_10_000_signs_of_noise_on_every_breath_end_in_waking(script: str, as_json: bool) -> None:
    noise = (NOISE[script] * 10_000)[:10_000]
    of, out = meeting(), io.StringIO()
    assert play_script(of, [noise.encode()] * 40, out, json=as_json, name=noise, seed=3) == 0
    assert of.state.over
    assert all(event.text == noise for event in of.log if type(event).__name__ == "Said")
    if not as_json:
        assert not any(sign in out.getvalue() for sign in "\x1b\x07\x9b")
        assert max(len(line) for line in out.getvalue().splitlines()) < 800


@pytest.mark.parametrize("line", [b"run\n", b"\n", b"wake\n"])
def test_the_same_line_on_every_breath_ends_in_waking(line: bytes) -> None:
    assert played([line] * 60)[-1]["over"]


def test_a_line_is_not_lost_when_another_window_was_quicker() -> None:
    keep = MemoryKeep()
    of, other = meeting(keep=keep), meeting(keep=keep)
    of.begin("a", seed=1)
    other._read()

    def lines() -> Any:
        other.breathe(Said("other", offer="stay"))
        yield b"stay\n"

    assert [b["breath"] for b in played(lines(), of)] == [0, 2]


def test_the_readable_form_is_words_and_what_was_done() -> None:
    text = readable([b"look books\n", b"\n", b"> are you there\n"])
    assert text.startswith("You are standing in a library")
    assert "\n\n> Look at the books\n\nThe titles will not" in text
    assert "\n\n> Breathe, and stay\n\n" in text and "\n\n> are you there\n\n" in text
    assert max(map(len, text.splitlines())) <= 78 and "{" not in text


def run(*arguments: str, typed: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*PLAYER, *arguments], input=typed, capture_output=True, env=ENV, timeout=20)


def test_from_outside_all_is_well_or_one_sentence_and_2() -> None:
    well = run("--script", "-", "--json", "--seed", "7", typed=b"stay\nstay\n")
    assert well.returncode == 0 and well.stderr == b"" and len(well.stdout.splitlines()) == 3
    assert well.stdout == run("--script", "-", "--json", "--seed", "7", typed=b"stay\nstay\n").stdout
    wrong = run("--script", "-", typed=b"stay\n\xff\n")
    assert wrong.returncode == 2 and wrong.stderr.decode().count("\n") == 1 and b"Line 2" in wrong.stderr


def test_a_closed_pipe_ends_quietly() -> None:
    command = subprocess.Popen([*PLAYER, "--script", "-", "--json"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, env=ENV)  # fmt: skip
    assert command.stdin and command.stdout and command.stderr
    command.stdout.readline()
    command.stdout.close()
    command.stdin.write(b"stay\n" * 3)
    command.stdin.close()
    assert command.wait(20) == 0 and command.stderr.read() == b""
    command.stderr.close()


def test_a_script_loads_no_interface_no_yaml_and_no_server() -> None:
    tests = SOURCE.parent / "tests"
    code = (
        f"import io, sys; sys.path[:0] = [{str(tests)!r}, {str(tests / 'terminal')!r}]\n"
        "from hollow import meeting_in\nfrom harken.terminal import play\n"
        "play(meeting_in(None), script=io.BytesIO(b'stay\\n'), json=True)\nprint(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=ENV, timeout=20)
    loaded = {name.split(".")[0] for name in done.stderr.split()}
    assert done.returncode == 0 and "harken" in loaded
    assert not loaded & {"prompt_toolkit", "yaml", "starlette", "cryptography", "asyncio", "wcwidth"}


def test_a_full_disk_is_one_sentence() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*PLAYER, "--script", "-", "--json"], input=b"stay\n", stdout=full, stderr=subprocess.PIPE, env=ENV
        )
    assert done.returncode == 2 and done.stderr.decode().count("\n") == 1 and b"No space left" in done.stderr


def test_a_replay_has_its_own_seed_and_goes_on_into_the_next_meeting(tmp_path: Path) -> None:
    script = tmp_path / "replay"
    script.write_bytes(b"#! seed 5\nstay\nwake\n#! next meeting\nstay\n")
    with script.open("rb") as stream:
        assert seed_of_replay(stream) == 5
        out = io.StringIO()
        play_script(meeting(), lines_of(stream), out, json=True, name=None, seed=5, replay=True)
    shown = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [(one["meeting"], one["breath"]) for one in shown] == [(1, 0), (1, 1), (1, 2), (2, 0), (2, 1)]


def test_what_is_no_replay_is_left_unread_and_a_seed_that_is_no_number_is_said(tmp_path: Path) -> None:
    script = tmp_path / "script"
    script.write_bytes(b"stay\nstay\n")
    with script.open("rb") as stream:
        assert seed_of_replay(stream) is None and stream.read() == b"stay\nstay\n"
    script.write_bytes(b"#! seed often\nstay\n")
    with script.open("rb") as stream, pytest.raises(ScriptError, match="first line of a replay"):
        seed_of_replay(stream)
