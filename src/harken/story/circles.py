"""What must not go round in a circle: what tellings need, and what a grammar says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from harken.story.draft import Draft, Entry
from harken.story.grammar import MOST_SPOKEN, MOST_SYMBOLS_DEEP, size, symbols


def check_needs(draft: Draft) -> None:
    """Tellings that need each other to be told first, so that none of them ever is."""
    by_id = {entry.doc["id"]: entry for entry in draft.tellings if entry.doc["id"]}
    closed = _never_opened(by_id)
    seen: set[str] = set()
    for start in by_id:
        path: dict[str, None] = {}
        name = start
        while name in closed and name not in seen:
            seen.add(name)
            path[name] = None
            name = closed[name]
        if name in path:
            circle = list(path)[list(path).index(name) :]
            entry = by_id[name]
            links = ", ".join(f"{one} needs {closed[one]}" for one in circle[:4])
            kind = "needs-itself" if len(circle) == 1 else "needs-in-circle"
            draft.found.add(kind, entry.at_key("needs"), name=name, links=links + (", …" if len(circle) > 4 else ""))


def _never_opened(by_id: dict[str, Entry]) -> dict[str, str]:
    """Each telling that can never be told, whatever trust is, and one untold telling that it waits for."""
    waiting: dict[str, list[tuple[str, int]]] = {}
    missing: dict[tuple[str, int], int] = {}
    opened: list[str] = []
    for name, entry in by_id.items():
        clauses = entry.doc.get("needs", [{}])
        for number, clause in enumerate(clauses):
            lacking = {other for other in clause.get("told", ()) if other in by_id}
            missing[name, number] = len(lacking)
            for other in lacking:
                waiting.setdefault(other, []).append((name, number))
        if not clauses or any(not missing[name, number] for number in range(len(clauses))):
            opened.append(name)
    done = set(opened)
    while opened:
        for name, number in waiting.get(opened.pop(), ()):
            missing[name, number] -= 1
            if not missing[name, number] and name not in done:
                done.add(name)
                opened.append(name)
    closed = {}
    for name, entry in by_id.items():
        if name not in done:
            needed = [other for clause in entry.doc["needs"] for other in clause.get("told", ())]
            closed[name] = next(other for other in needed if other in by_id and other not in done)
    return closed


def check_grammar(draft: Draft) -> None:
    """A grammar ends, and what it says has a bounded length."""
    grammar = draft.confider.get("grammar", {})
    sizes: dict[str, tuple[int, int]] = {}
    for start in grammar:
        _measure(start, grammar, sizes, draft)


def _measure(start: str, grammar: dict[str, list[Any]], sizes: dict[str, tuple[int, int]], draft: Draft) -> None:
    """The most characters and the depth of a symbol, and of all it is made of; without recursion."""
    path = [start]
    asked: dict[str, Iterator[str]] = {start: iter(())} if start in sizes else {start: symbols(grammar[start])}
    while path:
        symbol = path[-1]
        inner = next((name for name in asked[symbol] if name in grammar and name not in sizes), None)
        if inner is None:
            path.pop()
            if symbol not in sizes:
                sizes[symbol] = size(grammar[symbol], sizes)
                if not any(_says_too_much(*sizes[inner]) for inner in symbols(grammar[symbol]) if inner in sizes):
                    _judge(symbol, *sizes[symbol], draft)
        elif inner in asked and inner in path:
            circle = " → ".join([*path[path.index(inner) :][:4], inner])
            draft.found.add("grammar-circle", draft.names["symbol"][inner], name=inner, circle=circle)
            sizes[inner] = (0, 0)
        else:
            asked[inner] = symbols(grammar[inner])
            path.append(inner)


def _says_too_much(length: int, depth: int) -> bool:
    return length > MOST_SPOKEN or depth > MOST_SYMBOLS_DEEP


def _judge(symbol: str, length: int, depth: int, draft: Draft) -> None:
    at = draft.names["symbol"][symbol]
    if length > MOST_SPOKEN:
        draft.found.add("grammar-too-long", at, name=symbol, most=MOST_SPOKEN)
    elif depth > MOST_SYMBOLS_DEEP:
        draft.found.add("grammar-too-deep", at, name=symbol, most=MOST_SYMBOLS_DEEP)
