"""The engine without its words: what a reader can bring about, one breath at a time, with every tie free.

Follows ``engine.decide``, ``arc``, ``landing`` and ``choose`` rule by rule (a test walks both side by side). Two things
are left open here that the engine decides: the seed, and which of equals has waited longest. So whatever the engine
can tell the model can, and what the model cannot, nobody is ever told.

Readers are taken to be able to do anything: every move, in full or by half, typed words with any themes, whatever is
on offer to aim at, taking a misunderstood line back, running, waking, looking.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from harken.check.doing import MOST_THEMES, Doing, subsets, within
from harken.check.points import NOBODY, Action, Followed, Point
from harken.engine.moves import LENGTHEN_MOST
from harken.engine.names import RAN


class Model(Doing):
    """The rules of one story over ``Point``."""

    # --- a meeting begins -------------------------------------------------------------------------------------

    def arrivals(self, before: Point | None = None) -> Iterator[Point]:
        """The points at which the next meeting can begin: one for each choice of veils."""
        for veiled in subsets(self.veils):
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

    def successors(self, at: Point) -> Iterator[tuple[Action, Followed]]:
        """Every point that is one action away, each once; of actions that come to the same, the first."""
        for action in self.actions(at) if at.phase == "arrival" else self._different(at):
            for one in self.step(at, action):
                yield action, one

    # --- one breath -------------------------------------------------------------------------------------------

    def step(self, at: Point, action: Action) -> Iterator[Followed]:
        """Everywhere that this action can lead."""
        if action.move == "not-meant":
            trust, wound, mended = at.landing or (0, 0, False)
            yield Followed(
                at._replace(
                    trust=within(at.trust - trust),
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


__all__ = ["MOST_THEMES", "NOBODY", "Action", "Followed", "Model", "Point"]
