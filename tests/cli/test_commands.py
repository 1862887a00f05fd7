"""The commands a writer uses, on the story that ``harken new`` makes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest


def test_new_makes_a_story_that_checks_clean_and_plays(harken, starter: Path) -> None:
    run = harken("check", starter, "--json", "--strict")
    found = json.loads(run.out)
    assert run.code == 0 and found["ok"] and found["problems"] == []
    assert found["verdicts"] and all(verdict["holds"] for verdict in found["verdicts"])
    assert harken("fmt", starter, "--check").code == 0
    assert harken("play", starter, "--plain").code == 0


def test_check_says_in_words_what_is_proved_and_what_was_shown(harken, starter: Path) -> None:
    said = harken("check", starter).out
    assert "Every meeting ends: proved." in said and "Every telling can be told:" in said and "BROKEN" not in said


def test_a_packed_story_plays_as_the_folder_does(harken, starter: Path, tmp_path: Path) -> None:
    assert harken("pack", starter, "-o", "one.json").code == 0
    script, plays = "stay\nask_open\nhello there\n", []
    for story, keep in ((starter, "A"), ("one.json", "B")):
        plays.append(harken("play", story, "--script", "-", "--json", "--seed", "3", "--keep", keep, script=script).raw)
    assert plays[0] == plays[1] != b""


def test_fmt_writes_missing_ids_once_and_keeps_the_layout(harken, starter: Path) -> None:
    path = starter / "tellings" / "the-green-door.md"
    whole = path.read_text()
    path.write_text(whole.replace("    id: paint\n\n", ""))
    assert harken("check", starter).code == 1
    assert harken("fmt", starter, "--check").code == 1
    assert harken("fmt", starter).code == 0
    assert path.read_text() == whole.replace("id: paint", "id: the-paint")
    assert harken("fmt", starter, "--check").code == 0


def test_why_says_what_a_telling_waits_for_at_any_breath(harken, starter: Path) -> None:
    def asked(at: str, script: str = "stay\n" * 4) -> str:
        run = harken("why", starter, "number-off", "--script", "-", "--at", at, script=script)
        assert run.code == 0, run.err
        return run.out

    assert "told(who-painted)" in asked("1.0")
    assert "was told" in asked("1.4") or "is ready" in asked("1.4") or "waits for" in asked("1.4")
    assert harken("why", starter, "number-off", "--script", "-", "--at", "9.9", script="stay\n").code == 2


def test_readers_are_the_same_for_the_same_seed(harken) -> None:
    runs = [
        harken("readers", "the-middle-watch", "--count", "5", "--seed", seed, "--json").out for seed in ("1", "1", "2")
    ]
    runs = [json.dumps({**json.loads(run), "seconds": 0}) for run in runs]
    assert runs[0] == runs[1] != runs[2]
    assert set(json.loads(runs[0])) >= {"readers", "breaths", "reached", "never"}


@pytest.mark.parametrize("name", ["hollow-library", "the-middle-watch", "the-kettle"])
def test_fmt_leaves_every_shipped_story_as_it_is_translations_and_all(harken, name: str) -> None:
    run = harken("fmt", Path(__file__).parents[2] / "stories" / name, "--check")
    assert run.code == 0, run.err


def test_fmt_writes_an_id_in_a_story_that_is_translated(harken, tmp_path: Path) -> None:
    story = tmp_path / "dream"
    shutil.copytree(Path(__file__).parents[2] / "stories" / "hollow-library", story)
    tellings = min((story / "tellings").glob("*.md"))
    before = tellings.read_text("utf-8")
    tellings.write_text(before + "\n## A thing that came later\n\n    depth: 1\n\n“It was late,” they say.\n", "utf-8")
    assert harken("fmt", story).code == 0
    assert "    id: a-thing-that-came-later" in tellings.read_text("utf-8")
    assert harken("fmt", story, "--check").code == 0


def test_lines_are_read_from_the_input(harken) -> None:
    run = harken("understand", "--lines", "-", script="tell me more\n")
    assert run.code == 0 and json.loads(run.out)["move"].startswith("ask")
