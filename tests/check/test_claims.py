"""Each claim of the shipped stories holds, and is seen to be broken once an edit breaks it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from harken.check.judging import judge
from harken.check.replay import play, replay_from, told_in, transcript
from harken.check.report import Report, save
from harken.story import load, shipped

# fmt: off
# ruff: noqa: E501
VEGA = "    depth: 5\n    themes: guilt, shame, lying\n    needs: told(the-hook) and told(stars)\n    sealed-until: 3\n"
LIGHT = "    depth: 1\n    themes: guilt, shame, lying\n    needs: told(seven-men)"
EDITS = {
    ("the-kettle", "never other-wall before wall"): ("needs: told(wall) and trust >= 4", "needs: told(whistle)"),
    ("the-kettle", "someone who listens hears wall within 1 meeting"): ("needs: told(whistle)\n", "needs: told(whistle) and trust >= 12\n"),
    ("the-kettle", "secret: There was a wee boy"): ("“My daughter bought", "“There was a wee boy. My daughter bought"),
    ("the-middle-watch", "never the-hook before eleventh"): ("    depth: 5\n    themes: guilt, shame, leaving\n    needs: told(collie)", "    depth: 1\n    themes: guilt, shame, leaving\n    needs: told(seven-men)"),
    ("the-middle-watch", "never vega before stars"): (VEGA, LIGHT + "\n    sealed-until: 3\n"),
    ("the-middle-watch", "never vega in meeting 1"): (VEGA, LIGHT + "\n"),
    ("the-middle-watch", "never vega in meeting 2"): (VEGA, LIGHT + " and meeting >= 2\n"),
    ("the-middle-watch", "someone who listens hears longships within 1 meeting"): ("    id: longships\n", "    id: longships\n    needs: meeting >= 2\n"),
    ("the-middle-watch", "a reader who runs twice can still hear could-not-see"): ("    id: could-not-see\n", "    id: could-not-see\n    sealed-until: 4\n"),
    ("the-middle-watch", "secret: Only Vega, Captain"): ("    id: bosun-says\n", "    id: bosun-says\n\n“Only Vega, Captain.”\n"),
}
# fmt: on


def verdicts_of(folder: Path):
    loaded = load(folder)
    assert loaded.story is not None, loaded.problems
    claims = loaded.document["claims"]
    found = judge(loaded.story, claims)
    return loaded.story, {v.subject: v for v in found if v.promise == "claim"}, found


@pytest.mark.parametrize("name", sorted({name for name, _ in EDITS}))
def test_every_claim_of_a_shipped_story_holds_and_has_an_edit_that_breaks_it(name: str) -> None:
    _, claims, found = verdicts_of(shipped()[name])
    assert set(claims) == {claim for story, claim in EDITS if story == name}
    assert all(verdict.holds for verdict in found), [v for v in found if not v.holds]


@pytest.mark.parametrize(("name", "claim"), EDITS)
def test_an_edit_that_breaks_it_is_caught(name: str, claim: str, tmp_path: Path) -> None:
    folder = tmp_path / name
    shutil.copytree(shipped()[name], folder)
    old, new = EDITS[name, claim]
    edited = 0
    for path in folder.glob("tellings/*.md"):
        text = path.read_text("utf-8")
        if old in text:
            path.write_text(text.replace(old, new, 1), "utf-8")
            edited += 1
    assert edited == 1
    story, claims, _ = verdicts_of(folder)
    verdict = claims[claim]
    assert verdict.holds is False, verdict
    if claim.startswith("never"):
        telling = claim.split()[1]
        assert verdict.replay is not None
        *_, (_, last, _) = play(story, verdict.replay)
        assert telling in told_in(last)
        assert any(telling in line for line in transcript(story, verdict.replay))
        [path] = save(Report(story, (), (verdict,), 0.0), tmp_path / "scripts")
        assert replay_from(path.read_text("utf-8")) == verdict.replay
