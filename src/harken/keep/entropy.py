"""Is what lies there really sealed? Asked at every opening: a library that silently stopped sealing was a real case
(keeping.md section 1, Signal Desktop), and nothing else would notice it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

LEAST = 256
"""Fewer bytes say nothing."""

MOST = 600.0
"""Chi-square over byte values: about 255 for random bytes (above 600 less than once in 10**30), thousands for text."""


def random_looking(samples: Iterable[bytes]) -> bool:
    """Whether these bytes together look random; too few of them always do."""
    counts = Counter(b"".join(samples))
    size = counts.total()
    if size < LEAST:
        return True
    expected = size / 256
    return sum((counts[value] - expected) ** 2 for value in range(256)) / expected < MOST
