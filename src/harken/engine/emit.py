"""The gate. ``emit`` is the only function in the whole program that tells a telling.

It asks the whole guard again, whatever chose the telling and wherever the state came from. A test looks for any
other place that makes a ``Told`` event, and another takes the question out and must then see a leak.
"""

from __future__ import annotations

from collections.abc import Iterator

from harken.engine.choose import earned
from harken.engine.events import Appeared, Dissolved, Event, FactSet, HeardOnce, Lengthened, Rose, SceneChanged, Told
from harken.engine.moves import ACHE_OF_HEARING, JAR, LENGTHEN_MOST
from harken.engine.state import State
from harken.engine.story import Effects, Story, Telling
from harken.engine.words import Recall, Scope, render


class NotEarned(Exception):
    """Something tried to tell what is not earned. A fault of the program, never of the reader; nothing was told."""


def emit(story: Story, state: State, telling: Telling, recall: Recall) -> Iterator[Event]:
    """The telling, told whole, and what it changes.

    Raises NotEarned if its guard does not hold in this state.
    """
    if not earned(telling, state):
        raise NotEarned(f"{telling.id} is not earned")
    first = telling.id not in state.told_set
    lines = render(telling.body, Scope(state, story.confider.grammar, recall, telling.id))
    once = telling.form == JAR
    yield Told(
        telling=telling.id,
        title="" if once else telling.title,
        depth=telling.depth,
        form=telling.form,
        thread=telling.thread,
        arc=telling.arc,
        again=telling.again,
        ache=ACHE_OF_HEARING[telling.depth] if first else 0,
        lines=() if once else lines,
    )
    if once:
        yield HeardOnce(telling.id, telling.form, telling.title, lines)
    if first:
        yield from _effects(story, state, telling.effects)


def _effects(story: Story, state: State, effects: Effects) -> Iterator[Event]:
    for fact, value in effects.sets:
        if fact not in state.facts:
            yield FactSet(fact, value)
    for counter in effects.raises:
        if state.counters.get(counter, 0) < story.counters.get(counter, 0):
            yield Rose(counter)
    here = {thing for thing, _, _ in state.things}
    for name in effects.dissolve:
        if name in here:
            yield Dissolved(name)
    for name in effects.appear:
        if name not in here:
            yield appearance(story, name)
    if effects.scene and effects.scene != state.scene:
        yield scene_change(story, effects.scene)
    longer = min(effects.lengthen, LENGTHEN_MOST - state.lengthened)
    if longer > 0:
        yield Lengthened(longer)


def appearance(story: Story, name: str) -> Appeared:
    """The event by which a thing comes to be here."""
    thing = story.things[name]
    return Appeared(thing.id, thing.kind, thing.label)


def scene_change(story: Story, name: str) -> SceneChanged:
    """The event by which the meeting is in another scene."""
    scene = story.scenes[name]
    return SceneChanged(scene.id, scene.art, round(scene.light * 1000), scene.sound, round(scene.motion * 1000))
