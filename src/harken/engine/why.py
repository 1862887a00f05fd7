"""Why a telling has not been told, and what would open it. Asks, and never changes anything."""

from __future__ import annotations

from harken.engine.choose import choose
from harken.engine.guard import missing
from harken.engine.state import State
from harken.engine.story import Story, Telling


def why_not(story: Story, state: State, telling: str) -> tuple[str, ...]:
    """What keeps a telling from being told in this state; empty when it could be.

    With several clauses, what is missing from the one that lacks least. Raises KeyError for an unknown id.
    """
    wanted = story.tellings[telling]
    if telling in state.told_set and not wanted.again:
        return ("it was told already",)
    if telling in state.again:
        return ("it was told in this meeting, and returns in another",)
    veiled = sorted(state.veiled.intersection(wanted.themes))
    if veiled:
        return (f"the reader asked to be told nothing of {', '.join(veiled)}",)
    if state.meeting < wanted.seal:
        return (f"it is sealed until meeting {wanted.seal} (this is meeting {state.meeting})",)
    never = ("its guard can never hold",)
    return min((tuple(missing(clause, state)) for clause in wanted.guard), key=len, default=never)


def why(story: Story, state: State, telling: str, target: str | None = None) -> tuple[str, ...]:
    """One or more sentences for a writer: why this telling was passed over so far, and what would open it.

    ``target`` is what the reader's next move is aimed at. Raises KeyError for an unknown id.
    """
    wanted = story.tellings[telling]
    if telling in state.told_set and not wanted.again:
        return (f"{telling} was told: it is number {state.told.index(telling) + 1} of {len(state.told)}.",)
    lacking = why_not(story, state, telling)
    if lacking:
        opens = "; or ".join(" and ".join(missing(clause, state)) for clause in wanted.guard[:4])
        first = f"{telling} is not ready: it waits for {', '.join(lacking)}."
        return (first, f"It opens with: {opens}.") if len(wanted.guard) > 1 else (first,)
    return _passed_over(story, state, wanted, target)


def _passed_over(story: Story, state: State, wanted: Telling, target: str | None) -> tuple[str, ...]:
    ready = f"{wanted.id} is ready."
    asked = (f"It is told only when {wanted.on} asks for it.",) if wanted.only_on and target != wanted.on else ()
    if state.over:
        last = state.meeting >= story.meetings
        rest = "No further meeting is written." if last else "The meeting is over; it waits for the next one."
        return (ready, *asked, rest)
    if wanted.arc != state.phase:
        return (ready, *asked, f"It belongs to the {wanted.arc}, and the meeting is in {state.phase}.")
    if asked:
        return (ready, *asked)
    choice = choose(story, state, story.index.ready(state), state.phase, target)
    if choice is None or choice.telling.id == wanted.id:
        return (ready, "It is what would be told next, to a move that does not make them withhold.")
    return (ready, f"{choice.telling.id} goes before it: {', then '.join(choice.because)}.")
