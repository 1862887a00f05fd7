"""Readers in the real engine, who look for what has not been told yet; what they find can be played again.

A reader here knows the story: they earn trust fast, aim at what asks for something new, and confide what draws it
out; some of them close, pry or run instead, because some tellings wait for those. Seeded by the story and the number
of the reading, so that the same story gives the same readings.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from harken.check.replay import Replay, heard_in, told_in
from harken.engine import Heard, State, Story, arrive, breathe
from harken.engine.breath import Outcome
from harken.engine.landing import ready_for
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


Style = Callable[["Chooser", State, Sequence[Offer]], str]


class Chooser:
    """A reader while they read: what they look for, and their own dice."""

    def __init__(self, story: Story, seed: str, wanted: set[str]) -> None:
        self.story, self.rng, self.wanted = story, random.Random(seed), wanted
        self.themes = sorted({t for telling in story.tellings.values() for c in telling.guard for t in c.confided})
        self.targets = {telling.on: telling.id for telling in story.tellings.values() if telling.on}

    def best(self, state: State, made: Sequence[Offer]) -> str:
        """What earns most now; among equals by chance, and aimed where something is wanted."""
        aimed = [o for o in made if o.target and self.targets.get(o.target) in self.wanted and o.move != "look"]
        if aimed and self.rng.random() < 0.7:
            return self.rng.choice(aimed).id
        worth = [(self.worth(state, o), o) for o in made if o.kind not in ("leave", "look") and o.move != "run"]
        if not worth:
            return "stay"
        most = max(value for value, _ in worth)
        return self.rng.choice([offer for value, offer in worth if value == most]).id

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
        if own is None and gain > 0 and depth < ready_for(self.story, state) - 1:
            gain = 0
        return gain + 0.5 * goes_on

    def confiding(self, state: State) -> str | None:
        """A line that confides a theme which some telling waits for."""
        for theme in self.themes:
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


STYLES: tuple[Style, ...] = (_eager, _random, _prying, _running, _eager, _closed, _silent, _leaving, _random)


def readings(story: Story, wanted: set[str], breaths: int, styles: Sequence[Style] = STYLES) -> Iterator[Seen]:
    """Every breath of one reading after another, until about so many breaths. ``wanted`` may shrink meanwhile."""
    number = spent = 0
    while spent < breaths:
        for seen in reading(story, number, styles[number % len(styles)], wanted):
            spent += 1
            yield seen
        number += 1


def reading(story: Story, number: int, style: Style, wanted: set[str], meetings: int | None = None) -> Iterator[Seen]:
    """Every breath of one reading of all written meetings."""
    reader = Chooser(story, f"{story.id} {number}", wanted)
    state, done = State(), []  # type: tuple[State, list[tuple[str, ...]]]
    for _ in range(meetings or story.meetings):
        lines: list[str] = []

        def so_far(done: list[tuple[str, ...]] = done, lines: list[str] = lines) -> Replay:
            return Replay(number, (*done, tuple(lines)))

        outcome = arrive(story, state, number, None)
        yield Seen(state, outcome, (), so_far)
        while not outcome.state.over:
            before = outcome.state
            line = style(reader, before, offers(story, before))
            lines.append(line)
            heard: Heard = heard_in(story, before, line)
            outcome = breathe(story, before, heard, outcome.ready)
            yield Seen(before, outcome, told_in(outcome), so_far)
        done.append(tuple(lines))
        state = outcome.state
