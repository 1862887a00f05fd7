"""What the reader can do now. A choice never runs unless its id is what was clicked: ids are move and target."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from harken.engine.moves import LOOK, SKIP, WAKE
from harken.engine.state import State
from harken.engine.story import Story

LABELS = {SKIP: "Do not hear this", WAKE: "Wake gently"}
"""How the moves are offered that no story rewords."""
_TARGETED = {"ask_open": "Ask about: {}", "look": "Look at: {}", "touch": "Touch: {}"}


class Offer(NamedTuple):
    """One thing the reader can do. ``quiet`` offers stand behind the others."""

    move: str
    target: str | None
    label: str
    quiet: bool

    @property
    def id(self) -> str:
        """What is clicked, typed in a script, and checked: the move, and its target after a space."""
        return f"{self.move} {self.target}" if self.target else self.move


def offers(story: Story, state: State) -> tuple[Offer, ...]:
    """Everything on offer in this state, in the order to show it. Nothing once the meeting is over."""
    return () if state.over or not state.phase else tuple(_offers(story, state))


def _offers(story: Story, state: State) -> Iterator[Offer]:
    alone = not state.arrived
    if alone:
        yield from (Offer(LOOK, target, label, False) for target, label in story.confider.looks)
    yield from _gestures(story, state)
    yield from _things(story, state)
    for move, label, quiet in story.confider.moves:
        yield Offer(move, None, label, quiet or (alone and move != "stay"))
    if not alone:
        yield from (Offer(LOOK, target, label, True) for target, label in story.confider.looks)
        if state.last is not None:
            yield Offer(SKIP, None, LABELS[SKIP], True)
    yield Offer(LOOK, None, "Look about", True)
    yield Offer(WAKE, None, LABELS[WAKE], True)


def _gestures(story: Story, state: State) -> Iterator[Offer]:
    for gesture in story.gestures:
        if gesture.phase == state.phase:
            yield Offer(gesture.move, gesture.target, gesture.label, False)


def _things(story: Story, state: State) -> Iterator[Offer]:
    for name, _, label in state.things:
        thing = story.things.get(name)
        if thing is None or thing.scene != state.scene:
            continue
        for move in thing.moves:
            yield Offer(move, name, _TARGETED.get(move, move.replace("_", " ") + ": {}").format(label), False)
        if thing.look:
            yield Offer(LOOK, name, _TARGETED[LOOK].format(label), True)


def offered(story: Story, state: State, wanted: str) -> Offer | None:
    """The offer with this id, if it is made now."""
    wanted = " ".join(wanted.split())
    return next((offer for offer in offers(story, state) if offer.id == wanted), None)
