"""The parts of a Markdown file: what both readers of it (``markdown`` and its short cut ``plain``) make."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from harken.story.passage import Passage
from harken.story.problems import Found, Place
from harken.story.tree import Block, Map
from harken.story.yaml import read_mapping

_ID = re.compile(r"(?m)^\s*(?:id|thing):\s*([a-z0-9-]+)\s*(?:#.*)?$")


class Text(NamedTuple):
    """One paragraph; ``by`` is ``place`` in a quote, else ``tell``."""

    passage: Passage
    by: str

    @property
    def at(self) -> Place:
        """Where it begins."""
        return self.passage.at()


class Pause(NamedTuple):
    """A line of three hyphens."""

    at: Place


class Items(NamedTuple):
    """A list: what each of its items holds."""

    items: list[tuple[Place, list[Text | Pause]]]
    at: Place


@dataclass
class Part:
    """A heading, and everything up to the next one. ``meta`` is None where its metadata could not be read."""

    level: int
    title: Passage
    meta: Map | None
    salvaged: str = ""
    refused: bool = False
    """Whether something stands under it that cannot be read."""
    body: list[Text | Pause | Items] = field(default_factory=list)

    @property
    def at(self) -> Place:
        """Where the heading's words stand."""
        return self.title.at()

    def read_metadata(self, block: Block, found: Found) -> None:
        """Read its metadata; where they are broken, at least an id that can be seen is kept."""
        self.meta = read_mapping(block, found)
        if self.meta is None:
            seen = _ID.search(block.text)
            self.salvaged = seen[1] if seen else ""


class Where:
    """Where the characters of a paragraph stand: each of its lines is the end of a line of the file."""

    __slots__ = ("_first", "_lines", "_name", "_text")

    def __init__(self, name: str, lines: list[str], first: int, text: str) -> None:
        self._name, self._lines, self._first, self._text = name, lines, first, text

    def __call__(self, offset: int) -> Place:
        """Where the character at this offset stands."""
        number = self._text.count("\n", 0, offset)
        start = self._text.rfind("\n", 0, offset) + 1
        end = self._text.find("\n", start)
        content = self._text[start : end if end >= 0 else None].rstrip()
        line = self._lines[number].rstrip() if number < len(self._lines) else ""
        column = len(line) - len(content) if line.endswith(content) else max(line.find(content.strip()), 0)
        return Place(self._name, self._first + number, column + offset - start + 1)
