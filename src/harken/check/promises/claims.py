"""The writer's own claims (``claims:`` of story.yaml), but for the secrets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from harken.check.bounds import Bounds
from harken.check.deep.unlucky import who_does_not_hear
from harken.check.evidence import Aim, Evidence, Watched
from harken.check.listening import Heard, someone_who_listens
from harken.check.model import Point
from harken.check.replay import Replay
from harken.check.verdict import CANNOT, PROVED, SHOWN, UNDECIDED, Verdict
from harken.check.wandering import Chooser, Ground, Seen, reading, wordless
from harken.engine import State, Story
from harken.engine.guard import Clause
from harken.engine.names import RAN
from harken.engine.offers import Offer

LISTENERS = 24
_DEEP_LISTENERS = 200
_GAME, _UNLUCKY = 0.3, 0.3
"""Parts of what is left of the deep pass's budget: for following the game, and for a reader without luck."""
_RUNNERS = 40
_FOLLOWED = 4
"""Somebody who listens does so little that stories this much larger can be followed."""
Asked = tuple[Callable[[Seen], bool], Callable[[Point], bool]]
"""What is watched for in a breath of a reading, and asked of a point that is followed."""


def watch(story: Story, watched: Watched) -> None:
    """Look out for what breaks a claim, and for what shows one."""
    order = {name: number for number, name in enumerate(story.tellings)}
    for claim in watched.claims:
        if claim["kind"] not in _BREAKS:
            continue
        key = claim["text"]
        seen, point = _BREAKS[claim["kind"]](claim, order)
        sought = watched.bounds is None or claim["kind"] == "ran" or _proof(watched.bounds, claim) is None
        watched.add(claim["telling"], key, seen, _goal(claim) if sought else None)
        watched.seek[key] = (claim["telling"], point)


def _goal(claim: dict[str, Any]) -> Aim:
    """What breaks this claim, or shows it."""
    name, number = claim["telling"], claim.get("number", 0)
    if claim["kind"] == "before":
        return Aim(name, (Clause(untold=(claim["other"],)),))
    if claim["kind"] == "meeting":
        return Aim(name, (Clause(meeting=number),), number)
    return Aim(name, (Clause(counters=((RAN, number),)),))


def _before(claim: dict[str, Any], order: dict[str, int]) -> Asked:
    one, other = claim["telling"], claim["other"]

    def seen(breath: Seen) -> bool:
        told = breath.outcome.state.told
        return one not in breath.before.told_set and (other not in told or told.index(one) < told.index(other))

    return seen, lambda at: not at.told >> order[one] & 1 and not at.told >> order[other] & 1


def _in_meeting(claim: dict[str, Any], order: dict[str, int]) -> Asked:
    number = claim["number"]
    return lambda breath: breath.outcome.state.meeting == number, lambda at: at.meeting == number


def _after_running(claim: dict[str, Any], order: dict[str, int]) -> Asked:
    least = claim["number"]
    return (
        lambda breath: breath.before.counters.get(RAN, 0) >= least,
        lambda at: dict(at.counters).get(RAN, 0) >= least,
    )


_BREAKS = {"before": _before, "meeting": _in_meeting, "ran": _after_running}


def judge(found: Evidence) -> Iterator[Verdict]:
    """One verdict for each claim."""
    for claim in found.claims:
        if claim["kind"] in _JUDGES:
            yield _JUDGES[claim["kind"]](found, claim)


def _never(found: Evidence, claim: dict[str, Any]) -> Verdict:
    text, name = claim["text"], claim["telling"]
    replay = found.sighted.get(text)
    if replay is not None:
        return Verdict("claim", text, SHOWN, False, f"somebody is told {name} so", replay)
    because = _proof(found.bounds, claim)
    if because is not None:
        return Verdict("claim", text, PROVED, True, because)
    if text in found.ruled:
        return Verdict("claim", text, PROVED, True, found.ruled[text])
    return _followed(found, text, PROVED, True)


def _proof(bounds: Bounds, claim: dict[str, Any]) -> str | None:
    """Why the bounds alone rule out what breaks this claim; None where they do not."""
    name = claim["telling"]
    number = bounds.number[name]
    if number in bounds.dead:
        return f"{name} is never told: {bounds.dead[number]}"
    if claim["kind"] == "before" and bounds.is_before(claim["other"], name):
        return f"whatever opens {name} needs {claim['other']} first"
    if claim["kind"] == "meeting" and bounds.earliest[number] > claim["number"]:
        return f"{name} cannot be told before meeting {bounds.earliest[number]}"
    return None


def _followed(found: Evidence, text: str, verdict: str, holds: bool) -> Verdict:
    search = found.search
    if search is not None and search.whole and text not in search.found:
        return Verdict("claim", text, verdict, holds, f"every reading was followed ({len(search.ways):,} states)")
    return Verdict("claim", text, UNDECIDED, None, f"nothing rules it out, and nobody showed it; {found.looked()}")


def _ran(found: Evidence, claim: dict[str, Any]) -> Verdict:
    text, name, least = claim["text"], claim["telling"], claim["number"]
    replay = found.sighted.get(text) or _runs_first(found.story, name, least)
    if replay is not None:
        return Verdict("claim", text, SHOWN, True, f"one who ran {least} times was told {name}", replay)
    bounds = found.bounds
    if bounds.number[name] in bounds.dead:
        return Verdict("claim", text, CANNOT, False, f"{name} is never told: {bounds.dead[bounds.number[name]]}")
    if least >= found.story.meetings:
        because = f"who ran {least} times has no meeting left of the {found.story.meetings} that are written"
        return Verdict("claim", text, CANNOT, False, because)
    if text in found.ruled:
        return Verdict("claim", text, CANNOT, False, found.ruled[text])
    return _followed(found, text, CANNOT, False)


def _runs_first(story: Story, telling: str, times: int) -> Replay | None:
    """A reader who runs from the first meetings and listens in the others."""

    def runs(reader: Chooser, state: State, made: Sequence[Offer]) -> str:
        soon = 1 + reader.rng.randrange(12)
        if state.counters.get(RAN, 0) < times and state.breath >= soon and state.arrived and _can(made, "run"):
            return "run"
        return reader.best(state, made)

    ground = Ground(wordless(story))
    for number in range(_RUNNERS):
        for seen in reading(ground, number, runs, {telling}):
            if telling in seen.told and seen.before.counters.get(RAN, 0) >= times:
                return seen.so_far()
    return None


def _can(made: Sequence[Offer], move: str) -> bool:
    return any(offer.id == move for offer in made)


def _hears(found: Evidence, claim: dict[str, Any]) -> Verdict:
    text, name, meetings = claim["text"], claim["telling"], claim["number"]
    bounds = found.bounds
    number = bounds.number[name]
    if number in bounds.dead:
        return Verdict("claim", text, CANNOT, False, f"{name} is never told: {bounds.dead[number]}")
    if bounds.earliest[number] > meetings:
        because = f"{name} cannot be told before meeting {bounds.earliest[number]}"
        return Verdict("claim", text, CANNOT, False, because)
    heard = _listeners(found, name, meetings)
    if heard.always:
        because = f"every tie and every best move was followed ({heard.states:,} states)"
        return Verdict("claim", text, PROVED, True, because)
    if heard.always is False:
        return Verdict("claim", text, SHOWN, False, "here is one who listens and does not hear it", heard.replay)
    because = f"{heard.heard} of {heard.readers} who listened heard it"
    because += f"; {heard.states:,} states decide no more" if heard.states else "; --deep looks further"
    return Verdict("claim", text, UNDECIDED, None, because)


def _listeners(found: Evidence, name: str, meetings: int) -> Heard:
    """What became of those who listen: sampled, looked for without luck in the deep pass, and followed as a game."""
    effort, deep, story = found.effort, found.deep, found.story
    if deep is None:
        points = effort.points if len(found.bounds.ids) <= _FOLLOWED * effort.small else 0
        return someone_who_listens(story, name, meetings, points, LISTENERS, effort.seconds)
    heard = someone_who_listens(story, name, meetings, 0, _DEEP_LISTENERS, 0)
    if heard.always is not None:
        return heard
    replay = who_does_not_hear(story, name, meetings, deep.share(_UNLUCKY))
    if replay is not None:
        return heard._replace(always=False, replay=replay)
    game = someone_who_listens(story, name, meetings, effort.points, 0, deep.left * _GAME)
    return game._replace(heard=heard.heard, readers=heard.readers)


_JUDGES = {"before": _never, "meeting": _never, "ran": _ran, "hears": _hears}
