"""Orders of tellings, asked of z3: is there any in which this is told so, and which is the shortest?

Of the engine's rules only these are kept: what each telling needs before it (told, untold, facts, counters, trust, the
meeting), the seals, one arrival and one waking a meeting, and the parts of a meeting that do not turn back. Everything
that can happen in the engine can happen here, so where there is no order the engine has no reading.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from harken.check.bounds import Bounds
from harken.check.deep.gains import running, worth
from harken.check.evidence import Aim
from harken.engine.guard import Clause
from harken.engine.moves import ARCS, TRUST
from harken.engine.names import RAN

_RANK = {arc: number for number, arc in enumerate(ARCS)}
_SINGLE = ("arrival", "waking")
LARGEST = 150
"""Tellings that can matter to one question, up to which it is asked."""


class Answer(NamedTuple):
    """``possible``: False where no order has it (a proof), True with the shortest ``told``, or None: too long."""

    possible: bool | None
    told: tuple[str, ...] = ()


def shortest(bounds: Bounds, goal: Aim, seconds: float) -> Answer:
    """The shortest order that ends with the goal, by a bound that grows from the least that is needed."""
    question = _Question(bounds, goal)
    if len(question.cone) > LARGEST:
        return Answer(None)
    return question.answer(seconds)


class _Question:
    def __init__(self, bounds: Bounds, goal: Aim) -> None:
        self.bounds, self.goal = bounds, goal
        self.number = bounds.number[goal.telling]
        self.gain = [worth(bounds.story, telling) for telling in bounds.tellings]
        self.setters: dict[tuple[str, str], list[int]] = {}
        self.raisers: dict[str, list[int]] = {}
        self.showers: dict[str, list[int]] = {}
        for number, telling in enumerate(bounds.tellings):
            if number in bounds.dead:
                continue
            for fact, value in telling.effects.sets:
                self.setters.setdefault((fact, value), []).append(number)
            for counter in telling.effects.raises:
                self.raisers.setdefault(counter, []).append(number)
            for thing in telling.effects.appear:
                self.showers.setdefault(thing, []).append(number)
        self.cone = self._cone()
        inside = sum(self.gain[number] for number in self.cone)
        self.outside = sum(self.gain[n] for n in range(len(bounds.ids)) if n not in bounds.dead) - inside
        self.outside += running(bounds.story)

    def _cone(self) -> list[int]:
        """Everything that can help to bring the goal about, but for its trust. What is left out only stands in ways."""
        found: set[int] = set()
        new = [self.number]
        new += [n for clause in self.goal.guard for n in self._helps(clause)]
        while new:
            number = new.pop()
            if number in found or number in self.bounds.dead:
                continue
            found.add(number)
            telling = self.bounds.tellings[number]
            moment = self.bounds.story.moment
            clauses = [*telling.guard, *(moment.needs if moment and telling.arc == "moment" else ())]
            for clause in clauses:
                new += self._helps(clause)
            if telling.only_on:
                new += self.showers.get(telling.on or "", [])
        return sorted(found)

    def _helps(self, clause: Clause) -> list[int]:
        numbers = [self.bounds.number[name] for name in clause.told if name in self.bounds.number]
        for pair in clause.facts:
            numbers += self.setters.get(pair, [])
        for counter, _ in clause.counters:
            numbers += self.raisers.get(counter, [])
        return numbers

    def answer(self, seconds: float) -> Answer:
        import z3  # type: ignore[import-untyped]

        if self.number not in self.cone:
            return Answer(False)
        self.z3 = z3
        solver = z3.Solver()
        solver.set("timeout", max(1, int(seconds * 1000)))
        solver.add(*self._rules())
        held = solver.check()
        if held == z3.unsat:
            return Answer(False)
        if held != z3.sat:
            return Answer(None)
        told = self._told(solver.model())
        heard = z3.Sum([z3.If(self.at[n] > 0, 1, 0) for n in self.cone])
        bound = self.bounds.must[self.number].bit_count()
        while bound < len(told) - 1:
            bound += 1
            solver.push()
            solver.add(heard <= bound)
            held = solver.check()
            if held == z3.sat:
                told = self._told(solver.model())
            solver.pop()
            if held != z3.unsat:
                break
        return Answer(True, told)

    def _told(self, model: Any) -> tuple[str, ...]:
        at = {n: model.eval(self.at[n], model_completion=True).as_long() for n in self.cone}
        return tuple(self.bounds.ids[n] for n in sorted((n for n in at if at[n] > 0), key=lambda n: at[n]))

    # --- the rules --------------------------------------------------------------------------------------------

    def _rules(self) -> list[Any]:
        """When each is first told (``at``: 0 for not, up to the goal), and in which meeting."""
        z3, story = self.z3, self.bounds.story
        self.at = {n: z3.Int(f"at{n}") for n in self.cone}
        self.meeting = {n: z3.Int(f"in{n}") for n in self.cone}
        facts = sorted({fact for fact, _ in self.setters})
        self.fact = {fact: z3.Int(f"fact {fact}") for fact in facts}
        self.values = {pair: place for place, pair in enumerate(sorted(self.setters))}
        last = self.goal.latest or story.meetings
        rules: list[Any] = [self.at[self.number] > 0]
        for n in self.cone:
            here = z3.And(self.at[n] > 0, self.meeting[n] >= 1, self.meeting[n] <= last, self._told_now(n))
            if n != self.number:
                here = z3.And(here, self.at[n] < self.at[self.number], self._when(n, self.number))
            rules += [self.at[n] >= 0, z3.Or(self.at[n] == 0, here)]
        for arc in _SINGLE:
            mine = [n for n in self.cone if self.bounds.tellings[n].arc == arc]
            for place, n in enumerate(mine):
                for m in mine[:place]:
                    told = z3.And(self.at[n] > 0, self.at[m] > 0)
                    rules.append(z3.Implies(told, self.meeting[n] != self.meeting[m]))
        rules.append(z3.Or([self._holds(clause, self.number) for clause in self.goal.guard]))
        return rules + self._facts_set()

    def _facts_set(self) -> list[Any]:
        """A fact is what the first of its tellings made it: of all that set it, one that sets its value comes first."""
        z3, rules = self.z3, []
        for (fact, value), numbers in self.setters.items():
            rivals = [n for (f, v), ns in self.setters.items() if f == fact and v != value for n in ns]
            first = [n for n in numbers if n in self.at]
            for rival in rivals:
                if rival in self.at and rival not in numbers:
                    sooner = [z3.And(self.at[n] > 0, self.at[n] < self.at[rival]) for n in first]
                    is_value = self.fact[fact] == self.values[fact, value]
                    rules.append(z3.Implies(z3.And(is_value, self.at[rival] > 0), z3.Or(sooner)))
        return rules

    def _told_now(self, n: int) -> Any:
        """Some clause of its guard holds, and where it is only told on asking, what asks is there."""
        z3, story, telling = self.z3, self.bounds.story, self.bounds.tellings[n]
        asked = [z3.Or([self._holds(clause, n) for clause in telling.guard]), self.meeting[n] >= telling.seal]
        if telling.arc == "moment":
            asked.append(z3.Or([self._holds(clause, n) for clause in story.moment.needs] if story.moment else []))
        if telling.only_on and not any(gesture.target == telling.on for gesture in story.gestures):
            thing = story.things.get(telling.on or "")
            if thing is None or not thing.here:
                asked.append(z3.Or([self._before(m, n) for m in self.showers.get(telling.on or "", [])]))
        return z3.And(asked)

    def _holds(self, clause: Clause, n: int) -> Any:
        z3 = self.z3
        parts = [self.meeting[n] >= max(1, clause.meeting)]
        parts += [self._before(self.bounds.number.get(name, -1), n) for name in clause.told]
        for name in clause.untold:
            m = self.bounds.number.get(name, -1)
            if m == n:
                continue
            if m in self.at:
                parts.append(z3.Or(self.at[m] == 0, self.at[m] > self.at[n]))
        for pair in clause.facts:
            parts += [z3.Or([self._before(m, n) for m in self.setters.get(pair, [])])]
            parts += [self.fact[pair[0]] == self.values[pair]] if pair in self.values else []
        for counter, least in clause.counters:
            if counter == RAN:
                parts.append(self.meeting[n] >= least + 1)
            else:
                risen = [self._count(counter, m, n) for m in dict.fromkeys(self.raisers.get(counter, []))]
                parts.append(z3.Sum([z3.IntVal(0), *risen]) >= least)
        parts += self._trust(clause.trust, n)
        return z3.And(parts)

    def _count(self, counter: str, m: int, n: int) -> Any:
        times = self.bounds.tellings[m].effects.raises.count(counter)
        return self.z3.If(self._before(m, n), times, 0)

    def _trust(self, least: int, n: int) -> list[Any]:
        lacking = least - self.bounds.story.start[0] - self.outside
        if lacking <= 0 or least > TRUST[1]:
            return [self.z3.BoolVal(least <= TRUST[1])] if lacking > 0 else []
        earned = [self.z3.If(self._before(m, n), self.gain[m], 0) for m in self.cone if self.gain[m]]
        return [self.z3.Sum([self.z3.IntVal(0), *earned]) >= lacking]

    def _before(self, m: int, n: int) -> Any:
        if m not in self.at or m == n:
            return self.z3.BoolVal(False)
        return self.z3.And(self.at[m] > 0, self.at[m] < self.at[n], self._when(m, n))

    def _when(self, m: int, n: int) -> Any:
        """What is told before is told in a meeting before, or in a part of the same that is not after."""
        sooner = self.bounds.tellings[m].arc, self.bounds.tellings[n].arc
        same = _RANK[sooner[0]] < _RANK[sooner[1]] or (sooner[0] == sooner[1] and sooner[0] not in _SINGLE)
        return self.meeting[m] <= self.meeting[n] if same else self.meeting[m] < self.meeting[n]
