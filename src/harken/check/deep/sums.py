"""Sums of what happens once, asked of OR-Tools: how much trust, closeness or ache can there be before a telling?

Each telling lands once, so what it can earn counts once; and of what can be told before, not everything can be told
together: what a guard forbids, facts that exclude each other, what needs what. The most that these allow is a bound on
every reading; mending gives back no more than was taken, and taking a line back no more than the line did.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import floor
from typing import Any

from harken.check.bounds import Bounds
from harken.check.deep.gains import running, worth
from harken.engine.guard import Clause
from harken.engine.moves import ACHE, ACHE_OF_HEARING, CLOSENESS, TRUST

WHAT = ("trust", "closeness", "ache")
_BOUNDS = (TRUST, CLOSENESS, ACHE)


def most(bounds: Bounds, telling: str, what: str, extra: Clause | None = None, seconds: float = 5.0) -> int:
    """The most trust, closeness or ache (``what``) that there can be as this is told, where ``extra`` holds too.

    An upper bound: where the solver is stopped, the bound that it had proved by then, if any. -1 where it is never
    told so.
    """
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    number = bounds.number[telling]
    rows = [n for n in range(len(bounds.ids)) if n not in bounds.dead]
    told = {n: model.new_bool_var(f"told{n}") for n in rows}
    at = {n: model.new_int_var(0, len(rows), f"at{n}") for n in rows}
    if number not in told:
        return -1
    rules = _Rules(bounds, model, told, at)
    for n in rows:
        rules.opened(n, bounds.tellings[n].guard)
        if n != number:
            model.add(at[n] < at[number]).only_enforce_if(told[n])
    model.add(told[number] == 1)
    if extra is not None:
        rules.opened(number, (extra,))
    place = WHAT.index(what)
    low, high = _BOUNDS[place]
    start = min(high, max(low, bounds.story.start[place])) + running(bounds.story, place)
    earned = sum(worth(bounds.story, bounds.tellings[n], place) * told[n] for n in rows if n != number)
    model.maximize(earned)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = max(0.05, seconds)
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 0
    held = solver.solve(model)
    if held == cp_model.INFEASIBLE:
        return -1
    if held not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return high
    hearing = ACHE_OF_HEARING[bounds.tellings[number].depth] if what == "ache" else 0
    return min(high, start + floor(solver.best_objective_bound + 1e-6) + hearing)


class _Rules:
    """What can be told together, and in which order."""

    def __init__(self, bounds: Bounds, model: Any, told: dict[int, Any], at: dict[int, Any]) -> None:
        self.bounds, self.model, self.told, self.at = bounds, model, told, at
        self.setters: dict[tuple[str, str], list[int]] = {}
        for n in told:
            for pair in bounds.tellings[n].effects.sets:
                self.setters.setdefault(pair, []).append(n)
        self.facts = {pair: model.new_bool_var(f"{pair[0]} is {pair[1]}") for pair in self.setters}
        for fact in {fact for fact, _ in self.setters}:
            model.add_at_most_one(var for (name, _), var in self.facts.items() if name == fact)

    def opened(self, n: int, guard: Iterable[Clause]) -> None:
        """Where it is told, one clause of the guard held."""
        ways: list[Any] = []
        for place, clause in enumerate(guard):
            way = self.model.new_bool_var(f"way{n} {place} {len(ways)}")
            ways.append(way)
            self._clause(n, clause, way)
        self.model.add_bool_or([*ways, self.told[n].negated()])

    def _clause(self, n: int, clause: Clause, way: Any) -> None:
        for name in clause.told:
            m = self.bounds.number.get(name, -1)
            if m not in self.told or m == n:
                self.model.add(way == 0)
                return
            self.model.add_implication(way, self.told[m])
            self.model.add(self.at[m] < self.at[n]).only_enforce_if(way)
        for name in clause.untold:
            m = self.bounds.number.get(name, -1)
            if m in self.told and m != n:
                self.model.add(self.at[n] < self.at[m]).only_enforce_if([way, self.told[m]])
        for pair in clause.facts:
            if pair not in self.facts:
                self.model.add(way == 0)
                return
            self.model.add_implication(way, self.facts[pair])
            self.model.add_bool_or([way.negated(), *(self.told[m] for m in self.setters[pair])])
