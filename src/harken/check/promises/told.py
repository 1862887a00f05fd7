"""Every telling can be told to somebody within the meetings that are written."""

from __future__ import annotations

from collections.abc import Iterator

from harken.check.bounds import Bounds
from harken.check.evidence import Evidence, Watched
from harken.check.verdict import CANNOT, SHOWN, UNDECIDED, Verdict
from harken.engine import Story
from harken.engine.guard import Clause
from harken.engine.story import Telling


def watch(story: Story, watched: Watched) -> None:
    """Every telling is looked out for anyway."""


def judge(found: Evidence) -> Iterator[Verdict]:
    """One verdict for each telling."""
    for number, name in enumerate(found.bounds.ids):
        yield _one(found, number, name)


def _one(found: Evidence, number: int, name: str) -> Verdict:
    replay = found.first.get(name)
    if replay is not None:
        return Verdict("told", name, SHOWN, True, f"told in meeting {len(replay.meetings)}", replay)
    why = found.bounds.dead.get(number) or outspoken(found.bounds, number) or found.ruled.get(name)
    if why is not None:
        return Verdict("told", name, CANNOT, False, why)
    search = found.search
    if search is not None and number not in search.first and search.whole:
        because = (
            f"every reading was followed ({len(search.ways):,} states), and none has it: {_instead(found, number)}"
        )
        return Verdict("told", name, CANNOT, False, because)
    return Verdict("told", name, UNDECIDED, None, f"nobody was told it yet, and nothing rules it out; {found.looked()}")


def _instead(found: Evidence, number: int) -> str:
    arc = found.bounds.tellings[number].arc
    return f"others of the {arc} go before it, or what it needs comes too late"


def outspoken(bounds: Bounds, number: int) -> str | None:
    """Why a telling that returns never gets a word in: another that returns can always go first."""
    telling = bounds.tellings[number]
    if not telling.again or telling.arc not in ("arrival", "waking") or telling.only_on:
        return None
    for other in bounds.tellings:
        if other.id != telling.id and _goes_first(other, telling) and _wherever(other, telling):
            return f"{other.id} can be told whenever it can, and always goes before it"
    return None


def _goes_first(other: Telling, telling: Telling) -> bool:
    if not other.again or other.arc != telling.arc or other.only_on or other.promise or telling.promise:
        return False
    if not set(other.by) >= set(telling.by) or other.themes:
        return False
    if (other.weight == "urgent") != (telling.weight == "urgent"):
        return other.weight == "urgent"
    if other.thread != telling.thread or telling.themes:
        return False
    if (other.weight == "reluctant") != (telling.weight == "reluctant"):
        return telling.weight == "reluctant"
    return other.depth > telling.depth


def _wherever(other: Telling, telling: Telling) -> bool:
    return all(any(_weaker(free, clause) for free in other.guard) for clause in telling.guard)


def _weaker(free: Clause, clause: Clause) -> bool:
    """Whether ``free`` holds wherever ``clause`` does."""
    counters = dict(clause.counters)
    return (
        free.trust <= clause.trust
        and free.meeting <= max(1, clause.meeting)
        and set(free.told) <= set(clause.told)
        and set(free.untold) <= set(clause.untold)
        and set(free.facts) <= set(clause.facts)
        and all(counters.get(name, 0) >= least for name, least in free.counters)
        and set(free.confided) <= set(clause.confided)
    )
