"""``harken keep``: what a reader does with their own keep, each command as a person runs it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

SCRIPT = "stay\n> My mother kept bees.\nstay\nask_open\nstay\n"
SAID = "My mother kept bees."
PASSPHRASE = "four unrelated garden words"


@pytest.fixture
def played(harken, starter: Path) -> Any:
    """The command, after a meeting with the starter's story in this reader's keep."""
    run = harken("play", starter, "--script", "-", "--seed", "3", script=SCRIPT)
    assert run.code == 0, run.err
    return harken


def entries(harken, *more: str, **environment: str) -> list[dict[str, Any]]:
    run = harken("keep", "show", "--json", *more, **environment)
    assert run.code == 0, run.err
    found: list[dict[str, Any]] = json.loads(run.out)["entries"]
    return found


def said(harken, *more: str) -> dict[str, Any]:
    return next(entry for entry in entries(harken, *more) if entry["kind"] == "said")


def test_list_and_show_say_what_is_there(played) -> None:
    listed = played("keep", "list")
    assert listed.code == 0 and re.search(r"1 meeting, \d+ entries", listed.out)
    assert json.loads(played("keep", "list", "--json").out)["stories"][0]["meetings"] == 1
    shown = played("keep", "show").out
    assert SAID in shown
    one = said(played)
    assert played("keep", "show", str(one["entry"])).out.strip() == SAID
    assert {entry["kind"] for entry in entries(played)} >= {"said", "telling"}
    assert played("keep", "show", "9999").code == 2


def test_what_was_typed_cannot_command_the_terminal_that_shows_it(harken, starter: Path, tmp_path: Path) -> None:
    typed = "My mother\x1b]0;kept\x07 bees\x1b[2J."
    run = harken("play", starter, "--script", "-", "--seed", "3", script=SCRIPT.replace(SAID, typed))
    assert run.code == 0, run.err
    kept = next(entry for entry in entries(harken) if entry["kind"] == "said")
    shown = ("show", str(kept["entry"])), ("show",), ("transcript",), ("export", "-", "--plain")
    for command in shown:
        out = harken("keep", *command).out
        assert "bees" in out and not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", out), command
    harken("keep", "export", str(tmp_path / "kept.md"), "--plain")
    assert "bees" in (tmp_path / "kept.md").read_text("utf-8") and kept["text"] == [typed]


def test_recovery_words_are_offered_until_there_are_some(played) -> None:
    offer = "no recovery words yet"
    assert offer in played("keep", "list").out and offer in played("keep", "lock").out
    made = played("keep", "lock", "--words").out
    assert offer not in made and re.search(r"^(?:[a-z]+ ){11}[a-z]+$", made, re.MULTILINE)
    assert offer not in played("keep", "list").out + played("keep", "lock").out


def test_burn_asks_and_then_it_is_in_no_file(played, tmp_path: Path) -> None:
    number = str(said(played)["entry"])
    asked = played("keep", "burn", number)
    assert asked.code == 2 and "--yes" in asked.err and said(played)["state"] == "kept"
    burned = played("keep", "burn", number, "--yes")
    assert burned.code == 0 and "gone" in burned.out, burned.err
    assert said(played)["state"] == "scrubbed" and said(played)["text"] == []
    assert SAID not in played("keep", "transcript").out + played("keep", "export", "-", "--plain").out
    assert "burned" in played("keep", "show").out or "scrubbed" in played("keep", "show").out
    assert played("keep", "verify").code == 0


def test_what_was_told_is_not_burned_by_itself_and_nothing_is_half_done(played) -> None:
    told = next(entry for entry in entries(played) if entry["kind"] == "telling")
    run = played("keep", "burn", str(told["entry"]), str(said(played)["entry"]), "--yes")
    assert run.code == 2 and "Nothing was burned" in run.err
    assert all(entry["state"] == "kept" for entry in entries(played))


def test_a_transcript_is_what_was_said_in_order(played) -> None:
    text = played("keep", "transcript").out
    assert text.startswith("Meeting 1") and f"— {SAID}" in text and "(stay)" in text
    assert played("keep", "transcript", "--meeting", "1").out == text
    assert played("keep", "transcript", "--meeting", "7").code == 2


def test_an_export_opens_with_its_passphrase_and_brings_everything_back(played, starter: Path, tmp_path: Path) -> None:
    opened = {"HARKEN_EXPORT_PASSPHRASE": "carry me over"}
    made = played("keep", "export", "keep.age", **opened)
    assert made.code == 0, made.err
    data = (tmp_path / "keep.age").read_bytes()
    assert data.startswith(b"age-encryption.org/v1") and SAID.encode() not in data
    assert (tmp_path / "keep.age").stat().st_mode & 0o777 == 0o600
    assert played("keep", "export", "keep.age", **opened).code == 2  # it is there already
    wrong = played("keep", "import", "keep.age", "--as", "ben", HARKEN_EXPORT_PASSPHRASE="no")
    assert wrong.code == 2 and "does not open" in wrong.err
    assert played("keep", "import", "keep.age", "--as", "ben", **opened).code == 0
    assert entries(played, "--as", "ben") == entries(played)
    again = played("keep", "import", "keep.age", "--as", "ben", **opened)
    assert again.code == 0 and "here already" in again.out
    assert played("keep", "verify", "--as", "ben").code == 0
    here = played("play", starter, "--script", "-", "--json", "--seed", "3", script="stay\n").breaths
    there = played("play", starter, "--script", "-", "--json", "--seed", "3", "--as", "ben", script="stay\n").breaths
    assert here == there and here[0]["breath"] == 5  # the meeting goes on where it was


@pytest.mark.parametrize("data", [b"", b"hello", b"age-encryption.org/v1\nnothing", b"PK\x03\x04"])
def test_import_refuses_what_is_no_export(harken, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "odd").write_bytes(data)
    run = harken("keep", "import", "odd", HARKEN_EXPORT_PASSPHRASE="x")
    assert run.code == 2 and "Nothing was taken in" in run.err and "Traceback" not in run.err
    assert not (tmp_path / "home" / "keep").exists()
    assert harken("keep", "import", "missing", HARKEN_EXPORT_PASSPHRASE="x").code == 2


def test_a_plain_export_reads_well_and_says_that_anybody_can(played, tmp_path: Path) -> None:
    run = played("keep", "export", "keep.md", "--plain")
    page = (tmp_path / "keep.md").read_text()
    assert run.code == 0 and "Anybody" in run.out and page.startswith("# ") and f"> {SAID}" in page
    assert "## Meeting 1" in page and "\n### " in page


def test_forget_leaves_nothing(played, tmp_path: Path) -> None:
    home = tmp_path / "home" / "keep"
    (home / "door").write_text("{}")
    assert played("keep", "forget").code == 2 and home.exists()
    run = played("keep", "forget", "--yes")
    assert run.code == 0 and "forgotten" in run.out, run.err
    assert not home.exists() or not any(home.iterdir())
    assert played("keep", "show").code == 2


def test_several_readers_have_keeps_of_their_own(played, starter: Path) -> None:
    assert played("play", starter, "--as", "ben", "--script", "-", script="> I keep crows.\n").code == 0
    assert said(played, "--as", "ben")["text"] == ["I keep crows."] and said(played)["text"] == [SAID]
    assert played("keep", "forget", "--as", "ben", "--yes").code == 0
    assert said(played)["text"] == [SAID]
    both = played("keep", "list", "--as", "ben", "--keep", "x")
    assert both.code == 2 and "either" in both.err


def test_locks_are_added_and_taken_away_and_the_keep_never_with_them(played) -> None:
    first = played("keep", "lock")
    assert first.code == 0 and "key file" in first.out
    assert played("keep", "lock", "--remove", "key-file").code == 2  # the last one
    words = played("keep", "lock", "--words").out.splitlines()[1]
    assert len(words.split()) == 12
    short = played("keep", "lock", "--passphrase", HARKEN_NEW_PASSPHRASE="short")
    assert short.code == 2 and "Nothing was done" in short.err
    made = played("keep", "lock", "--passphrase", "--remove", "key-file", HARKEN_NEW_PASSPHRASE=PASSPHRASE)
    assert made.code == 0 and "your passphrase" in made.out and "key file" not in made.out, made.err
    locked = played("keep", "show")
    assert locked.code == 2 and "HARKEN_PASSPHRASE" in locked.err
    wrong = played("keep", "show", HARKEN_PASSPHRASE="wrong-passphrase")
    assert wrong.code == 2 and "Traceback" not in wrong.err
    for secret in ({"HARKEN_PASSPHRASE": PASSPHRASE}, {"HARKEN_WORDS": words}):
        assert any(entry["text"] == [SAID] for entry in entries(played, **secret))


def test_verify_says_in_words_what_is_whole_and_what_is_not(played, tmp_path: Path) -> None:
    whole = played("keep", "verify")
    assert whole.code == 0 and "whole" in whole.out.lower()
    database = next((tmp_path / "home" / "keep").glob("*.sqlite3"))
    data = bytearray(database.read_bytes())
    for at in range(8192, len(data), 4096):
        data[at + 2000 : at + 2200] = bytes(200)
    database.write_bytes(data)
    broken = played("keep", "verify")
    assert broken.code in (1, 2) and "Traceback" not in broken.out + broken.err


def test_without_a_keep_every_command_says_so(harken) -> None:
    for command in (
        ("list",),
        ("show",),
        ("verify",),
        ("transcript",),
        ("forget", "--yes"),
        ("export", "x", "--plain"),
    ):
        run = harken("keep", *command)
        assert run.code == 2 and run.err.startswith("harken: ") and "Traceback" not in run.err, command


def test_the_age_tool_opens_an_export(played, tmp_path: Path) -> None:
    """Any program that reads age opens it; here, the library, which is not ours."""
    import pyrage

    assert played("keep", "export", "keep.age", HARKEN_EXPORT_PASSPHRASE="carry me over").code == 0
    document = pyrage.passphrase.decrypt((tmp_path / "keep.age").read_bytes(), "carry me over")
    assert json.loads(document)["harken"] == "keep" and SAID in document.decode()
