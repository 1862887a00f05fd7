"""What players hand in and what they are handed: ``Said``, ``Threshold``, ``Breath``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from harken.engine import State, Story, arrive, offers, shelf
from harken.engine.beats import Beat, beats
from harken.engine.events import Event, Moved, TakenBack
from harken.engine.moves import NOT_MEANT


@dataclass(frozen=True, slots=True)
class Said:
    """What a reader did: exactly one of an offer's id and text. ``turn`` is an id the player made for it."""

    turn: str
    offer: str | None = None
    text: str | None = None


WORDS_MOST = 420
"""About how many characters of the opening stand on the threshold; the rest is read inside."""


def opening_words(story: Story) -> tuple[str, ...]:
    """The first paragraphs of the place, as a reader without a name and without a past meets them."""
    words: list[str] = []
    for beat in arrive(story, State(), 0, None).beats:
        if beat["kind"] == "place" and (not words or sum(map(len, words)) + len(beat["text"]) <= WORDS_MOST):
            words.append(beat["text"])
        elif beat["kind"] != "scene":
            break
    return tuple(words)


@dataclass(frozen=True, slots=True)
class Threshold:
    """What is shown before stepping in. ``state`` is ``new``, ``next`` or ``within`` (a meeting goes on).

    ``opening`` are the place's first words and ``help`` is the care page; ``veils`` are ``(theme, label)`` of what a
    reader may ask not to be told about and ``veiled`` what they asked; ``pronouns`` is whether the story asks how to
    speak of them and ``older_name`` whether it uses an older form of their name; ``locales`` are the languages it can
    be told in, its own first; ``older`` is whether they may be called by that form.
    """

    title: str
    opening: tuple[str, ...]
    notes: tuple[str, ...]
    meeting: int
    state: str
    name: str | None
    help: dict[str, Any]
    veils: tuple[tuple[str, str], ...]
    veiled: tuple[str, ...]
    pronouns: bool
    older_name: bool
    pronoun: str | None
    language: str
    locales: tuple[str, ...]
    locale: str | None
    older: bool


@dataclass(frozen=True)
class Breath:
    """One breath, as players show it. ``resumed`` when these beats were shown before."""

    story: Story
    state: State
    events: tuple[Event | None, ...]
    turn: str | None
    resumed: bool = False

    @property
    def beats(self) -> list[Beat]:
        """What to show, in order."""
        return beats(self.events)

    @property
    def over(self) -> bool:
        """Whether the meeting ended with this breath."""
        return self.state.over

    @property
    def clock(self) -> float:
        """How far the meeting has gone, 0 to 1. Shown in the world, never as a number."""
        return 1.0 if self.state.over else min(1.0, self.state.breath / max(1, self.state.clock))

    def offers(self) -> tuple[offers.Offer, ...]:
        """What can be done now."""
        return offers.offers(self.story, self.state)

    def shelf(self) -> list[dict[str, Any]]:
        """The books, for players that draw them."""
        return shelf.shelf(self.story, self.state)

    def as_json(self) -> dict[str, Any]:
        """The breath object of docs/architecture.md."""
        state = self.state
        moved = next((event for event in self.events if isinstance(event, Moved)), None)
        taken_back = any(isinstance(event, TakenBack) for event in self.events)
        return {
            "meeting": state.meeting,
            "breath": state.breath,
            "phase": state.phase,
            "move": NOT_MEANT if taken_back else moved.move if moved else None,
            "target": moved.target if moved else None,
            "confidence": moved.confidence / 1000 if moved else None,
            "beats": self.beats,
            "state": {"trust": state.trust, "closeness": state.closeness, "ache": state.ache},
            "told": list(state.told),
            "owed": [state.owed] if state.owed else [],
            "offers": [{"id": offer.id, **offer._asdict()} for offer in self.offers()],
            "scene": state.scene,
            "things": [{"thing": thing, "form": form, "label": label} for thing, form, label in state.things],
            "name": state.name,
            "over": state.over,
        }
