"""A reader's name as it was lifetimes ago: an attested older form, or the name aged by sound changes undone.

Where a form is attested it is given as its source has it (``older_names``). Other names in Latin letters are aged by
undoing a few changes that many languages of Europe went through: j back to i, v to w, ph to f, an unstressed last
vowel full again. It is never made odder than that, and a reader can refuse it.
"""

from __future__ import annotations

import re
from functools import cache
from unicodedata import combining, normalize

from harken.engine.older_names import SOURCES, TABLE

_LINE = re.compile(r"(?P<form>.+?) \((?P<language>[^,]+), (?P<source>\w)\): (?P<names>.+)")
_AGED = tuple(
    (re.compile(was), now)
    for was, now in (
        (r"ph", "f"), (r"^ch(?=[alr])", "k"), (r"^j(?=[aeou])", "i"), (r"^v(?=[aei])", "w"), (r"(?<=[^aeiou])y$", "i"),
        (r"er$", "ar"), (r"en$", "an"), (r"el$", "al"), (r"yn$", "in"),
    )
)  # fmt: skip
_LATIN = re.compile(r"[a-z]+")
LETTERS = (2, 24)
"""Letters of a name that is aged."""


def older(name: str) -> str | None:
    """An older form of a given name; None where there is none that is not the name itself."""
    given = name.split()[0] if name.split() else ""
    known = attested(given)
    if known is not None:
        return None if _plain(known[0]) == _plain(given) else known[0]
    return _aged(given)


def attested(given: str) -> tuple[str, str, str] | None:
    """The attested form of a given name, its language and its source; None where the table has none."""
    table = _table()
    return table.get(given.casefold()) or table.get(_plain(given))


@cache
def _table() -> dict[str, tuple[str, str, str]]:
    table: dict[str, tuple[str, str, str]] = {}
    for line in TABLE.strip().split("\n"):
        said = _LINE.fullmatch(line)
        assert said, line
        for name in said["names"].split(", "):
            form = (said["form"], said["language"], SOURCES[said["source"]])
            table.setdefault(name.casefold(), form)
            table.setdefault(_plain(name), form)
    return table


def _plain(name: str) -> str:
    """Without case, and without marks on its letters."""
    return "".join(char for char in normalize("NFKD", name[:80].casefold()) if not combining(char))


def _aged(given: str) -> str | None:
    word = _plain(given)
    if not _LATIN.fullmatch(word) or not LETTERS[0] < len(word) <= LETTERS[1]:
        return None
    for was, now in _AGED:
        word = was.sub(now, word)
    aged = word[:1].upper() + word[1:]
    return aged if aged.casefold() != _plain(given) else None
