"""How much a plain sentence is like the lines that should show the care page: one small linear head a language.

Trained on ``listening/care`` (``python -m listening.care``): signed bytes, a row a feature. It knows what the cue rules
of ``care_words`` found, so that it can overrule them either way.
"""

from __future__ import annotations

import json
import pkgutil
import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from math import sqrt
from typing import NamedTuple
from zlib import crc32

ROWS = 1 << 14
MOST = 80
"""Words of one sentence that are looked at."""
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?|[^\w\s]")
_ZERO = 128


class CareHead(NamedTuple):
    """One language's weights: each byte is a weight plus 128, in units of ``scale``."""

    weights: bytes
    scale: float
    bias: float
    enough: float
    """The score from which on the page is shown."""


def features(sentence: str, found: Sequence[bool]) -> list[int]:
    """The rows of a plain sentence: words, pairs, triples, pairs with a gap, pieces of words, and what rules found."""
    words = _WORD.findall(sentence)[:MOST]
    around = ["^", *words, "$"]
    named = [f"r{number}" for number, one in enumerate(found) if one]
    named += words
    named += [f"{one} {two}" for one, two in pairwise(around)]
    named += [f"{one} {two} {three}" for one, two, three in zip(around, around[1:], around[2:], strict=False)]
    named += [f"{one} _ {two}" for one, two in zip(around, around[2:], strict=False)]
    for word in words:
        edged = f"<{word[:24]}>"
        named += [f"#{edged[at : at + 4]}" for at in range(max(1, len(edged) - 3))]
    return sorted({crc32(name.encode("utf-8", "replace")) % ROWS for name in named})


@cache
def care_head(language: str) -> CareHead:
    """The weights of a language (``en`` or ``de``), read when they are first wanted."""
    data = pkgutil.get_data("harken.listen", "weights/care.bin")
    assert data is not None, "the weights are part of the package"
    told, _, tables = data.partition(b"\n")
    about = json.loads(told)
    at = about["languages"].index(language)
    scale, bias, enough = about["heads"][at]
    return CareHead(tables[at * ROWS : (at + 1) * ROWS], scale, bias, enough)


def score(head: CareHead, rows: Sequence[int]) -> float:
    """How much it is like them; compared with ``head.enough``."""
    total = sum([head.weights[row] for row in rows]) - _ZERO * len(rows)
    return head.bias + total * head.scale / sqrt(len(rows) or 1)
