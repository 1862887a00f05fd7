"""Whether anybody can be trapped: from states that readers came to, is every move answered, is there a waking, and
can anything more be told?

A state in which nothing more will ever be told, however many meetings come, although something would be with more
trust than can still be earned, is a dead end. What can still come is granted as the bounds grant it, so that a dead
end which is shown is one.
"""

from __future__ import annotations

from dataclasses import dataclass

from harken.check.deep.budget import Budget
from harken.check.replay import Replay, heard_in, told_in
from harken.check.wandering import STYLES, Seen, reading
from harken.engine import State, Story, breathe
from harken.engine.breath import Outcome
from harken.engine.guard import Clause
from harken.engine.moves import TRUST
from harken.engine.names import RAN
from harken.engine.offers import offers
from harken.engine.story import Telling

EVERY = 5
"""Every so many breaths of a reading a state is looked at."""
READINGS = 27


@dataclass
class Sampled:
    """What was seen: how many states, and the first replay of each kind of trap."""

    states: int = 0
    ends: int = 0
    unanswered: Replay | None = None
    move: str = ""
    unparted: Replay | None = None
    trapped: Replay | None = None
    lost: str = ""
    """A telling that those who are trapped never hear for want of trust."""


def sample(story: Story, budget: Budget, readings: int = READINGS) -> Sampled:
    """Look at states of so many readings of every kind, as far as the budget goes."""
    found = Sampled()
    for number in range(readings):
        for seen in reading(story, number, STYLES[number % len(STYLES)], set()):
            if budget.spent:
                return found
            state = seen.outcome.state
            if state.over:
                _end(story, seen, found)
            elif state.breath % EVERY == 0:
                _look(story, seen, found)
    return found


def _look(story: Story, seen: Seen, found: Sampled) -> None:
    found.states += 1
    state, ready = seen.outcome.state, seen.outcome.ready
    for offer in offers(story, state):
        after = breathe(story, state, heard_in(story, state, offer.id), ready)
        if not after.beats and not after.state.over and found.unanswered is None and offer.move != "not-meant":
            found.unanswered, found.move = _and(seen, offer.id), offer.id
    by_clock = _wakes(story, seen.outcome, "look", max(story.clock) + 20)
    for line, outcome in (("wake", _wakes(story, seen.outcome, "wake", 1)), ("look", by_clock)):
        if found.unparted is None and state.arrived and (outcome is None or not told_in(outcome)):
            found.unparted = _and(seen, line)


def _and(seen: Seen, line: str) -> Replay:
    so_far = seen.so_far()
    return Replay(so_far.seed, (*so_far.meetings[:-1], (*so_far.meetings[-1], line)))


def _wakes(story: Story, outcome: Outcome, line: str, breaths: int) -> Outcome | None:
    """The breath with which the meeting ends, if the reader does nothing else; None if it does not."""
    for _ in range(breaths):
        state = outcome.state
        outcome = breathe(story, state, heard_in(story, state, line), outcome.ready)
        if outcome.state.over:
            return outcome
    return None


def _end(story: Story, seen: Seen, found: Sampled) -> None:
    found.ends += 1
    if found.trapped is None:
        lost = trapped(story, seen.outcome.state)
        if lost is not None:
            found.trapped, found.lost = seen.so_far(), lost


def trapped(story: Story, state: State) -> str | None:
    """A telling that is lost for want of trust, where nothing at all can be told any more; None: it goes on."""
    if _opens(story, state, state.trust + state.wound):
        return None
    lost = [t for t in _opens(story, state, TRUST[1]) if t.seal <= story.meetings]
    return min(lost, key=lambda t: t.depth).id if lost else None


def _opens(story: Story, state: State, trust: int) -> list[Telling]:
    """What can be told next, or after what can be told next, with so much trust; without what returns anyway."""
    return [
        t
        for t in story.tellings.values()
        if not t.again and t.id not in state.told_set and any(_can(clause, state, trust) for clause in t.guard)
    ]


def _can(clause: Clause, state: State, trust: int) -> bool:
    """Whether this clause can hold with nothing more told: meetings pass, runs and confidences are the reader's."""
    return (
        trust >= clause.trust
        and state.told_set.issuperset(clause.told)
        and state.told_set.isdisjoint(clause.untold)
        and all(state.facts.get(fact) == value for fact, value in clause.facts)
        and all(counter == RAN or state.counters.get(counter, 0) >= n for counter, n in clause.counters)
    )
