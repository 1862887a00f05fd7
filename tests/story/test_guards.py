"""Guards: parsing, distributing and printing agree with a naive reading of the same words."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harken.engine.guard import guard_from, holds
from harken.engine.state import State
from harken.story.clauses import MOST_CLAUSES, written
from harken.story.draft import Draft
from harken.story.guards import ALWAYS, guard
from harken.story.passage import Passage
from harken.story.problems import Found, Place

PIECES = ("told", "not ", " and ", " or ", "trust", " is ", "x-y")
IDS, THEMES = ("net", "sea", "oar"), ("work", "love")


def parsed(text: str) -> tuple[list, Draft]:
    draft = Draft(Found())
    return guard(Passage(text, lambda offset: Place("g", 1, offset + 1)), draft, variant=True), draft


def codes(draft: Draft) -> list[str]:
    return [problem.code for problem in draft.found.all()]


@dataclass(frozen=True)
class Asked:
    """One thing asked: its words, and a plain function of a state."""

    words: str
    so: object


def atoms() -> st.SearchStrategy[Asked]:
    def told(name: str) -> Asked:
        return Asked(f"told({name})", lambda state: name in state.told_set)

    def untold(name: str) -> Asked:
        return Asked(f"not told({name})", lambda state: name not in state.told_set)

    def least(name: str, number: int) -> Asked:
        return Asked(f"{name} >= {number}", lambda state: getattr(state, name) >= number)

    return st.one_of(
        st.sampled_from(IDS).map(told),
        st.sampled_from(IDS).map(untold),
        st.builds(least, st.sampled_from(["trust", "meeting", "closeness", "ache"]), st.integers(0, 7)),
        st.integers(0, 3).map(lambda n: Asked(f"crows >= {n}", lambda state: state.counters.get("crows", 0) >= n)),
        st.sampled_from(["dead", "alive"]).map(
            lambda v: Asked(f"brother is {v}", lambda state: state.facts.get("brother") == v)
        ),
        st.sampled_from(THEMES).map(lambda t: Asked(f"confided({t})", lambda state: t in state.themes)),
    )


def joined(inner: st.SearchStrategy[Asked]) -> st.SearchStrategy[Asked]:
    def join(word: str, parts: list[Asked]) -> Asked:
        all_or_any = all if word == "and" else any
        words = f" {word} ".join(f"({part.words})" for part in parts)
        return Asked(words, lambda state: all_or_any(part.so(state) for part in parts))

    return st.builds(join, st.sampled_from(["and", "or"]), st.lists(inner, min_size=1, max_size=3))


guards = st.recursive(atoms(), joined, max_leaves=8)
states = st.builds(
    lambda told, trust, meeting, closeness, ache, crows, brother, themes: State(
        told=tuple(sorted(told)), told_set=frozenset(told),
        trust=trust, meeting=meeting, closeness=closeness, ache=ache,
        counters={"crows": crows} if crows else {}, facts={"brother": brother} if brother else {},
        themes=frozenset(themes),
    ),
    st.sets(st.sampled_from(IDS)), st.integers(0, 8), st.integers(1, 8), st.integers(1, 7), st.integers(0, 8),
    st.integers(0, 3), st.sampled_from(["", "dead", "alive"]), st.sets(st.sampled_from(THEMES)),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(guards, st.lists(states, min_size=1, max_size=8))
def test_a_guard_means_what_it_says(asked: Asked, some: list[State]) -> None:
    compiled, draft = parsed(asked.words)
    if "HK421" in codes(draft) or "HK420" in codes(draft):
        return
    assert len(compiled) <= MOST_CLAUSES
    for state in some:
        assert holds(guard_from(compiled), state) == asked.so(state), asked.words


@settings(max_examples=100, deadline=None)
@given(guards)
def test_printed_and_read_again_it_is_the_same(asked: Asked) -> None:
    compiled, draft = parsed(asked.words)
    if codes(draft) or compiled == ALWAYS or len(written(compiled)) > 500:
        return
    again, draft = parsed(written(compiled))
    assert again == compiled
    assert not codes(draft)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from([*"()<>=!&|+- .5:,'\"", *PIECES]), max_size=60))
def test_any_text_ends_in_a_guard_or_a_reason(pieces: list[str]) -> None:
    text = "".join(pieces)
    compiled, draft = parsed(text)
    assert compiled != ALWAYS or codes(draft) or " >= " in text or ">=" in text
    for problem in draft.found.all():
        assert 1 <= problem.column <= len(text) + 1


@pytest.mark.parametrize(
    ("text", "compiled"),
    [
        ("trust >= 6 and told(the-jar) and not told(the-lie) and meeting >= 2 and brother is dead",
         [{"trust": 6, "meeting": 2, "told": ["the-jar"], "untold": ["the-lie"], "facts": {"brother": "dead"}}]),
        ("trust>=6", [{"trust": 6}]),
        ("trust >= 0", [{}]),
        ("meeting >= 1", [{}]),
        ("trust >= 3 and trust >= 5", [{"trust": 5}]),
        ("trust >= 3 or trust >= 5", [{"trust": 3}]),
        ("told(a) or told(a) and told(b)", [{"told": ["a"]}]),
        ("told(b) and told(a)", [{"told": ["a", "b"]}]),
        ("(told(a) or told(b)) and ran >= 1",
         [{"counters": {"ran": 1}, "told": ["a"]}, {"counters": {"ran": 1}, "told": ["b"]}]),
        ("confided(Being left)", [{"confided": ["being left"]}]),
        ("told(a) and not told(a) or told(b)", [{"told": ["b"]}]),
        ("told(a) and not told(a)", []),
    ],
)  # fmt: skip
def test_compiled_guards(text: str, compiled: list) -> None:
    assert parsed(text)[0] == compiled


def test_names_are_noted_with_their_places() -> None:
    _, draft = parsed("told(a) and\n crows >= 2 and x is y")
    assert [(ref.name, ref.at.column) for ref in draft.refs["told"]] == [("a", 6)]
    assert [(ref.name, ref.at.column, ref.more[0]) for ref in draft.refs["counter"]] == [("crows", 14, 2)]
    assert [(ref.name, ref.at.column, ref.more[0]) for ref in draft.refs["fact"]] == [("x", 29, "y")]


def test_what_is_always_and_never() -> None:
    assert written([{}]) == "always"
    assert written([]) == "never"
