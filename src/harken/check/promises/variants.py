"""Every variant inside a telling's words can be shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from harken.check.evidence import Aim, Evidence, Watched, state_at
from harken.check.verdict import CANNOT, SHOWN, UNDECIDED, Verdict
from harken.check.wandering import Seen
from harken.engine import Story
from harken.engine.guard import Guard, guard_from, holds


def _variants(part: Any) -> Iterator[list[dict[str, Any]]]:
    """The conditions in compiled words, in order."""
    if isinstance(part, dict):
        if "if" in part:
            yield part["if"]
        for inner in part.values():
            yield from _variants(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _variants(inner)


def watch(story: Story, watched: Watched) -> None:
    """Look out for each, where its telling is told."""
    for telling in story.tellings.values():
        for place, guard in enumerate(_variants(telling.body)):
            asked = guard_from(guard)

            def shown(seen: Seen, name: str = telling.id, asked: Guard = asked) -> bool:
                return holds(asked, state_at(seen, name))

            watched.add(telling.id, f"variant {telling.id} {place}", shown, Aim(telling.id, asked))


def judge(found: Evidence) -> Iterator[Verdict]:
    """One verdict for each variant of each telling that can be told."""
    bounds = found.bounds
    for number, telling in enumerate(bounds.tellings):
        for place, guard in enumerate(_variants(telling.body)):
            subject = f"{telling.id} #{place + 1}"
            replay = found.sighted.get(f"variant {telling.id} {place}")
            if replay is not None:
                yield Verdict("variant", subject, SHOWN, True, "it was shown", replay)
            elif f"variant {telling.id} {place}" in found.ruled:
                because = found.ruled[f"variant {telling.id} {place}"]
                yield Verdict("variant", subject, CANNOT, False, because)
            elif number in bounds.dead:
                yield Verdict("variant", subject, CANNOT, False, f"{telling.id} itself is never told")
            else:
                whys = [why for clause in guard_from(guard) for why in [_never(found, number, clause)]]
                if all(whys):
                    yield Verdict("variant", subject, CANNOT, False, "; ".join(dict.fromkeys(map(str, whys))))
                else:
                    yield Verdict("variant", subject, UNDECIDED, None, found.looked())


def _never(found: Evidence, number: int, clause: Any) -> str | None:
    """Why this clause can never hold where its telling is told; None if nothing rules it out."""
    bounds = found.bounds
    for name in clause.told:
        other = bounds.number.get(name)
        if other is None or other in bounds.dead:
            return f"{name} is never told"
        if bounds.must[other] >> number & 1 or other == number:
            return f"{name} is told only after {bounds.ids[number]}"
    for name in clause.untold:
        other = bounds.number.get(name)
        if other is not None and bounds.must[number] >> other & 1:
            return f"{name} was always told by then"
    if clause.meeting > found.story.meetings:
        return f"meeting {clause.meeting} is not written"
    for fact, value in clause.facts:
        if not any((fact, value) in t.effects.sets for n, t in enumerate(bounds.tellings) if n not in bounds.dead):
            return f"nothing makes {fact} {value}"
    for counter, least in clause.counters:
        raisers = sum(counter in t.effects.raises for n, t in enumerate(bounds.tellings) if n not in bounds.dead)
        if counter in found.story.counters and min(raisers, found.story.counters[counter]) < least:
            return f"{counter} never rises to {least}"
    return None
