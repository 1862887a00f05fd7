"""A story while it is being read: its parts, the names in it, and where each name was used."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from harken.story.problems import Enough, Found, Place

if TYPE_CHECKING:
    from harken.listen import Example

MOST_PARTS = 50_000
"""Headings of one story: its threads, tellings, promises, scenes, sections and things."""
MOST_BRACES = 200_000
"""Names, variants and the like inside the lines of one story."""


class Ref(NamedTuple):
    """A name that was used somewhere, to be looked for once everything is read."""

    name: str
    at: Place
    more: Any = None


class Entry(NamedTuple):
    """One compiled part of a story, where it stands, and where each of its keys does."""

    doc: dict[str, Any]
    at: Place
    keys: dict[str, Place]

    def at_key(self, key: str) -> Place:
        """Where this key of it was written; where it begins, if it was not."""
        return self.keys.get(key, self.at)


@dataclass
class Draft:
    """Everything read so far. ``unsure`` holds kinds of names that could not all be read."""

    found: Found
    head: dict[str, Any] = field(default_factory=dict)
    head_keys: Mapping[str, Place] = field(default_factory=dict)
    confider_keys: Mapping[str, Place] = field(default_factory=dict)
    confider: dict[str, Any] = field(default_factory=dict)
    heard: list[Example] = field(default_factory=list)
    scenes: list[Entry] = field(default_factory=list)
    sections: list[Entry] = field(default_factory=list)
    things: list[Entry] = field(default_factory=list)
    tellings: list[Entry] = field(default_factory=list)
    names: dict[str, dict[str, Place]] = field(default_factory=lambda: defaultdict(dict))
    refs: dict[str, list[Ref]] = field(default_factory=lambda: defaultdict(list))
    lines: dict[str, Place] = field(default_factory=dict)
    uses: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    unsure: set[str] = field(default_factory=set)
    asks_pronoun: bool = False
    braces: int = 0
    parts: int = 0

    def refer(self, kind: str, name: str, at: Place, more: Any = None) -> None:
        """Note that a name was used."""
        self.refs[kind].append(Ref(name, at, more))

    def use(self, kind: str, word: str, at: Place) -> None:
        """Note a free word: a theme, a thread, a form."""
        self.names[kind].setdefault(word, at)
        self.uses[kind][word] += 1

    def define(self, kind: str, name: str, at: Place) -> bool:
        """Note that a name was given; whether it is new. ``id`` is the space that tellings and place share."""
        first = self.names[kind].setdefault(name, at)
        if first is not at:
            self.found.add("same-name", at, what=kind, name=name, where=f"{first.file}:{first.line}")
            return False
        return True

    def count_part(self, at: Place) -> None:
        """Count one heading: how many a story has is bounded."""
        self.parts += 1
        if self.parts > MOST_PARTS:
            self.found.add("too-many-parts", at, most=MOST_PARTS)
            raise Enough

    def count_braces(self, count: int, at: Place) -> None:
        """Count what stands in braces: what it costs is bounded for a whole story."""
        self.braces += count
        if self.braces > MOST_BRACES:
            self.found.add("too-many-braces", at, most=MOST_BRACES)
            raise Enough

    def line(self, key: str, at: Place) -> None:
        """Note a line that is used once; the same words twice would be passed over the second time."""
        first = self.lines.setdefault(key, at)
        if first is not at:
            self.found.add("same-line", at, where=f"{first.file}:{first.line}")
