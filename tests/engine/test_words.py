"""Words: what the closed inline language shows."""

from __future__ import annotations

from typing import Any

import pytest

from harken.engine import State
from harken.engine.words import Scope, render

SCOPE = Scope(State(name="Ada", seed=3, closeness=4), {"weather": [["rain"], ["rain"]]}, lambda entry: None, "here")


def said(*nodes: Any, scope: Scope = SCOPE) -> str:
    lines = render([{"say": list(nodes), "by": "tell"}], scope)
    return lines[0]["text"] if lines else ""


def with_state(**changes: Any) -> Scope:
    return SCOPE._replace(state=SCOPE.state._replace(**changes))


def test_the_readers_name_or_what_is_said_without_one() -> None:
    assert said({"name": "name"}, "?") == "Ada?"
    assert said({"name": "name", "else": ["friend"]}, "?", scope=with_state(name=None)) == "friend?"


def test_a_variant_follows_the_state() -> None:
    node = {"if": [{"closeness": 5}], "then": ["us"], "else": ["you"]}
    assert said(node) == "you"
    assert said(node, scope=with_state(closeness=5)) == "us"


@pytest.mark.parametrize(
    ("pronoun", "form"), [("he", "Freund"), ("she", "Freundin"), ("they", "Mensch"), (None, "Mensch")]
)
def test_the_form_the_reader_is_spoken_of_in(pronoun: str | None, form: str) -> None:
    assert said({"reader": [["Freund"], ["Freundin"], ["Mensch"]]}, scope=with_state(pronoun=pronoun)) == form


def test_remembered_words_come_back_and_are_blank_once_burned() -> None:
    node = {"recall": True, "else": ["that"]}
    kept = with_state(confided=7)._replace(recall=lambda entry: "my  brother\ndied" if entry == 7 else None)
    assert said("You said ", node, scope=kept) == "You said my brother died"
    assert said("You said ", node, scope=with_state(confided=7)) == "You said that"
    assert said("You said ", node) == "You said that"


def test_a_shuffle_is_drawn_by_the_seed_and_nothing_else() -> None:
    node = {"any": [["a"], ["b"], ["c"]]}
    drawn = {said(node, scope=with_state(seed=seed)) for seed in range(30)}
    assert drawn == {"a", "b", "c"}
    assert len({said(node) for _ in range(5)}) == 1


def test_stress_is_kept_as_spans_and_an_empty_line_is_left_out() -> None:
    lines = render([{"say": ["now ", {"em": ["here"]}, "."], "by": "tell", "voice": ["low"]}], SCOPE)
    assert lines == (
        {"text": "now here.", "by": "tell", "spans": [["", "now "], ["em", "here"], ["", "."]], "voice": ["low"]},
    )
    assert render([{"say": [{"if": [], "then": ["x"], "else": []}], "by": "tell"}], SCOPE) == ()
