"""What the reader can do now. A choice never runs unless its id is what was clicked: ids are move and target."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from harken.engine.labels import aimed, label
from harken.engine.moves import LOOK, NOT_MEANT, SKIP, WAKE
from harken.engine.state import State
from harken.engine.story import Story


class Offer(NamedTuple):
    """One thing the reader can do. ``quiet`` offers stand behind the others.

    ``kind`` says what it is, so that a player can set it apart: ``gesture`` (the story's own), ``move``, ``thing``
    (aimed at something that is here), ``look``, or ``leave`` (skip, wake, taking back a misunderstanding).
    """

    move: str
    target: str | None
    label: str
    quiet: bool
    kind: str = "move"

    @property
    def id(self) -> str:
        """What is clicked, typed in a script, and checked: the move, and its target after a space."""
        return f"{self.move} {self.target}" if self.target else self.move


def offers(story: Story, state: State) -> tuple[Offer, ...]:
    """Everything on offer in this state, in the order to show it. Nothing once the meeting is over."""
    return () if state.over or not state.phase else tuple(_offers(story, state))


def _offers(story: Story, state: State) -> Iterator[Offer]:
    alone = not state.arrived
    looks = [Offer(LOOK, target, named, not alone, "look") for target, named in story.confider.looks]
    if alone:
        yield from looks
    for gesture in story.gestures:
        if gesture.phase == state.phase:
            yield Offer(gesture.move, gesture.target, gesture.label, False, "gesture")
    for move, named, quiet in story.confider.moves:
        yield Offer(move, None, named, quiet or (alone and move != "stay"))
    yield from _things(story, state)
    if not alone:
        yield from looks
        if state.last is not None:
            yield _always(SKIP, story)
    if state.landing is not None:
        yield _always(NOT_MEANT, story)
    yield _always(LOOK, story)
    yield _always(WAKE, story)


def _always(move: str, story: Story) -> Offer:
    return Offer(move, None, label(move, story.language) or move, True, "look" if move == LOOK else "leave")


def _things(story: Story, state: State) -> Iterator[Offer]:
    for name, _, shown in state.things:
        thing = story.things.get(name)
        if thing is None or thing.scene != state.scene:
            continue
        for move in thing.moves:
            yield Offer(move, name, aimed(move, shown, story.language), False, "thing")
        if thing.look:
            yield Offer(LOOK, name, aimed(LOOK, shown, story.language), True, "look")


def offered(story: Story, state: State, wanted: str) -> Offer | None:
    """The offer with this id, if it is made now."""
    wanted = " ".join(wanted.split())
    return next((offer for offer in offers(story, state) if offer.id == wanted), None)
