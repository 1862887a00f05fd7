"""Guards: when something may be told, or a variant shown. Closed data, never code.

A guard is an *or* of clauses; a clause is an *and* of its parts. ``trust`` and ``meeting`` are least
values; ``told`` and ``untold`` are ids; ``facts`` are set to a value; ``counters`` have risen at least so
far. ``closeness`` and ``ache`` stand only in the conditions of variants. No clauses at all: never.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from harken.engine.state import State


class Clause(NamedTuple):
    """One way in which a guard can hold: every part of it must."""

    trust: int = 0
    meeting: int = 0
    told: tuple[str, ...] = ()
    untold: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    counters: tuple[tuple[str, int], ...] = ()
    confided: tuple[str, ...] = ()
    closeness: int = 0
    ache: int = 0


Guard = tuple[Clause, ...]

ALWAYS: Guard = (Clause(),)


def guard_from(compiled: list[dict[str, Any]]) -> Guard:
    """The guard that a compiled story writes as a list of objects; parts left out are free."""
    return tuple(_clause(parts) if parts else ALWAYS[0] for parts in compiled)


def _clause(parts: dict[str, Any]) -> Clause:
    get = parts.get
    return Clause(
        get("trust", 0),
        get("meeting", 0),
        tuple(get("told", ())),
        tuple(get("untold", ())),
        tuple(get("facts", {}).items()),
        tuple(get("counters", {}).items()),
        tuple(get("confided", ())),
        get("closeness", 0),
        get("ache", 0),
    )


def holds(guard: Guard, state: State) -> bool:
    """Whether the guard holds in this state."""
    return any(clause_holds(clause, state) for clause in guard)


def clause_holds(clause: Clause, state: State) -> bool:
    """Whether every part of one clause holds."""
    return (
        state.trust >= clause.trust
        and state.meeting >= clause.meeting
        and state.closeness >= clause.closeness
        and state.ache >= clause.ache
        and needs_hold(clause, state)
    )


def needs_hold(clause: Clause, state: State) -> bool:
    """Whether the parts hold that only change when something is told, set, raised or confided."""
    _, _, told, untold, facts, counters, confided, _, _ = clause
    return (
        state.told_set.issuperset(told)
        and state.told_set.isdisjoint(untold)
        and (not facts or all(state.facts.get(fact) == value for fact, value in facts))
        and (not counters or all(state.counters.get(counter, 0) >= least for counter, least in counters))
        and (not confided or state.themes.issuperset(confided))
    )


def parts_hold(parts: Mapping[str, Any], state: State) -> bool:
    """``needs_hold`` of a clause as it stands in the compiled document, without making anything of it first."""
    for part, asked in parts.items():
        hold = _NEEDS.get(part)
        if hold is not None and not hold(asked, state):
            return False
    return True


def written_holds(written: Iterable[Mapping[str, Any]], state: State) -> bool:
    """``holds`` of a guard as it stands in the compiled document."""
    return any(all(_PARTS[part](asked, state) for part, asked in parts.items()) for parts in written)


_Hold = Callable[[Any, "State"], bool]
_NEEDS: dict[str, _Hold] = {
    "told": lambda asked, state: state.told_set.issuperset(asked),
    "untold": lambda asked, state: state.told_set.isdisjoint(asked),
    "facts": lambda asked, state: all(state.facts.get(fact) == value for fact, value in asked.items()),
    "counters": lambda asked, state: all(state.counters.get(name, 0) >= least for name, least in asked.items()),
    "confided": lambda asked, state: state.themes.issuperset(asked),
}
_PARTS: dict[str, _Hold] = {
    **_NEEDS,
    "trust": lambda asked, state: state.trust >= asked,
    "meeting": lambda asked, state: state.meeting >= asked,
    "closeness": lambda asked, state: state.closeness >= asked,
    "ache": lambda asked, state: state.ache >= asked,
}


def lacking(clause: Clause, state: State) -> int:
    """How many things this clause still waits for: as many as ``missing`` names, without naming them."""
    trust, meeting, told, untold, facts, counters, confided, closeness, ache = clause
    return (
        (state.trust < trust)
        + (state.meeting < meeting)
        + (state.closeness < closeness)
        + (state.ache < ache)
        + sum(telling not in state.told_set for telling in told)
        + sum(telling in state.told_set for telling in untold)
        + sum(state.facts.get(fact) != value for fact, value in facts)
        + sum(state.counters.get(counter, 0) < least for counter, least in counters)
        + sum(theme not in state.themes for theme in confided)
    )


def missing(clause: Clause, state: State) -> Iterator[str]:
    """What this clause still waits for, each as it would be written in a guard."""
    if state.trust < clause.trust:
        yield f"trust >= {clause.trust} (it is {state.trust})"
    if state.meeting < clause.meeting:
        yield f"meeting >= {clause.meeting} (this is meeting {state.meeting})"
    yield from (f"told({telling})" for telling in clause.told if telling not in state.told_set)
    yield from (f"not told({telling}), but it was" for telling in clause.untold if telling in state.told_set)
    for fact, value in clause.facts:
        now = state.facts.get(fact)
        if now != value:
            yield f"{fact} is {value}" + (f" (it is {now}, for good)" if now else "")
    for counter, least in clause.counters:
        if state.counters.get(counter, 0) < least:
            yield f"{counter} >= {least} (it is {state.counters.get(counter, 0)})"
    yield from (f"confided({theme})" for theme in clause.confided if theme not in state.themes)
    if state.closeness < clause.closeness:
        yield f"closeness >= {clause.closeness} (it is {state.closeness})"
    if state.ache < clause.ache:
        yield f"ache >= {clause.ache} (it is {state.ache})"
