"""A story, ready to be played: from its folder (compiled, or from the cache) or from a compiled file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harken.engine.story import FORMAT, NotAStory, Story, story_from
from harken.story import cache
from harken.story.document import dump, edition_of_bytes
from harken.story.pauses import without_pauses
from harken.story.problems import MOST_PROBLEMS, Enough, Found, Place, Problem, show
from harken.story.read import read_story
from harken.story.sound import faults

COMPILED = (".json",)
MOST_COMPILED = 64 * 1024 * 1024
MOST_VALUES = 2_000_000


@dataclass(frozen=True, slots=True)
class Loaded:
    """A story ready to be played, or why there is none. ``compiled`` are the canonical bytes of ``document``."""

    story: Story | None
    document: dict[str, Any] | None
    compiled: bytes | None
    problems: tuple[Problem, ...]


def load(path: Path) -> Loaded:
    """The story in this folder or compiled file, with everything that is wrong with it."""
    if path.suffix in COMPILED and not path.is_dir():
        return _load_file(path)
    found = Found()
    try:
        sources = read_story(path, found)
    except Enough:
        return Loaded(None, None, None, found.all())
    warnings = "".join(f"{problem.code} {problem.file}\n" for problem in found.all())
    fingerprint = sources.fingerprint(cache.version() + warnings)
    whole = not found.errors
    if whole and (kept := cache.get(path, fingerprint)) is not None:
        with without_pauses():
            document = json.loads(kept.compiled)
            return Loaded(story_from(document, kept.edition), document, kept.compiled, kept.problems)
    from harken.story.compile import compile_sources

    made = compile_sources(sources, found)
    if made.document is None:
        return Loaded(None, None, None, made.problems)
    compiled = dump(made.document)
    cache.put(path, fingerprint, compiled, made.problems)
    return Loaded(story_from(made.document, edition_of_bytes(compiled)), made.document, compiled, made.problems)


def _load_file(path: Path) -> Loaded:
    found, at = Found(), Place(str(path))
    try:
        if not path.is_file():
            found.add("no-such-file" if not path.exists() else "not-a-file", at)
            return Loaded(None, None, None, found.all())
        with path.open("rb") as file:
            data = file.read(MOST_COMPILED + 1)
        if len(data) > MOST_COMPILED:
            found.add("file-too-big", at, most=MOST_COMPILED // 1024 // 1024)
            return Loaded(None, None, None, found.all())
        if sum(map(data.count, b"[{,")) > MOST_VALUES:
            found.add("compiled-damaged", at, what="there is more in it than in any story")
            return Loaded(None, None, None, found.all())
        with without_pauses():
            return _checked(json.loads(data), found, at)
    except OSError as error:
        found.add("unreadable", at, why=error.strerror or "")
    except (ValueError, RecursionError):
        found.add("not-compiled", at)
    return Loaded(None, None, None, found.all())


def _checked(document: Any, found: Found, at: Place) -> Loaded:
    """A compiled story that came from anywhere: it is looked through before anything is made of it."""
    if not isinstance(document, dict) or "harken" not in document:
        found.add("not-compiled", at)
    elif document["harken"] != FORMAT:
        found.add("other-format", at, seen=document["harken"], format=FORMAT)
    elif fault := faults(document):
        found.add("compiled-damaged", at, what=fault)
    else:
        compiled = dump(document)
        try:
            story = story_from(document, edition_of_bytes(compiled))
            _ = [*story.tellings.values()]
            return Loaded(story, document, compiled, found.all())
        except (NotAStory, KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
            found.add("compiled-damaged", at, what=error)
    return Loaded(None, None, None, found.all())


def explain(problems: Sequence[Problem], folder: Path | None = None) -> str:
    """Everything that is wrong, as it is printed: each mistake with its place, its line and a caret."""
    said = [show(problem, folder) for problem in problems]
    if len(problems) >= MOST_PROBLEMS:
        said.append("There may be more; these are mended first.")
    return "\n".join(said)
