"""How far a state is from what is sought: what must still be told for it, backwards from its needs.

A guess and no bound, but for one thing: where it says ``NEVER`` nothing that is told later can bring it about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from harken.check.evidence import Aim
from harken.engine import State, Story
from harken.engine.guard import Clause, holds
from harken.engine.moves import ARCS
from harken.engine.names import RAN
from harken.engine.story import Telling

NEVER = float("inf")
_RANK = {arc: number for number, arc in enumerate(ARCS)}
_MEETING, _RIVAL, _PHASE = 4.0, 0.2, 0.2


class Distance:
    """The distances of one goal. ``told``: an order of tellings that is known to lead there, to be kept to."""

    def __init__(self, story: Story, goal: Aim, told: Iterable[str] = ()) -> None:
        self.story, self.goal, self.told = story, goal, frozenset(told)
        self.setters: dict[tuple[str, str], list[str]] = {}
        self.raisers: dict[str, list[str]] = {}
        self.showers: dict[str, list[str]] = {}
        for telling in story.tellings.values():
            for pair in telling.effects.sets:
                self.setters.setdefault(pair, []).append(telling.id)
            for counter in telling.effects.raises:
                self.raisers.setdefault(counter, []).append(telling.id)
            for thing in telling.effects.appear:
                self.showers.setdefault(thing, []).append(telling.id)
        self.avoid = frozenset.intersection(*(frozenset(c.untold) for c in goal.guard)) if goal.guard else frozenset()
        self.cost = self._costs()

    def _costs(self) -> dict[str, float]:
        """How much each telling takes from the first arrival, others being shared by nobody: a fixpoint."""
        cost = dict.fromkeys(self.story.tellings, NEVER)
        changed = True
        while changed:
            changed = False
            for telling in self.story.tellings.values():
                ways = [sum(self._cheapest(cost, names) for names in self._needed(c)) for c in telling.guard]
                best = 1 + min(ways, default=NEVER)
                if best < cost[telling.id]:
                    cost[telling.id] = best
                    changed = True
        return cost

    def _cheapest(self, cost: dict[str, float], names: list[str]) -> float:
        return min((cost.get(name, NEVER) for name in names), default=NEVER)

    def _needed(self, clause: Clause) -> Iterator[list[str]]:
        """Of each list one must have been told for this clause to hold."""
        yield from ([name] for name in clause.told)
        yield from (self.setters.get(pair, []) for pair in clause.facts)
        yield from (self.raisers.get(counter, []) for counter, _ in clause.counters if counter != RAN)

    def __call__(self, state: State) -> float:
        """How far this state is; 0 only in principle."""
        goal = self.goal
        last = goal.latest or self.story.meetings
        if state.meeting > last or not self.avoid.isdisjoint(state.told_set):
            return NEVER
        telling = self.story.tellings[goal.telling]
        if telling.id in state.told_set and not telling.again:
            return NEVER
        best = NEVER
        for extra in goal.guard:
            plan: set[str] = set()
            rest = self._open(goal.telling, state, plan)
            far = rest + self._for(extra, state, plan) + len(plan | (self.told - state.told_set))
            best = min(best, far + self._waiting(telling, far <= 1, state))
        return best

    def _open(self, name: str, state: State, plan: set[str]) -> float:
        """What this telling still asks for; what must be told for it is put into the plan."""
        telling = self.story.tellings.get(name)
        if telling is None:
            return NEVER
        plan.add(name)
        best, chosen = NEVER, None
        for clause in telling.guard:
            if self._closed(clause, state):
                continue
            guess = sum(
                self._cheapest(self.cost, names) for names in self._needed(clause) if not self._has(names, state)
            )
            guess += max(0, clause.trust - state.trust)
            if guess < best:
                best, chosen = guess, clause
        if chosen is None:
            return NEVER
        far = self._for(chosen, state, plan)
        if telling.arc == "moment" and self.story.moment is not None and state.phase != "moment":
            far += min((self._for(clause, state, plan) for clause in self.story.moment.needs), default=NEVER)
        far += _MEETING * max(0, telling.seal - max(1, state.meeting))
        thing = self.story.things.get(telling.on or "")
        if telling.only_on and thing is not None and not thing.here:
            far += self._one_of(self.showers.get(thing.id, []), state, plan)
        return far

    def _for(self, clause: Clause, state: State, plan: set[str]) -> float:
        """What one clause still asks for, beside the plan."""
        if self._closed(clause, state):
            return NEVER
        far = float(max(0, clause.trust - state.trust, clause.closeness - state.closeness, clause.ache - state.ache))
        far += _MEETING * max(0, clause.meeting - max(1, state.meeting))
        far += sum(theme not in state.themes for theme in clause.confided)
        for name in clause.told:
            far += self._one_of([name], state, plan)
        for pair in clause.facts:
            far += self._one_of(self.setters.get(pair, []), state, plan) if pair[0] not in state.facts else 0
        for counter, least in clause.counters:
            lacks = least - state.counters.get(counter, 0)
            if counter == RAN:
                far += _MEETING * max(0, lacks)
            for _ in range(lacks if counter != RAN else 0):
                fresh = [name for name in self.raisers.get(counter, []) if name not in plan]
                far += self._one_of(fresh, state, plan)
        return far

    def _one_of(self, names: list[str], state: State, plan: set[str]) -> float:
        if any(name in state.told_set or name in plan for name in names):
            return 0.0
        name = min(names, key=lambda name: self.cost.get(name, NEVER), default=None)
        return NEVER if name is None else self._open(name, state, plan)

    def _has(self, names: list[str], state: State) -> bool:
        return any(name in state.told_set for name in names)

    def _closed(self, clause: Clause, state: State) -> bool:
        """Whether nothing that comes later can make this clause hold."""
        return not state.told_set.isdisjoint(clause.untold) or any(
            state.facts.get(fact, value) != value for fact, value in clause.facts
        )

    def _waiting(self, telling: Telling, soon: bool, state: State) -> float:
        """How long it takes until the part of a meeting comes in which it is told, and who goes first there."""
        arc = telling.arc
        at = _RANK.get(state.phase, 0) if state.phase else 0
        far = _PHASE * (abs(_RANK[arc] - at) if _RANK[arc] >= at and not state.over else len(ARCS))
        if not soon or (arc == "talk" and telling.thread and telling.thread == state.thread):
            return far
        mine = _before(telling)
        rivals = sum(
            t.arc == arc and t.id not in state.told_set and _before(t) >= mine and holds(t.guard, state)
            for t in self.story.tellings.values()
        )
        return far + (_MEETING if arc in ("arrival", "waking") else _RIVAL) * rivals


def _before(telling: Telling) -> tuple[bool, bool, bool, int]:
    """What goes first, as ``engine.choose`` has it, of what no thread and no move touches."""
    return not telling.again, telling.weight == "urgent", telling.weight != "reluctant", telling.depth
