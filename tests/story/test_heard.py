"""A story's own words: lines behind ``heard`` are learned when the story compiles, and heard while it is played."""

from __future__ import annotations

import json
import shutil
from itertools import count
from pathlib import Path

import pytest
from click.testing import CliRunner

from harken.cli import cli
from harken.engine import State, story_from
from harken.listen import listen, understand
from harken.story import compile_folder, dump, explain, load
from harken.story.heard import MOST

SMALL, GERMAN = Path(__file__).parent / "small", Path(__file__).parent / "small_de"
HEARD = """
heard:
  hold-on: [take the other end, i take the rope in both hands, "*grabs the loose end*", give me the end of it]
  comfort: the tide owes you nothing
"""
UNRAVELLING = State(phase="unravelling", meeting=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    story = tmp_path / "small"
    shutil.copytree(SMALL, story)
    return story


def with_heard(folder: Path, words: str = HEARD) -> Path:
    with (folder / "confider.yaml").open("a", encoding="utf-8") as file:
        file.write(words)
    return folder


def test_words_like_the_writers_are_heard_as_the_gesture_while_it_is_on_offer(folder: Path) -> None:
    story = load(with_heard(folder)).story
    assert story is not None
    for words in ("i'll take the rope", "*grabs the loose end of it*", "give me the other end"):
        heard = listen(words, story, UNRAVELLING)
        assert (heard.move, heard.target) == ("confide", "rope"), words
        assert listen(words, story, UNRAVELLING._replace(phase="talk")).target is None


def test_without_them_the_same_words_are_no_gesture(folder: Path) -> None:
    story = load(folder).story
    assert story is not None and story.ear is None
    assert listen("i'll take the rope", story, UNRAVELLING).target is None


def test_everyday_words_are_heard_as_they_were(folder: Path) -> None:
    story = load(with_heard(folder)).story
    assert story is not None
    for words in ("i'm here", "that must have been so lonely", "what happened then?", "it was your own fault"):
        heard = listen(words, story, UNRAVELLING)
        assert (heard.move, heard.target) == (understand(words).move, None)


def test_a_translation_has_words_of_its_own(folder: Path) -> None:
    shutil.copytree(GERMAN, folder / "locale" / "de")
    german = "\nheard:\n  hold-on: [ich nehme das andere ende, gib mir das seil, ich halte das lose ende fest]\n"
    with (folder / "locale" / "de" / "confider.yaml").open("a", encoding="utf-8") as file:
        file.write(german)
    document = load(with_heard(folder)).document
    assert document is not None
    own, other = story_from(document, "e"), story_from(document, "e", "de")
    in_german = UNRAVELLING._replace(locale="de")
    assert listen("ich nehme das seil", other, in_german).target == "rope"
    assert own.ear is not None and other.ear is not None and own.ear["language"] != other.ear["language"]


def test_the_same_words_give_the_same_edition(folder: Path) -> None:
    with_heard(folder)
    first, again = compile_folder(folder).document, compile_folder(folder).document
    assert first is not None and again is not None and dump(first) == dump(again)


def test_words_fitted_for_another_ear_are_passed_over_and_odd_ones_refused(folder: Path, tmp_path: Path) -> None:
    document = json.loads(load(with_heard(folder)).compiled or b"")
    packed = tmp_path / "packed.json"
    document["ear"]["ear"] += 1
    packed.write_text(json.dumps(document))
    story = load(packed).story
    assert story is not None and listen("i'll take the rope", story, UNRAVELLING).target is None
    for odd in ({"ear": "1"}, {"rows": 7}, {"gestures": [["a"]]}, {"gestures": [[1, 2]]}, {"language": None}):
        packed.write_text(json.dumps({**document, "ear": {**document["ear"], **odd}}))
        assert [problem.code for problem in load(packed).problems] == ["HK604"] or load(packed).story is None
    packed.write_text(json.dumps({**document, "ear": {**document["ear"], "ear": 1, "rows": "!!"}}))
    story = load(packed).story
    assert story is None or listen("i'll take the rope", story, UNRAVELLING).move


def test_too_many_lines_are_refused(folder: Path) -> None:
    number = count()
    lines = "".join(f"  - the tide owes you {next(number)}\n" for _ in range(MOST + 1))
    said = explain(compile_folder(with_heard(folder, f"\nheard:\n  comfort:\n{lines}")).problems)
    assert "HK848" in said or "200" in said


def test_harken_understand_says_which_gesture_it_is(folder: Path) -> None:
    story = str(with_heard(folder))
    said = CliRunner().invoke(cli, ["understand", "--json", "--story", story, "i'll take the rope"])
    assert json.loads(said.output)["gesture"] == "hold-on"
    said = CliRunner().invoke(cli, ["understand", "--story", story, "i'll take the rope"])
    assert "the story's own: hold-on" in said.output
