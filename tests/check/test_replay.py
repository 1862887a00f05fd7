"""A counterexample is a story: it is played again in the engine, written as a script and read back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from harken.check.judging import judge
from harken.check.replay import NotAReplay, Replay, play, replay_from, told_in, transcript
from harken.check.report import Report, as_json, as_text
from harken.story import find, load


def test_every_witness_of_a_shipped_story_is_told_when_it_is_played_again() -> None:
    story = load(find("the-kettle")).story
    shown = [v for v in judge(story) if v.promise == "told"]
    for verdict in shown:
        assert replay_from(verdict.replay.script()) == verdict.replay
        *_, (_, last, _) = play(story, verdict.replay)
        assert verdict.subject in told_in(last)
        assert any(f"tells {verdict.subject}" in line for line in transcript(story, verdict.replay))


def test_a_script_of_several_meetings_is_read_as_it_was_written() -> None:
    replay = Replay(7, (("stay", "", "> I run"), ("wake",)))
    assert replay.script() == "#! seed 7\nstay\n\n> I run\n#! next meeting\nwake\n"
    assert replay_from(replay.script()) == replay


def test_what_is_no_replay_is_refused_in_a_sentence() -> None:
    with pytest.raises(NotAReplay, match="seed NUMBER"):
        replay_from("#! seed of an apple\n")
    with pytest.raises(NotAReplay, match="is not over"):
        list(play(load(find("the-kettle")).story, Replay(0, (("stay",), ("stay",)))))


def test_the_report_says_what_is_broken_first_and_as_json_what_was_promised(tmp_path: Path) -> None:
    loaded = load(find("the-kettle"))
    claim = {"kind": "before", "text": "never wall before other-wall", "telling": "wall", "other": "other-wall"}
    found = Report(loaded.story, (), tuple(judge(loaded.story, [claim])), 0.1)
    text = as_text(found, tmp_path)
    assert text.startswith("BROKEN: Your claims: never wall before other-wall") and "Meeting 1, breath" in text
    document = json.loads(as_json(found))
    assert document["ok"] is False and not found.ok
    assert {frozenset(v) for v in document["verdicts"]} == {
        frozenset({"promise", "subject", "verdict", "holds", "because", "replay"})
    }
    assert {v["verdict"] for v in document["verdicts"]} <= {"proved", "shown", "cannot", "undecided"}
