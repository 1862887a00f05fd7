"""Whole populations on numpy play exactly what the real engine plays, breath for breath.

``HARKEN_READERS`` is how many readers of each story and policy are compared (more under ``make soak``).
"""

from __future__ import annotations

import os
import random
from typing import Any

import pytest

from harken.check.policies import POLICIES, WHAT, Policy, policy_from
from harken.check.simulate import luck, plain
from harken.check.simulate.manner import Manner
from harken.engine import Story
from harken.engine.chance import draw
from harken.engine.moves import ARCS
from harken.story import find, load
from making import document, generated, story, telling

np = pytest.importorskip("numpy", reason="numpy is not installed: pip install 'harken[check]'")
from harken.check.simulate import chance, crowd  # noqa: E402
from harken.check.simulate.log import Log  # noqa: E402
from harken.check.simulate.plan import Plan, Unsuited  # noqa: E402

READERS = int(os.environ.get("HARKEN_READERS", "4"))
STORIES = range(max(40, READERS))
SHIPPED = ("hollow-library", "the-kettle", "the-middle-watch")


class EveryBreath(Log):
    """A log that keeps what each reader did, and their state after each breath."""

    def __init__(self) -> None:
        super().__init__()
        self.steps: dict[int, list[tuple[Any, ...]]] = {}

    def moves(self, live: Any, move: Any, target: Any, soft: Any) -> None:
        self.made = [array.copy() for array in (live, move, target, soft)]

    def breath(self, now: Any) -> None:
        super().breath(now)
        for reader, move, target, soft in zip(*self.made, strict=True):
            state = [int(field[reader]) for field in (now.trust, now.closeness, now.ache, now.clock)]
            step = (now.meeting, now.breath, WHAT[move], int(target), bool(soft), *state, ARCS[now.phase[reader]])
            self.steps.setdefault(int(reader), []).append(step)


def fast_readings(plan: Plan, base: int, count: int, meetings: int) -> list[list[tuple[Any, ...]]]:
    log = EveryBreath()
    now = crowd.Crowd(plan, base, count, log)
    for _ in range(meetings):
        now.meet()
    told: dict[tuple[int, int, int], list[str]] = {}
    for at, numbers, meeting, breath in log.tellings:
        for reader, number in zip(at, numbers, strict=True):
            told.setdefault((int(reader), meeting, breath), []).append(plan.tellings[number].id)
    return [
        [(*step, tuple(told.get((reader, *step[:2]), ()))) for step in log.steps.get(reader, [])]
        for reader in range(count)
    ]


def engine_reading(plan: Plan, base: int, reader: int, meetings: int) -> list[tuple[Any, ...]]:
    steps = []
    for step in plain.read(plan.manner, luck.reader_key(base, reader), meetings):
        s, heard = step.state, step.heard
        did = (heard.move, plan.targets[heard.target], heard.soft)
        steps.append((s.meeting, s.breath, *did, s.trust, s.closeness, s.ache, s.clock, s.phase, step.told))
    return steps


def agreed(of: Story, policy: Policy, base: int) -> int:
    """How many breaths were compared; fails at the first that differs."""
    plan = Plan(Manner(of, policy))
    fast = fast_readings(plan, base, READERS, of.meetings)
    breaths = 0
    for reader in range(READERS):
        slow = engine_reading(plan, base, reader, of.meetings)
        assert len(fast[reader]) == len(slow)
        for mine, theirs in zip(fast[reader], slow, strict=True):
            assert mine == theirs, f"{policy.name}, reader {reader}"
        breaths += len(slow)
    return breaths


@pytest.mark.parametrize("name", SHIPPED)
def test_the_shipped_stories_are_played_alike(name: str) -> None:
    of = load(find(name)).story
    assert of is not None
    assert sum(agreed(of, policy, 3) for policy in POLICIES.values()) > 300


def test_generated_stories_are_played_alike() -> None:
    breaths = 0
    for seed in STORIES:
        rng = random.Random(seed)
        of = story(generated(seed, rng.choice([5, 12, 30, 90])))
        for name in rng.sample(sorted(POLICIES), 3):
            breaths += agreed(of, POLICIES[name], seed)
    assert breaths > 3000


def test_moves_that_are_on_offer_only_with_a_thing() -> None:
    doc = generated(5, 30)
    doc["confider"]["moves"] = [move for move in doc["confider"]["moves"] if move[0] not in ("ask_open", "joke")]
    policy = policy_from({"moves": {"ask_open": 5, "joke": 3, "stay": 1}, "forms": {"scar": {"joke": 1}}}, "p")
    manner = Manner(story(doc), policy)
    assert manner.loose
    assert agreed(manner.story, policy, 1) > 20


def test_a_rule_left_out_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The comparison is no tautology: without the rule that easy listening earns nothing, it fails."""
    of = load(find("hollow-library")).story
    assert of is not None
    monkeypatch.setattr(crowd, "EASY", 9)
    with pytest.raises(AssertionError):
        agreed(of, POLICIES["attentive"], 3)


def test_ties_are_those_of_the_engine() -> None:
    seeds = np.array([1_000_000_000, 1_234_567_890, 2_073_741_823], np.uint64)
    first, second = chance.seed_words(seeds)
    tail = b"\x1fchoose\x1f12\x1f345\x1f67"
    words = [second | np.uint64(chance.text_word(b"\0\0" + tail[:6]))]
    words += [np.full(3, chance.text_word(tail[at : at + 8]), np.uint64) for at in (6, 14)]
    drawn = chance.draws((first, *words), np.full(3, 10 + len(tail), np.uint64))
    assert drawn.tolist() == [draw(int(seed), "choose", 12, 345, 67) for seed in seeds]


def test_what_cannot_be_vectorised_is_said_and_played_in_the_engine() -> None:
    from harken.check.readers import reach

    of = story(document([telling("near", needs=[{"closeness": 3}])]))
    with pytest.raises(Unsuited, match="near"):
        Plan(Manner(of, POLICIES["random"]))
    found = reach(story(document([telling("t0")], clock=[200_000])), 1, policy="leaving")
    assert found.how == "engine"
