"""What a grammar's symbols are made of, and how much they can say. The standard library alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

MOST_SPOKEN = 2_000
"""Characters that one symbol may grow to, so that a small grammar cannot say a great deal."""
MOST_SYMBOLS_DEEP = 24
_REMEMBERED = 160


def symbols(alternatives: Iterable[Any]) -> Iterator[str]:
    """The symbols in these alternatives."""
    for nodes in alternatives:
        for node in nodes:
            if isinstance(node, dict):
                if "grammar" in node:
                    yield node["grammar"]
                yield from symbols(branches(node))


def size(alternatives: Iterable[Any], sizes: dict[str, tuple[int, int]]) -> tuple[int, int]:
    """The most characters that one of these can come to, and how deep its symbols go; ``sizes`` are those of others."""
    longest = deepest = 0
    for nodes in alternatives:
        length = 0
        for node in nodes:
            if isinstance(node, str):
                length += len(node)
            elif "grammar" in node:
                inner, depth = sizes.get(node["grammar"], (0, 0))
                length, deepest = length + inner, max(deepest, depth + 1)
            else:
                inner, depth = size(branches(node), sizes)
                least = _REMEMBERED if "name" in node or "recall" in node else 0
                length, deepest = length + max(inner, least), max(deepest, depth)
        longest = max(longest, length)
    return min(longest, MOST_SPOKEN + 1), deepest


def branches(node: dict[str, Any]) -> list[Any]:
    """The lines inside a node."""
    return [node[key] for key in ("em", "then", "else") if key in node] + list(node.get("any", node.get("reader", ())))
