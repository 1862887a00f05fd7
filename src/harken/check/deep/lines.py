"""What a reader can say or do in a state of the engine; of lines that come to the same, the first."""

from __future__ import annotations

from collections.abc import Iterator

from harken.check.replay import heard_in
from harken.check.wandering import words_for
from harken.engine import Heard, State, Story
from harken.engine.landing import goes_on, land
from harken.engine.offers import offers


def lines(story: Story, state: State, themes: frozenset[str] = frozenset()) -> Iterator[tuple[str, Heard]]:
    """Each line with how it is heard. ``themes`` are confided where that is new and the ear knows words for it."""
    seen: set[object] = set()
    asked = {t.on for t in story.tellings.values() if t.on and t.id not in state.told_set}
    for offer in offers(story, state):
        target = offer.target if offer.target in asked or not state.arrived else None
        if offer.move in ("wake", "run", "look", "skip", "not-meant"):
            effect: object = offer.move, target
        else:
            landed = land(story, state, offer.move, False)
            change = (landed.trust, landed.closeness, landed.ache, landed.mended) if landed else None
            effect = change, goes_on(story, state, offer.move), target
        if offer.move != "not-meant" and effect not in seen:
            seen.add(effect)
            yield offer.id, Heard(offer.move, offer.target)
    for theme in sorted(themes - state.themes):
        words = words_for(theme)
        if words is not None:
            yield f"> {words}", heard_in(story, state, f"> {words}")


def alike(state: State) -> object:
    """States that are told apart: everything but what was said how long ago, and in which order things were told."""
    return (
        state.meeting, state.breath, state.phase, state.trust, state.wound, state.mended, state.closeness, state.ache,
        state.told_set, state.pending, state.thread, frozenset(state.facts.items()),
        frozenset(state.counters.items()), state.themes, state.owed, state.scene, state.over, state.wandered,
    )  # fmt: skip
