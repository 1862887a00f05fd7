"""The deep pass over one story: orders and sums that prove, a search for whatever is left, and a look for traps."""

from __future__ import annotations

from collections.abc import Callable

from harken.check.deep import extra
from harken.check.deep.budget import Budget
from harken.check.deep.dead_ends import sample
from harken.check.deep.directed import Search
from harken.check.deep.goals import Distance
from harken.check.evidence import Aim, Evidence, Watched
from harken.check.seeking import goal_of, seeking
from harken.check.wandering import Ground, Seen, wordless
from harken.engine import Story
from harken.engine.guard import Clause
from harken.engine.names import RAN

FIRST_BREATHS = 1500
"""Breaths of a first search for one goal; each further one, with another seed, takes twice as many."""
QUESTION = 20.0
"""Seconds for one question to a solver."""
_TRAPS, _PROOFS, _SEARCH = 0.1, 0.4, 0.7
"""Parts of what is left of the budget."""

Tell = Callable[[str], None]


def look_further(found: Evidence, watched: Watched, budget: Budget, tell: Tell) -> None:
    """Prove or find what the fast pass left open; ``found`` has it afterwards."""
    tell("looking for traps")
    found.sampled = sample(found.story, budget.share(_TRAPS))
    goals = open_goals(found, watched)
    lacking = extra.missing()
    if lacking is not None:
        tell(lacking)
    elif goals:
        _prove(found, goals, budget.share(_PROOFS), tell)
    _seek(found, watched, budget.share(_SEARCH), tell)


def open_goals(found: Evidence, watched: Watched) -> dict[str, Aim]:
    """What is neither seen nor ruled out, by its key: tellings by their ids, and what promises watch for."""
    bounds = found.bounds
    able = {name for number, name in enumerate(bounds.ids) if number not in bounds.dead and name not in found.ruled}
    goals = {name: Aim(name) for name in bounds.ids if name in able and name not in found.first}
    done = found.sighted.keys() | found.ruled.keys() | (watched.seek.keys() if found.whole else set())
    goals = {} if found.whole else goals
    return goals | {key: g for key, g in watched.goals.items() if key not in done and g.telling in able}


def _prove(found: Evidence, goals: dict[str, Aim], budget: Budget, tell: Tell) -> None:
    from harken.check.deep import order

    for place, (key, goal) in enumerate(goals.items()):
        if budget.spent:
            return
        tell(f"asking whether any order has {key} ({place + 1} of {len(goals)})")
        answer = order.shortest(found.bounds, goal, min(QUESTION, budget.left))
        if answer.possible is False:
            found.ruled[key] = "no order of tellings that the guards, the seals and the meetings allow has it"
        elif answer.possible:
            found.orders[key] = answer.told
            why = _too_much(found, goal, min(QUESTION, budget.left))
            if why is not None:
                found.ruled[key] = why


def _too_much(found: Evidence, goal: Aim, seconds: float) -> str | None:
    """Why no sum of what can come before it is enough; None where one is."""
    from harken.check.deep import sums

    telling, whys = found.story.tellings[goal.telling], []
    for extra_clause in goal.guard:
        asked = {
            "trust": max([extra_clause.trust, min((c.trust for c in telling.guard), default=0)]),
            "closeness": extra_clause.closeness,
            "ache": extra_clause.ache,
        }
        for what, least in asked.items():
            if least > 0:
                most = sums.most(found.bounds, goal.telling, what, extra_clause, seconds)
                if most < least:
                    whys.append(f"it needs {what} {least}, and at most {max(0, most)} can come together before it")
                    break
        else:
            return None
    return "; ".join(dict.fromkeys(whys)) or None


def _seek(found: Evidence, watched: Watched, budget: Budget, tell: Tell) -> None:
    """Search for each open goal in turn, again and again with other seeds and more breaths."""
    turn = 0
    while not budget.spent:
        goals = open_goals(found, watched)
        if not goals:
            return
        for place, (key, goal) in enumerate(goals.items()):
            if key in found.first or key in found.sighted:
                continue
            if budget.spent:
                return
            tell(f"searching for {key} ({place + 1} of {len(goals)}, search {turn + 1})")
            _search(found, watched, key, goal, turn, budget)
        turn += 1


def _search(found: Evidence, watched: Watched, key: str, goal: Aim, turn: int, budget: Budget) -> None:
    """One search; whatever else is seen on the way is noted too."""

    def note(seen: Seen) -> bool:
        found.breaths += 1
        for name in seen.told:
            found.first.setdefault(name, seen.so_far())
        watched.seen_in(seen, found.sighted)
        return key in found.first or key in found.sighted

    story = found.story if watched.words else wordless(found.story)
    found.readings += 2
    if _seeker(found, story, goal, turn, budget, note):
        return
    told = found.orders.get(key, ()) if turn % 2 == 0 else ()
    Search(story, Distance(story, goal, told), turn, note).run(FIRST_BREATHS << turn, lambda: not budget.spent)


def _seeker(found: Evidence, story: Story, goal: Aim, turn: int, budget: Budget, note: Callable[[Seen], bool]) -> bool:
    """One reader who looks for this and for nothing else; whether they came upon it."""
    extra_clause = goal.guard[turn % len(goal.guard)] if goal.guard else Clause()
    own = goal_of(found.bounds, goal.telling, turn)
    own = own._replace(
        untold=(*own.untold, (goal.telling, frozenset(extra_clause.untold))),
        trust=max(own.trust, extra_clause.trust),
        meeting=max(own.meeting, extra_clause.meeting),
        ran=max(own.ran, dict(extra_clause.counters).get(RAN, 0)),
    )
    for seen, tried in seeking(Ground(story), own, turn):
        found.breaths += tried
        if note(seen):
            return True
        if budget.spent:
            break
    return False
