"""Harken and two references that need nothing installed tell the bench's stories alike; a forgetful one does not."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from bench.peers.harken import Harken  # noqa: E402
from bench.peers.harness import NAME  # noqa: E402
from bench.peers.indexed import Indexed  # noqa: E402
from bench.peers.naive import Naive  # noqa: E402
from bench.stories import rendered, simulate, story, turns_of  # noqa: E402

COUNT = 200
TURNS = turns_of(COUNT)


def told_by(make, storylets, folder):
    peer = make()
    peer.write(storylets, folder)
    peer.compile(folder)
    peer.load(storylets, folder)
    return [peer.read(peer.turn()) for _ in range(TURNS)]


@pytest.mark.parametrize("make", [Harken, Naive, Indexed])
def test_every_engine_tells_the_same_storylets_in_the_same_words(make, tmp_path):
    storylets = story(COUNT)
    expected = [(turn.id, rendered(turn.text, NAME, turn.trust)) for turn in simulate(storylets, TURNS)]
    assert told_by(make, storylets, tmp_path) == expected


@pytest.mark.parametrize("forgotten", [{"trust": 0}, {"told": []}, {"gain": 1}])
def test_an_engine_that_forgot_a_condition_would_be_found_out(forgotten, tmp_path):
    storylets = story(COUNT)
    expected = [turn.id for turn in simulate(storylets, TURNS)]
    forgetful = [{**one, **forgotten} for one in storylets]
    assert [name for name, _ in told_by(Naive, forgetful, tmp_path)] != expected


def test_the_same_seed_makes_the_same_story():
    assert story(COUNT) == story(COUNT)
    assert story(COUNT, "another") != story(COUNT)


def test_many_are_open_each_turn():
    """Choosing is work: in the middle of the play there are dozens to choose from, of which one is the best."""
    assert sorted(turn.open for turn in simulate(story(COUNT), TURNS))[TURNS // 2] >= 24
