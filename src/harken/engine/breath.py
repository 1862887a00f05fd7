"""``breathe(story, state, move)``: one breath, whole. What the players' one service is made of."""

from __future__ import annotations

from typing import NamedTuple

from harken.engine import arc
from harken.engine.beats import Beat, beats
from harken.engine.decide import Heard, unfold
from harken.engine.events import Event
from harken.engine.ready import Ready
from harken.engine.state import State
from harken.engine.story import Story
from harken.engine.unfolding import Unfolding
from harken.engine.words import Recall, nothing_recalled


class Outcome(NamedTuple):
    """What one breath gave: the state after it, the events to keep, the beats to show.

    ``ready`` is a cache: hand it to the next breath of the same encounter, or leave it out.
    """

    state: State
    events: tuple[Event, ...]
    beats: list[Beat]
    ready: Ready | None


class AlreadyOver(Exception):
    """The meeting is over (or none has begun); the next begins with ``arrive``."""


class NotOver(Exception):
    """A meeting is going on; it is resumed, not begun again."""


def breathe(
    story: Story, state: State, heard: Heard, ready: Ready | None = None, recall: Recall = nothing_recalled
) -> Outcome:
    """One breath. A pure function: the same story, state and move give the same outcome on every machine.

    Raises AlreadyOver when no meeting is going on.
    """
    if state.over or not state.phase:
        raise AlreadyOver("this meeting is over")
    return _outcome(unfold(Unfolding(story, state, ready, recall), heard))


def arrive(
    story: Story,
    state: State,
    seed: int,
    name: str | None,
    recall: Recall = nothing_recalled,
    pronoun: str | None = None,
    veiled: tuple[str, ...] = (),
    locale: str | None = None,
    older: str | None = None,
) -> Outcome:
    """The next meeting begins: breath 0. ``pronoun`` is one of ``moves.PRONOUNS`` or None.

    ``veiled`` are themes of which nothing is to be told; ``locale`` is the language of ``story``'s words where it is
    not the story's own; ``older`` is the name in an older form, empty where the reader refused one.

    Raises NotOver while a meeting is going on.
    """
    if state.phase and not state.over:
        raise NotOver("this meeting is still going on")
    now = Unfolding(story, state, None, recall)
    arc.open_meeting(now, seed, name, pronoun, veiled, locale, older)
    return _outcome(now)


def _outcome(now: Unfolding) -> Outcome:
    return Outcome(now.state, tuple(now.events), beats(now.events), now.ready)
