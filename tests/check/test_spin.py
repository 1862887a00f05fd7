"""What is told in some reading, by an outside model checker: SPIN, on stories translated by rules of their own."""

from __future__ import annotations

import os
import shutil

import pytest
from promela import told_by_spin, translatable
from small_stories import mutated, small

from harken.check.exact import follow
from harken.check.model import Model
from making import story

COUNT = int(os.environ.get("HARKEN_SPIN", "3"))
POINTS = 15_000

pytestmark = pytest.mark.skipif(
    not (shutil.which("spin") and shutil.which("gcc")),
    reason="SPIN is not installed: apt-get install spin gcc libc6-dev",
)


def followed(count: int, blind: bool):
    """Small stories that can be translated and followed whole, with what is told in them."""
    seed = found = 0
    while found < count:
        doc = mutated(small(seed), seed) if blind else small(seed)
        seed += 1
        one = story(doc)
        if translatable(one):
            model = Model(one)
            search = follow(model, POINTS)
            if search.whole:
                found += 1
                yield one, {model.tellings[number].id for number in search.first}


@pytest.mark.parametrize("blind", [False, True])
def test_spin_finds_the_same_tellings_told(blind: bool, tmp_path) -> None:
    compared = told = 0
    for one, ours in followed(COUNT, blind):
        theirs = told_by_spin(one, tmp_path)
        if theirs is not None:
            compared += 1
            told += len(theirs)
            assert theirs == ours, (ours - theirs, theirs - ours)
    print(f"{compared} stories, {told} tellings told in both")
    assert compared >= COUNT - COUNT // 10


def test_a_rule_that_is_missing_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    """The protection of the protection: a model in which nothing is ever earned does not tell the same."""
    monkeypatch.setattr(Model, "_delta", lambda self, at, action: 0)
    assert any(told_by_spin(one, tmp_path) != ours for one, ours in followed(4, False))
