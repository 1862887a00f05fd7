"""How much a passage is like the lines that should show the care page: one small linear head for all languages.

Trained on ``listening/care`` (``python -m listening.care``): signed bytes, a row a feature. Words and pieces of words
are each language's own; kinds of words (``care_kinds``) are counted alike in all. It knows what the cue rules of
``care_words`` found, so that it can overrule them either way.
"""

from __future__ import annotations

import json
import pkgutil
import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from math import sqrt
from typing import Any, NamedTuple
from zlib import crc32

from harken.listen.care_kinds import kinds

ROWS = 1 << 18
MOST = 120
"""Words of one passage that are looked at."""
MOST_ROWS = MOST * 80
"""More rows than these no passage has."""
_NEAR = 4
"""How many words of a kind further on another still counts as near."""
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?|[^\w\s]")
_PAUSE = frozenset("?!.,")
_ZERO = 128


class CareHead(NamedTuple):
    """The weights: each byte is a weight plus 128, in units of ``scale``."""

    weights: bytes
    scale: float
    bias: float
    enough: float
    """The score from which on the page is shown, in one language."""


def features(passage: str, language: str, found: Sequence[bool]) -> list[int]:
    """The rows of a plain passage: what rules found, its words and their pieces, its kinds of words and their order."""
    words = _WORD.findall(passage)[:MOST]
    alike = [kinds(word, language) for word in words]
    named = [f"{language}r{number}" for number, one in enumerate(found) if one]
    named += _words(words, language) + _mixed(words, alike) + _kinds(words, alike)
    return sorted({crc32(name.encode("utf-8", "replace")) % ROWS for name in named})


def _words(words: list[str], language: str) -> list[str]:
    """Words, pairs, triples, pairs with a gap, and pieces of words: the language's own."""
    around = ["^", *words, "$"]
    named = [language + word for word in words]
    named += [f"{language}{one} {two}" for one, two in pairwise(around)]
    named += [f"{language}{one} {two} {three}" for one, two, three in zip(around, around[1:], around[2:], strict=False)]
    named += [f"{language}{one} _ {two}" for one, two in zip(around, around[2:], strict=False)]
    for word in words:
        edged = f"<{word[:24]}>"
        named += [f"{language}#{edged[at : at + 4]}" for at in range(max(1, len(edged) - 3))]
    return named


def _mixed(words: list[str], alike: list[tuple[str, ...]]) -> list[str]:
    """The words beside each other, each that is of a kind as its kind; then with the others as dots."""
    row = ["^", *[kind[0] if kind else word for word, kind in zip(words, alike, strict=True)], "$"]
    dots = ["^", *[kind[0] if kind else "." for kind in alike], "$"]
    named = [f"M{one} {two}" for one, two in pairwise(row)]
    named += [f"M{one} _ {two}" for one, two in zip(row, row[2:], strict=False)]
    named += [f"M{one} {two} {three}" for one, two, three in zip(row, row[1:], row[2:], strict=False)]
    named += [f"N{one} {two} {three}" for one, two, three in zip(dots, dots[1:], dots[2:], strict=False)]
    return named + [f"M{'|'.join(four)}" for four in zip(row, row[1:], row[2:], row[3:], strict=False)]


def _kinds(words: list[str], alike: list[tuple[str, ...]]) -> list[str]:
    """The kinds alone: which there are, which come near which, and three in a row. Pauses count as kinds."""
    row = [kind or (word,) for word, kind in zip(words, alike, strict=True) if kind or word in _PAUSE]
    named = [f"L{min(9, len(row))}"]
    for at, here in enumerate(row):
        near = [(other, gap) for gap, there in enumerate(row[at + 1 : at + 1 + _NEAR]) for other in there]
        for kind in here:
            named.append(f"K{kind}")
            for other, gap in near:
                named.append(f"K{kind}>{other}")
                named.append(f"K{kind}+{other}" if kind < other else f"K{other}+{kind}")
                if gap == 0:
                    named.append(f"K{kind}|{other}")
    first = ["^", *[kind[0] for kind in row], "$"]
    return named + [f"T{one}|{two}|{three}" for one, two, three in zip(first, first[1:], first[2:], strict=False)]


@cache
def care_head(language: str) -> CareHead:
    """The weights, and what is enough in a language (``en`` or ``de``); read when they are first wanted."""
    about, weights = _weights()
    return CareHead(weights, about["scale"], about["bias"], about["enough"][language])


@cache
def _weights() -> tuple[dict[str, Any], bytes]:
    data = pkgutil.get_data("harken.listen", "weights/care.bin")
    assert data is not None, "the weights are part of the package"
    told, _, weights = data.partition(b"\n")
    return json.loads(told), weights


def score(head: CareHead, rows: Sequence[int]) -> float:
    """How much it is like them; compared with ``head.enough``."""
    total = sum([head.weights[row] for row in rows]) - _ZERO * len(rows)
    return head.bias + total * head.scale / sqrt(len(rows) or 1)
