"""Everything that can happen, one frozen class each.

The log of events is the truth. An event holds its own outcome (the words that were shown, the trust
that was gained), so that folding a log needs no story and an edited story cannot change what was.

House rules: a kind is never reused for another meaning; a field is never removed. What changes shape
raises ``VERSION`` of its class and gets an upcaster in ``UPCASTERS``; stored bytes are never rewritten.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, ClassVar

Line = dict[str, Any]
"""A line as shown: ``{"text": str, "by": "tell" | "place" | "pause", "voice"?: [str], "spans"?: [...]}``."""


class NotAnEvent(ValueError):
    """A stored record is of no kind this version knows, or lacks what its kind needs."""


@dataclass(frozen=True, slots=True)
class Event:
    """The parent of all events. ``kind`` names it in the log."""

    kind: ClassVar[str] = ""
    VERSION: ClassVar[int] = 1


@dataclass(frozen=True, slots=True)
class Met(Event):
    """A meeting began: the reader arrived. The edition of the story is fixed here for the whole meeting.

    ``renamed`` are the ids that this edition calls otherwise than the one before; ``pronoun`` is how the reader
    is spoken of: ``he``, ``she``, ``they`` or None where they have not said. ``veiled`` are the themes of which the
    reader wants to be told nothing; ``locale`` is the language it is told in, None for the story's own; ``older`` is
    the older form of the name (empty where the reader refused one).
    """

    kind: ClassVar[str] = "met"
    meeting: int
    story: str
    edition: str
    seed: int
    name: str | None
    trust: int
    closeness: int
    ache: int
    clock: int
    renamed: tuple[tuple[str, str], ...] = ()
    pronoun: str | None = None
    veiled: tuple[str, ...] = ()
    locale: str | None = None
    older: str | None = None


@dataclass(frozen=True, slots=True)
class Said(Event):
    """The reader's own words, verbatim. They live here and nowhere else in the log."""

    kind: ClassVar[str] = "said"
    text: str


@dataclass(frozen=True, slots=True)
class Moved(Event):
    """The reader's move as it was understood. Begins a breath.

    ``confidence`` is 0 to 1000 (1000 for a gesture); ``soft`` is a move that lands by half;
    ``said`` is the place in the log (from 0) of the words it came from; ``themes`` and ``disclosure``
    (0 to 3) are what was heard in those words.
    """

    kind: ClassVar[str] = "moved"
    breath: int
    move: str
    target: str | None
    confidence: int
    soft: bool
    said: int | None
    themes: tuple[str, ...] = ()
    disclosure: int = 0


@dataclass(frozen=True, slots=True)
class Landed(Event):
    """What the move did: the changes as applied, after bounds. ``telling`` is what it answered, if anything.

    ``wound`` is trust taken that can be mended; ``mended`` is trust given back by a mending breath
    (both are already within ``trust``).
    """

    kind: ClassVar[str] = "landed"
    telling: str | None
    trust: int
    closeness: int
    ache: int
    wound: int
    mended: int


@dataclass(frozen=True, slots=True)
class TakenBack(Event):
    """The reader was misunderstood: how their typed line landed is undone. The changes are as applied.

    ``mended`` is set where the landing had mended, so that a mending breath is free again. No breath passes.
    """

    kind: ClassVar[str] = "taken_back"
    trust: int
    closeness: int
    ache: int
    wound: int
    mended: bool


@dataclass(frozen=True, slots=True)
class Answered(Event):
    """What the confider answered to the move. ``key`` marks a default answer as used."""

    kind: ClassVar[str] = "answered"
    move: str
    telling: str | None
    key: str | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Told(Event):
    """A telling was told, whole. Only ``engine.emit`` makes this event.

    ``again`` is set on a telling that may return; ``ache`` is what hearing it added. The words of a jar are not
    here but in the ``HeardOnce`` that follows.
    """

    kind: ClassVar[str] = "told"
    telling: str
    title: str
    depth: int
    form: str
    thread: str
    arc: str
    again: bool
    ache: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class HeardOnce(Event):
    """The words of a jar, in an entry of their own: it is burned with the next commit, and that it was told stays."""

    kind: ClassVar[str] = "heard_once"
    telling: str
    form: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class SmallTalk(Event):
    """A line from the grammar, said when nothing was ready."""

    kind: ClassVar[str] = "small_talk"
    key: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class PlaceAnswered(Event):
    """The place answered. ``keys`` are the lines used up; ``section`` is the section they stand in."""

    kind: ClassVar[str] = "place"
    section: str
    keys: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class SceneChanged(Event):
    """The meeting is in this scene now. ``light`` is 0 (indigo) to 1000 (gold), ``motion`` 0 (still) to 1000."""

    kind: ClassVar[str] = "scene"
    scene: str
    art: str
    light: int
    sound: str | None
    motion: int = 500


@dataclass(frozen=True, slots=True)
class PhaseChanged(Event):
    """The arc of the meeting moved on: talk, moment, unravelling or waking. ``until`` is its last breath."""

    kind: ClassVar[str] = "phase"
    phase: str
    until: int


@dataclass(frozen=True, slots=True)
class Appeared(Event):
    """A thing is here now and can be aimed at."""

    kind: ClassVar[str] = "appeared"
    thing: str
    form: str
    label: str


@dataclass(frozen=True, slots=True)
class Dissolved(Event):
    """A thing is gone."""

    kind: ClassVar[str] = "dissolved"
    thing: str


@dataclass(frozen=True, slots=True)
class FactSet(Event):
    """A writer's fact was set, once."""

    kind: ClassVar[str] = "fact"
    fact: str
    value: str


@dataclass(frozen=True, slots=True)
class Rose(Event):
    """A writer's counter rose by one."""

    kind: ClassVar[str] = "rose"
    counter: str


@dataclass(frozen=True, slots=True)
class Lengthened(Event):
    """This meeting lasts ``breaths`` longer."""

    kind: ClassVar[str] = "lengthened"
    breaths: int


@dataclass(frozen=True, slots=True)
class Promised(Event):
    """At a parting the confider promised a telling, in these words."""

    kind: ClassVar[str] = "promised"
    telling: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Recalled(Event):
    """At an arrival the owed promise was spoken of again."""

    kind: ClassVar[str] = "recalled"
    telling: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class PromiseKept(Event):
    """An owed promise was kept: by the telling itself (``lines`` empty), or by its ``instead``."""

    kind: ClassVar[str] = "kept"
    telling: str
    by: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Skipped(Event):
    """The reader did not want to hear this telling; it counts as told."""

    kind: ClassVar[str] = "skipped"
    telling: str


@dataclass(frozen=True, slots=True)
class Scarred(Event):
    """The mark this meeting left: strokes, each a list of points in a box of 0 to 1000."""

    kind: ClassVar[str] = "scarred"
    meeting: int
    strokes: tuple[tuple[tuple[int, int], ...], ...]
    label: str


@dataclass(frozen=True, slots=True)
class Woke(Event):
    """The meeting ended: by its ``clock``, by the reader's ``wake``, or because they ``run``."""

    kind: ClassVar[str] = "woke"
    by: str


@dataclass(frozen=True, slots=True)
class Burned(Event):
    """These entries of the log (places counted from 0) are gone; the store destroys their keys with this commit."""

    kind: ClassVar[str] = "burned"
    entries: tuple[int, ...]
    why: str


KINDS: dict[str, type[Event]] = {
    cls.kind: cls
    for cls in (
        Met, Said, Moved, Landed, TakenBack, Answered, Told, HeardOnce, SmallTalk, PlaceAnswered, SceneChanged,
        PhaseChanged, Appeared, Dissolved, FactSet, Rose, Lengthened, Promised, Recalled, PromiseKept, Skipped,
        Scarred, Woke, Burned,
    )
}  # fmt: skip

UPCASTERS: dict[tuple[str, int], Any] = {}
"""``(kind, version) -> function(record) -> record`` of the next version. Empty: every kind is at version 1."""

_FIELDS = {kind: tuple(field.name for field in fields(cls)) for kind, cls in KINDS.items()}


def to_record(event: Event) -> dict[str, Any]:
    """The event as plain JSON values: ``{"kind", "v", field...}``."""
    record: dict[str, Any] = {"kind": event.kind, "v": event.VERSION}
    for name in _FIELDS[event.kind]:
        record[name] = getattr(event, name)
    return record


def from_record(record: dict[str, Any]) -> Event:
    """The event a record stands for, raised to today's version first.

    Raises NotAnEvent for an unknown kind, a newer version, or missing fields.
    """
    kind = record.get("kind")
    cls = KINDS.get(kind) if isinstance(kind, str) else None
    if cls is None:
        raise NotAnEvent(f"no event of kind {kind!r} is known to this version of Harken")
    while record.get("v", 0) < cls.VERSION and (cls.kind, record["v"]) in UPCASTERS:
        record = UPCASTERS[(cls.kind, record["v"])](record)
    if record.get("v") != cls.VERSION:
        raise NotAnEvent(f"{kind!r} is of version {record.get('v')!r}; this Harken reads {cls.VERSION}")
    try:
        values = {name: _frozen(record[name]) for name in _FIELDS[cls.kind] if name in record}
        return cls(**values)
    except TypeError as error:
        raise NotAnEvent(f"{kind!r} is incomplete: {error}") from error


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, list | tuple) else value
