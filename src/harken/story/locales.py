"""``locale/LANG/``: a story's words in another language, in files that are named and shaped as the story's own.

Only words stand in them, each under the permanent id of what they translate. Lines without an id of their own (answers
of a pool, lines of a section) are matched in order, all of them or none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from harken.story.confider import grammar_of, pronouns
from harken.story.draft import Draft, Entry
from harken.story.fields import Fields
from harken.story.heard import fitted, read_heard
from harken.story.markdown import read
from harken.story.meaning import check_words
from harken.story.parts import Part
from harken.story.problems import Place
from harken.story.read import CONFIDER, LOCALE, PLACE, STORY, TELLINGS, Sources
from harken.story.settings import help_lines, texts
from harken.story.tellings import aside, body
from harken.story.tree import Block, Map
from harken.story.words import keyed, spoken, title
from harken.story.yaml import read_mapping

if TYPE_CHECKING:
    from harken.listen import Example

Words = dict[str, Any]
SETTINGS = ("title", "blurb", "notes", "themes", "gestures", "help")
CONFIDERS = ("name", "pronouns", "moves", "looks", "answers", "heard", "grammar")
NAMED_MOST = 5
"""Untranslated pieces that are named in a message."""


def read_locales(sources: Sources, draft: Draft, document: dict[str, Any]) -> dict[str, Words]:
    """The words of every translation, by language, for a document that is otherwise whole."""
    languages = dict.fromkeys(name.split("/")[1] for name in sources.under(LOCALE))
    return {language: _Translation(language, sources, draft, document).words for language in languages}


class _Translation:
    """One language: its words, looked up in the story as they are read."""

    def __init__(self, language: str, sources: Sources, draft: Draft, document: dict[str, Any]) -> None:
        self.document, self.found = document, draft.found
        self.draft = _beside(draft)
        self.at: dict[tuple[str, str], Place] = {}
        self.heard: list[Example] = []
        self.words: Words = {
            "themes": {}, "gestures": {}, "scenes": {}, "sections": {}, "things": {}, "tellings": {},
            "confider": {"moves": {}, "looks": {}, "answers": {}, "grammar": {}},
        }  # fmt: skip
        self.folder = f"{LOCALE}/{language}"
        for name in sources.under(self.folder):
            text = sources.text(name, self.found)
            if text is not None:
                self._read(name.removeprefix(self.folder + "/"), Block(name, text))
        self.draft.names["symbol"] |= draft.names["symbol"]
        self.draft.confider = {"grammar": {**draft.confider["grammar"], **self.words["confider"]["grammar"]}}
        check_words(self.draft)
        self.words["asks_pronoun"] = self.draft.asks_pronoun
        if self.heard and not self.found.errors:
            self.words["ear"] = fitted(self.heard, language)
        self._count(language)

    def _read(self, own: str, block: Block) -> None:
        if own in (STORY, CONFIDER):
            node = read_mapping(block, self.found)
            if node is not None:
                (self._settings if own == STORY else self._confider)(node)
        elif own.startswith(TELLINGS):
            self._tellings(block)
        elif own.startswith(PLACE):
            self._place(block)

    def _fields(self, node: Map, known: tuple[str, ...], what: str) -> Fields:
        """The keys of a mapping; those that are not words are noted and passed over."""
        for key, (scalar, _) in list(node.entries.items()):
            if key not in known:
                self.found.add("locale-key", scalar.at, key=key)
                del node.entries[key]
        return Fields(node, known, what, self.draft)

    def _settings(self, node: Map) -> None:
        fields = self._fields(node, SETTINGS, "a translation")
        for key in ("title", "blurb"):
            if key in node.entries:
                self.words[key] = fields.text(key)
        if "notes" in node.entries:
            self.words["notes"] = texts(fields, "notes")
        if "help" in node.entries:
            self.words["help"] = help_lines(fields)
        themes = [theme for theme, _ in self.document["themes"]]
        self._labels(fields, "themes", themes, "theme", self.words["themes"])
        gestures = [gesture["id"] for gesture in self.document["gestures"]]
        self._labels(fields, "gestures", gestures, "gesture", self.words["gestures"])

    def _confider(self, node: Map) -> None:
        fields, words = self._fields(node, CONFIDERS, "a translation"), self.words["confider"]
        if "name" in node.entries:
            words["name"] = fields.text("name")
        if "pronouns" in node.entries:
            words["pronouns"] = pronouns(fields)
        own = self.document["confider"]
        self._labels(fields, "moves", [move for move, _, _ in own["moves"]], "move on offer", words["moves"])
        self._labels(fields, "looks", [target for target, _ in own["looks"]], "look", words["looks"])
        words["grammar"] = grammar_of(fields, self.draft)
        self.heard += read_heard(fields, {one["id"]: one["move"] for one in self.document["gestures"]})
        for move, (scalar, value) in fields.mapping("answers").items():
            if not self._known(move, own["answers"], "pool of answers for", scalar.at):
                continue
            said = [spoken(one, self.draft)[1] for one in fields.lines_of(value, move)]
            if self._as_many(said, own["answers"][move], f"answers: {move}", value.at):
                words["answers"][move] = said

    def _labels(self, fields: Fields, key: str, known: Iterable[str], what: str, into: Words) -> None:
        for name, (scalar, node) in fields.mapping(key).items():
            label = fields.as_scalar(node, name)
            if self._known(name, known, what, scalar.at) and label is not None and label.text.strip():
                into[name] = fields.plain(label)

    def _known(self, name: str, known: Iterable[str], what: str, at: Place) -> bool:
        known = list(known)
        if name in known:
            return True
        self.found.add("locale-unknown", at, self.found.near(name, known), what=what, name=name)
        return False

    def _as_many(self, here: list[Any], there: list[Any], name: str, at: Place) -> bool:
        if len(here) == len(there):
            return True
        self.found.add("locale-other-count", at, name=name, here=len(here), there=len(there))
        return False

    def _parts(self, block: Block) -> Iterator[Part]:
        for part in read(block.file, block.text, self.found):
            self.draft.count_part(part.at)
            yield part

    def _own(self, part: Part, known: Iterable[str], what: str, key: str = "id") -> str | None:
        """The id of what this part translates, if the story has it and it is translated here for the first time."""
        if part.meta is None:
            return None
        fields = self._fields(part.meta, (key,), what)
        if key not in part.meta.entries:
            self.found.add("locale-without-id", part.at)
            return None
        name = fields.id(key)
        if name is None or not self._known(name.text, known, what, name.at):
            return None
        first = self.at.setdefault((what, name.text), name.at)
        if first is not name.at:
            self.found.add("locale-twice", name.at, name=name.text, where=f"{first.file}:{first.line}")
            return None
        return name.text

    def _tellings(self, block: Block) -> None:
        known = {telling["id"]: telling for telling in self.document["tellings"]}
        entry: Entry | None = None
        for part in self._parts(block):
            if part.level == 1:
                entry = None
            elif part.level == 2:
                entry = None
                name = self._own(part, known, "telling")
                words: Words = {"title": title(part.title, self.draft, "telling")}
                body(words, part, self.draft)
                if name is not None:
                    self.words["tellings"][name] = words
                    entry = Entry(words, part.at, {})
            elif part.level == 3 and entry is not None:
                aside(part, entry, self.draft)
            elif part.level != 3:
                self.found.add("heading-level", part.at, level=part.level)

    def _place(self, block: Block) -> None:
        scenes = [scene["id"] for scene in self.document["scenes"]]
        sections = {section["id"]: section["lines"] for section in self.document["sections"]}
        things = {thing["id"]: thing["look"] for thing in self.document["things"]}
        for part in self._parts(block):
            words = title(part.title, self.draft, "scene")
            if part.level == 1:
                name = self._own(part, scenes, "scene")
                if name is not None:
                    self.words["scenes"][name] = words
                continue
            said = [line for _, line in keyed(part.body, self.draft, block.file, whole=True)]
            if part.meta and "thing" in part.meta.entries:
                name = self._own(part, things, "thing", "thing")
                if name is not None:
                    whole = self._as_many(said, things[name], name, part.at)
                    self.words["things"][name] = {"label": words} | ({"look": said} if whole else {})
            else:
                name = self._own(part, sections, "section")
                if name is not None and self._as_many(said, sections[name], name, part.at):
                    self.words["sections"][name] = said

    def _count(self, language: str) -> None:
        """Say how much is not translated yet."""
        pieces = list(_pieces(self.document, self.words))
        lacking = [name for name, there in pieces if not there]
        if lacking:
            names = ", ".join(lacking[:NAMED_MOST]) + (", …" if len(lacking) > NAMED_MOST else "")
            said = {"count": len(lacking), "all": len(pieces), "language": language, "names": names}
            self.found.add("untranslated", Place(self.folder), **said)


def _beside(draft: Draft) -> Draft:
    """A draft for the words of a translation, in which the names of the story mean what they mean there."""
    beside = Draft(draft.found, head=draft.head)
    for kind, names in draft.names.items():
        beside.names[kind] = {**names} if kind != "symbol" else {}
    for kind in ("set", "raise"):
        beside.refs[kind] = draft.refs[kind]
    beside.braces, beside.parts = draft.braces, draft.parts
    return beside


def _pieces(document: dict[str, Any], words: Words) -> Iterator[tuple[str, bool]]:
    """Everything that can be translated, and whether it is."""
    yield "title", "title" in words
    confider = words["confider"]
    for move, label, _ in document["confider"]["moves"]:
        if label:
            yield f"moves: {move}", move in confider["moves"]
    for target, _ in document["confider"]["looks"]:
        yield f"looks: {target}", target in confider["looks"]
    for move in document["confider"]["answers"]:
        yield f"answers: {move}", move in confider["answers"]
    for symbol in document["confider"]["grammar"]:
        yield f"grammar: {symbol}", symbol in confider["grammar"]
    for kind in ("scenes", "sections", "things", "tellings"):
        for one in document[kind]:
            done = one["id"] in words[kind]
            if kind == "tellings" and done:
                done = _whole(one, words[kind][one["id"]])
            yield one["id"], done


def _whole(telling: dict[str, Any], words: Words) -> bool:
    """Whether a telling's answers and asides are translated with it."""
    answered = set(telling.get("answers", {})) <= set(words.get("answers", {}))
    return answered and all(key not in telling or key in words for key in ("promise", "instead"))
