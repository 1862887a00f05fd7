"""Every fact can become what a guard asks it to be. That it is never two things is by construction: it is set once."""

from __future__ import annotations

from collections.abc import Iterator

from harken.check.evidence import Aim, Evidence, Watch, Watched
from harken.check.verdict import CANNOT, SHOWN, UNDECIDED, Verdict
from harken.engine import Story
from harken.engine.guard import Clause


def watch(story: Story, watched: Watched) -> None:
    """Look out for each value where it is set."""
    for telling in story.tellings.values():
        for fact, value in telling.effects.sets:
            goal = Aim(telling.id, (Clause(untold=tuple(_others(story, fact, value))),))
            watched.add(telling.id, f"fact {fact} {value}", _became(fact, value), goal)


def _others(story: Story, fact: str, value: str) -> Iterator[str]:
    """The tellings that set this fact to something else, and never to this."""
    for telling in story.tellings.values():
        if any(name == fact for name, _ in telling.effects.sets) and (fact, value) not in telling.effects.sets:
            yield telling.id


def _became(fact: str, value: str) -> Watch:
    return lambda seen: seen.outcome.state.facts.get(fact) == value


def judge(found: Evidence) -> Iterator[Verdict]:
    """One verdict for each value that a telling sets."""
    bounds = found.bounds
    setters: dict[tuple[str, str], list[int]] = {}
    for number, telling in enumerate(bounds.tellings):
        for pair in telling.effects.sets:
            setters.setdefault(pair, []).append(number)
    for (fact, value), numbers in setters.items():
        subject = f"{fact} is {value}"
        replay = found.sighted.get(f"fact {fact} {value}")
        others = sum(1 << n for (f, v), ns in setters.items() if f == fact and v != value for n in ns)
        late = [n for n in numbers if n in bounds.dead or bounds.must[n] & others]
        if replay is not None:
            yield Verdict("fact", subject, SHOWN, True, "it was set", replay)
        elif len(late) == len(numbers):
            yield Verdict("fact", subject, CANNOT, False, "what sets it is never told, or only when it is set already")
        else:
            yield Verdict("fact", subject, UNDECIDED, None, found.looked())
