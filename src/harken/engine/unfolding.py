"""A breath while it is decided: the events so far, and the state after them.

The one mutable thing of this room. It lives for one call and is never kept.
"""

from __future__ import annotations

from collections.abc import Iterable

from harken.engine import place
from harken.engine.choose import choose
from harken.engine.emit import emit
from harken.engine.events import Event, Line
from harken.engine.ready import Ready
from harken.engine.state import State, evolve
from harken.engine.story import Story, Telling, Words
from harken.engine.words import Recall, Scope, render


class Unfolding:
    """Collects the events of a breath, folding each into the state as it comes."""

    def __init__(self, story: Story, state: State, ready: Ready | None, recall: Recall) -> None:
        self.story, self.state, self.ready, self.recall = story, state, ready, recall
        self.events: list[Event] = []

    def add(self, *events: Event | None) -> bool:
        """Take these events (None is nothing); whether there were any."""
        before = len(self.events)
        for event in events:
            if event is not None:
                self.events.append(event)
                self.state = evolve(self.state, event)
        return len(self.events) > before

    def render(self, words: Words, salt: str, drawn: tuple[int, int] | None = None) -> tuple[Line, ...]:
        """Words as shown in the state of now; ``drawn`` draws as another seed and meeting did."""
        state = self.state if drawn is None else self.state._replace(seed=drawn[0], meeting=drawn[1])
        return render(words, Scope(state, self.story.confider.grammar, self.recall, salt))

    def tell_next(self, phase: str, target: str | None = None, by: str = "") -> bool:
        """Choose a telling of this arc and tell it; whether there was one."""
        self.ready = self.story.index.ready(self.state, self.ready)
        choice = choose(self.story, self.state, self.ready, phase, target, by)
        if choice is None:
            return False
        self.tell(choice.telling)
        return True

    def tell(self, telling: Telling) -> None:
        """Tell this telling through the gate, with all it changes; then a scene that changed is read out."""
        scene = self.state.scene
        self.add(*emit(self.story, self.state, telling, self.recall))
        if self.state.scene != scene:
            self.read(("enter", ""))

    def read(self, trigger: place.Trigger) -> bool:
        """The place reads out a whole section."""
        return self.add(place.whole(self.story, self.state, trigger, self.recall))

    def place_answers(self, triggers: Iterable[place.Trigger]) -> bool:
        """The place gives one line."""
        return self.add(place.answer(self.story, self.state, triggers, self.recall))
