"""Every reading of a small story in the real engine, every tie and every move: the truth that proofs are held against.

Shares nothing with the checker but the engine. States are told apart by all that the engine's rules can ask, the order
in which things were told and how late it is included.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from harken.engine import Heard, State, Story, arc, arrive, breathe, choose
from harken.engine.events import Told
from harken.engine.moves import MOVES
from harken.engine.offers import offers


class TooMany(Exception):
    """More states than were to be followed."""


def strip(doc: dict) -> dict:
    """The story without its words, which no rule asks for."""
    bare = {**doc, "sections": [], "gestures": doc["gestures"]}
    bare["confider"] = {**doc["confider"], "small_talk": None, "answers": {}}
    bare["tellings"] = [{**t, "body": [], "answers": {}} for t in doc["tellings"]]
    return bare


def everything(story: Story, most: int) -> tuple[set[str], set[tuple[str, str]], set[tuple[str, int]]]:
    """What is told in some reading; which pairs in which order (told first, untold then); what in which meeting.

    Raises TooMany.
    """
    told, before, meetings = set(), set(), set()
    over, count = [State()], 0
    for _ in range(story.meetings):
        level, seen, ended = [], set(), {}
        for state in over:
            for outcome in _ties(lambda state=state: arrive(story, state, 0, None)):
                level += [outcome.state]
        while level:
            later = []
            for at in level:
                count += 1
                if count > most:
                    raise TooMany
                for heard in _moves(story, at):
                    for outcome in _ties(lambda at=at, heard=heard: breathe(story, at, heard)):
                        had = at.told_set
                        for event in outcome.events:
                            if isinstance(event, Told):
                                told.add(event.telling)
                                meetings.add((event.telling, at.meeting))
                                if event.telling not in had:
                                    before.update((event.telling, o) for o in story.tellings if o not in had)
                                had = had | {event.telling}
                        after = outcome.state
                        key = _key(after)
                        if after.over:
                            ended.setdefault(key, after)
                        elif key not in seen:
                            seen.add(key)
                            (level if heard.move == "not-meant" else later).append(after)
            level = later
        over = list(ended.values())
    return told, before, meetings


def _key(state: State) -> tuple:
    kept = (
        state.trust, state.wound, state.told, frozenset(state.facts.items()), frozenset(state.counters.items()),
        state.themes, state.owed,
    )  # fmt: skip
    if state.over:
        return kept
    return (
        *kept, state.breath, state.phase, state.until, state.lengthened,
        state.wandered, state.moment_over, state.mended, state.landing, state.pending, state.thread, state.last is None,
        state.again, state.scene, frozenset(t for t, _, _ in state.things),
    )  # fmt: skip


def _moves(story: Story, state: State) -> Iterator[Heard]:
    if state.landing is not None:
        yield Heard("not-meant")
    yield Heard("look")
    for offer in offers(story, state):
        if offer.target or offer.move in ("run", "wake", "skip"):
            yield Heard(offer.move, offer.target)
    alike = set()
    asked = sorted({t for x in story.tellings.values() for t in (*x.themes, *(n for c in x.guard for n in c.confided))})
    for move in MOVES if state.arrived else ("stay",):
        for soft in (False, True):
            if move == "run":
                continue
            effect = _effect(story, state, move, soft)
            if effect not in alike:
                alike.add(effect)
                yield Heard(move, None, "words", 700, soft)
    unsaid = [theme for theme in asked if theme not in state.themes]
    for size in range(1, len(unsaid) + 1):
        for themes in combinations(unsaid, size):
            for soft in (False, True):
                yield Heard("confide", None, "words", 700, soft, themes)


def _effect(story: Story, state: State, move: str, soft: bool) -> tuple:
    """How the engine itself lands this move now; moves that land alike are made once."""
    from harken.engine.landing import goes_on, land

    landed = land(story, state, move, soft)
    return (landed and (landed.trust, landed.wound, landed.mended), goes_on(story, state, move))


def _ties(act) -> Iterator:
    """Every outcome of a breath, however its ties fall."""
    scripts = [()]
    real = choose.pick, arc.pick
    while scripts:
        script = scripts.pop()
        counts: list[int] = []

        def pick(count: int, *what: object, script=script, counts=counts) -> int:
            place = len(counts)
            counts.append(count)
            return script[place] if place < len(script) else 0

        choose.pick = arc.pick = pick
        try:
            yield act()
        finally:
            choose.pick, arc.pick = real
        for place in range(len(script), len(counts)):
            for other in range(1, counts[place]):
                scripts += [(*script, *(0 for _ in range(len(script), place)), other)]
