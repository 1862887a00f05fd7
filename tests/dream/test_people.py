"""Two readers who listen differently meet two different people: who is told what, over ten policies and more."""

from __future__ import annotations

import itertools
import os
from statistics import median

import pytest
from readers import Reader, heard, meetings_of, told

from harken.check.policies import POLICIES
from harken.check.readers import reach
from harken.engine import Story
from harken.story import find, load

ATTENTIVE = int(os.environ.get("HARKEN_ATTENTIVE", "10"))
FIRST = int(os.environ.get("HARKEN_FIRST_MEETINGS", "25"))
"""How many first meetings are looked through for repeated lines; 500 and more under `make soak`."""


@pytest.fixture(scope="module")
def attentive(dream: Story) -> list[set[str]]:
    return [heard(dream, Reader("attentive", seed)) for seed in range(ATTENTIVE)]


def test_the_median_attentive_reader_hears_45_to_70_percent_in_three_meetings(
    dream: Story, attentive: list[set[str]]
) -> None:
    share = median(len(one) for one in attentive) / len(dream.tellings)
    assert 0.45 <= share <= 0.70


def test_every_attentive_reader_hears_the_jar_and_in_the_third_meeting_the_unnamed(attentive: list[set[str]]) -> None:
    assert all({"jar", "unnamed"} <= one for one in attentive)


def test_of_what_two_attentive_readers_hear_less_than_80_percent_is_heard_by_both(attentive: list[set[str]]) -> None:
    shared = [len(one & two) / len(one | two) for one, two in itertools.combinations(attentive, 2)]
    assert median(shared) < 0.80


def test_a_patient_silent_reader_hears_two_thirds_of_what_the_median_attentive_one_does(
    dream: Story, attentive: list[set[str]]
) -> None:
    silent = heard(dream, Reader("silent", 1))
    assert len(silent) >= median(len(one) for one in attentive) * 2 / 3


def test_the_silent_reader_has_a_road_of_their_own(dream: Story) -> None:
    silent = heard(dream, Reader("silent", 1))
    assert {"unasked", "quiet-gauge", "quiet-wrong", "quiet-bees", "quiet-soup"} <= silent
    assert not silent & {"lock", "bell", "salt", "piano", "lost"}


@pytest.mark.parametrize(
    "road",
    [
        {"trade-good", "trade-letter", "trade-mittens"},
        {"nights-chair", "nights-vickery", "nights-up"},
        {"lean-tram", "lean-carried", "lean-dance"},
        {"tune-fifth", "tune-harmonium", "tune-skipping"},
    ],
)
def test_a_road_that_one_thing_opens_is_walked_by_some_and_not_by_others(dream: Story, road: set[str]) -> None:
    walked = [road <= heard(dream, Reader("attentive", seed)) for seed in range(16)]
    assert any(walked) and not all(walked)


def test_every_telling_is_heard_by_somebody_over_the_policies(dream: Story) -> None:
    reached: set[str] = set()
    for policy in POLICIES.values():
        reached |= set(reach(dream, 300, policy=policy).reached)
    assert set(dream.tellings) <= reached


def test_a_meeting_is_eight_breaths_at_least_for_whoever_neither_runs_nor_wakes(dream: Story) -> None:
    for policy in ("attentive", "silent", "cruel", "prying", "mixed", "wandering", "mending", "confiding"):
        for _, breaths in meetings_of(dream, Reader(policy, 3)):
            assert len(breaths) - 1 >= 8


def test_the_hard_the_curious_the_handy_and_the_one_who_lied_have_roads_and_can_be_mended(dream: Story) -> None:
    for telling in ("cold-gloves", "dates-list", "glue-key", "been-tram", "ran-twice"):
        landing = dream.tellings[telling].landing
        assert any(value > 0 for value in landing.values()), telling


def test_no_telling_and_no_line_of_the_place_is_shown_twice_in_a_first_meeting(dream: Story) -> None:
    for seed in range(FIRST):
        for _, breaths in meetings_of(dream, Reader(("random", "attentive", "wandering")[seed % 3], seed), 1):
            assert len(told(breaths)) == len(set(told(breaths)))
            lines = [beat["text"] for breath in breaths for beat in breath.beats if beat["kind"] == "place"]
            assert len(lines) == len(set(lines))


def test_every_claim_of_the_story_is_written_and_read() -> None:
    document = load(find("hollow-library")).document
    assert document is not None and len(document["claims"]) >= 13
