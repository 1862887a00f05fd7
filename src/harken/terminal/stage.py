"""What there is to draw: a breath, without its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from harken.engine.scar import Stroke
from harken.meeting import Breath
from harken.terminal.sky import Palette


class Book(NamedTuple):
    """A book on the shelf: how near it is to being told, whether it has been, and its veiled titles."""

    number: int
    near: int
    still: bool
    veil: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """Everything a picture may depend on, apart from time."""

    art: str = "plain"
    light: float = 0.4
    phase: str = ""
    here: bool = False
    """Whether the confider has come."""
    closeness: int = 1
    ache: int = 0
    gone: float = 0.0
    """How far the place has come apart, 0 to 1."""
    over: bool = False
    books: tuple[Book, ...] = ()
    forms: tuple[str, ...] = ()
    """The forms of the things that are here (``jar``, ``scar``, ...)."""
    scar: tuple[Stroke, ...] = ()


class Air(NamedTuple):
    """One frame: the time in seconds, the colours, and how much is stirring."""

    time: float
    colours: Palette
    warm: float
    stir: float = 0.0
    """The place answering: 1 when it just did, falling to 0."""
    shudder: float = 0.0
    voice: float = 0.0
    """The confider speaking, which is felt and not heard: 1 when they just did, falling to 0."""
    mist: float = 0.0
    """Something dissolving: 1 when it just did, falling to 0."""
    still: bool = False


def stage_of(breath: Breath) -> Stage:
    """What to draw after this breath."""
    state = breath.state
    scene = breath.story.scenes.get(state.scene)
    return Stage(
        art=scene.art if scene else "plain",
        light=scene.light if scene else 0.4,
        phase=state.phase,
        here=state.arrived and not state.over,
        closeness=state.closeness,
        ache=state.ache,
        gone=undone(state.phase, breath.clock),
        over=state.over,
        books=tuple(_book(book) for book in breath.shelf()),
        forms=tuple(form for _, form, _ in state.things),
        scar=next((tuple(beat["strokes"]) for beat in breath.beats if beat["kind"] == "scar"), ()),
    )


def undone(phase: str, clock: float) -> float:
    """How far the place has come apart: hardly while they talk, then quickly, and wholly on waking."""
    if phase == "waking":
        return 1.0
    if phase == "unravelling":
        return min(0.95, 0.3 + 0.65 * max(0.0, (clock - 0.7) / 0.3))
    return 0.35 * max(0.0, clock - 0.65)


def _book(book: dict[str, object]) -> Book:
    veil = book["veil"]
    assert isinstance(veil, list)
    return Book(
        int(str(book["book"])), int(str(book["near"])), bool(book["still"]), tuple(str(text) for text, _ in veil)
    )
