"""Readers who look for something: that they find it, and that what they find can be believed."""

from __future__ import annotations

import pytest

from harken.check import evidence
from harken.check.bounds import Bounds
from harken.check.judging import fast, judge
from harken.check.replay import play, told_in
from harken.check.seeking import goal_of, seeking
from harken.check.verdict import SHOWN
from harken.check.wandering import STYLES, Ground, reading, wordless
from harken.engine import Story
from harken.engine.offers import offers
from harken.story import find, load
from making import document, generated, story, telling

SHIPPED = ("hollow-library", "the-kettle", "the-middle-watch")


def _shipped(name: str) -> Story:
    of = load(find(name)).story
    assert of is not None
    return of


@pytest.mark.parametrize("of", [*map(_shipped, SHIPPED), *(story(generated(seed, 20)) for seed in range(4))])
def test_without_the_words_between_tellings_the_same_is_told(of: Story) -> None:
    """What a reader of the wordless story was told, the whole story tells in the same reading."""
    ground = Ground(wordless(of))
    for number, style in enumerate(STYLES):
        told, last = [], None
        for seen in reading(ground, number, style, set(of.tellings)):
            told += seen.told
            last = seen
        assert last is not None
        assert [name for _, outcome, _ in play(of, last.so_far()) for name in told_in(outcome)] == told


def test_what_is_on_offer_is_what_the_engine_offers() -> None:
    of = _shipped("hollow-library")
    ground = Ground(of)
    for seen in reading(ground, 1, STYLES[1], set()):
        assert ground.offers(seen.before) == offers(of, seen.before)


def _hidden() -> Story:
    """``late`` needs what is told in the third meeting only to one who heard nothing of ``loud`` until then, and then
    a thing to be asked about and a theme to be confided."""
    tellings = [
        telling("loud", weight="urgent", needs=[{"trust": 3}]),
        telling("quiet", needs=[{"untold": ["loud"], "meeting": 3}], effects={"appear": ["jar"]}),
        telling("late", on="jar", only_on=True, needs=[{"told": ["quiet", "loud"], "confided": ["grief"]}]),
        *(telling(f"talk{number}") for number in range(12)),
    ]
    jar = {
        "id": "jar",
        "scene": "room",
        "kind": "jar",
        "label": "A jar",
        "moves": ["ask_open"],
        "here": False,
        "look": [],
    }
    return story(document(tellings, things=[jar], meetings=4))


def test_a_telling_that_everything_hurries_past_is_found() -> None:
    of = _hidden()
    ground = Ground(wordless(of))
    goal = goal_of(Bounds(of), "late", 0)
    assert goal.told == {"late", "quiet", "loud"}
    assert goal.untold == (("quiet", frozenset({"loud"})),)
    found = next(seen.so_far() for turn in range(9) for seen, _ in seeking(ground, goal, turn) if "late" in seen.told)
    assert "late" in [name for _, outcome, _ in play(of, found) for name in told_in(outcome)]


@pytest.mark.parametrize("name", SHIPPED)
def test_every_telling_of_a_shipped_story_is_decided(name: str) -> None:
    assert [v.subject for v in judge(_shipped(name)) if v.promise == "told" and v.verdict != SHOWN] == []


def test_reading_stops_when_everything_was_found() -> None:
    """No breath is drawn for nothing: a story whose tellings all come at once takes a meeting or so."""
    of = story(document([telling(f"t{number}") for number in range(10)], meetings=30))
    watched = evidence.Watched()
    found = evidence.gather(of, watched, fast(of))
    assert found.breaths < 3 * of.clock_of(1)
