"""Held against every reading of small stories in the real engine: no wrong proof, no wrong witness, and few misses."""

from __future__ import annotations

import os

import pytest
from small_stories import mutated, small
from truth import TooMany, everything, strip

from harken.check import opening
from harken.check.deep import Budget, order
from harken.check.evidence import Effort
from harken.check.judging import judge
from harken.check.replay import play, told_in
from harken.check.verdict import CANNOT, SHOWN
from making import document, story, telling

STORIES = int(os.environ.get("HARKEN_PROOFS", "8"))
STATES = int(os.environ.get("HARKEN_STATES", "900"))
POINTS = 20_000


def truth_of(doc: dict):
    try:
        return everything(story(strip(doc)), STATES)
    except TooMany:
        return None


def claims_of(ids: list[str]) -> list[dict]:
    pairs = [(one, other) for one in ids[:6] for other in ids[:6] if one != other]
    before = [{"kind": "before", "text": f"{a} < {b}", "telling": a, "other": b} for a, b in pairs]
    return before + [{"kind": "meeting", "text": f"{a} in 1", "telling": a, "number": 1} for a in ids[:6]]


def judged(doc: dict, truth, points: int = POINTS, seconds: float = 0) -> tuple[int, int, int]:
    """Checks every verdict against the truth; how many tellings are dead, proved dead, and undecided.

    With ``seconds`` the deep pass looks on for so long.
    """
    told, before, meetings = truth
    real = story(doc)
    ids = list(real.tellings)
    dead = proved = undecided = 0
    budget = Budget(seconds) if seconds else None
    for verdict in judge(real, claims_of(ids), Effort(1500, points, 16, 20.0), budget=budget):
        if verdict.promise == "told":
            alive = verdict.subject in told
            dead += not alive
            proved += verdict.verdict == CANNOT
            undecided += verdict.holds is None
            assert verdict.verdict != CANNOT or not alive, verdict
            assert verdict.verdict != SHOWN or alive, verdict
            if verdict.replay:
                *_, (_, last, _) = play(real, verdict.replay)
                assert verdict.subject in told_in(last)
        elif verdict.promise == "claim" and verdict.holds is not None:
            one, what, other = verdict.subject.split()
            broken = (one, other) in before if what == "<" else (one, 1) in meetings
            assert verdict.holds != broken, verdict
        elif verdict.promise == "fact" and verdict.verdict == CANNOT:
            fact, value = verdict.subject.split(" is ")
            setters = [t.id for t in real.tellings.values() if (fact, value) in t.effects.sets]
            others = [t.id for t in real.tellings.values() if any(f == fact and v != value for f, v in t.effects.sets)]
            assert not any(s in told and all((s, o) in before for o in others) for s in setters), verdict
    return dead, proved, undecided


@pytest.mark.parametrize("blind", [False, True])
def test_no_proof_is_wrong_no_witness_is_wrong_and_what_is_dead_is_proved_dead(blind: bool) -> None:
    followed = dead = proved = undecided = 0
    seed = 0
    while followed < STORIES and seed < 6 * STORIES:
        doc = mutated(small(seed), seed) if blind else small(seed)
        seed += 1
        truth = truth_of(doc)
        if truth is None:
            continue
        followed += 1
        counts = judged(doc, truth)
        dead, proved, undecided = dead + counts[0], proved + counts[1], undecided + counts[2]
    print(f"{followed} stories of {seed}: {dead} dead, {proved} proved so, {undecided} undecided")
    assert followed >= STORIES * 2 // 3 and dead >= 5
    assert proved >= 0.9 * dead


@pytest.mark.parametrize("blind", [False, True])
def test_no_proof_of_the_solvers_is_wrong_and_they_miss_little(blind: bool) -> None:
    """The deep pass without following every reading: what the bounds, orders and sums prove alone."""
    pytest.importorskip("z3", reason="z3 is not installed: pip install 'harken[deep]'")
    followed = dead = proved = seed = 0
    while followed < STORIES // 2 and seed < 3 * STORIES:
        doc = mutated(small(seed), seed) if blind else small(seed)
        truth, seed = truth_of(doc), seed + 1
        if truth is not None:
            counts = judged(doc, truth, 0, 1.5)
            followed, dead, proved = followed + 1, dead + counts[0], proved + counts[1]
    print(f"{followed} stories: {dead} dead, {proved} proved so without following them")
    assert followed >= STORIES // 3 and dead >= 5
    assert proved >= 0.9 * dead


def test_a_wrong_rule_of_the_orders_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """With orders in which nothing ever comes before anything, a proof is wrong, and this file sees it."""
    pytest.importorskip("z3", reason="z3 is not installed: pip install 'harken[deep]'")
    doc = document(
        [telling("t0"), telling("t1", needs=[{"told": ["t0"]}])], clock=[8], meetings=1, wander=0, facts={}, counters={}
    )
    truth = everything(story(strip(doc)), 5000)
    assert ("t0", "t1") in truth[1]
    judged(doc, truth, 0, 2.0)
    monkeypatch.setattr(order._Question, "_before", lambda self, m, n: self.z3.BoolVal(False))
    monkeypatch.setattr("harken.check.evidence.readings", lambda *args: iter(()))
    monkeypatch.setattr("harken.check.evidence.seeking", lambda *args: iter(()))
    monkeypatch.setattr("harken.check.deep.pass_._seek", lambda *args: None)
    with pytest.raises(AssertionError, match="cannot"):
        judged(doc, truth, 0, 60.0)


def test_a_wrong_rule_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The protection of the protection: with trust counted too low, a proof is wrong, and this test sees it."""
    doc = document(
        [telling("t0"), telling("t1", needs=[{"told": ["t0"], "trust": 3}])],
        clock=[8], meetings=1, wander=0, facts={}, counters={},
    )  # fmt: skip
    truth = everything(story(strip(doc)), 5000)
    assert "t1" in truth[0]
    judged(doc, truth)
    monkeypatch.setattr(opening, "_gain", lambda story, telling: 0)
    monkeypatch.setattr("harken.check.evidence.readings", lambda *args: iter(()))
    monkeypatch.setattr("harken.check.evidence._seek", lambda *args: None)
    with pytest.raises(AssertionError, match="cannot"):
        judged(doc, truth)
