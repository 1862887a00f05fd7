"""Lines: what is said, paragraph by paragraph, in the shape that compiled stories hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any

from harken.story.draft import Draft
from harken.story.inline import nodes_of, voiced
from harken.story.markdown import MOST_PARAGRAPH
from harken.story.parts import Items, Pause, Text
from harken.story.passage import Passage
from harken.story.problems import Place
from harken.story.tree import Scalar

Line = dict[str, Any]
_QUOTED = re.compile(r"(?m)^[ \t]*>")
_MARKED = re.compile(r"(?<!\\)(?:[{}]|\*(?!\s)|(?<=\S)\*)")
"""What would vary or stress the words of a title, which it cannot."""


def key(text: str) -> str:
    """The mark of a line's own words: wrapped otherwise it is the same line, with other words it is another."""
    return sha256(" ".join(text.split()).encode()).hexdigest()[:10]


def line(passage: Passage, by: str, draft: Draft) -> Line:
    """One paragraph, compiled."""
    marks, nodes = voiced(passage, draft)
    if not nodes:
        draft.found.add("no-words", passage.at(), seen=passage.text)
    return {"say": nodes, "by": by, "voice": marks} if marks else {"say": nodes, "by": by}


def pause() -> Line:
    """A silence."""
    return {"say": [], "by": "pause"}


def lines(body: Iterable[Text | Pause | Items], draft: Draft) -> list[Line]:
    """Paragraphs, quotes and silences; lists have no place among them."""
    compiled = []
    for block in body:
        if isinstance(block, Text):
            compiled.append(line(block.passage, block.by, draft))
        elif isinstance(block, Pause):
            compiled.append(pause())
        else:
            draft.found.add("list-not-here", block.at)
    return compiled


def keyed(body: Sequence[Text | Pause | Items], draft: Draft, owner: str, whole: bool) -> list[list[Any]]:
    """Lines of the place, each with its key. A silence has the key of its place: it says nothing of its own.

    ``whole``: they are read one after another, and not one at a time.
    """
    compiled: list[list[Any]] = []
    for number, block in enumerate(body):
        if isinstance(block, Text):
            mark = key(block.passage.text)
            draft.line(mark, block.passage.at())
            compiled.append([mark, line(block.passage, "place", draft)])
        elif isinstance(block, Pause):
            if not whole:
                draft.found.add("pause-is-answer", block.at)
            compiled.append([key(f"{owner} --- {number}"), pause()])
        else:
            draft.found.add("list-not-here", block.at)
    return compiled


def title(passage: Passage, draft: Draft, what: str) -> str:
    """The words of a heading, which are shown as they are."""
    if not passage.text.strip():
        draft.found.add("no-title", passage.at(), what=what)
    mark = _MARKED.search(passage.text)
    if mark:
        draft.found.add("title-plain", passage.at(mark.start()), seen=passage.text)
        return passage.text
    return "".join(nodes_of(passage, draft))


def spoken(scalar: Scalar, draft: Draft) -> tuple[str, list[Line]]:
    """One answer written in YAML: its key and its lines. ``>`` begins a quote, ``---`` alone is a silence."""
    compiled: list[Line] = []
    if len(scalar.text) > MOST_PARAGRAPH:
        draft.found.add("paragraph-too-long", scalar.at, length=len(scalar.text), most=MOST_PARAGRAPH)
        return "", compiled
    for paragraph in scalar.passage.paragraphs():
        if paragraph.text == "---":
            compiled.append(pause())
        elif paragraph.text.startswith(">"):
            without = _QUOTED.sub(lambda mark: " " * len(mark.group()), paragraph.text)
            compiled.append(line(Passage(without, paragraph.locate), "place", draft))
        else:
            compiled.append(line(paragraph, "tell", draft))
    mark = key(scalar.text)
    at: Place = scalar.at
    if compiled:
        draft.line(mark, at)
    else:
        draft.found.add("no-words-at-all", at)
    return mark, compiled
