"""Each claim of the shipped stories holds, and is seen to be broken once an edit breaks it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from harken.check.evidence import Effort
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
RAIN = {"needs": "told(rain-salt)", "depth": "0", "weight": "urgent"}
SETTINGS = {
    "never unnamed in meeting 1": ("unnamed", RAIN | {"sealed-until": "1"}),
    "never unnamed in meeting 2": ("unnamed", RAIN | {"sealed-until": "2"}),
    "never jar before crows-nest": ("jar", RAIN),
    "never jar before crows-words": ("jar", RAIN | {"needs": "told(crows-nest)"}),
    "never third-boots before unnamed": ("third-boots", RAIN | {"sealed-until": "1"}),
    "never city-never in meeting 1": ("city-never", {"sealed-until": "1"}),
    "never been-nine before been-tram": ("been-nine", {"needs": "told(city-never)", "weight": "urgent"}),
    "a reader who runs once can still hear unnamed": ("unnamed", {"sealed-until": "4"}),
    "a reader who runs twice can still hear ran-twice": ("ran-twice", {"sealed-until": "4"}),
    "a reader who runs twice can still hear palms": ("palms", {"sealed-until": "4"}),
    "secret: Tamsin": ("palms", "“Tamsin.”"),
    "secret: I wasn’t the child": ("palms", "“I wasn’t the child.”"),
    "secret: Are you family": ("palms", "“Are you family?”"),
}
"""Of the dream: which settings of which telling break the claim, or which words in it."""
# fmt: on


def verdicts_of(folder: Path, only: str | None = None):
    loaded = load(folder)
    assert loaded.story is not None, loaded.problems
    claims = [claim for claim in loaded.document["claims"] if only in (None, claim["text"])]
    found = judge(loaded.story, claims, Effort(breaths=3000) if only else None)
    return loaded.story, {v.subject: v for v in found if v.promise == "claim"}, found


def copied(name: str, tmp_path: Path) -> Path:
    """The story without its translations, which no claim is about."""
    folder = tmp_path / name
    shutil.copytree(shipped()[name], folder, ignore=shutil.ignore_patterns("locale"))
    return folder


def edit(folder: Path, old: str, new: str) -> None:
    edited = 0
    for path in folder.glob("tellings/*.md"):
        text = path.read_text("utf-8")
        if old in text:
            path.write_text(text.replace(old, new, 1), "utf-8")
            edited += 1
    assert edited == 1


def settle(folder: Path, telling: str, change: dict[str, str] | str) -> None:
    """Other settings for one telling, or a paragraph more in it."""
    for path in folder.glob("tellings/*.md"):
        text = path.read_text("utf-8")
        block = re.search(rf"(?:^    .*\n)*^    id: {telling}\n(?:^    .*\n)*", text, re.MULTILINE)
        if block is None:
            continue
        new = block[0]
        if isinstance(change, str):
            new += f"\n{change}\n"
        else:
            for key, value in change.items():
                new = re.sub(rf"^    {key}:.*\n", "", new, flags=re.MULTILINE) + f"    {key}: {value}\n"
        path.write_text(text.replace(block[0], new, 1), "utf-8")
        return
    raise AssertionError(f"no telling is called {telling}")


def broken_is_caught(folder: Path, claim: str, tmp_path: Path) -> None:
    story, claims, _ = verdicts_of(folder, claim)
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


@pytest.mark.parametrize("name", sorted(shipped()))
def test_every_claim_of_a_shipped_story_has_an_edit_that_breaks_it_and_none_is_broken(
    name: str, tmp_path: Path
) -> None:
    _, claims, found = verdicts_of(copied(name, tmp_path))
    edits = set(SETTINGS) if name == "hollow-library" else {claim for story, claim in EDITS if story == name}
    assert set(claims) == edits and edits
    assert not [v for v in found if v.holds is False]
    assert all(v.holds or claim.startswith("someone") for claim, v in claims.items())


@pytest.mark.parametrize(("name", "claim"), EDITS)
def test_an_edit_that_breaks_it_is_caught(name: str, claim: str, tmp_path: Path) -> None:
    folder = copied(name, tmp_path)
    edit(folder, *EDITS[name, claim])
    broken_is_caught(folder, claim, tmp_path)


@pytest.mark.parametrize("claim", SETTINGS)
def test_an_edit_that_breaks_a_claim_of_the_dream_is_caught(claim: str, tmp_path: Path) -> None:
    folder = copied("hollow-library", tmp_path)
    settle(folder, *SETTINGS[claim])
    broken_is_caught(folder, claim, tmp_path)
