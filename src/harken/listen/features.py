"""What of a line is counted: hashed words and pairs, its shape, its cues, what it echoes, and pieces of its letters.

The same function feeds the training and the listening. A feature is a row below ``ROWS``; a line is two bags of
rows (``words`` and ``chars``), each later weighed by one over the root of its size.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple
from zlib import crc32

from harken.listen import cues
from harken.listen.kinds import kind
from harken.listen.plain import plain, tokens

EDITION = 1
"""Counts up whenever the features or the heads change, so that what was fitted to them is fitted again."""
ROWS = 1 << 14
_MASK = ROWS - 1
_CHARS = 400
"""Characters whose pieces are counted; words are counted throughout."""


class Features(NamedTuple):
    """Rows of the two tables, each row once."""

    words: list[int]
    chars: list[int]


def features(text: str, before: str = "", language: str = "en") -> Features:
    """The features of a line, in answer to what the confider said last (``before``, empty where nothing is known)."""
    line = plain(text)
    said = tokens(line)
    words = _words(said) + _shape(line, said) + cues.of(line, language) + _kinds(said, language)
    if before:
        words += _echo(said, tokens(plain(before)))
    return Features(list({crc32(word.encode()) & _MASK for word in words}), _chars(line))


def _words(said: list[str]) -> list[str]:
    pairs = [f"{one} {two}" for one, two in pairwise(said)]
    gaps = [f"{one} _ {two}" for one, two in zip(said, said[2:], strict=False)]
    stems = [f"{word[:5]}~" for word in said if len(word) > 5]
    return said + pairs + gaps + stems


def _kinds(said: list[str], language: str) -> list[str]:
    """What kinds of words stand in a line, beside what, and in what order. The rest of the words are dots."""
    seen = [kind(word, language) or (word if not word[0].isalnum() else ".") for word in said]
    named = [one for one in seen if one[0].isupper()]
    return (
        [f"K{one}" for one in named]
        + [f"K{one}|{two}" for one, two in pairwise(["<", *seen, ">"])]
        + [f"K{one}>{two}" for one, two in pairwise(named)]
        + [f"K{one}>>{two}" for one, two in zip(named, named[2:], strict=False)]
        + [f"K^{'|'.join(seen[:3])}", f"K^^{'>'.join(named[:3])}"]
    )


def _shape(line: str, said: list[str]) -> list[str]:
    if not said:
        return ["^empty"]
    own = [word for word in said if word[0].isalnum()]
    shape = [
        f"^{said[0]}",
        f"^{' '.join(said[:2])}",
        f"^^{' '.join(own[:2])}",
        f"^^^{' '.join(own[:3])}",
        f"{' '.join(said[-2:])}$",
        f"#{min(len(own), 4) if len(own) < 5 else 5 + min(len(own) // 6, 5)}",
    ]
    if "?" in said:
        shape += ["?", f"?{own[0] if own else ''}", "?$" if said[-1] == "?" else "?..."]
    if line[0] in "*([<_":
        shape += ["*", f"*{own[0] if own else ''}"]
    if not own:
        shape.append("no words")
    if len(own) == 1:
        shape.append(f"only {own[0]}")
    return shape


def _echo(said: list[str], before: list[str]) -> list[str]:
    theirs = {word[:5] for word in before if len(word) > 3}
    again = {word[:5] for word in said if len(word) > 3} & theirs
    return ["answer", f"echo{min(len(again), 3)}"]


def _chars(line: str) -> list[int]:
    """Pieces of 3 to 5 letters, with the edges of words as spaces."""
    letters = f" {line[:_CHARS]} ".encode()
    last = len(letters)
    return list({crc32(letters[at : at + size]) & _MASK for size in (3, 4, 5) for at in range(last - size + 1)})
