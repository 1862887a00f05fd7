"""Inside a line: the closed inline language, to nodes. Every character is accounted for, with its place.

    *stressed*   {name} {older-name | friend}   {remembered | words}   {weather}   {reader | he | she | they}
    {trust >= 5: one | other}   {~ one | another}   {low} at the start   \\{ a brace

Nesting is bounded, so a line's cost is that of its length. Anything else that Markdown would make something of
(bold, code, links, pictures, HTML) is a mistake with a way out; it never reaches a reader as marks.
"""

from __future__ import annotations

import re
from typing import Any

from harken.engine.moves import PRONOUNS
from harken.story.draft import Draft
from harken.story.gaps import Nodes, say, tidied, trimmed
from harken.story.guards import guard
from harken.story.passage import Passage

MARKS = ("low", "whisper", "slow", "break")
NAMES = {"name": "name", "older-name": "older"}
REMEMBERED = "remembered"
READER = "reader"
RESERVED = (*MARKS, *NAMES, REMEMBERED, READER)
"""Names that a grammar's symbols cannot have."""
MOST_NESTED = 6
MOST_BRACES = 200
"""In one paragraph."""

_SPECIAL = re.compile(r"[\\*{}|\n]|  +")
_HEAD = re.compile(r"[^|:{}]*")
_MARK = re.compile(r"\s*\{[ ]*(" + "|".join(MARKS) + r")[ ]*\}\s*")
_ROOM = re.compile(r"[ \t]*")
_STARS = re.compile(r"\*+")
_SHUFFLE = re.compile(r"\s*~")
_SYMBOL = re.compile(r"[a-z0-9][a-z0-9-]*")
_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_MAYBE = re.compile(r"[`\]<&_~]")
_FOREIGN = re.compile(
    r"(?P<code>`[^`\n]{1,500}`)|(?P<picture>!\[[^\[\]\n]{0,500}\][(\[])|(?P<link>\[[^\[\]\n]{1,500}\](?:[(\[]|:[ ]))"
    r"|(?P<html><[A-Za-z/!?][^<>\n]{0,500}>)|(?P<entity>&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});)"
    r"|(?P<under>(?<![\w\\])_(?=[^\s_])[^_\n]{0,500}(?<!\s)_(?!\w))|(?P<struck>~~(?=\S))"
)


class _Stop(Exception):
    """Nothing more can be made of this line; what is wrong has been noted. Never leaves this file."""


def voiced(passage: Passage, draft: Draft) -> tuple[list[str], Nodes]:
    """The marks for the voice at the start of a paragraph, and its nodes."""
    marks: list[str] = []
    start = 0
    while mark := _MARK.match(passage.text, start):
        marks.append(mark.group(1))
        start = mark.end()
    return marks, nodes_of(passage.part(start) if start else passage, draft)


def nodes_of(passage: Passage, draft: Draft) -> Nodes:
    """The nodes of a line. What is wrong with it is noted."""
    text = passage.text
    if _MAYBE.search(text):
        _refuse_foreign(passage, draft)
    if not _SPECIAL.search(text):
        return [text] if text else []
    return _Line(passage, draft).read()


def _refuse_foreign(passage: Passage, draft: Draft) -> None:
    seen = set()
    for match in _FOREIGN.finditer(passage.text):
        if match.lastgroup not in seen and not _is_escaped(passage.text, match.start()):
            seen.add(match.lastgroup)
            draft.found.add(f"inline-{match.lastgroup}", passage.at(match.start()), seen=match.group())


def _is_escaped(text: str, offset: int) -> bool:
    start = offset
    while start and text[start - 1] == "\\":
        start -= 1
    return (offset - start) % 2 == 1


class _Line:
    def __init__(self, passage: Passage, draft: Draft) -> None:
        self.passage, self.draft, self.found = passage, draft, draft.found
        self.text, self.next, self.ended_by, self.braces = passage.text, 0, "", 0

    def read(self) -> Nodes:
        out: Nodes = []
        try:
            while self.next < len(self.text):
                out += self.nodes(0, False)
                if self.next < len(self.text):
                    self.found.add("brace-alone", self.passage.at(self.next))
                    self.next += 1
        except _Stop:
            return [self.text]
        return tidied(out)

    def nodes(self, depth: int, stressed: bool) -> Nodes:
        """What stands from here to the end of the line, of these braces, or of this stress."""
        out: Nodes = []
        while special := _SPECIAL.search(self.text, self.next):
            say(out, self.text[self.next : special.start()])
            self.next = special.start()
            char = special.group()[0]
            if char == "}" or (char == "|" and depth) or (char == "*" and self.star(out, depth, stressed)):
                self.ended_by = char
                return out
            if char == "{":
                out.append(self.brace(depth + 1))
            elif char != "*":
                self.plain(out, special.group())
        say(out, self.text[self.next :])
        self.next, self.ended_by = len(self.text), ""
        return out

    def plain(self, out: Nodes, seen: str) -> None:
        """An escape, the end of a line, room between words, or a bar that is only a bar."""
        after = self.text[self.next + 1 : self.next + 2]
        self.next += len(seen)
        if seen == "\\":
            if after == "\n":
                self.found.add("inline-break", self.passage.at(self.next - 1))
            elif after in _PUNCTUATION and after:
                self.next += 1
                seen = after
        elif seen == "\n":
            self.next = _ROOM.match(self.text, self.next).end()  # type: ignore[union-attr]  # it may be empty
            if out and isinstance(out[-1], str):
                out[-1] = out[-1].rstrip(" ")
        say(out, " " if seen[0] in " \n" else seen)

    def star(self, out: Nodes, depth: int, stressed: bool) -> bool:
        """Stress, or only a star; whether it ends the stress that is read."""
        start = self.next
        end = self.next = _STARS.match(self.text, start).end()  # type: ignore[union-attr]  # one is there
        run = end - start
        before, after = self.text[max(start - 1, 0) : start], self.text[end : end + 1]
        opens, closes = bool(after) and not after.isspace(), bool(before) and not before.isspace()
        if run > 1 and (opens or closes):
            if opens:
                self.found.add("inline-bold", self.passage.at(start))
            return False
        if stressed and closes:
            return True
        if stressed or not opens:
            if closes:
                self.found.add("star-alone", self.passage.at(start))
            say(out, "*" * run)
            return False
        inside = self.nodes(depth, True)
        if self.ended_by != "*":
            self.found.add("star-alone", self.passage.at(start))
        out.append({"em": inside})
        return False

    def brace(self, depth: int) -> Any:
        """What stands in braces."""
        start = self.next
        if depth > MOST_NESTED:
            self.found.add("braces-too-deep", self.passage.at(start), most=MOST_NESTED)
            raise _Stop
        self.braces += 1
        if self.braces > MOST_BRACES:
            self.found.add("braces-many", self.passage.at(start), most=MOST_BRACES)
            raise _Stop
        if self.braces == 1:
            self.draft.count_braces(self.text.count("{"), self.passage.at(start))
        self.next += 1
        if shuffle := _SHUFFLE.match(self.text, self.next):
            self.next = shuffle.end()
            return self.shuffle(self.alternatives(start, depth), start)
        head = _HEAD.match(self.text, self.next)
        assert head is not None
        self.next = head.end()
        mark = self.text[self.next : self.next + 1]
        if mark == ":":
            self.next += 1
            return self.variant(self.passage.part(*head.span()), self.alternatives(start, depth), start)
        if mark not in ("|", "}"):
            self.found.add("brace-open", self.passage.at(start))
            raise _Stop
        self.next += mark == "|"
        others = self.alternatives(start, depth) if mark == "|" else None
        if others is None:
            self.next += 1
        return self.named(next(self.passage.part(*head.span()).split("|")), others, start)

    def alternatives(self, start: int, depth: int) -> list[Nodes]:
        """What stands between bars, to the end of these braces."""
        found = []
        while True:
            found.append(trimmed(self.nodes(depth, False)))
            mark = self.text[self.next : self.next + 1]
            if not mark:
                self.found.add("brace-open", self.passage.at(start))
                raise _Stop
            self.next += 1
            if mark == "}":
                return found

    def shuffle(self, alternatives: list[Nodes], start: int) -> Any:
        if len(alternatives) < 2:
            self.found.add("shuffle-alone", self.passage.at(start))
        return {"any": alternatives}

    def variant(self, condition: Passage, alternatives: list[Nodes], start: int) -> Any:
        if len(alternatives) > 2:
            self.found.add("variant-many", self.passage.at(start))
        condition = next(condition.split("|"))
        asked = condition.text
        if asked in RESERVED or _SYMBOL.fullmatch(asked):
            self.found.add("variant-word", self.passage.at(start), f"{{{asked} | ...}}", word=asked)
            return {"if": [{}], "then": alternatives[0], "else": []}
        needs = guard(condition, self.draft, variant=True)
        return {"if": needs, "then": alternatives[0], "else": alternatives[1] if len(alternatives) > 1 else []}

    def named(self, word: Passage, others: list[Nodes] | None, start: int) -> Any:
        at, name = self.passage.at(start), word.text
        if name == READER:
            if others is None or len(others) != len(PRONOUNS):
                self.found.add("reader-forms", at)
            self.draft.asks_pronoun = True
            return {"reader": (others or [[]])[:3]}
        if others is not None and len(others) > 1:
            self.found.add("variant-many", at)
        if name in NAMES:
            return {"name": NAMES[name], "else": others[0]} if others else {"name": NAMES[name]}
        if name == REMEMBERED:
            if not others or not others[0]:
                self.found.add("remembered-alone", at)
            return {"recall": True, "else": others[0] if others else []}
        if name in MARKS:
            self.found.add("mark-inside", at, mark=name)
            return {"any": [[]]}
        if not _SYMBOL.fullmatch(name):
            self.found.add("brace-what", at, self.found.near(name, RESERVED), seen=name)
        elif others is not None:
            self.found.add("symbol-bar", at, self.found.near(name, (*NAMES, REMEMBERED)), name=name)
        else:
            self.draft.refer("symbol", name, at)
        return {"grammar": name}
