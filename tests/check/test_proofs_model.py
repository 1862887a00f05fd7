"""The checker's model can do whatever the engine does: walked side by side, breath by breath."""

from __future__ import annotations

import os
import random

import pytest
from walking import agrees, walk

from harken.check.model import Model
from harken.story import find, load
from making import generated, story

STORIES = int(os.environ.get("HARKEN_STORIES", "60"))


def side_by_side(model: Model, seed: int, meetings: int) -> int:
    at, breaths = None, 0

    def once(before, action, told, after) -> None:
        nonlocal at, breaths
        if action is None:
            fitting = [point for point in model.arrivals(at) if not point.veiled]
        else:
            action = action if action.move != "unclear" else action._replace(move="look")
            now = [one for one in model.step(at, action) if tuple(model.tellings[n].id for n in one.told) == told]
            fitting = [one.point for one in now if agrees(model, one.point, after)]
        breaths += 1
        assert fitting, (seed, before.meeting, before.breath, action, told)
        at = fitting[0]
        assert agrees(model, at, after)

    walk(model, random.Random(seed), meetings, once)
    return breaths


@pytest.mark.parametrize("seed", range(STORIES))
def test_whatever_the_engine_does_the_model_can(seed: int) -> None:
    model = Model(story(generated(seed, 6 + seed % 30)))
    assert side_by_side(model, seed, model.story.meetings + 1) > 3


@pytest.mark.parametrize("name", ["the-kettle", "the-middle-watch", "hollow-library"])
def test_in_the_shipped_stories_too(name: str) -> None:
    model = Model(load(find(name)).story)
    for seed in range(3):
        assert side_by_side(model, seed, 3) > 20
