"""How a move lands: the confider's temperament, as one event.

A telling lands once: the first landing move after it counts and clears it, so that repeating a move earns
nothing. What a move takes is recorded as a wound; one mending breath in a meeting, needing no telling, gives
back at most that.
"""

from __future__ import annotations

from harken.engine.events import Landed, TakenBack
from harken.engine.moves import ACHE, BANDS, CLOSENESS, NEVER_LAND, TRUST, Temper, band
from harken.engine.state import State, within
from harken.engine.story import Story

EASY = 1
"""Listening well to what lies more than this many depths above what they are ready for earns no trust: it cost
nothing to say. So each layer costs more than the last (social penetration; research/listening.md, section 1)."""


def land(story: Story, state: State, move: str, soft: bool) -> Landed | None:
    """What this move does now, after all bounds; None where it changes nothing and answers nothing.

    ``soft`` halves every change toward zero.
    """
    if move in NEVER_LAND or not state.arrived:
        return None
    trust, closeness, ache = _deltas(story, state, move)
    if soft:
        trust, closeness, ache = int(trust / 2), int(closeness / 2), int(ache / 2)
    mended = 0
    if trust >= 0 and state.wound and not state.mended and move in story.confider.mends:
        mended = min(state.wound, story.confider.mending)
    gained = within(state.trust + trust, TRUST) - state.trust
    mended = min(mended, TRUST[1] - state.trust - gained)
    landed = Landed(
        telling=state.pending,
        trust=gained + mended,
        closeness=within(state.closeness + closeness, CLOSENESS) - state.closeness,
        ache=within(state.ache + ache, ACHE) - state.ache,
        wound=max(0, -gained),
        mended=mended,
    )
    idle = landed.telling is None and not (landed.trust or landed.closeness or landed.ache)
    return None if idle else landed


def take_back(state: State) -> TakenBack | None:
    """What undoes the landing of the line just typed; None where nothing of it is left to undo."""
    if state.landing is None:
        return None
    trust, closeness, ache, wound, mended = state.landing
    return TakenBack(
        trust=within(state.trust - trust, TRUST) - state.trust,
        closeness=within(state.closeness - closeness, CLOSENESS) - state.closeness,
        ache=within(state.ache - ache, ACHE) - state.ache,
        wound=mended - wound,
        mended=mended > 0,
    )


def _deltas(story: Story, state: State, move: str) -> tuple[int, int, int]:
    temper = story.confider.temperament[move]
    if state.pending is None:
        return temper.light if move == "run" else (0, 0, _ease(temper))
    deltas = _of_band(temper, state.pending_depth)
    telling = story.tellings.get(state.pending)
    if telling is not None and move in telling.landing:
        return telling.landing[move], deltas[1], deltas[2]
    if deltas[0] > 0 and state.pending_depth < ready_for(story, state) - EASY:
        return 0, deltas[1], deltas[2]
    return deltas


def ready_for(story: Story, state: State) -> int:
    """The deepest depth, 0 to 5, whose floor the present trust reaches."""
    return max((depth for depth, floor in enumerate(story.floors) if floor <= state.trust), default=0)


def _of_band(temper: Temper, depth: int) -> tuple[int, int, int]:
    deltas: tuple[int, int, int] = getattr(temper, BANDS[band(depth)])
    return deltas


def _ease(temper: Temper) -> int:
    """Breathing eases the ache whether or not something was just told; nothing else works without a telling."""
    return min(0, temper.light[2])


def goes_on(story: Story, state: State, move: str) -> bool:
    """Whether the confider tells something new this breath, or withholds."""
    if move in NEVER_LAND:
        return False
    return story.confider.temperament[move].then[band(state.pending_depth if state.pending else 0)] == "tell"
