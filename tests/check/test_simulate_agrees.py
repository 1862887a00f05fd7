"""Whole populations on numpy and numba play exactly what the real engine plays, breath for breath.

``HARKEN_READERS`` is how many readers of each story and policy are compared (more under ``make soak``).
"""

from __future__ import annotations

import importlib.util
import os
import random
from collections.abc import Callable
from functools import cache
from itertools import product
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


Way = Callable[[Plan, int, int, int], list[list[tuple[Any, ...]]]]


class EveryBreath(Log):
    """A log that keeps what each reader did, and their state after each breath."""

    every_breath = True

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
    now = crowd.Crowd(plan, chance.keys(base, 0, count), log)
    for _ in range(meetings):
        now.meet()
    told: dict[tuple[int, int, int], list[str]] = {}
    for at, numbers, meeting, breaths in log.tellings:
        for reader, number, breath in zip(at, numbers, breaths, strict=True):
            told.setdefault((int(reader), meeting, int(breath)), []).append(plan.tellings[number].id)
    return [
        [(*step, tuple(told.get((reader, *step[:2]), ()))) for step in log.steps.get(reader, [])]
        for reader in range(count)
    ]


@cache
def stepping(rule: Any) -> Any:
    """One of the kernel's rules, to be called from here."""
    import numba

    from harken.check.simulate.pointers import numbers_of, tables_of

    return numba.njit(lambda numbers, *key: rule(tables_of(numbers), numbers_of(numbers), *key))


def compiled_readings(plan: Plan, base: int, count: int, meetings: int) -> list[list[tuple[Any, ...]]]:
    """The same from the compiled kernel, asked for its state after each breath."""
    from harken.check.simulate import kernel, packed

    begin, arrive, breathe = (stepping(rule) for rule in (kernel.begin, kernel.arrive, kernel.breathe))
    a = packed.Packed(plan, meetings).numbers
    readings: list[list[tuple[Any, ...]]] = []
    for reader in range(count):
        steps: list[tuple[Any, ...]] = []
        begin(a)
        for _ in range(meetings):
            arrive(a, np.uint64(luck.reader_key(base, reader)))
            while not a[kernel.P_OVER]:
                breathe(a)
                s = {name: int(a[len(packed.HEADER) + number]) for number, name in enumerate(packed.STATE)}
                told = tuple(plan.tellings[s[f"new{place}"]].id for place in range(s["new"]))
                state = (s["trust"], s["closeness"], s["ache"], s["clock"], ARCS[s["phase"]], told)
                steps.append((s["meeting"], s["breath"], WHAT[s["move"]], s["target"], bool(s["soft"]), *state))
        readings.append(steps)
    return readings


WAYS: list[Way] = [fast_readings]
if importlib.util.find_spec("numba"):
    WAYS.append(compiled_readings)


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
    ways = [way(plan, base, READERS, of.meetings) for way in WAYS]
    breaths = 0
    for reader in range(READERS):
        slow = engine_reading(plan, base, reader, of.meetings)
        for fast in ways:
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
    monkeypatch.setattr(crowd, "EASY", 9)  # numba's is compiled in; numpy's is not
    with pytest.raises(AssertionError):
        agreed(of, POLICIES["attentive"], 3)


def test_ties_are_those_of_the_engine() -> None:
    seeds = np.array([0, 1_234_567_890, 2**64 - 1], np.uint64)
    lots = chance.further(chance.further(chance.further(chance.named(seeds, "choose"), 12), 345), np.full(3, 67))
    assert lots.tolist() == [draw(int(seed), "choose", 12, 345, 67) for seed in seeds]


def test_what_cannot_be_vectorised_is_said_and_played_in_the_engine() -> None:
    from harken.check.readers import reach

    things = [{"id": f"thing{n}", "scene": "room", "kind": "scar", "label": "A thing", "moves": ["ask_open"],
               "here": True, "look": []} for n in range(63)]  # fmt: skip
    of = story(document([telling("t0")], things=things))
    with pytest.raises(Unsuited, match="62 things"):
        Plan(Manner(of, POLICIES["random"]))
    found = reach(of, 30, policy="leaving")
    assert found.how.startswith("engine: ")


@pytest.mark.parametrize("policy", ["attentive", "random", "running"])
def test_what_is_left_to_the_end_of_a_meeting_comes_to_what_it_comes_to_breath_by_breath(policy: str) -> None:
    for seed, tellings in ((0, 30), (1, 60), (3, 200)):
        of = story(generated(seed, tellings))
        plan, tallies = Plan(Manner(of, POLICIES[policy])), []
        for log in (EveryBreath(), Log()):
            now = crowd.Crowd(plan, chance.keys(7, 0, 400), log)
            for _ in range(of.meetings):
                now.meet()
            tallies.append(log.tally(now))
        assert tallies[0] == tallies[1]


def test_numba_counts_what_numpy_counts() -> None:
    kernel = pytest.importorskip("harken.check.simulate.kernel", reason="numba is not installed: pip install numba")
    for seed, policy in product((0, 1, 2, 3, 4, 5), ("attentive", "random", "running")):
        of = story(generated(seed, 200 if seed == 3 else 40))
        plan = Plan(Manner(of, POLICIES[policy]))
        parts = [(5, 1100), (6, 300)]
        assert kernel.shards(plan, parts, of.meetings) == crowd.shards(plan, parts, of.meetings)


def test_a_change_in_any_file_of_the_rules_is_compiled_anew(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    compiling = pytest.importorskip("harken.check.simulate.compiling", reason="numba is not installed")
    rules, before = compiling._RULES, compiling.version()
    assert {"packed.py", "kernel_choice.py", "policies.py", "landing.py"} <= {path.name for path in rules}
    changed = tmp_path / rules[0].name
    changed.write_bytes(rules[0].read_bytes() + b"\n")
    monkeypatch.setattr(compiling, "_RULES", (changed, *rules[1:]))
    assert compiling.version() != before
