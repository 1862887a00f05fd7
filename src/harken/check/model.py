"""The engine without its words: what a reader can bring about, one breath at a time, with every tie free.

Follows ``engine.decide``, ``arc``, ``landing`` and ``choose`` rule by rule (a test walks both side by side). Two things
are left open here that the engine decides: the seed, and which of equals has waited longest. So whatever the engine
can tell the model can, and what the model cannot, nobody is ever told.

Readers are taken to be able to do anything: every move, in full or by half, typed words with any themes, whatever is
on offer to aim at, taking a misunderstood line back, running, waking, looking.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import NamedTuple

from harken.engine import Story
from harken.engine.landing import EASY
from harken.engine.moves import LENGTHEN_MOST, MOVES, TRUST, band
from harken.engine.names import RAN

MOST_THEMES = 3
"""Themes of which every set can be confided or veiled; a story in which more of them matter is not followed whole."""
NOBODY = -1


class Point(NamedTuple):
    """One state of a reading, as far as it matters for what can be told. Sets of tellings and things are bits."""

    meeting: int
    breath: int
    phase: str
    until: int
    lengthened: int
    wandered: int
    moment_over: bool
    trust: int
    wound: int
    mended: bool
    landing: tuple[int, int, bool] | None
    """Trust, wound and whether it mended of the line just typed, while it can be taken back."""
    pending: int
    thread: str
    spoke: bool
    """Whether anything was told in this meeting."""
    told: int
    again: int
    facts: tuple[tuple[str, str], ...]
    counters: tuple[tuple[str, int], ...]
    themes: frozenset[str]
    veiled: frozenset[str]
    owed: int
    things: int
    scene: str
    over: bool


class Action(NamedTuple):
    """What a reader does. ``themes`` are confided with it; ``typed`` words can be taken back."""

    move: str
    target: str | None = None
    soft: bool = False
    typed: bool = False
    themes: frozenset[str] = frozenset()


class Followed(NamedTuple):
    """A point that an action leads to, and what was told on the way, in order."""

    point: Point
    told: tuple[int, ...]


class Model:
    """The rules of one story over ``Point``."""

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

    # --- a meeting begins -------------------------------------------------------------------------------------

    def arrivals(self, before: Point | None = None) -> Iterator[Point]:
        """The points at which the next meeting can begin: one for each choice of veils."""
        for veiled in _subsets(self.veils):
            first = Point(
                1, 0, "arrival", 0, 0, 0, False, self.story.start[0], 0, False, None, NOBODY, "", False, 0, 0, (), (),
                frozenset(), veiled, NOBODY, 0, "", False,
            )  # fmt: skip
            first = self._enter(first, self.story.opening)
            if before is None:
                yield first
            else:
                owed = before.owed
                if owed != NOBODY and not veiled.isdisjoint(self.tellings[owed].themes):
                    owed = NOBODY
                yield first._replace(
                    meeting=before.meeting + 1, trust=before.trust, wound=before.wound, told=before.told,
                    facts=before.facts, counters=before.counters, themes=before.themes, owed=owed,
                )  # fmt: skip

    # --- what a reader can do ---------------------------------------------------------------------------------

    def actions(self, at: Point) -> Iterator[Action]:
        """Everything that a reader can do here, as far as it makes a difference."""
        if at.phase == "arrival":
            yield from (Action("look"), Action("stay"), Action("run"), Action("wake"))
            yield from (Action("confide", None, False, True, themes) for themes in _subsets(self._unsaid(at)) if themes)
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
        for themes in _subsets(self._unsaid(at)):
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

    def successors(self, at: Point) -> Iterator[tuple[Action, Followed]]:
        """Every point that is one action away, each once; of actions that come to the same, the first."""
        for action in self.actions(at) if at.phase == "arrival" else self._different(at):
            for one in self.step(at, action):
                yield action, one

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
            for themes in _subsets(unsaid):
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

    # --- one breath -------------------------------------------------------------------------------------------

    def step(self, at: Point, action: Action) -> Iterator[Followed]:
        """Everywhere that this action can lead."""
        if action.move == "not-meant":
            trust, wound, mended = at.landing or (0, 0, False)
            yield Followed(
                at._replace(
                    trust=_within(at.trust - trust),
                    wound=max(0, at.wound + wound),
                    mended=at.mended and not mended,
                    landing=None,
                ),
                (),
            )
            return
        now = at._replace(breath=at.breath + 1, landing=None)
        if action.themes:
            now = now._replace(themes=at.themes | action.themes)
        for one in self._breath(at, now, action):
            if not one.point.over and one.point.breath >= self._clock(one.point):
                yield from self._then(one, lambda point: self._wake(point, "clock"))
            else:
                yield one

    def _clock(self, at: Point) -> int:
        return self.story.clock_of(at.meeting) + at.lengthened

    def _breath(self, at: Point, now: Point, action: Action) -> Iterator[Followed]:
        move = action.move
        if move == "wake":
            yield from self._wake(now, "wake")
        elif at.phase == "arrival":
            if move == "run":
                yield from self._wake(now, "run")
            elif move == "look" and now.wandered + 1 <= self.story.wander:
                yield Followed(now._replace(wandered=now.wandered + 1), ())
            else:
                wandered = now.wandered + (move == "look")
                until = max(now.breath, self._clock(now) - self.story.unravelling)
                came = now._replace(phase="talk", until=until, wandered=wandered)
                yield from self._tell(came, "arrival", None) or self._tell(came, "talk", None) or [Followed(came, ())]
        elif move == "run":
            yield from self._wake(self._landed(now, action), "run")
        else:
            tells = move == "skip" or (move != "look" and self._goes_on(at, move))
            landed = now._replace(pending=NOBODY) if move == "skip" else self._landed(now, action)
            yield from self._advance(landed, tells, action.target)

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
        gained = _within(now.trust + trust) - now.trust
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

    # --- the arc ----------------------------------------------------------------------------------------------

    def _advance(self, at: Point, tells: bool, target: str | None) -> list[Followed]:
        if at.phase in ("talk", "moment") and at.breath > at.until:
            at = self._unravel(at)
        elif tells and at.phase == "talk" and self._moment_may_begin(at):
            moment = self.story.moment
            assert moment is not None
            until = min(at.breath + moment.length - 1, self._clock(at) - self.story.unravelling)
            at = self._enter(at._replace(phase="moment", until=until, moment_over=True), moment.scene)
        after = self._tell(at, at.phase, target) if tells else []
        if tells and not after and at.phase == "moment":
            at = self._unravel(at)
            after = self._tell(at, "unravelling", target)
        done: list[Followed] = []
        for one in after or [Followed(at, ())]:
            if one.point.phase == "unravelling" and one.point.breath >= one.point.until:
                done.extend(self._then(one, lambda point: self._wake(point, "clock")))
            else:
                done.append(one)
        return done

    def _then(self, one: Followed, more: Callable[[Point], Iterator[Followed]]) -> Iterator[Followed]:
        for next_ in more(one.point):
            yield Followed(next_.point, one.told + next_.told)

    def _enter(self, at: Point, scene: str) -> Point:
        here = sum(1 << self.thing[t.id] for t in self.story.things.values() if t.here and t.scene == scene)
        return at._replace(scene=scene, things=at.things | here)

    def _moment_may_begin(self, at: Point) -> bool:
        moment = self.story.moment
        if moment is None or at.moment_over or at.breath < moment.after:
            return False
        needs = any(
            at.trust >= clause.trust
            and at.meeting >= clause.meeting
            and not self._bits(clause.told) & ~at.told
            and all(name in self.number for name in clause.told)
            and not self._bits(clause.untold) & at.told
            and all(dict(at.facts).get(fact) == value for fact, value in clause.facts)
            and all(dict(at.counters).get(name, 0) >= least for name, least in clause.counters)
            and at.themes.issuperset(clause.confided)
            for clause in moment.needs
        )
        return needs and bool(self._candidates(at, "moment", None, ""))

    def _unravel(self, at: Point) -> Point:
        until = min(at.breath + self.story.unravelling - 1, self._clock(at))
        back = at.phase == "moment" and at.scene != self.story.opening
        at = at._replace(phase="unravelling", until=until, owed=NOBODY)
        return self._enter(at, self.story.opening) if back else at

    def _wake(self, at: Point, by: str) -> Iterator[Followed]:
        if by == "clock" and at.phase in ("talk", "moment"):
            at = self._unravel(at)
        arrived = at.phase != "arrival"
        for promised in self._promised(at) if by == "clock" and arrived else [at]:
            told = self._tell(promised, "waking", None, by) if arrived else []
            for one in told or [Followed(promised, ())]:
                counters = one.point.counters
                if by == "run" and arrived:
                    counters = _risen(counters, RAN)
                yield Followed(one.point._replace(over=True, pending=NOBODY, landing=None, counters=counters), one.told)

    def _promised(self, at: Point) -> list[Point]:
        if at.owed != NOBODY or at.meeting >= self.story.meetings:
            return [at]
        near = [
            number
            for number, telling in enumerate(self.tellings)
            if telling.promise
            and at.veiled.isdisjoint(telling.themes)
            and telling.depth <= self._ready_for(at.trust) + 2
            and not at.told >> number & 1
        ]
        deepest = max((self.tellings[number].depth for number in near), default=0)
        return [at._replace(owed=n) for n in near if self.tellings[n].depth == deepest] or [at]

    # --- choosing and telling ---------------------------------------------------------------------------------

    def _candidates(self, at: Point, arc: str, target: str | None, by: str) -> list[int]:
        facts, counters = dict(at.facts), dict(at.counters)
        found = []
        for number in self.arcs.get(arc, ()):
            telling = self.tellings[number]
            if (at.told >> number & 1 and not telling.again) or at.again >> number & 1:
                continue
            if (by and by not in telling.by) or (telling.only_on and telling.on != target):
                continue
            if not at.veiled.isdisjoint(telling.themes):
                continue
            for trust, meeting, told, known, untold, sets, least, confided in self.guards[number]:
                if (
                    known
                    and at.trust >= trust
                    and at.meeting >= meeting
                    and not told & ~at.told
                    and not untold & at.told
                    and all(facts.get(fact) == value for fact, value in sets.items())
                    and all(counters.get(name, 0) >= n for name, n in least.items())
                    and at.themes >= confided
                ):
                    found.append(number)
                    break
        return found

    def choices(self, at: Point, arc: str, target: str | None, by: str = "") -> list[int]:
        """Whatever could be told next: all that are equal but for waiting and the seed."""
        rows = self._candidates(at, arc, target, by)
        if len(rows) < 2:
            return rows
        tellings = self.tellings
        rows = [n for n in rows if n == at.owed] or rows
        rows = [n for n in rows if not tellings[n].again] or rows
        rows = [n for n in rows if tellings[n].weight == "urgent"] or rows
        aimed = [n for n in rows if target and tellings[n].on == target]
        threaded = [n for n in rows if at.thread and tellings[n].thread == at.thread]
        rows = aimed or threaded or [n for n in rows if not at.themes.isdisjoint(tellings[n].themes)] or rows
        rows = [n for n in rows if tellings[n].weight != "reluctant"] or rows
        deepest = max(tellings[n].depth for n in rows)
        return [n for n in rows if tellings[n].depth == deepest]

    def _tell(self, at: Point, arc: str, target: str | None, by: str = "") -> list[Followed]:
        return [Followed(self._told(at, number), (number,)) for number in self.choices(at, arc, target, by)]

    def _told(self, at: Point, number: int) -> Point:
        telling = self.tellings[number]
        again = at.again | 1 << number if telling.again else at.again
        owed = NOBODY if at.owed == number else at.owed
        if at.told >> number & 1:
            return at._replace(thread=telling.thread, pending=NOBODY, again=again, owed=owed, spoke=True)
        effects = telling.effects
        facts, counters, things = at.facts, at.counters, at.things
        for fact, value in effects.sets:
            if fact not in dict(facts):
                facts = tuple(sorted((*facts, (fact, value))))
        for counter in effects.raises:
            if dict(counters).get(counter, 0) < self.story.counters.get(counter, 0):
                counters = _risen(counters, counter)
        here = things
        for name in effects.dissolve:
            things &= ~(1 << self.thing[name])
        for name in effects.appear:
            things |= ~here & 1 << self.thing[name]
        longer = max(0, min(effects.lengthen, LENGTHEN_MOST - at.lengthened))
        return at._replace(
            thread=telling.thread, pending=number, told=at.told | 1 << number, again=again, owed=owed, spoke=True,
            facts=facts, counters=counters, things=things, scene=effects.scene or at.scene,
            lengthened=at.lengthened + longer, until=at.until + longer,
        )  # fmt: skip


def _risen(counters: tuple[tuple[str, int], ...], name: str) -> tuple[tuple[str, int], ...]:
    risen = {**dict(counters), name: dict(counters).get(name, 0) + 1}
    return tuple(sorted(risen.items()))


def _subsets(names: list[str]) -> Iterator[frozenset[str]]:
    for count in range(len(names) + 1):
        yield from map(frozenset, combinations(names, count))


def _within(trust: int) -> int:
    return max(TRUST[0], min(TRUST[1], trust))
