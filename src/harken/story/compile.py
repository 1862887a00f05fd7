"""A story folder to one compiled document. Deterministic: the same files give the same bytes, on every machine.

Files are read one after another into a draft; then every name is looked up; then, if nothing is wrong, the parts are
put together. Nothing is raised for a writer's mistake.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harken.engine.index import index_of
from harken.engine.story import FORMAT
from harken.story.confider import read_confider
from harken.story.draft import Draft
from harken.story.heard import fitted
from harken.story.locales import read_locales
from harken.story.meaning import check
from harken.story.pauses import without_pauses
from harken.story.place import read_place
from harken.story.problems import Enough, Found, Problem
from harken.story.quiet import without_silenced
from harken.story.read import CONFIDER, PLACE, STORY, TELLINGS, Sources, read_story
from harken.story.settings import read_settings
from harken.story.tellings import read_tellings


@dataclass(frozen=True, slots=True)
class Compiled:
    """The compiled document, unless something is wrong; and everything that is, warnings included."""

    document: dict[str, Any] | None
    problems: tuple[Problem, ...]


def compile_folder(folder: Path) -> Compiled:
    """Compile a story folder."""
    found = Found()
    try:
        sources = read_story(folder, found)
    except Enough:
        return Compiled(None, found.all())
    return compile_sources(sources, found)


def compile_sources(sources: Sources, found: Found) -> Compiled:
    """Compile files that were read already; ``found`` holds what was wrong with reading them."""
    if STORY not in (*sources.names, *sources.lost):
        return Compiled(None, found.all())
    draft = Draft(found)
    with without_pauses():
        try:
            _read(sources, draft)
            check(draft)
            document = None if found.errors else _document(draft)
            if document is not None and (locales := read_locales(sources, draft, document)):
                document["locales"] = locales
            if document is not None and draft.heard and not found.errors:
                document["ear"] = fitted(draft.heard, document["language"])
            problems = without_silenced(found, sources)
        except Enough:
            return Compiled(None, found.all(sources.line))
        return Compiled(None if found.errors else document, problems)


def _read(sources: Sources, draft: Draft) -> None:
    readers = {STORY: read_settings, CONFIDER: read_confider}
    for name, reader in readers.items():
        text = sources.text(name, draft.found)
        if text is None:
            draft.unsure |= {"settings", "fact", "counter", "gesture"} if name == STORY else {"symbol", "look"}
        else:
            reader(name, text, draft)
    for folder, read, kinds in (
        (PLACE, read_place, {"scene", "thing", "section"}),
        (TELLINGS, read_tellings, {"telling", "thread", "thing-shown", "raised", "set", "waking", "arrival", "moment"}),
    ):
        names = [*sources.under(folder)]
        for name in names:
            text = sources.text(name, draft.found)
            if text is None:
                draft.unsure |= kinds
            else:
                read(name, text, draft)
        if not names or folder in sources.lost:
            draft.unsure |= kinds


def _document(draft: Draft) -> dict[str, Any]:
    document = {
        "harken": FORMAT,
        **draft.head,
        "asks_pronoun": draft.asks_pronoun,
        "confider": draft.confider,
        "scenes": [entry.doc for entry in draft.scenes],
        "sections": [entry.doc for entry in draft.sections],
        "things": [entry.doc for entry in draft.things],
        "tellings": [entry.doc for entry in draft.tellings],
    }
    return {**document, "index": index_of(document)}
