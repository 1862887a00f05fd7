"""What simulated readers report: the same whoever simulates and however many work at it, and adding up."""

from __future__ import annotations

import importlib.util
import json

import pytest
from click.testing import CliRunner

from harken.check.policies import POLICIES
from harken.check.readers import reach, why_never
from harken.check.simulate import luck, run
from harken.check.simulate.manner import Manner
from harken.cli.simulating import readers
from making import document, generated, story, telling


def test_the_same_readers_whoever_simulates_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine alone and numpy (where it is installed) count the same."""
    of = story(generated(4, 30))
    found = {}
    for few in (0, 10**9):
        monkeypatch.setattr(run, "FEW", few)
        tally, how = run.simulate(of, POLICIES["random"], 40, 7)
        found[how] = tally
    assert len({repr(sorted(tally.first.items())) for tally in found.values()}) == 1
    assert all(tally == found["engine"] for tally in found.values())


def test_the_workers_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    of = story(generated(4, 12))
    monkeypatch.setattr(luck, "SHARD", 32)
    monkeypatch.setattr(run, "SHARD", 32)
    assert reach(of, 70, 1, workers=1) == reach(of, 70, 1, workers=2)


def test_shards_do_not_repeat_each_other() -> None:
    bases = {luck.shard_base("edition", 0, shard) for shard in range(100)}
    keys = {luck.reader_key(base, reader) for base in bases for reader in range(50)}
    assert (len(bases), len(keys)) == (100, 5000)


def test_without_numpy_the_engine_plays_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    known = importlib.util.find_spec
    monkeypatch.setattr(run, "find_spec", lambda name: None if name == "numpy" else known(name))
    found = reach(story(document([telling("t0")])), 30)
    assert found.how.startswith("engine: numpy is not installed")


def test_the_figures_add_up() -> None:
    of = story(generated(11, 30))
    found = reach(of, 50, 2)
    assert set(found.reached) | set(found.never) == set(of.tellings)
    assert sum(found.reached.values()) == sum(found.heard)
    for left in found.left.values():
        assert sum(left.values()) == 50
    for told, count in found.reached.items():
        assert 0 < count <= min(50, found.times[told])
        assert found.first[told] <= found.usual[told] <= (of.meetings, max(of.clock) + 6)


def test_what_nobody_heard_is_explained() -> None:
    of = story(document([telling("open"), telling("shut", needs=[{"told": ["open"], "meeting": 9}])]))
    found = reach(of, 30, policy="attentive")
    assert found.never == ("shut",)
    assert "meeting >= 9" in why_never(of, found.never, policy="attentive")["shut"]


def test_readers_that_run_do_and_silent_ones_only_stay() -> None:
    of = story(generated(2, 12))
    assert sum(left["run"] for left in reach(of, 30, policy="running").left.values()) > 0
    manner = Manner(of, POLICIES["silent"])
    assert {manner.heard(lot << 5, 1, 0, True, 7, 0).move for lot in range(500)} == {"stay"}


def test_the_command_gives_what_is_promised() -> None:
    asked = ["the-kettle", "--count", "40", "--seed", "1", "--json"]
    first, again = (CliRunner().invoke(readers, asked, standalone_mode=False) for _ in range(2))
    one, two = json.loads(first.output), json.loads(again.output)
    assert {"readers", "breaths", "seconds", "reached", "never", "why", "first", "left"} <= one.keys()
    assert one["readers"] == 40
    assert {**one, "seconds": 0} == {**two, "seconds": 0}


def test_the_text_is_short_and_aligned() -> None:
    text = CliRunner().invoke(readers, ["the-kettle", "--count", "30"], standalone_mode=False).output
    assert "Told least often" in text
    assert len(text.splitlines()) < 40
