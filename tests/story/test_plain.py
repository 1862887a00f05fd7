"""The short cut for plain Markdown makes exactly what the real reader makes, or gives up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from folders import SMALL
from hypothesis import given, settings
from hypothesis import strategies as st

from harken.story import markdown
from harken.story.markdown import read
from harken.story.parts import Items, Part, Pause, Text
from harken.story.passage import Passage
from harken.story.plain import read_plainly
from harken.story.problems import Found

WORDS = [
    "They turn.", "“So,” she said", "{low} “One.”", "*long* ago", "a `b", "id: x", "one  two ", "é雪 x", "x # y", "a\\",
]  # fmt: skip
STARTS = [
    "", "", "", "", "> ", "- ", "    ", "  ", "## ", "# ", "---", "***", "1. ", "+ ", "=", "~~~", "```", "\t", "<b>",
]  # fmt: skip

lines = st.builds(lambda start, word: start + word, st.sampled_from(STARTS), st.sampled_from(["", *WORDS]))
pages = st.lists(st.one_of(st.just(""), lines, st.sampled_from(["    id: x", "    on: needle", "---"])), max_size=14)


def shape(passage: Passage) -> tuple[str, list[Any]]:
    return passage.text, [passage.at(offset) for offset in range(len(passage.text))]


def block(one: Any) -> Any:
    if isinstance(one, Text):
        return ("text", one.by, shape(one.passage))
    if isinstance(one, Pause):
        return ("pause", one.at)
    assert isinstance(one, Items)
    return ("items", one.at, [(at, [block(inner) for inner in item]) for at, item in one.items])


def part(one: Part) -> Any:
    meta = one.meta and {key: (scalar.at, value.text, value.at) for key, (scalar, value) in one.meta.entries.items()
                         if hasattr(value, "text")}  # fmt: skip
    return one.level, shape(one.title), meta, one.salvaged, [block(inner) for inner in one.body]


def both(text: str, monkeypatch: pytest.MonkeyPatch) -> tuple[Any, Any]:
    results = []
    for short_cut in (read_plainly, lambda *_: None):
        with monkeypatch.context() as patch:
            patch.setattr(markdown, "read_plainly", short_cut)
            found = Found()
            parts = [part(one) for one in read("f.md", text, found)]
            results.append((parts, found.all()))
    return results[0], results[1]


@settings(max_examples=400, deadline=None)
@given(pages)
def test_both_readers_agree(page: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        short, real = both("\n".join(["# Title of a page", *page]), patch)
    assert short == real


@pytest.mark.parametrize("path", sorted(SMALL.rglob("*.md")), ids=lambda path: path.name)
def test_both_readers_agree_on_a_story(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    short, real = both(path.read_text(encoding="utf-8"), monkeypatch)
    assert short == real


def test_plain_pages_take_the_short_cut() -> None:
    page = "## Title\n\n    id: x\n\nWords,\nand words.\n\n> A sigh.\n\n- stay: So.\n- judge: No.\n\n---\n\nEnd."
    assert read_plainly("f.md", page.splitlines(), 1, Found()) is not None
