"""Every wrong story of the corpus says exactly what is written there, and every message has a story of its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from wrong_cases import build, names, parts

from harken.story import compile_folder, explain
from harken.story.problems import catalogue

ELSEWHERE = {
    "no-such-folder", "not-a-folder", "unreadable", "leads-out", "not-a-file", "file-too-big", "story-too-big",
    "too-many-files", "line-too-long", "no-such-file", "not-compiled", "other-format", "compiled-damaged",
    "yaml-too-much", "too-many-lines", "too-many-names", "part-too-long", "paragraph-too-long", "too-many-braces",
    "too-many-parts", "odd-name", "heard-too-much",
    "not-a-locale", "locale-unknown", "locale-key", "locale-without-id", "locale-other-count", "locale-twice",
    "untranslated",
}  # fmt: skip
"""Kinds that no small text file has: test_hostile.py, test_load.py and test_locales.py have them."""
IMPOSSIBLE = {
    "not-here",  # every kind of block that the Markdown reader knows has a message of its own
}


@pytest.mark.parametrize("name", names())
def test_exactly_this_is_said(name: str, tmp_path: Path) -> None:
    story = build(name, tmp_path)
    said = explain(compile_folder(story).problems).replace(str(story), "STORY")
    assert said.rstrip("\n") == parts(name)[1].rstrip("\n")
    assert "$" not in said


@pytest.mark.parametrize("name", [name for name in names() if name.startswith("HK")])
def test_a_case_is_named_by_what_it_provokes(name: str) -> None:
    assert f"({name[:5]})" in parts(name)[1]


def test_every_message_has_a_story() -> None:
    told = set(re.findall(r"\((HK\d{3})\)$", "\n".join(parts(name)[1] for name in names()), re.MULTILINE))
    without = {kind.name for kind in catalogue().values() if kind.code not in told}
    assert without == ELSEWHERE | IMPOSSIBLE


def test_the_small_story_is_right() -> None:
    compiled = compile_folder(Path(__file__).parent / "small")
    assert compiled.document is not None
    assert explain(compiled.problems) == ""
