"""A stretch of a writer's text that remembers where it stands in its file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from harken.story.problems import Place


class Passage(NamedTuple):
    """Some text, and where each of its characters stands."""

    text: str
    locate: Callable[[int], Place]

    def at(self, offset: int = 0) -> Place:
        """Where the character at this offset stands."""
        return self.locate(offset)

    def part(self, start: int, end: int | None = None) -> Passage:
        """A part of it, which still knows its places."""
        return Passage(self.text[start:end], lambda offset: self.locate(start + offset))

    def split(self, mark: str) -> Iterator[Passage]:
        """The parts between these marks, without the room around them."""
        start = 0
        for piece in self.text.split(mark):
            lead = len(piece) - len(piece.lstrip())
            yield self.part(start + lead, start + lead + len(piece.strip()))
            start += len(piece) + len(mark)

    def paragraphs(self) -> Iterator[Passage]:
        """The parts between empty lines."""
        for found in re.finditer(r"\S(?:.|\n(?!\s*\n))*", self.text):
            yield self.part(found.start(), found.start() + len(found.group().rstrip()))
