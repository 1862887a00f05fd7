"""What a reader can do, and how it lands: the half of the model that belongs to the reader."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from harken.check.points import NOBODY, Action, Point
from harken.engine import Story
from harken.engine.landing import EASY
from harken.engine.moves import MOVES, TRUST, band

MOST_THEMES = 3
"""Themes of which every set can be confided or veiled; a story in which more of them matter is not followed whole."""


class Doing:
    """What can be done in a story, over ``Point``."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.tellings = list(story.tellings.values())
        self.number = {telling.id: number for number, telling in enumerate(self.tellings)}
        self.thing = {name: number for number, name in enumerate(story.things)}
        self._alike: dict[tuple[int, bool, bool], tuple[Action, ...]] = {}
        self.guards = [
            [
                (
                    clause.trust,
                    max(clause.meeting, telling.seal),
                    self._bits(clause.told),
                    all(name in self.number for name in clause.told),
                    self._bits(clause.untold),
                    dict(clause.facts),
                    dict(clause.counters),
                    frozenset(clause.confided),
                )
                for clause in telling.guard
            ]
            for telling in self.tellings
        ]
        self.arcs: dict[str, list[int]] = {}
        for number, telling in enumerate(self.tellings):
            self.arcs.setdefault(telling.arc, []).append(number)
        asked = {t for telling in self.tellings for clause in telling.guard for t in clause.confided}
        drawn = {t for telling in self.tellings for t in telling.themes}
        self.themes = sorted(asked | drawn)
        self.veils = sorted({theme for theme, _ in story.themes} & drawn)
        self.whole = len(self.themes) <= MOST_THEMES and len(self.veils) <= MOST_THEMES

    def _bits(self, names: tuple[str, ...]) -> int:
        return sum({1 << self.number[name] for name in names if name in self.number})

    def actions(self, at: Point) -> Iterator[Action]:
        """Everything that a reader can do here, as far as it makes a difference."""
        if at.phase == "arrival":
            yield from (Action("look"), Action("stay"), Action("run"), Action("wake"))
            yield from (Action("confide", None, False, True, themes) for themes in subsets(self._unsaid(at)) if themes)
            return
        if at.landing is not None:
            yield Action("not-meant")
        yield from (Action("look"), Action("wake"), Action("run"))
        if at.spoke:
            yield Action("skip")
        for move in MOVES:
            if move != "run":
                yield Action(move, None, False, True)
                yield Action(move, None, True, True)
        for themes in subsets(self._unsaid(at)):
            if themes:
                yield from (Action("confide", None, soft, True, themes) for soft in (False, True))
        yield from self.offered(at)

    def _unsaid(self, at: Point) -> list[str]:
        return [theme for theme in self.themes if theme not in at.themes]

    def offered(self, at: Point) -> Iterator[Action]:
        """What is there to be aimed at."""
        for gesture in self.story.gestures:
            if gesture.phase == at.phase and gesture.move != "run":
                yield Action(gesture.move, gesture.target, typed=gesture.target == "vow")
        for thing in self.story.things.values():
            if at.things >> self.thing[thing.id] & 1 and thing.scene == at.scene:
                yield from (Action(move, thing.id) for move in thing.moves if move != "run")

    def _different(self, at: Point) -> Iterator[Action]:
        """What a reader can do, without what comes to the same as something before it."""
        if at.landing is not None:
            yield Action("not-meant")
        yield from (Action("look"), Action("wake"), Action("run"))
        if at.spoke:
            yield Action("skip")
        yield from self._words(at)
        unsaid = self._unsaid(at)
        if unsaid:
            for themes in subsets(unsaid):
                if themes:
                    yield from (Action("confide", None, soft, True, themes) for soft in (False, True))
        seen = set()
        for action in self.offered(at):
            effect = (self.effect(at, action), action.target, action.typed)
            if effect not in seen:
                seen.add(effect)
                yield action

    def worth(self, at: Point, action: Action) -> float:
        """What this move earns now, and half a point where they go on (as wandering readers count)."""
        return (0 if at.pending == NOBODY else self._delta(at, action)) + 0.5 * self._goes_on(at, action.move)

    def _words(self, at: Point) -> tuple[Action, ...]:
        """Typed moves, of those that land alike the first."""
        easy = at.pending != NOBODY and self.tellings[at.pending].depth < self._ready_for(at.trust) - EASY
        hurt = bool(at.wound) and not at.mended
        key = (at.pending, easy, hurt)
        if key not in self._alike:
            kinds: dict[object, Action] = {}
            for move in MOVES:
                for soft in (False, True):
                    if move != "run":
                        action = Action(move, None, soft, True)
                        kinds.setdefault(self.effect(at, action), action)
            self._alike[key] = tuple(kinds.values())
        return self._alike[key]

    def effect(self, at: Point, action: Action) -> tuple[int, bool, bool]:
        """How a move lands: trust before all bounds, whether it mends, whether they go on."""
        trust = self._delta(at, action)
        mends = bool(at.wound) and not at.mended and trust >= 0 and action.move in self.story.confider.mends
        return trust, mends, self._goes_on(at, action.move)

    def _goes_on(self, at: Point, move: str) -> bool:
        depth = self.tellings[at.pending].depth if at.pending != NOBODY else 0
        return self.story.confider.temperament[move].then[band(depth)] == "tell"

    def _landed(self, now: Point, action: Action) -> Point:
        move = action.move
        if move == "look":
            return now
        confider = self.story.confider
        trust = self._delta(now, action)
        mended = 0
        if trust >= 0 and now.wound and not now.mended and move in confider.mends:
            mended = min(now.wound, confider.mending)
        gained = within(now.trust + trust) - now.trust
        mended = min(mended, TRUST[1] - now.trust - gained)
        wound = max(0, -gained)
        change = (gained + mended, mended - wound, mended > 0)
        return now._replace(
            trust=now.trust + gained + mended,
            wound=now.wound + wound - mended,
            mended=now.mended or mended > 0,
            pending=NOBODY,
            landing=change if action.typed and (change[0] or change[1]) else None,
        )

    def _delta(self, now: Point, action: Action) -> int:
        """The trust that this move gives or takes, before all bounds."""
        move = action.move
        temper = self.story.confider.temperament[move]
        if now.pending == NOBODY:
            trust = temper.light[0] if move == "run" else 0
        else:
            telling = self.tellings[now.pending]
            own = telling.landing.get(move)
            trust = (temper.light, temper.middle, temper.deep)[band(telling.depth)][0] if own is None else own
            if own is None and trust > 0 and telling.depth < self._ready_for(now.trust) - EASY:
                trust = 0
        return int(trust / 2) if action.soft else trust

    def _ready_for(self, trust: int) -> int:
        return max((depth for depth, floor in enumerate(self.story.floors) if floor <= trust), default=0)


def subsets(names: list[str]) -> Iterator[frozenset[str]]:
    """Every set of these, the smallest first."""
    for count in range(len(names) + 1):
        yield from map(frozenset, combinations(names, count))


def within(trust: int) -> int:
    """Trust, within its bounds."""
    return max(TRUST[0], min(TRUST[1], trust))
