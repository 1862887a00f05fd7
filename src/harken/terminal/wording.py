"""Beats into words: the one place where the terminal decides what a beat says. Plain, script and screen all use it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from harken.engine.beats import Beat
from harken.engine.beats import beats as beats_of
from harken.engine.events import Event, Moved
from harken.engine.events import Said as WordsSaid
from harken.engine.labels import aimed, label
from harken.engine.story import Story
from harken.meeting import Breath
from harken.terminal.measure import clean
from harken.terminal.words import word

Spans = tuple[tuple[str, str], ...]

WORDLESS = "…"
"""What a breath without words shows."""
"""How a move is offered that is aimed at a thing (as in engine.offers)."""
_WOKEN = {"run": "ran"}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some words, and who they are from.

    ``kind``: ``line``, ``answer``, ``study``, ``talk`` and ``promise`` are the confider's, ``place`` is the place's,
    ``yours`` is what the reader did or typed, ``pause`` is a silence within words and ``wordless`` one instead of them;
    and ``scar``, ``wake``. ``spans`` is the text by emphasis (``""`` or ``em``), where something is stressed.
    """

    kind: str
    text: str
    spans: Spans = ()
    title: str = ""


def paragraphs(breath: Breath) -> list[Paragraph]:
    """What to show of a breath, in order, without what the reader did."""
    return words_of(breath.beats, breath.story, breath.state.locale)


def words_of(beats: Iterable[Beat], story: Story, locale: str | None = None) -> list[Paragraph]:
    """The beats that have words, as words. A breath without any is one ``wordless`` paragraph."""
    language = locale or story.language
    shown = [paragraph for beat in beats if (paragraph := _paragraph(beat, story, language)) is not None]
    silent = all(paragraph.kind == "pause" for paragraph in shown)
    return [Paragraph("wordless", WORDLESS)] if silent else shown


def deed(events: Iterable[Event | None], story: Story) -> Paragraph | None:
    """What the reader did in this breath: their own words, or the label of the gesture they chose."""
    events = tuple(events)
    for event in events:
        if isinstance(event, WordsSaid) and event.text.strip():
            return Paragraph("yours", clean(event.text).strip())
    for event in events:
        if isinstance(event, Moved):
            return Paragraph("yours", clean(gesture_label(story, event.move, event.target)))
    return None


def retold(events: Sequence[Event | None], story: Story, locale: str | None = None) -> list[Paragraph]:
    """A whole breath from the log: what the reader did, then what was shown."""
    done = deed(events, story)
    return ([done] if done else []) + words_of(beats_of(events), story, locale)


def gesture_label(story: Story, move: str, target: str | None) -> str:
    """How a move was offered, as nearly as the story can say it now."""
    for gesture in story.gestures:
        if (gesture.move, gesture.target) == (move, target):
            return gesture.label
    if target is not None and target in story.things:
        return aimed(move, story.things[target].label, story.language)
    if target is not None:
        return dict(story.confider.looks).get(target, f"{move} {target}".replace("_", " "))
    named = {name: worded for name, worded, _ in story.confider.moves}
    return named.get(move) or label(move, story.language) or move.replace("_", " ")


def plain_text(shown: Sequence[Paragraph]) -> list[str]:
    """The paragraphs as plain strings. A silence between words is the empty line that stands there anyway."""
    return [paragraph.text for paragraph in shown if paragraph.kind != "pause"]


def _paragraph(beat: Beat, story: Story, language: str) -> Paragraph | None:
    kind = beat["kind"]
    if kind == "pause":
        return Paragraph("pause", WORDLESS)
    if kind == "wake":
        return Paragraph("wake", word(_WOKEN.get(beat["by"], "woke"), language))
    if kind == "scar":
        return Paragraph("scar", clean(beat["label"]) or word("new-scar", language))
    if kind == "study" and not beat.get("text"):
        return Paragraph("study", _studied(story))
    if not beat.get("text"):
        return None
    spans = tuple((style, clean(text)) for style, text in beat.get("spans", ()))
    return Paragraph(kind, clean(beat["text"]), spans, clean(beat.get("title", "")))


def _studied(story: Story) -> str:
    """The tilt of the head, for a story that gives no words of its own to not understanding."""
    if not story.language.startswith("en"):
        return WORDLESS
    subject, _, possessive, _ = story.confider.pronouns
    many = subject.lower() in ("they", "we", "you")
    return f"{subject.capitalize()} {'tilt' if many else 'tilts'} {possessive} head, studying you."
