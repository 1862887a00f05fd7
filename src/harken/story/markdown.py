"""Markdown to the parts of a story file: each heading with its metadata and what stands under it, all with places.

CommonMark decides what a block is (markdown-it-py reads it), and a small part of it is let through: headings,
paragraphs, quotes, lists, lines of hyphens, and one indented or fenced block of metadata right under a heading.
Everything else is a mistake that says what to do. A file is read one heading at a time, so that the cost of each is
bounded; what stands inside a line is not read here (``inline``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from harken.story.parts import Items, Part, Pause, Text, Where
from harken.story.passage import Passage
from harken.story.plain import read_plainly
from harken.story.problems import Found, Place
from harken.story.tree import Block, Map

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

MOST_LINES = 2_000
"""Lines under one heading."""
MOST_PARAGRAPH = 16 * 1024
"""Characters of one paragraph."""

_HEADING = re.compile(r"#{1,6}(?:[ \t]|$)")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_LOOKS_LIKE_METADATA = re.compile(r"[a-z][a-z-]*:(?: |$)")


def read(name: str, text: str, found: Found) -> Iterator[Part]:
    """The parts of a file, in order, each as soon as it is read. What is wrong is noted."""
    lines = text.split("\n")
    for start, end in _chunks(lines):
        if end - start > MOST_LINES:
            found.add("part-too-long", Place(name, start + 1, 1), most=MOST_LINES)
            continue
        part = read_plainly(name, lines[start:end], start + 1, found)
        if part is not None:
            yield part
        else:
            yield from _Chunk(name, lines[start:end], start + 1, found).parts()


def _chunks(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The lines from one heading to the next. Fenced blocks hold no headings."""
    start, fence = 0, ""
    for number, line in enumerate(lines):
        if not line:
            continue
        if fence:
            mark = _FENCE.match(line)
            if mark and mark[1].startswith(fence) and not line[mark.end() :].strip():
                fence = ""
        elif line[0] == "#" and _HEADING.match(line):
            if number > start:
                yield start, number
            start = number
        elif line[0] in " `~" and (mark := _FENCE.match(line)):
            fence = mark[1]
    yield start, len(lines)


@cache
def _reader() -> MarkdownIt:
    """CommonMark's blocks and nothing else, made when something is not plain enough for the short cut."""
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"html": False})
    reader.core.ruler.enableOnly(["normalize", "block"])
    reader.block.ruler.disable(["reference", "html_block"])
    return reader


class _Chunk:
    """The tokens of one stretch of a file."""

    def __init__(self, name: str, lines: list[str], first: int, found: Found) -> None:
        self.name, self.lines, self.first, self.found = name, lines, first, found
        self.tokens = _reader().parse("\n".join(lines))
        self.next = 0
        self.is_refused = False
        """Whether something was passed over that cannot be read."""

    def place(self, line: int) -> Place:
        """The first visible character of a line (from 0) of this stretch."""
        text = self.lines[line] if line < len(self.lines) else ""
        return Place(self.name, self.first + line, len(text) - len(text.lstrip()) + 1)

    def take(self) -> Any:
        self.next += 1
        return self.tokens[self.next - 1]

    def skip(self, token: Any) -> None:
        """Pass over everything inside a token that opens."""
        while token.nesting == 1 and (closing := self.take()):
            if closing.nesting == -1 and closing.level == token.level:
                break

    def passage(self, token: Any) -> Passage:
        first, last = token.map
        return Passage(token.content, Where(self.name, self.lines[first:last], self.first + first, token.content))

    def parts(self) -> Iterator[Part]:
        part: Part | None = None
        while self.next < len(self.tokens):
            token = self.take()
            if token.type == "heading_open" and token.markup[0] == "#":
                if part:
                    yield part
                part = self.heading(token)
            elif part is None:
                if not self.is_refused:
                    self.found.add("before-heading", self.place(token.map[0]))
                self.is_refused = True
                self.skip(token)
            else:
                self.is_refused = False
                part.body += self.block(token)
                part.refused = part.refused or self.is_refused
        if part:
            yield part

    def heading(self, token: Any) -> Part:
        title = self.take()
        self.take()
        part = Part(len(token.markup), self.passage(title), Map({}, self.place(token.map[0])))
        following: Any = self.tokens[self.next] if self.next < len(self.tokens) else None
        if following is not None and following.type in ("code_block", "fence"):
            self.next += 1
            self.metadata(part, following)
        elif following is not None and following.type == "paragraph_open":
            words = self.tokens[self.next + 1].content
            if _LOOKS_LIKE_METADATA.match(words):
                self.found.add("metadata-not-indented", self.place(following.map[0]), line=words.split("\n")[0])
                self.next += 3
                part.read_metadata(Block(self.name, words, self.first + following.map[0]), self.found)
        return part

    def metadata(self, part: Part, token: Any) -> None:
        first = token.map[0] + (token.type == "fence")
        content = token.content.split("\n")
        indents = [
            max(0, len(line) - len(text)) if line.endswith(text) else 0
            for line, text in zip(self.lines[first:], content, strict=False)
        ]
        part.read_metadata(Block(self.name, token.content, self.first + first, indents), self.found)

    def block(self, token: Any, inside: str = "") -> list[Any]:
        """What one block says; ``inside`` is the quote or list that it stands in."""
        kind = token.type
        if kind == "paragraph_open":
            return self.paragraph(inside)
        if kind == "hr":
            if inside == "quote":
                self.found.add("pause-in-quote", self.place(token.map[0]))
            return [Pause(self.place(token.map[0]))]
        if kind == "blockquote_open" and inside != "quote":
            return self.inside(token, "quote")
        if kind == "bullet_list_open" and not inside:
            return [self.items(token)]
        if kind == "heading_open" and token.markup[0] in "=-":
            self.found.add("underlined", self.place(token.map[1] - 1), line=self.lines[token.map[0]].strip())
        else:
            self.found.add(_REFUSED.get(kind, "not-here"), self.place(token.map[0]), seen=self.lines[token.map[0]])
        self.is_refused = True
        self.skip(token)
        return []

    def paragraph(self, inside: str) -> list[Text]:
        inline = self.take()
        self.take()
        passage = self.passage(inline)
        if len(passage.text) > MOST_PARAGRAPH:
            self.found.add("paragraph-too-long", passage.at(), length=len(passage.text), most=MOST_PARAGRAPH)
            return []
        return [Text(passage, "place" if inside == "quote" else "tell")]

    def inside(self, token: Any, name: str) -> list[Any]:
        """Everything in a quote or in an item of a list."""
        found = []
        while (inner := self.take()).nesting != -1 or inner.level != token.level:
            found += self.block(inner, name)
        return found

    def items(self, token: Any) -> Items:
        listed = Items([], self.place(token.map[0]))
        while (item := self.take()).type != "bullet_list_close" or item.level != token.level:
            listed.items.append((self.place(item.map[0]), self.inside(item, "item")))
        return listed


_REFUSED = {
    "code_block": "stray-indent",
    "fence": "stray-fence",
    "ordered_list_open": "numbered-list",
    "bullet_list_open": "list-inside",
    "blockquote_open": "quote-inside",
    "heading_open": "heading-inside",
}
