"""What a writer asks about a reading: what a telling waited for after some breath of it."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from harken.engine import State, Story, evolve, fold
from harken.engine.events import Event, Met, Moved, Said
from harken.engine.why import why as reasons
from harken.errors import HarkenError


class NoSuchThing(HarkenError):
    """The telling or the breath asked about is not there."""


def why(story: Story, log: Sequence[Event | None], telling: str, at: str | None) -> list[str]:
    """Sentences: where the reading stood, and why the telling had not been told by then.

    ``at`` is ``MEETING.BREATH`` (breath 0 is the arrival); None is after everything in the log.
    Raises NoSuchThing.
    """
    if telling not in story.tellings:
        raise NoSuchThing(_no_telling(story, telling))
    state = _stood(log, _breath(at)) if at else fold(log)
    if not state.meeting:
        raise NoSuchThing("Nobody has met the confider yet in this reading; play some of it first.")
    where = f"Meeting {state.meeting}, after breath {state.breath} ({state.phase}; trust {state.trust}):"
    return [where, *reasons(story, state, telling)]


def _no_telling(story: Story, telling: str) -> str:
    near = get_close_matches(telling, story.tellings, 1)
    return f"{story.title} has no telling `{telling}`." + (f" Did you mean `{near[0]}`?" if near else "")


def _breath(at: str) -> tuple[int, int]:
    meeting, _, breath = at.partition(".")
    if not (meeting.isdigit() and breath.isdigit()):
        raise NoSuchThing(f"`{at}` is not a breath; write it as MEETING.BREATH, for instance 1.7.")
    return int(meeting), int(breath)


def _stood(log: Sequence[Event | None], at: tuple[int, int]) -> State:
    """The state after that breath: up to the event that begins the next one."""
    state, reached = State(), False
    for event in log:
        if reached and isinstance(event, Met | Moved | Said):
            return state
        state = state._replace(entries=state.entries + 1) if event is None else evolve(state, event)
        reached = reached or (state.meeting, state.breath) == at
    if not reached:
        raise NoSuchThing(f"This reading has no breath {at[0]}.{at[1]}.")
    return state
