"""YAML to a tree that remembers where everything stands. A small, plain part of YAML, and nothing clever.

All values stay text. Anchors, aliases, tags, merge keys, keys that are not plain words, repeated keys and several
documents are refused; depth and number of nodes are bounded, and nothing here calls itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml  # the parser: this file's own name is harken.story.yaml

from harken.story.problems import Found, Place
from harken.story.tree import QUOTES, Block, Map, Node, Scalar, Seq

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MOST_DEPTH = 64
MOST_NODES = 50_000


class _Broken(Exception):
    """This YAML cannot be used; what is wrong has been noted. Never leaves this file."""


def read_mapping(block: Block, found: Found) -> Map | None:
    """The names and values of a stretch of YAML; None where it cannot be read, which is noted."""
    reading = _Reading(block, found)
    try:
        node = reading.built()
    except _Broken:
        return None
    if reading.is_odd:
        return None
    if node is None:
        return Map({}, block.place(0, 0))
    if not isinstance(node, Map):
        found.add("yaml-not-names", node.at)
        return None
    return node


class _Reading:
    """One stretch of YAML while it is read."""

    def __init__(self, block: Block, found: Found) -> None:
        self.block, self.found = block, found
        self.is_odd = False
        """Whether something stands in it that a story does not use: then it is not looked at further."""
        self.long_quote: Any = None
        """The last quotes that were closed on another line than they were opened on."""

    def place(self, mark: Any) -> Place:
        return self.block.place(mark.line, mark.column)

    def refuse(self, name: str, mark: Any, **seen: object) -> None:
        self.found.add(name, self.place(mark), **seen)
        raise _Broken

    def events(self) -> Iterator[Any]:
        try:
            yield from yaml.parse(self.block.text, Loader=LOADER)
        except yaml.YAMLError as error:
            if not self.is_odd:
                self.explain(error)
            raise _Broken from error
        except RecursionError as error:
            self.found.add("yaml-too-deep", self.block.place(0, 0), most=MOST_DEPTH)
            raise _Broken from error

    def explain(self, error: yaml.YAMLError) -> None:
        """Say what the parser ran into, where it is best shown."""
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        said, context = str(getattr(error, "problem", None) or error), str(getattr(error, "context", None) or "")
        if self.long_quote is not None and mark is not None and mark.line <= self.long_quote.end_mark.line:
            place = self.place(self.long_quote.start_mark)
            self.found.add("yaml-quote-far", place, line=self.block.first + self.long_quote.end_mark.line)
            return
        name, mark = _mistake(said, context, mark, getattr(error, "context_mark", None))
        place = self.place(mark) if mark else self.block.place(0, 0)
        self.found.add(name, _within(place, self.block), said=said)

    def built(self) -> Node | None:
        """One tree from the parser's events, without calling itself."""
        root: Node | None = None
        stack: list[Any] = []
        nodes = documents = 0
        for event in self.events():
            kind = type(event)
            if kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    self.refuse("yaml-documents", event.start_mark)
            elif kind in (yaml.MappingEndEvent, yaml.SequenceEndEvent):
                stack.pop()
            elif kind in _NODES:
                nodes += 1
                if nodes > MOST_NODES:
                    self.refuse("yaml-too-much", event.start_mark, most=MOST_NODES)
                node, opened = self.node(event)
                if stack:
                    stack[-1].add(node, self)
                else:
                    root = node
                if opened is not None:
                    stack.append(opened)
                    if len(stack) > MOST_DEPTH:
                        self.refuse("yaml-too-deep", event.start_mark, most=MOST_DEPTH)
        return root

    def node(self, event: Any) -> tuple[Node, Any]:
        """The node that this event begins, and what further nodes go into."""
        at = self.place(event.start_mark)
        if event.anchor is not None:
            self.odd("yaml-alias", at)
        if getattr(event, "tag", None) is not None:
            self.odd("yaml-tag", at, tag=event.tag.replace("tag:yaml.org,2002:", "!!"))
        if isinstance(event, yaml.MappingStartEvent):
            new = Map({}, at)
            return new, _OpenMap(new)
        if isinstance(event, yaml.SequenceStartEvent):
            items = Seq([], at)
            return items, _OpenSeq(items)
        style = getattr(event, "style", "") or ""
        if style in QUOTES and event.start_mark.line != event.end_mark.line:
            self.long_quote = event
        return Scalar(getattr(event, "value", ""), at, self.block, self.block.index(event.start_mark), style), None

    def odd(self, name: str, at: Place, **seen: object) -> None:
        """Note something that a story does not use."""
        self.is_odd = True
        self.found.add(name, at, **seen)


_NODES = (yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent, yaml.AliasEvent)


def _within(place: Place, block: Block) -> Place:
    """The end of the text, where a mistake is only seen after it."""
    lines = block.text.rstrip("\n").split("\n")
    last = block.first + len(lines) - 1
    return place if place.line <= last else block.place(len(lines) - 1, len(lines[-1]))


def _mistake(said: str, context: str, mark: Any, opened: Any) -> tuple[str, Any]:
    """Which kind of mistake the parser ran into, and where it is best shown."""
    kinds = (
        ("yaml-colon", "mapping values are not allowed" in said, mark),
        ("yaml-character", "cannot start any token" in said or "alphabetic or numeric" in said, mark),
        ("yaml-escape", "quoted scalar" in context and "escape" in said, mark),
        ("yaml-quote", "quoted scalar" in context, opened or mark),
        ("yaml-block", "block scalar" in context, opened or mark),
        ("yaml-bracket", "flow" in context, opened or mark),
        ("yaml-indent", any(words in said for words in _INDENTED), mark),
        ("yaml-documents", "document start" in said, mark),
        ("yaml-no-colon", "expected ':'" in said, opened or mark),
    )
    return next(((name, where) for name, is_it, where in kinds if is_it), ("yaml-broken", mark))


_INDENTED = ("expected key", "<block end>", "'-' indicator", "block sequence")


class _OpenSeq:
    def __init__(self, node: Seq) -> None:
        self.node = node

    def add(self, node: Node, reading: _Reading) -> None:
        self.node.items.append(node)


class _OpenMap:
    """A mapping that is being filled: names and values by turns."""

    def __init__(self, node: Map) -> None:
        self.node = node
        self.key: Scalar | None = None
        self.skip = False

    def add(self, node: Node, reading: _Reading) -> None:
        if self.skip:
            self.skip = False
        elif self.key is not None:
            self.node.entries[self.key.text] = (self.key, node)
            self.key = None
        elif not isinstance(node, Scalar):
            reading.odd("yaml-key", node.at)
            self.skip = True
        elif node.text == "<<" and not node.style:
            reading.odd("yaml-merge", node.at)
            self.skip = True
        elif node.text in self.node.entries:
            first = self.node.entries[node.text][0].at
            reading.found.add("yaml-twice", node.at, key=node.text, line=first.line)
            self.skip = True
        else:
            self.key = node
