"""YAML as a tree: words, lists and mappings, each of which knows where it stands in its file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from harken.story.passage import Passage
from harken.story.problems import Place

QUOTES = ("'", '"')


@dataclass
class Block:
    """A stretch of YAML in a file: its text, its first line (from 1), and how far each of its lines is indented."""

    file: str
    text: str
    first: int = 1
    indents: Sequence[int] = ()

    @cached_property
    def starts(self) -> list[int]:
        """Where in the text each of its lines begins."""
        starts = [0]
        while (newline := self.text.find("\n", starts[-1])) >= 0:
            starts.append(newline + 1)
        return starts

    def index(self, mark: Any) -> int:
        """Where in the text a mark of the parser's is."""
        start: int = self.starts[min(mark.line, len(self.starts) - 1)]
        column: int = mark.column
        return start + column

    def place(self, line: int, column: int) -> Place:
        """Where a line and column (both from 0) of this stretch stand in the file."""
        indent = self.indents[line] if line < len(self.indents) else 0
        return Place(self.file, self.first + line, indent + column + 1)

    def place_of(self, index: int) -> Place:
        """Where a character of the text stands in the file."""
        line = bisect_right(self.starts, index) - 1
        return self.place(line, index - self.starts[line])


class Scalar(NamedTuple):
    """Words."""

    text: str
    at: Place
    block: Block
    start: int
    style: str

    @property
    def passage(self) -> Passage:
        """The words with the place of each character."""
        return Passage(self.text, _Locator(self))


class Seq(NamedTuple):
    """A list."""

    items: list[Any]
    at: Place


class Map(NamedTuple):
    """Names and what they stand for, in the writer's order; each name once."""

    entries: dict[str, tuple[Scalar, Any]]
    at: Place


Node = Scalar | Seq | Map


_ESCAPES = {"x": 4, "u": 6, "U": 10}


class _Locator:
    """Where the characters of a value stand in the source, from which quoting and folding may have moved them.

    It goes along both at once, and on from where it was: asked in order, it reads each character once.
    """

    def __init__(self, scalar: Scalar) -> None:
        self.block, self.value, self.style = scalar.block, scalar.text, scalar.style
        source = self.block.text
        self.start = scalar.start + (1 if self.style in QUOTES else 0)
        if self.style in ("|", ">"):
            self.start = source.find("\n", scalar.start) + 1 or len(source)
        self.is_verbatim = source.startswith(self.value, self.start)
        self.number, self.here = 0, self.start

    def __call__(self, offset: int) -> Place:
        if self.is_verbatim:
            return self.block.place_of(self.start + offset)
        if offset < self.number:
            self.number, self.here = 0, self.start
        while self.number < min(offset, len(self.value)):
            self.settle()
            self.step()
            self.number += 1
        self.settle()
        return self.block.place_of(min(self.here, len(self.block.text)))

    def settle(self) -> None:
        """Pass over what is in the source alone: indentation, folded line ends."""
        source = self.block.text
        char = self.value[self.number : self.number + 1]
        if self.style == '"' and source.startswith("\\\n", self.here):
            self.here += 2
            self.pass_room()
        if not char.isspace():
            self.pass_room()

    def pass_room(self) -> None:
        source = self.block.text
        while self.here < len(source) and source[self.here].isspace():
            self.here += 1

    def step(self) -> None:
        """Pass over one character of the value."""
        source, char = self.block.text, self.value[self.number]
        if self.style == '"' and source.startswith("\\", self.here):
            self.here += _ESCAPES.get(source[self.here + 1 : self.here + 2], 2)
        elif self.style == "'" and source.startswith("''", self.here):
            self.here += 2
        elif not char.isspace() or source[self.here : self.here + 1].isspace():
            self.here += 1
