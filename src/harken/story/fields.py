"""The keys of one mapping, read one by one: each knows what it may hold, and says so where it holds something else."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cached_property
from typing import NamedTuple

from harken.story.draft import Draft
from harken.story.problems import Place
from harken.story.tree import Map, Node, Scalar, Seq

MOST_NAMES = 200
"""Behind one key."""
ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
WORD = re.compile(r"[^\W_]([\w' -]{0,58}[^\W_])?")
_YES = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}


class Name(NamedTuple):
    """A name as it was written, and where."""

    text: str
    at: Place


class Fields:
    """The keys of a mapping. ``what`` is what it is called in messages; ``after`` holds the defaults behind it."""

    def __init__(self, node: Map, known: Sequence[str], what: str, draft: Draft, after: Fields | None = None) -> None:
        self.node, self.what, self.draft, self.found, self.after = node, what, draft, draft.found, after
        for key, (scalar, value) in node.entries.items():
            if key not in known:
                self.found.add("unknown-key", scalar.at, self.found.near(key, known), key=key, what=what)
            elif isinstance(value, Scalar) and not value.text and not value.style:
                self.found.add("empty-value", scalar.at, key=key)

    @cached_property
    def keys(self) -> dict[str, Place]:
        """Where each key's value stands."""
        return {key: value.at for key, (_, value) in self.node.entries.items()}

    def get(self, key: str) -> Node | None:
        """What stands behind this key; the default's, where there is one; nothing where it is empty."""
        entry = self.node.entries.get(key)
        if entry is None:
            return self.after.get(key) if self.after else None
        node: Node = entry[1]
        return None if isinstance(node, Scalar) and not node.text and not node.style else node

    def scalar(self, key: str) -> Scalar | None:
        """The words behind this key, if they are words."""
        return self.as_scalar(self.get(key), key)

    def as_scalar(self, node: Node | None, key: str) -> Scalar | None:
        """This node, if it is words."""
        if node is None or isinstance(node, Scalar):
            return node
        self.found.add("words-with-brace" if isinstance(node, Map) else "not-words", node.at, key=key)
        return None

    def need(self, key: str, at: Place, near: str | None = None) -> Node | None:
        """What stands behind a key that must be there."""
        if key not in self.node.entries:
            self.found.add("missing-key", at, near, key=key, what=self.what)
        return self.get(key)

    def text(self, key: str, default: str = "") -> str:
        """Plain words on one line, shown as they are."""
        scalar = self.scalar(key)
        return default if scalar is None else self.plain(scalar)

    def plain(self, scalar: Scalar) -> str:
        """Words that are shown as they are: the inline language has no meaning in them."""
        brace = re.search(r"\{[^{}]*\}|[{}]|\*\S[^*]*\*", scalar.text)
        if brace:
            self.found.add("plain-words", scalar.passage.at(brace.start()), seen=brace.group())
        return " ".join(scalar.text.split())

    def whole(self, key: str, low: int, high: int, default: int) -> int:
        """A whole number within bounds."""
        scalar = self.scalar(key)
        if scalar is None:
            return default
        number = self.number(scalar, key, low, high)
        return default if number is None else number

    def number(self, node: Node, key: str, low: int, high: int) -> int | None:
        """This node as a whole number within bounds."""
        scalar = self.as_scalar(node, key)
        if scalar is None:
            return None
        if not re.fullmatch(r"[+-]?[0-9]{1,6}", scalar.text):
            self.found.add("not-a-number", scalar.at, key=key, value=scalar.text, low=low, high=high)
            return None
        number = int(scalar.text)
        if not low <= number <= high:
            self.found.add("out-of-bounds", scalar.at, key=key, value=number, low=low, high=high)
            return None
        return number

    def numbers(self, node: Node | None, key: str, count: int, low: int, high: int) -> list[int] | None:
        """So many whole numbers in a list."""
        if node is None:
            return None
        if not isinstance(node, Seq) or len(node.items) != count:
            self.found.add("not-so-many", node.at, key=key, count=count)
            return None
        values = [self.number(item, key, low, high) for item in node.items]
        return None if None in values else [value for value in values if value is not None]

    def yes(self, key: str) -> bool:
        """Yes or no."""
        scalar = self.scalar(key)
        if scalar is None:
            return False
        if scalar.text.lower() not in _YES:
            self.found.add("not-yes-or-no", scalar.at, key=key, value=scalar.text)
        return _YES.get(scalar.text.lower(), False)

    def one_of(self, key: str, names: Collection[str], default: str) -> str:
        """One of these names."""
        scalar = self.scalar(key)
        return default if scalar is None or not self.among(scalar, key, names) else scalar.text

    def among(self, name: Scalar | Name, key: str, names: Collection[str]) -> bool:
        """Whether this is one of the names; it is noted where it is not."""
        if name.text in names:
            return True
        near = self.found.near(name.text, names)
        kind = "not-a-move" if "stay" in names else "not-one-of"
        self.found.add(kind, name.at, near, key=key, value=name.text, names=", ".join(names))
        return False

    def id(self, key: str) -> Name | None:
        """An id: small letters, digits, hyphens."""
        scalar = self.scalar(key)
        return None if scalar is None else self.as_id(Name(scalar.text, scalar.at), key)

    def as_id(self, name: Scalar | Name, key: str) -> Name | None:
        """This name, if it can be an id; it is noted where it cannot."""
        if ID.fullmatch(name.text):
            return Name(name.text, name.at)
        near = slug(name.text)
        self.found.add("not-an-id", name.at, near if near != name.text else None, key=key, value=name.text)
        return None

    def ids(self, key: str) -> list[Name]:
        """Ids, with commas between them or as a list."""
        return [name for name in self.names(key) if self.as_id(name, key)]

    def words(self, key: str) -> list[Name]:
        """Free words, with commas between them or as a list; small letters, each once."""
        found: dict[str, Name] = {}
        for name in self.names(key):
            if WORD.fullmatch(name.text):
                found.setdefault(name.text.lower(), Name(name.text.lower(), name.at))
            else:
                self.found.add("not-a-word", name.at, key=key, value=name.text)
        return list(found.values())

    def word(self, key: str, default: str = "") -> str:
        """One free word."""
        scalar = self.scalar(key)
        if scalar is None:
            return default
        if not WORD.fullmatch(scalar.text):
            self.found.add("not-a-word", scalar.at, key=key, value=scalar.text)
            return default
        return scalar.text.lower()

    def names(self, key: str) -> list[Name]:
        """What is written with commas between, or as a list."""
        node = self.get(key)
        if node is None:
            return []
        scalars = node.items if isinstance(node, Seq) else [node]
        found: list[Name] = []
        for item in scalars:
            scalar = self.as_scalar(item, key)
            if len(found) + (scalar.text.count(",") if scalar else 0) > MOST_NAMES:
                self.found.add("too-many-names", node.at, key=key, most=MOST_NAMES)
                break
            for part in scalar.passage.split(",") if scalar else ():
                if part.text:
                    found.append(Name(part.text, part.at()))
                elif scalar is not None:
                    self.found.add("empty-between", scalar.at, key=key)
        return found

    def mapping(self, key: str) -> dict[str, tuple[Scalar, Node]]:
        """The names and values behind this key."""
        return self.as_mapping(self.get(key), key)

    def as_mapping(self, node: Node | None, key: str) -> dict[str, tuple[Scalar, Node]]:
        """The names and values of this node."""
        if node is None or isinstance(node, Map):
            return node.entries if node else {}
        self.found.add("not-names", node.at, key=key)
        return {}

    def lines_of(self, node: Node, key: str) -> list[Scalar]:
        """One line, or a list of lines."""
        items = node.items if isinstance(node, Seq) else [node]
        return [scalar for item in items if (scalar := self.as_scalar(item, key)) is not None]

    def items(self, key: str) -> list[Node]:
        """The list behind this key; one thing alone is a list of one."""
        node = self.get(key)
        if node is None:
            return []
        return node.items if isinstance(node, Seq) else [node]


def slug(text: str) -> str:
    """An id made of these words; empty where they have no letters for one."""
    from unicodedata import normalize

    plain = normalize("NFKD", text[:200]).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")[:64].strip("-")
