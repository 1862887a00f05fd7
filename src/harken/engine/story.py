"""The compiled story: frozen data that is all the engine knows of what a writer wrote.

A story compiles to one JSON document (format ``FORMAT``); ``story_from`` turns it into these values with the
standard library alone. Words stay in their compiled form (lists of nodes, see ``engine.words``) and are only
rendered when something is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from harken.engine.chance import draw
from harken.engine.guard import ALWAYS, Clause, Guard, guard_from
from harken.engine.index import index_of
from harken.engine.locale import translated
from harken.engine.moves import TEMPERAMENT, Temper

if TYPE_CHECKING:
    from harken.engine.ready import Index

FORMAT = 1
Words = list[dict[str, Any]]
"""Compiled lines: ``{"say": nodes, "by": "tell" | "place" | "pause", "voice"?: [str]}``."""


class NotAStory(ValueError):
    """The document is not a compiled story, or one of a newer format."""


@dataclass(frozen=True, slots=True)
class Effects:
    """What telling something changes in the world. Applied only the first time it is told."""

    sets: tuple[tuple[str, str], ...] = ()
    raises: tuple[str, ...] = ()
    appear: tuple[str, ...] = ()
    dissolve: tuple[str, ...] = ()
    scene: str | None = None
    lengthen: int = 0


NO_EFFECTS = Effects()


class Telling(NamedTuple):
    """One thing the confider may say. ``guard`` has the floor of its depth and its seal already in it."""

    id: str
    title: str
    depth: int
    form: str
    thread: str
    arc: str
    guard: Guard
    seal: int
    on: str | None
    only_on: bool
    themes: tuple[str, ...]
    weight: str
    again: bool
    by: tuple[str, ...]
    landing: Mapping[str, int]
    effects: Effects
    body: Words
    answers: Mapping[str, Words]
    promise: Words
    instead: Words


class Tellings(Mapping[str, Telling]):
    """The tellings of a story by id, in the writer's order; each is made when it is first asked for."""

    def __init__(self, documents: list[dict[str, Any]], floors: tuple[int, ...]) -> None:
        self.documents = documents
        self._documents = {document["id"]: document for document in documents}
        self._floors = floors
        self._made: dict[str, Telling] = {}

    def __getitem__(self, telling: str) -> Telling:
        made = self._made.get(telling)
        if made is None:
            made = self._made[telling] = _telling(self._documents[telling], self._floors)
        return made

    def __iter__(self) -> Iterator[str]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)

    def __contains__(self, telling: object) -> bool:
        return telling in self._documents

    def with_key(self, key: str) -> tuple[str, ...]:
        """The ids of those that have this key in the document; none of them need be made for it."""
        return tuple(name for name, document in self._documents.items() if document.get(key))

    def of_arc(self, *arcs: str) -> tuple[str, ...]:
        """The ids of those of these arcs."""
        return tuple(name for name, document in self._documents.items() if document.get("arc", "talk") in arcs)


@dataclass(frozen=True, slots=True)
class Moment:
    """The moment: when it may begin, from which breath on, how many breaths it lasts, and where."""

    needs: Guard
    after: int
    length: int
    scene: str


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a meeting is. ``light`` is 0 (indigo) to 1 (gold), ``motion`` 0 (still) to 1 (wild)."""

    id: str
    title: str
    art: str
    light: float
    sound: str | None
    motion: float = 0.5


@dataclass(frozen=True, slots=True)
class Section:
    """One way in which the place answers. ``scene`` is None where it answers everywhere.

    ``lines`` are ``(key, line)``: the key is a mark of the line's own words, so that no line comes twice.
    """

    id: str
    scene: str | None
    on: tuple[tuple[str, str], ...]
    needs: Guard
    again: bool
    cool: int
    lines: tuple[tuple[str, dict[str, Any]], ...]


@dataclass(frozen=True, slots=True)
class Thing:
    """Something in the place that can be aimed at."""

    id: str
    scene: str
    kind: str
    label: str
    moves: tuple[str, ...]
    here: bool
    look: tuple[tuple[str, dict[str, Any]], ...]


@dataclass(frozen=True, slots=True)
class Gesture:
    """A story's own gesture: one of the moves, aimed at one target, on offer in one phase."""

    id: str
    move: str
    target: str
    label: str
    phase: str


@dataclass(frozen=True, slots=True)
class Confider:
    """The character who opens up. ``answers`` are ``(key, lines)`` by move, each said once to a reader."""

    id: str
    name: str
    pronouns: tuple[str, ...]
    moves: tuple[tuple[str, str, bool], ...]
    looks: tuple[tuple[str, str], ...]
    temperament: Mapping[str, Temper]
    mending: int
    mends: frozenset[str]
    answers: Mapping[str, tuple[tuple[str, Words], ...]]
    small_talk: str | None
    grammar: Mapping[str, list[Any]]


@dataclass(frozen=True)
class Story:
    """A whole story. ``edition`` is the hash of the compiled document: the same words, the same edition.

    ``themes`` are ``(theme, label)`` of what a reader may ask not to be told about; ``help`` are lines of help near to
    the reader (name, contact, hours, the day it was checked).
    """

    id: str
    title: str
    language: str
    blurb: str
    authors: tuple[str, ...]
    notes: tuple[str, ...]
    meetings: int
    clock: tuple[int, ...]
    unravelling: int
    floors: tuple[int, ...]
    start: tuple[int, int, int]
    opening: str
    wander: int
    moment: Moment | None
    facts: Mapping[str, tuple[str, ...]]
    counters: Mapping[str, int]
    gestures: tuple[Gesture, ...]
    veils: tuple[tuple[str, str], ...]
    renamed: Mapping[str, str]
    gone: frozenset[str]
    confider: Confider
    scenes: Mapping[str, Scene]
    sections: tuple[Section, ...]
    things: Mapping[str, Thing]
    tellings: Tellings
    tables: Mapping[str, Any]
    edition: str
    themes: tuple[tuple[str, str], ...] = ()
    help: tuple[Mapping[str, str], ...] = ()
    asks_pronoun: bool = False
    """Whether any words of it depend on how the reader is spoken of."""
    locales: tuple[str, ...] = ()
    """The languages of its translations."""
    ear: Mapping[str, Any] | None = None
    """What the ear learned from the story's own words in this language (``harken.listen.fit``)."""

    def clock_of(self, meeting: int) -> int:
        """The most breaths that this meeting (from 1) lasts before anything lengthens it."""
        return self.clock[min(meeting, len(self.clock)) - 1]

    @cached_property
    def index(self) -> Index:
        """The tables from which the next telling is chosen, read back once."""
        from harken.engine.ready import Index

        return Index(self.tellings, self.tables)

    @cached_property
    def promised(self) -> tuple[Telling, ...]:
        """The tellings that have a promise."""
        return tuple(self.tellings[telling] for telling in self.tellings.with_key("promise"))

    @cached_property
    def books(self) -> tuple[str, ...]:
        """The tellings that are books, in the order in which they stand: one that says nothing of what is in them."""
        return tuple(sorted(self.tellings.of_arc("talk", "moment"), key=lambda telling: draw(0, self.id, telling)))

    @cached_property
    def veiled_titles(self) -> tuple[tuple[tuple[str, str], ...], ...]:
        """The titles that each untold book seems to wear, by its number."""
        from harken.engine.shelf import veiled_titles

        return veiled_titles(self)

    @cached_property
    def triggers(self) -> Mapping[tuple[str, str], tuple[Section, ...]]:
        """The place's sections by what they answer to, in the writer's order."""
        table: dict[tuple[str, str], tuple[Section, ...]] = {}
        for section in self.sections:
            for trigger in section.on:
                table[trigger] = (*table.get(trigger, ()), section)
        return table


def story_from(document: Any, edition: str, locale: str | None = None) -> Story:
    """The story in a compiled document (parsed JSON). Its tellings are looked into only when they are asked for.

    With ``locale``, in the words of that translation, where there is one. Raises NotAStory if it is none, or was
    compiled by a newer Harken.
    """
    if not isinstance(document, dict) or "harken" not in document:
        raise NotAStory("this is not a compiled Harken story")
    if document["harken"] != FORMAT:
        raise NotAStory(f"this story is in format {document['harken']!r}; this Harken reads format {FORMAT}")
    try:
        return _story(translated(document, locale) if locale else document, edition)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise NotAStory(f"the compiled story is damaged ({type(error).__name__}: {error})") from error


def _story(doc: dict[str, Any], edition: str) -> Story:
    floors = tuple(doc["floors"])
    return Story(
        id=doc["id"],
        title=doc["title"],
        language=doc["language"],
        blurb=doc["blurb"],
        authors=tuple(doc["authors"]),
        notes=tuple(doc["notes"]),
        meetings=doc["meetings"],
        clock=tuple(doc["clock"]),
        unravelling=doc["unravelling"],
        floors=floors,
        start=tuple(doc["start"]),
        opening=doc["opening"],
        wander=doc["wander"],
        moment=_moment(doc["moment"]),
        facts={fact: tuple(values) for fact, values in doc["facts"].items()},
        counters=doc["counters"],
        gestures=tuple(Gesture(**gesture) for gesture in doc["gestures"]),
        veils=tuple((text, lang) for text, lang in doc["veils"]),
        renamed=doc["renamed"],
        gone=frozenset(doc["gone"]),
        confider=_confider(doc["confider"]),
        scenes={scene["id"]: Scene(**scene) for scene in doc["scenes"]},
        sections=tuple(_section(section) for section in doc["sections"]),
        things={thing["id"]: _thing(thing) for thing in doc["things"]},
        tellings=Tellings(doc["tellings"], floors),
        tables=doc.get("index") or index_of(doc),
        edition=edition,
        themes=tuple((theme, label) for theme, label in doc.get("themes", ())),
        help=tuple(doc.get("help", ())),
        asks_pronoun=doc.get("asks_pronoun", False),
        locales=tuple(sorted(doc.get("locales", ()))),
        ear=doc.get("ear"),
    )


def _moment(doc: dict[str, Any] | None) -> Moment | None:
    return Moment(guard_from(doc["needs"]), doc["after"], doc["length"], doc["scene"]) if doc else None


def _confider(doc: dict[str, Any]) -> Confider:
    temperament = dict(TEMPERAMENT)
    for move, temper in doc["temperament"].items():
        temperament[move] = Temper(*(tuple(temper[part]) for part in ("light", "middle", "deep", "then")))
    return Confider(
        id=doc["id"],
        name=doc["name"],
        pronouns=tuple(doc["pronouns"]),
        moves=tuple((move, label, quiet) for move, label, quiet in doc["moves"]),
        looks=tuple((target, label) for target, label in doc["looks"]),
        temperament=temperament,
        mending=doc["mending"],
        mends=frozenset(doc["mends"]),
        answers={move: tuple((key, words) for key, words in pool) for move, pool in doc["answers"].items()},
        small_talk=doc["small_talk"],
        grammar=doc["grammar"],
    )


def _section(doc: dict[str, Any]) -> Section:
    return Section(
        id=doc["id"],
        scene=doc["scene"],
        on=tuple((what, str(which)) for what, which in doc["on"]),
        needs=guard_from(doc["needs"]),
        again=doc["again"],
        cool=doc["cool"],
        lines=tuple((key, line) for key, line in doc["lines"]),
    )


def _thing(doc: dict[str, Any]) -> Thing:
    look = tuple((key, line) for key, line in doc["look"])
    return Thing(doc["id"], doc["scene"], doc["kind"], doc["label"], tuple(doc["moves"]), doc["here"], look)


_NO_LANDING: Mapping[str, int] = {}


def _telling(doc: dict[str, Any], floors: tuple[int, ...]) -> Telling:
    get = doc.get
    depth, seal = get("depth", 0), get("seal", 0)
    effects = get("effects")
    return Telling(
        doc["id"],
        doc["title"],
        depth,
        get("form", "talk"),
        get("thread", ""),
        get("arc", "talk"),
        _earned_by(get("needs"), floors[depth], seal),
        seal,
        get("on"),
        get("only_on", False),
        tuple(get("themes", ())),
        get("weight", ""),
        get("again", False),
        tuple(get("by", ())),
        get("landing", _NO_LANDING),
        _effects(effects) if effects else NO_EFFECTS,
        doc["body"],
        get("answers", {}),
        get("promise", []),
        get("instead", []),
    )


def _earned_by(needs: list[dict[str, Any]] | None, floor: int, seal: int) -> Guard:
    """The writer's guard with the floor of the depth and the seal compiled into every clause of it."""
    guard = ALWAYS if needs is None else guard_from(needs)
    return tuple(
        clause
        if clause.trust >= floor and clause.meeting >= seal
        else clause._replace(trust=max(clause.trust, floor), meeting=max(clause.meeting, seal))
        for clause in guard
    )


def _effects(doc: dict[str, Any]) -> Effects:
    return Effects(
        sets=tuple((fact, value) for fact, value in doc.get("sets", ())),
        raises=tuple(doc.get("raises", ())),
        appear=tuple(doc.get("appear", ())),
        dissolve=tuple(doc.get("dissolve", ())),
        scene=doc.get("scene"),
        lengthen=doc.get("lengthen", 0),
    )


__all__ = [
    "FORMAT", "Clause", "Confider", "Effects", "Gesture", "Moment", "NotAStory", "Scene", "Section", "Story",
    "Telling", "Tellings", "Thing", "Words", "story_from",
]  # fmt: skip
