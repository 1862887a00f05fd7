"""Readers in the real engine, who look for what has not been told yet; what they find can be played again.

A reader here knows the story: they earn trust fast, aim at what asks for something new, and confide what draws it
out; some of them close, pry or run instead, because some tellings wait for those. Seeded by the story and the number
of the reading, so that the same story gives the same readings.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from harken.check.replay import Replay, heard_in, told_in
from harken.engine import Heard, State, Story, arrive, breathe
from harken.engine.breath import Outcome
from harken.engine.landing import EASY, ready_for
from harken.engine.moves import BANDS, band
from harken.engine.offers import Offer, offers
from harken.listen import understand

_WORDS = {
    "grief": "I lost my brother, and I never told anyone how I miss him",
    "leaving": "I left home once, and I remember the door",
    "shame": "I was ashamed of it for years",
    "guilt": "I was the one to blame, it was my fault",
    "mother": "I had a mother who never slept",
    "father": "I had a father who never spoke",
    "child": "I was a child then, and I remember it",
    "love": "I was married once, and I loved them",
    "fear": "I was afraid every night",
    "lying": "I lied about it for years",
    "alone": "I was alone for a long time",
    "anger": "I was angry for years",
    "survival": "I was in the hospital, and I was the only one",
}


class Seen(NamedTuple):
    """One breath of a reading: the state before it, what came of it, and the reading so far."""

    before: State
    outcome: Outcome
    told: tuple[str, ...]
    so_far: Callable[[], Replay]


@cache
def words_for(theme: str) -> str | None:
    """A line that the ear takes for confiding something of this theme; None where it knows none."""
    for line in (_WORDS.get(theme, ""), f"I remember {theme}", f"I once had {theme} too"):
        meant = understand(line)
        if meant.move == "confide" and meant.confidence >= 600 and theme in meant.themes:
            return line
    return None


class Ground:
    """A story as its readers know it, and what they work out once: what is on offer where, and what earns most."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.themes = sorted({t for telling in story.tellings.values() for c in telling.guard for t in c.confided})
        self.targets = {telling.on: telling.id for telling in story.tellings.values() if telling.on}
        self._offers: dict[object, tuple[Offer, ...]] = {}
        self._most: dict[object, list[str]] = {}
        self._heard: dict[str, Heard] = {}

    def offers(self, state: State) -> tuple[Offer, ...]:
        """``engine.offers.offers``, which asks no more than this of the state."""
        key = (state.phase, state.scene, state.things, state.last is None, state.landing is None, state.over)
        if key not in self._offers:
            self._offers[key] = offers(self.story, state)
        return self._offers[key]

    def heard(self, state: State, line: str) -> Heard:
        """``heard_in``, for a line that is on offer or typed."""
        if line.startswith(">"):
            return heard_in(self.story, state, line)
        if line not in self._heard:
            self._heard[line] = heard_in(self.story, state, line)
        return self._heard[line]

    def most(self, state: State, made: Sequence[Offer]) -> list[str]:
        """Those of these offers (which ``offers`` gave) that are worth most."""
        key = (id(made), *self._matters(state))
        if key not in self._most:
            worth = [(self.worth(state, o), o.id) for o in made if o.kind not in ("leave", "look") and o.move != "run"]
            most = max((value for value, _ in worth), default=0.0)
            self._most[key] = [name for value, name in worth if value == most]
        return self._most[key]

    def _matters(self, state: State) -> tuple[object, ...]:
        """What of the state says how moves land."""
        if state.pending is None:
            return ()
        depth = state.pending_depth
        own = state.pending if self.story.tellings[state.pending].landing else None
        return band(depth), depth < ready_for(self.story, state) - EASY, own

    def worth(self, state: State, offer: Offer) -> float:
        """What this offer earns now, and half a point where they go on."""
        temper = self.story.confider.temperament.get(offer.move)
        if temper is None:
            return -9.0
        depth = state.pending_depth if state.pending else 0
        goes_on = temper.then[band(depth)] == "tell"
        if state.pending is None:
            return 0.5 * goes_on
        own = self.story.tellings[state.pending].landing.get(offer.move)
        gain = getattr(temper, BANDS[band(depth)])[0] if own is None else own
        if own is None and gain > 0 and depth < ready_for(self.story, state) - EASY:
            gain = 0
        return gain + 0.5 * goes_on


def wordless(story: Story) -> Story:
    """The story without what is said between its tellings, for readers who only ask what is told.

    No rule asks for words, so every reading is told the same in it (tests/check/test_wandering.py).
    """
    quiet = replace(story, confider=replace(story.confider, answers={}, small_talk=None), sections=())
    vars(quiet)["index"] = story.index
    return quiet


Style = Callable[["Chooser", State, Sequence[Offer]], str]


class Chooser:
    """A reader while they read: what they look for, and their own dice."""

    def __init__(self, ground: Ground, number: int, wanted: set[str]) -> None:
        self.ground, self.seed, self.wanted = ground, number, wanted
        self.rng = random.Random(f"{ground.story.id} {number}")

    def best(self, state: State, made: Sequence[Offer]) -> str:
        """What earns most now; among equals by chance, and aimed where something is wanted."""
        targets = self.ground.targets
        if targets:
            aimed = [o for o in made if o.target and targets.get(o.target) in self.wanted and o.move != "look"]
            if aimed and self.rng.random() < 0.7:
                return self.rng.choice(aimed).id
        most = self.ground.most(state, made)
        return self.rng.choice(most) if most else "stay"

    def confiding(self, state: State) -> str | None:
        """A line that confides a theme which some telling waits for."""
        for theme in self.ground.themes:
            words = words_for(theme)
            if theme not in state.themes and words is not None:
                return "> " + words
        return None


def _eager(reader: Chooser, state: State, made: Sequence[Offer]) -> str:
    words = reader.confiding(state) if reader.rng.random() < 0.15 else None
    return words or reader.best(state, made)


def _random(reader: Chooser, state: State, made: Sequence[Offer]) -> str:
    if reader.rng.random() < 0.05 and (words := reader.confiding(state)):
        return words
    staying = [o for o in made if o.move not in ("wake", "run")]
    return reader.rng.choice(staying if reader.rng.random() < 0.98 else list(made)).id


def _running(reader: Chooser, state: State, made: Sequence[Offer]) -> str:
    if state.breath > 6 and reader.rng.random() < 0.25 and state.meeting < 3 and any(o.id == "run" for o in made):
        return "run"
    return reader.best(state, made)


def _closed(reader: Chooser, state: State, made: Sequence[Offer]) -> str:
    low = [o for o in made if o.move in ("judge", "deflect", "ask_closed", "joke", "advise", "skip")]
    return reader.rng.choice(low).id if low and reader.rng.random() < 0.4 else _random(reader, state, made)


def _prying(reader: Chooser, state: State, made: Sequence[Offer]) -> str:
    aimed = [o for o in made if o.target and o.move != "look"]
    return reader.rng.choice(aimed).id if aimed and reader.rng.random() < 0.6 else _eager(reader, state, made)


def _leaving(reader: Chooser, state: State, made: Sequence[Offer]) -> str:
    return "wake" if state.breath > 5 and reader.rng.random() < 0.2 else reader.best(state, made)


def _silent(reader: Chooser, state: State, made: Sequence[Offer]) -> str:
    """Lets most breaths pass."""
    return "look" if reader.rng.random() < 0.8 else _random(reader, state, made)


def _cruel(reader: Chooser, state: State, made: Sequence[Offer]) -> str:
    """Says what lands worst."""
    said = [o for o in made if o.kind == "move" and o.move != "run"]
    return min(said, key=lambda o: (reader.ground.worth(state, o), reader.rng.random())).id if said else "stay"


def _shallow(reader: Chooser, state: State, made: Sequence[Offer]) -> str:
    """Listens, but lets no more trust grow than for a layer or two, so that other threads come up."""
    floors = reader.ground.story.floors
    most = floors[reader.seed % 3 + 2] - 1 if state.meeting % 6 else floors[-1]
    if state.trust < most:
        return reader.best(state, made)
    said = [o for o in made if o.kind == "move" and o.move != "run"]
    return (
        min(said, key=lambda o: (abs(reader.ground.worth(state, o) - 0.5), reader.rng.random())).id if said else "stay"
    )


STYLES: tuple[Style, ...] = (_eager, _random, _prying, _running, _closed, _shallow, _silent, _leaving, _cruel)


def readings(
    ground: Ground, wanted: set[str], breaths: int, styles: Sequence[Style] = STYLES, first: int = 0
) -> Iterator[Seen]:
    """Every breath of one reading after another, until about so many breaths. ``wanted`` may shrink meanwhile.

    Who comes next is of the kind that found most for its breaths the last time; among equals, who was asked least.
    """
    last = [(1 / 50, 0)] * len(styles)
    """Of each style: what its last reading found for a breath, and how often it was asked."""
    number = first
    while breaths > 0:
        kind = max(range(len(styles)), key=lambda one: (last[one][0], -last[one][1], -one))
        before, drawn = len(wanted), 0
        for seen in reading(ground, number, styles[kind], wanted):
            drawn += 1
            yield seen
        last[kind] = ((before - len(wanted)) / drawn, last[kind][1] + 1)
        breaths -= drawn
        number += 1


def reading(
    ground: Ground | Story, number: int, style: Style, wanted: set[str], meetings: int | None = None
) -> Iterator[Seen]:
    """Every breath of one reading of all written meetings. ``number`` is its seed."""
    ground = ground if isinstance(ground, Ground) else Ground(ground)
    story = ground.story
    reader = Chooser(ground, number, wanted)
    state, done = State(), []  # type: tuple[State, list[tuple[str, ...]]]
    for _ in range(meetings or story.meetings):
        lines: list[str] = []

        def so_far(done: tuple[tuple[str, ...], ...] = tuple(done), lines: list[str] = lines) -> Replay:
            return Replay(number, (*done, tuple(lines)))

        outcome = arrive(story, state, number, None)
        yield Seen(state, outcome, (), so_far)
        while not outcome.state.over:
            before = outcome.state
            line = style(reader, before, ground.offers(before))
            lines.append(line)
            outcome = breathe(story, before, ground.heard(before, line), outcome.ready)
            yield Seen(before, outcome, told_in(outcome), so_far)
        done.append(tuple(lines))
        state = outcome.state
