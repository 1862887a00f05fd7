"""Large stories are decided, defects of every kind are caught, and clean stories raise no alarm."""

from __future__ import annotations

import os
from typing import Any

import pytest
from chains import chains

from harken.check.bounds import Bounds
from harken.check.judging import judge
from harken.check.verdict import CANNOT
from making import document, story, telling

LARGE = int(os.environ.get("HARKEN_TELLINGS", "300"))


def test_of_a_large_story_at_most_one_telling_in_twenty_is_not_decided() -> None:
    found = [v for v in judge(story(chains(LARGE))) if v.promise == "told"]
    assert len(found) == LARGE + 1
    assert sum(v.holds is None for v in found) <= LARGE // 20
    assert not any(v.holds is False for v in found)


def one(**more: Any) -> list[dict[str, Any]]:
    return [telling("a"), telling("b", needs=[{"told": ["a"]}]), telling("x", **more)]


DEFECTS: dict[str, list[dict[str, Any]]] = {
    "a circle": [telling("a", needs=[{"told": ["x"]}]), telling("x", needs=[{"told": ["a"]}])],
    "a counter that cannot rise so far": one(needs=[{"counters": {"crows": 2}}]),
    "it forbids what comes before what it needs": one(needs=[{"told": ["b"], "untold": ["a"]}]),
    "trust that cannot be earned": one(depth=5),
    "a meeting that is not written": one(needs=[{"meeting": 9}]),
    "a seal past the last meeting": one(seal=9),
    "ways that are all closed": one(needs=[{"meeting": 9}, {"counters": {"crows": 1}}, {"told": ["nobody"]}]),
    "needs that exclude each other": [
        telling("a", needs=[{"untold": ["b"]}]),
        telling("b", needs=[{"untold": ["a"]}]),
        telling("x", needs=[{"told": ["a", "b"]}]),
    ],
    "facts that exclude each other": [
        telling("a", effects={"sets": [["brother", "dead"]]}),
        telling("b", needs=[{"facts": {"brother": "dead"}}]),
        telling("x", needs=[{"told": ["b"], "facts": {"brother": "alive"}}]),
        telling("c", effects={"sets": [["brother", "alive"]]}),
    ],
    "a value that comes too late": [
        telling("a", effects={"sets": [["brother", "dead"]]}),
        telling("b", needs=[{"told": ["a"]}], effects={"sets": [["brother", "alive"]]}),
        telling("x", needs=[{"facts": {"brother": "alive"}}]),
    ],
    "always outspoken": [
        telling("a"),
        telling("deeper", arc="waking", again=True, by=["clock", "wake", "run"], depth=1, needs=[{}]),
        telling("x", arc="waking", again=True, by=["clock"], needs=[{"trust": 1}]),
    ],
    "asked for by what is never there": one(on="thing9", only_on=True),
    "asked for where nothing can be asked": one(on="vow", only_on=True, arc="arrival"),
    "a moment that is not": one(arc="moment"),
    "after a waking, in the one meeting": [
        telling("a", arc="waking", by=["clock"], needs=[{"meeting": 3}]),
        telling("x", needs=[{"told": ["a"]}]),
    ],
}
_VOW = [{"id": "vow", "move": "confide", "target": "vow", "label": "Stay", "phase": "talk"}]


@pytest.mark.parametrize("what", DEFECTS)
def test_a_defect_of_this_kind_is_proved(what: str) -> None:
    doc = document(
        DEFECTS[what], facts={"brother": ["alive", "dead"]}, counters={"crows": 3}, gestures=_VOW,
        floors=[0, 1, 4, 8, 12, 20],
    )  # fmt: skip
    verdict = next(v for v in judge(story(doc)) if v.promise == "told" and v.subject == "x")
    assert (verdict.verdict, verdict.holds) == (CANNOT, False)
    assert len(verdict.because) > 10


def test_a_variant_that_can_never_show_is_caught() -> None:
    never = {"say": [{"if": [{"told": ["b"]}], "then": ["never"], "else": []}, "words"], "by": "tell"}
    shows = {"say": [{"if": [{"trust": 3}], "then": ["sometimes"], "else": []}, "words"], "by": "tell"}
    doc = document([telling("a", body=[never]), telling("b", needs=[{"told": ["a"]}], body=[shows])])
    held = {v.subject: v.holds for v in judge(story(doc)) if v.promise == "variant"}
    assert held == {"a #1": False, "b #1": True}


def test_clean_stories_of_many_shapes_raise_no_alarm() -> None:
    for seed in range(1, 6):
        assert not Bounds(story(chains(120, seed))).dead


def test_the_work_of_the_bounds_grows_with_the_story_and_not_with_its_square() -> None:
    """Counted in looks at a clause: no timing."""
    looked = []
    for count in (100, 400):
        bounds = Bounds(story(chains(count)))
        calls = 0
        real = bounds._lacks

        def counted(*what: Any, real: Any = real) -> Any:
            nonlocal calls
            calls += 1
            return real(*what)

        bounds._lacks = counted  # type: ignore[method-assign]
        bounds._work()
        looked.append(calls)
    assert looked[1] < 8 * looked[0]
