"""Policies: ten kinds of reader and a writer's own, and one plain sentence for each mistake in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from harken.check.policies import POLICIES, WHAT, NotAPolicy, policy_from, policy_of
from harken.check.readers import reach
from harken.check.simulate.luck import SLOTS
from harken.check.simulate.manner import Manner, shared_out
from making import document, generated, story, telling

OWN = """
says: stays where it matters
moves: {ask_open: 2, stay: 1}
phases:
  moment: {stay: 1}
forms:
  scar: {name_feeling: 3, touch: 1}
typed: 0.25
soft: 0.5
confides: [grief]
"""


def test_there_are_ten_and_all_of_them_play() -> None:
    assert len(POLICIES) >= 10
    of = story(generated(1, 8))
    for name, policy in POLICIES.items():
        assert policy.says
        assert reach(of, 2, policy=name).breaths > 0


def test_a_writers_own_is_a_small_file(tmp_path: Path) -> None:
    path = tmp_path / "quiet.yaml"
    path.write_text(OWN)
    policy = policy_of(str(path))
    assert (policy.name, policy.typed, policy.confides) == ("quiet", 0.25, ("grief",))
    assert policy.weights("talk", None) == {"ask_open": 2, "stay": 1}
    assert policy.weights("moment", None) == {"stay": 1}
    assert policy.weights("moment", "scar") == {"name_feeling": 3, "touch": 1}
    assert reach(story(generated(1, 8)), 2, policy=policy).policy == "quiet"


WRONG = {
    "an unknown move": ({"moves": {"hug": 1}}, "hug"),
    "an unknown key": ({"moves": {"stay": 1}, "mood": 1}, "mood"),
    "an unknown phase": ({"moves": {"stay": 1}, "phases": {"dawn": {"stay": 1}}}, "dawn"),
    "a move in a form": ({"moves": {"stay": 1}, "forms": {"scar": {"kiss": 1}}}, "kiss"),
    "a weight below nothing": ({"moves": {"stay": -1}}, "-1"),
    "a weight that is no number": ({"moves": {"stay": "often"}}, "often"),
    "nothing ever made": ({"moves": {"stay": 0}}, "0 times"),
    "no moves": ({}, "moves"),
    "a list": ([], "moves"),
    "moves that are a list": ({"moves": ["stay"]}, "moves"),
    "phases that are a list": ({"moves": {"stay": 1}, "phases": ["talk"]}, "phases"),
    "a share above one": ({"moves": {"stay": 1}, "typed": 2}, "typed"),
    "themes that are no list": ({"moves": {"stay": 1}, "confides": "grief"}, "confides"),
}


@pytest.mark.parametrize(("written", "names"), WRONG.values(), ids=WRONG.keys())
def test_each_mistake_is_one_plain_sentence(written: object, names: str) -> None:
    with pytest.raises(NotAPolicy) as raised:
        policy_from(written, "mine.yaml")
    said = str(raised.value)
    assert said.startswith("mine.yaml: ")
    assert names in said
    assert "\n" not in said


def test_a_file_that_is_none_is_said(tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("moves: {stay: [")
    for name in (str(broken), str(tmp_path / "gone.yaml"), "brooding"):
        with pytest.raises(NotAPolicy) as raised:
            policy_of(name)
        assert "\n" not in str(raised.value)


def test_slots_follow_the_weights() -> None:
    slots = shared_out((("ask_open", 2.0), ("run", 1e-9), ("stay", 1.0)))
    assert len(slots) == SLOTS
    count = {name: slots.count(WHAT.index(name)) for name in ("ask_open", "run", "stay")}
    assert count["run"] == 1
    assert abs(count["ask_open"] - 2 * count["stay"]) <= 3


def test_a_move_that_is_not_on_offer_is_not_made() -> None:
    doc = document([telling("t0")])
    doc["confider"]["moves"] = [["stay", "Stay", False], ["reflect", "Reflect", False]]
    manner = Manner(story(doc), policy_from({"moves": {"touch": 9, "reflect": 1}}, "p"))
    assert {manner.heard(lot, 1, 0, True, 0, 0).move for lot in range(SLOTS)} == {"reflect"}
