"""The deep pass: what it proves, what it finds, what it says where a solver is not installed, and when it stops."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from harken.check.bounds import Bounds
from harken.check.deep import Budget, dead_ends, extra, look_further
from harken.check.deep.dead_ends import sample
from harken.check.deep.directed import Search
from harken.check.deep.goals import NEVER, Distance
from harken.check.deep.unlucky import who_does_not_hear
from harken.check.evidence import Aim, Effort, Watched, gather
from harken.check.judging import judge
from harken.check.replay import play, told_in
from harken.check.verdict import CANNOT, PROVED, SHOWN
from harken.check.wandering import STYLES, reading
from harken.engine import State, breathe
from harken.engine.guard import Clause
from making import document, story, telling

FAST = Effort(breaths=0, points=0, small=0)
"""A fast pass that looks at nothing, so that whatever is found the deep one found."""
ENOUGH = 60.0


def small(tellings: list[dict[str, Any]], **more: Any) -> Any:
    return story(document(tellings, **({"clock": [10], "meetings": 1, "wander": 0} | more)))


def verdict(one: Any, subject: str, claims: list[dict[str, Any]] = (), promise: str = "told") -> Any:  # type: ignore[assignment]
    found = judge(one, claims, FAST, budget=Budget(ENOUGH))
    return next(v for v in found if v.promise == promise and v.subject == subject)


def never(one: str, other: str) -> dict[str, Any]:
    return {"kind": "before", "text": f"never {one} before {other}", "telling": one, "other": other}


# --- orders and sums ------------------------------------------------------------------------------------------

ORDERED = [
    telling("a"),
    telling("b", needs=[{"untold": ["a"]}]),
    telling("c", needs=[{"told": ["a"]}, {"told": ["b"]}]),
    telling("d", needs=[{"told": ["c", "a"]}, {"told": ["c", "b"]}]),
]


def test_an_order_that_cannot_be_is_proved() -> None:
    pytest.importorskip("z3", reason="z3 is not installed: pip install 'harken[deep]'")
    from harken.check.deep.order import shortest

    bounds = Bounds(small([*ORDERED, telling("e", needs=[{"told": ["d"], "untold": ["b", "a"]}])]))
    assert shortest(bounds, Aim("d", (Clause(untold=("c",)),)), 20).possible is False
    assert shortest(bounds, Aim("c", (Clause(untold=("a", "b")),)), 20).possible is False
    assert shortest(bounds, Aim("e"), 20).possible is False


def test_the_shortest_order_is_found_and_leads_there() -> None:
    pytest.importorskip("z3", reason="z3 is not installed: pip install 'harken[deep]'")
    from harken.check.deep.order import shortest

    bounds = Bounds(small(ORDERED))
    answer = shortest(bounds, Aim("d", (Clause(untold=("a",)),)), 20)
    assert answer == (True, ("b", "c", "d"))


def test_what_cannot_be_earned_together_is_summed() -> None:
    pytest.importorskip("ortools", reason="OR-Tools is not installed: pip install 'harken[deep]'")
    from harken.check.deep.sums import most

    tellings = [
        telling("a", needs=[{"untold": ["b"]}], landing={"stay": 3}),
        telling("b", needs=[{"untold": ["a"]}], landing={"stay": 3}),
        telling("x", needs=[{"trust": 8}]),
    ]
    free = [telling("a", landing={"stay": 3}), telling("b", landing={"stay": 3}), tellings[2]]
    assert most(Bounds(small(free)), "x", "trust") == most(Bounds(small(tellings)), "x", "trust") + 3
    exclusive = [
        telling("a", needs=[{"facts": {"brother": "alive"}}], landing={"stay": 3}),
        telling("b", needs=[{"facts": {"brother": "dead"}}], landing={"stay": 3}),
        telling("c", effects={"sets": [["brother", "alive"]]}),
        telling("d", effects={"sets": [["brother", "dead"]]}),
        telling("x"),
    ]
    facts = {"brother": ["alive", "dead"]}
    both = most(Bounds(small(exclusive, facts=facts)), "x", "trust")
    needing = most(Bounds(small(exclusive, facts=facts)), "x", "trust", Clause(told=("a", "b")))
    assert needing == -1 and both > 0


def test_a_variant_that_asks_for_more_closeness_than_there_can_be_is_caught() -> None:
    pytest.importorskip("ortools", reason="OR-Tools is not installed: pip install 'harken[deep]'")
    never_ = {"say": [{"if": [{"closeness": 9}], "then": ["never"], "else": []}, "words"], "by": "tell"}
    found = verdict(small([telling("a", body=[never_])]), "a #1", promise="variant")
    assert (found.verdict, found.holds) == (CANNOT, False) and "closeness 9" in found.because


# --- search ---------------------------------------------------------------------------------------------------


def test_the_search_finds_what_it_is_sent_for_and_it_can_be_played() -> None:
    chain = [telling("a"), *(telling(x, needs=[{"told": [y]}]) for x, y in zip("bcdef", "abcde", strict=True))]
    one = small(chain, clock=[16])
    seen = []

    def note(breath: Any) -> bool:
        seen.append(breath)
        return "f" in breath.told

    search = Search(one, Distance(one, Aim("f")), 3, note)
    assert search.run(5000) and search.breaths < 2000
    *_, (_, last, _) = play(one, seen[-1].so_far())
    assert "f" in told_in(last)


def test_the_distance_falls_on_the_way_and_is_never_where_there_is_none() -> None:
    one = small([telling("a"), telling("b", needs=[{"told": ["a"]}]), telling("c", needs=[{"untold": ["a"]}])])
    told = next(seen.outcome.state for seen in reading(one, 0, STYLES[0], set()) if seen.told == ("a",))
    assert Distance(one, Aim("b"))(told) < Distance(one, Aim("b"))(State())
    assert Distance(one, Aim("c"))(told) == NEVER
    assert Distance(one, Aim("b", (Clause(untold=("a",)),)))(told) == NEVER


def test_a_claim_that_is_broken_is_shown_by_the_deep_pass_alone() -> None:
    one = small([telling("a"), telling("b", needs=[{"told": ["a"]}]), telling("c", needs=[{"told": ["b"]}])])
    broken = verdict(one, "never b before c", [never("b", "c")], "claim")
    assert (broken.verdict, broken.holds) == (SHOWN, False)
    *_, (before, last, _) = play(one, broken.replay)
    assert "b" in told_in(last) and "c" not in before.told_set
    kept = verdict(one, "never c before b", [never("c", "b")], "claim")
    assert (kept.verdict, kept.holds) == (PROVED, True)


# --- traps, and readers without luck --------------------------------------------------------------------------


def test_a_reader_who_is_trapped_is_shown_and_one_who_is_not_is_not() -> None:
    deep = [telling("a"), telling("b", needs=[{"trust": 4}])]
    lost = sample(small(deep, meetings=3), Budget(ENOUGH))
    assert lost.trapped is not None and lost.lost == "b"
    *_, (_, last, _) = play(small(deep, meetings=3), lost.trapped)
    assert last.state.over and "b" not in last.state.told_set
    free = sample(small([telling("a"), telling("b", needs=[{"told": ["a"]}])], meetings=3), Budget(ENOUGH))
    assert free.trapped is None and free.unanswered is None and free.unparted is None and free.states > 20


def test_a_waking_without_a_word_is_seen() -> None:
    bare = document([], clock=[10], meetings=1, wander=0) | {"tellings": [telling("a")]}
    assert sample(story(bare), Budget(ENOUGH)).unparted is not None


def test_a_move_that_nothing_answers_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def mute(*what: Any) -> Any:
        return breathe(*what)._replace(beats=())

    monkeypatch.setattr(dead_ends, "breathe", mute)
    seen = sample(small([telling("a")]), Budget(ENOUGH))
    assert seen.unanswered is not None and seen.move


def test_somebody_who_listens_and_has_no_luck_is_found() -> None:
    """Of two threads only one is told in time: which one is the reader's aim, and both land as well."""
    things = [{"id": n, "scene": "room", "kind": "scar", "label": n, "moves": ["ask_open"], "here": True,
               "look": []} for n in ("left", "right")]  # fmt: skip
    tellings = [
        *(telling(f"l{n}", on="left", needs=[{"told": [f"l{n - 1}"]}] if n else [{}]) for n in range(4)),
        *(telling(f"r{n}", on="right", needs=[{"told": [f"r{n - 1}"]}] if n else [{}]) for n in range(4)),
    ]
    one = small(tellings, things=things, clock=[8])
    replay = who_does_not_hear(one, "l3", 1, Budget(ENOUGH))
    assert replay is not None
    *_, (_, last, _) = play(one, replay)
    assert last.state.over and "l3" not in last.state.told_set


def test_a_listener_is_a_game_that_is_decided_for_every_tie() -> None:
    claim = {"kind": "hears", "text": "x", "telling": "c", "number": 1}
    chain = [telling("a"), telling("b", needs=[{"told": ["a"]}]), telling("c", needs=[{"told": ["b"]}])]
    proved = next(v for v in judge(small(chain), [claim]) if v.subject == "x")
    assert (proved.verdict, proved.holds) == (PROVED, True)
    starved = [*chain, *(telling(f"u{n}", weight="urgent") for n in range(12))]
    broken = next(v for v in judge(small(starved), [claim]) if v.subject == "x")
    assert (broken.verdict, broken.holds) == (SHOWN, False)
    assert broken.replay is not None


# --- its budget, its progress, and its extra ------------------------------------------------------------------


def ticking(step: float) -> Any:
    ticks = itertools.count()
    return lambda: next(ticks) * step


def test_a_budget_is_shared_and_runs_out() -> None:
    budget = Budget(10, ticking(1))
    assert budget.left == 9 and not budget.spent
    assert 2 < budget.share(0.5).left < 4
    assert Budget(0, ticking(1)).spent


def test_the_deep_pass_stops_when_its_budget_is_spent() -> None:
    one = small([telling("a"), telling("b", needs=[{"trust": 9}])])
    watched = Watched()
    found = gather(one, watched, FAST)
    before = found.breaths
    look_further(found, watched, Budget(0), lambda said: None)
    assert found.breaths == before and not found.ruled


def test_without_the_extra_one_sentence_says_what_to_install_and_the_rest_still_runs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(extra, "here", lambda module: False)
    said: list[str] = []
    one = small([telling("a"), telling("b", needs=[{"told": ["a"]}])])
    found = judge(one, (), FAST, said.append, Budget(ENOUGH))
    [sentence] = [line for line in said if "pip install" in line]
    assert "z3-solver and ortools are not installed: pip install 'harken[deep]'" in sentence
    assert {v.subject: v.verdict for v in found if v.promise == "told"}["b"] == SHOWN


def run(*arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "harken", *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, "HARKEN_HOME": str(home)}, timeout=150
    )


def test_the_command_says_how_it_goes_and_gives_its_verdicts(tmp_path: Path) -> None:
    done = run("check", "the-kettle", "--deep", "--budget", "20", "--strict", "--json", home=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "looking for traps" in done.stderr and "Traceback" not in done.stderr
    assert '"promise": "open"' in done.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("check", "the-kettle", "--budget", "9"), "--deep"),
        (("check", "the-kettle", "--deep", "--budget", "0"), "budget"),
        (("check", "no-such-story", "--deep"), "no-such-story"),
    ],
)
def test_a_wrong_command_is_one_sentence(arguments: tuple[str, ...], says: str, tmp_path: Path) -> None:
    done = run(*arguments, home=tmp_path)
    assert done.returncode == 2 and says in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("  - never other-wall before wall", "  - never otter before wall", "otter"),
        ("  - never other-wall before wall", "  - other-wall is nice", "claim"),
        ("claims:", "claims: [", "story.yaml"),
    ],
)
def test_a_story_that_does_not_compile_is_said_and_nothing_is_looked_for(
    old: str, new: str, says: str, tmp_path: Path
) -> None:
    import shutil

    from harken.story import shipped

    folder = tmp_path / "kettle"
    shutil.copytree(shipped()["the-kettle"], folder)
    text = (folder / "story.yaml").read_text("utf-8")
    assert old in text
    (folder / "story.yaml").write_text(text.replace(old, new, 1), "utf-8")
    done = run("check", str(folder), "--deep", home=tmp_path)
    assert done.returncode == 1 and says in done.stdout and "Traceback" not in done.stderr
    assert "looking" not in done.stderr
