"""A short cut for Markdown that is plainly plain: the same parts as ``markdown`` makes, several times as fast.

It reads only what it cannot mistake: a heading, metadata indented by four spaces, and, with empty lines between them,
paragraphs, quotes, lists of one-line items and ``---``, none of whose lines begins with anything that CommonMark might
see something else in. For all else it gives up, and the real reader takes over. A test compares the two.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from harken.story.parts import Items, Part, Pause, Text, Where
from harken.story.passage import Passage
from harken.story.problems import Found, Place
from harken.story.tree import Block, Map

MOST_PARAGRAPH = 15 * 1024
"""A longer one is left to the real reader, which knows how long is too long."""
_HEADING = re.compile(r"(#{1,3}) ([^\s#](?:[^#]*[^\s#\\])?)")
_METADATA = "    "
_SAFE = r"[^\s#>+*=_~`<|\\0-9-]"
_PARAGRAPH = re.compile(_SAFE)
_QUOTE = re.compile("> " + _SAFE)
_ITEM = re.compile("- " + _SAFE)
_LOOKS_LIKE_METADATA = re.compile(r"[a-z][a-z-]*:(?: |$)")


def read_plainly(name: str, lines: list[str], first: int, found: Found) -> Part | None:
    """The one part that these lines are; None where they are not plain enough to tell."""
    heading = _HEADING.fullmatch(lines[0])
    if heading is None:
        return None
    groups = _groups(lines)
    if groups is None or (groups and _LOOKS_LIKE_METADATA.match(lines[groups[0][1]])):
        return None
    at = Place(name, first, heading.start(2) + 1)
    part = Part(len(heading[1]), Passage(heading[2], _After(at)), Map({}, at._replace(column=1)))
    metadata = [number for number in range(1, len(lines)) if lines[number].startswith(_METADATA)]
    if metadata:
        text = "".join(line[4:] + "\n" for line in lines[metadata[0] : metadata[-1] + 1])
        indents = [min(len(line), 4) for line in lines[metadata[0] : metadata[-1] + 1]]
        part.read_metadata(Block(name, text, first + metadata[0], indents), found)
    for kind, start, end in groups:
        _add(part.body, kind, name, lines[start:end], first + start)
    return part


class _After:
    """Places in words that stand on one line."""

    __slots__ = ("_at",)

    def __init__(self, at: Place) -> None:
        self._at = at

    def __call__(self, offset: int) -> Place:
        return self._at._replace(column=self._at.column + offset)


def _groups(lines: Sequence[str]) -> list[tuple[str, int, int]] | None:
    """What stands between empty lines after the metadata: kind, first line, line after the last."""
    groups: list[tuple[str, int, int]] = []
    start = 1
    while start < len(lines) and (not lines[start] or (lines[start].startswith(_METADATA) and lines[start].strip())):
        start += 1
    number = start
    while number < len(lines):
        if not lines[number]:
            number += 1
            continue
        end = number
        while end < len(lines) and lines[end]:
            end += 1
        kind = _kind(lines[number:end])
        if kind is None or sum(map(len, lines[number:end])) > MOST_PARAGRAPH:
            return None
        groups.append((kind, number, end))
        number = end
    return groups


def _kind(group: Sequence[str]) -> str | None:
    if group == ["---"]:
        return "pause"
    for kind, line_of in (("text", _PARAGRAPH), ("quote", _QUOTE), ("items", _ITEM)):
        if line_of.match(group[0]):
            return kind if all(line_of.match(line) for line in group) else None
    return None


def _add(body: list[Text | Pause | Items], kind: str, name: str, lines: list[str], first: int) -> None:
    if kind == "text":
        body.append(Text(_passage(name, lines, first, 0), "tell"))
    elif kind == "quote":
        body.append(Text(_passage(name, lines, first, 2), "place"))
    elif kind == "pause":
        body.append(Pause(Place(name, first, 1)))
    else:
        before = body[-1] if body else None
        listed = before if isinstance(before, Items) else Items([], Place(name, first, 1))
        for number, line in enumerate(lines):
            passage = _passage(name, [line], first + number, 2)
            listed.items.append((Place(name, first + number, 1), [Text(passage, "tell")]))
        if listed is not before:
            body.append(listed)


def _passage(name: str, lines: list[str], first: int, cut: int) -> Passage:
    if len(lines) == 1:
        return Passage(lines[0][cut:].rstrip(), _After(Place(name, first, cut + 1)))
    text = "\n".join(line[cut:] for line in lines).rstrip()
    return Passage(text, Where(name, lines, first, text))
