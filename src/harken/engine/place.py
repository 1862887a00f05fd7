"""The place answers: which section, and which of its lines. Asks, and never changes anything."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from harken.engine.events import PlaceAnswered
from harken.engine.guard import holds
from harken.engine.state import State
from harken.engine.story import Section, Story
from harken.engine.words import Recall, Scope, render

Trigger = tuple[str, str]


def answer(story: Story, state: State, triggers: Iterable[Trigger], recall: Recall) -> PlaceAnswered | None:
    """The next unused line of the first section that answers to the first of these triggers that has one."""
    for trigger in triggers:
        for section in story.triggers.get(trigger, ()):
            if _may_answer(section, state):
                line = _next_line(section, state)
                if line is not None:
                    return _event(story, state, section.id, [line], recall)
    return None


def whole(story: Story, state: State, trigger: Trigger, recall: Recall) -> PlaceAnswered | None:
    """A whole section, read out: a scene that opens, the confider coming. Fresh words go before returning ones."""
    sections = [section for section in story.triggers.get(trigger, ()) if _may_answer(section, state)]
    fresh = [section for section in sections if not any(key in state.used for key, _ in section.lines)]
    for section in (*fresh, *(section for section in sections if section.again)):
        return _event(story, state, section.id, section.lines, recall)
    return None


def look_at(story: Story, state: State, name: str, recall: Recall) -> PlaceAnswered | None:
    """What is read when the reader looks at a thing that is here, all of it; once."""
    thing = story.things.get(name)
    if thing is None or not any(here == name for here, _, _ in state.things):
        return None
    lines = [(key, line) for key, line in thing.look if key not in state.used]
    if not lines:
        return None
    return _event(story, state, thing.id, lines, recall)


def after_telling(story: Story, told: str) -> tuple[Trigger, ...]:
    """What a telling sets off, the most particular first."""
    telling = story.tellings[told]
    return (
        ("told", telling.id),
        ("thread", telling.thread),
        ("form", telling.form),
        ("depth", str(telling.depth)),
        ("told", ""),
    )


def _may_answer(section: Section, state: State) -> bool:
    last = state.cooling.get(section.id)
    return (
        (section.scene is None or section.scene == state.scene)
        and (last is None or state.age - last > section.cool)
        and holds(section.needs, state)
    )


def _next_line(section: Section, state: State) -> tuple[str, dict[str, object]] | None:
    for key, line in section.lines:
        if key not in state.used:
            return key, line
    if section.again and section.lines:
        return section.lines[state.age % len(section.lines)]
    return None


def _event(
    story: Story, state: State, name: str, lines: Sequence[tuple[str, dict[str, object]]], recall: Recall
) -> PlaceAnswered:
    scope = Scope(state, story.confider.grammar, recall, f"{name} {state.age}")
    return PlaceAnswered(name, tuple(key for key, _ in lines), render((line for _, line in lines), scope))
