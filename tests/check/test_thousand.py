"""A thousand random readers on every save: logged, the same each time, and never told what was proved untellable."""

from __future__ import annotations

import importlib.util
import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner
from small_stories import mutated, small

from harken.check import thousand as room
from harken.check.judging import judge
from harken.check.readers import reach
from harken.check.simulate import run
from harken.check.thousand import as_json, in_words, thousand
from harken.check.verdict import CANNOT
from harken.cli.proving import check
from making import document, story, telling

NUMPY = pytest.mark.skipif(
    importlib.util.find_spec("numpy") is None and "HARKEN_SKIP_NOTHING" not in os.environ,
    reason="numpy is not installed: pip install 'harken[check]'",
)
KETTLE = Path(__file__).parents[2] / "stories" / "the-kettle"


@NUMPY
def test_they_are_a_thousand_of_the_random_readers() -> None:
    of = story(small(5))
    found = thousand(of)
    assert (found.readers, found.policy, sum(found.reached.values())) == (1000, "random", sum(found.heard))
    assert found == thousand(of) == reach(of, 1000)


@NUMPY
def test_where_all_meetings_would_take_too_long_they_come_to_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    of = story(document([telling(f"t{n}") for n in range(9)], clock=[12], meetings=30))
    assert thousand(of).meetings == room.BREATHS // (room.READERS * 12) == 16
    monkeypatch.setattr(room, "BREATHS", 0)
    assert thousand(of).meetings == 1


@pytest.mark.parametrize("seed", range(int(os.environ.get("HARKEN_PROOFS", "8"))))
def test_nobody_is_told_what_was_proved_never_to_be_told(seed: int) -> None:
    of = story(mutated(small(seed), seed))
    dead = {v.subject for v in judge(of) if v.promise == "told" and v.verdict == CANNOT}
    found = thousand(of)
    assert not dead & set(found.reached)
    assert dead <= set(found.never), "the test would see it if a proof named a telling that is told"


def test_without_numpy_fewer_come_and_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    known = importlib.util.find_spec
    monkeypatch.setattr(run, "find_spec", lambda name: None if name == "numpy" else known(name))
    of = story(document([telling(f"t{n}") for n in range(9)], clock=[12], meetings=2))
    found = thousand(of)
    assert found.readers == room.ALONE // 24 and found.how.startswith("engine: numpy is not installed")
    assert in_words(found)[-1].startswith("  They were played in the real engine: numpy is not installed")


def test_what_is_told_seldom_or_to_nobody_is_named() -> None:
    dead = [telling(f"dead-{n}", needs=[{"trust": 20, "meeting": 9}]) for n in range(6)]
    found = thousand(story(document([telling("open"), *dead], clock=[12], meetings=1)))
    text = "\n".join(in_words(found))
    assert "Told to none of them, which proves nothing: dead-0, dead-1, dead-2, dead-3 and 2 more." in text
    assert set(as_json(found)["never"]) == {f"dead-{n}" for n in range(6)}  # type: ignore[arg-type]


def test_check_says_what_they_were_told() -> None:
    said = CliRunner().invoke(check, [str(KETTLE)], standalone_mode=False).output
    assert "random readers over 1 meeting were told" in said
    data = json.loads(CliRunner().invoke(check, [str(KETTLE), "--json"], standalone_mode=False).output)
    assert data["readers"]["readers"] >= 100 and set(data["readers"]["reached"]) | set(data["readers"]["never"])


def test_a_story_that_does_not_compile_has_no_readers(tmp_path: Path) -> None:
    (tmp_path / "story.yaml").write_text("title: Nothing\n")
    data = json.loads(CliRunner().invoke(check, [str(tmp_path), "--json"], standalone_mode=False).output)
    assert data["readers"] is None and data["problems"]
