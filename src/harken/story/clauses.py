"""The algebra of guards: an *or* of *ands*, kept small, and written back as a writer would write it.

A clause maps what it asks to how much: ``("least", "trust") -> 6``, ``("told", ID) -> True`` (or False for
``not told``), ``("fact", NAME) -> VALUE``, ``("confided", THEME) -> True``. No clauses at all: never.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

Asked = tuple[str, str]
Clause = dict[Asked, Any]
Clauses = list[Clause]

MOST_CLAUSES = 16
NUMBERS = ("trust", "meeting", "closeness", "ache")
"""What every story counts; all other numbers are counters of the story's own (or the engine's)."""


class TooWide(Exception):
    """A guard has more ways to hold than are allowed. Never leaves this room."""


def both(one: Clauses, other: Clauses, on_clash: Callable[[Asked], None]) -> Clauses:
    """What holds when both hold. A way that contradicts itself is left out, and ``on_clash`` hears of it.

    Raises TooWide.
    """
    joined = []
    for left in one:
        for right in other:
            clause, clash = _merged(left, right)
            if clash:
                on_clash(clash)
            else:
                joined.append(clause)
    return simplest(joined)


def either(alternatives: Sequence[Clauses]) -> Clauses:
    """What holds when one of them holds. Raises TooWide."""
    return simplest([clause for clauses in alternatives for clause in clauses])


def _merged(left: Clause, right: Clause) -> tuple[Clause, Asked | None]:
    clause = dict(left)
    for asked, value in right.items():
        now = clause.get(asked, value)
        if asked[0] == "least":
            clause[asked] = max(now, value)
        elif now != value:
            return {}, asked
        else:
            clause[asked] = value
    return clause, None


def simplest(clauses: Clauses) -> Clauses:
    """The same without what says nothing new, in an order of its own. Raises TooWide."""
    kept: Clauses = []
    for clause in sorted(clauses, key=lambda clause: (len(clause), sorted(map(str, clause.items())))):
        if not any(_asks_no_more(other, clause) for other in kept):
            kept = [other for other in kept if not _asks_no_more(clause, other)] + [clause]
    if len(kept) > MOST_CLAUSES:
        raise TooWide
    return kept


def _asks_no_more(one: Clause, other: Clause) -> bool:
    """Whether ``one`` holds wherever ``other`` does."""
    for asked, value in one.items():
        if asked not in other or (value > other[asked] if asked[0] == "least" else value != other[asked]):
            return False
    return True


def compiled(clauses: Clauses) -> list[dict[str, Any]]:
    """The guard as compiled stories hold it."""
    return [_compiled(clause) for clause in clauses]


def _compiled(clause: Clause) -> dict[str, Any]:
    parts: dict[str, Any] = {}
    for (kind, name), value in sorted(clause.items(), key=lambda item: item[0]):
        if kind == "told":
            parts.setdefault("told" if value else "untold", []).append(name)
        elif kind == "confided":
            parts.setdefault("confided", []).append(name)
        elif kind == "fact":
            parts.setdefault("facts", {})[name] = value
        elif name in NUMBERS:
            parts[name] = value
        else:
            parts.setdefault("counters", {})[name] = value
    return parts


def written(guard: Sequence[dict[str, Any]]) -> str:
    """A compiled guard as a writer would write it; ``always`` and ``never`` where nothing is asked, or too much."""
    if not guard:
        return "never"
    return " or ".join(_written(parts) for parts in guard)


def _written(parts: dict[str, Any]) -> str:
    asked = [f"{name} >= {parts[name]}" for name in NUMBERS if name in parts]
    asked += [f"{counter} >= {least}" for counter, least in parts.get("counters", {}).items()]
    asked += [f"{fact} is {value}" for fact, value in parts.get("facts", {}).items()]
    asked += [f"told({telling})" for telling in parts.get("told", ())]
    asked += [f"not told({telling})" for telling in parts.get("untold", ())]
    asked += [f"confided({theme})" for theme in parts.get("confided", ())]
    return " and ".join(asked) or "always"
