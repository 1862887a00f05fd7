"""Compiled stories of unchanged folders, so that a story opens at once. Never needed; whatever is odd is passed over.

One small file for each story folder: a line of JSON (what it was compiled from, by what, the warnings), then the
canonical document. It is used only if the files and the compiler are the very same and the document is whole.
"""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import suppress
from dataclasses import astuple
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from harken.engine.story import FORMAT
from harken.story.document import edition_of_bytes
from harken.story.problems import Problem

VARIABLE = "HARKEN_CACHE"


class Cached(NamedTuple):
    """A compiled story as it was kept."""

    compiled: bytes
    edition: str
    problems: tuple[Problem, ...]


def version() -> str:
    """What compiles: the format, and the files of this room and the engine. A changed compiler is another version."""
    room = Path(__file__).parent
    with suppress(OSError):
        entries = [entry for folder in (room, room.parent / "engine") for entry in os.scandir(folder)]
        stats = [(entry.path, entry.stat()) for entry in entries if entry.is_file()]
        marks = sorted(f"{path} {stat.st_size} {stat.st_mtime_ns}" for path, stat in stats)
        return sha256("\n".join([str(FORMAT), *marks]).encode()).hexdigest()
    return f"format {FORMAT}"


def get(folder: Path, fingerprint: str) -> Cached | None:
    """What was kept for this folder, if it was made from these very files."""
    try:
        head, _, compiled = _file(folder).read_bytes().partition(b"\n")
        said = json.loads(head)
        edition = edition_of_bytes(compiled)
        if (said["fingerprint"], said["edition"]) != (fingerprint, edition):
            return None
        return Cached(compiled, edition, tuple(Problem(*problem) for problem in said["problems"]))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def put(folder: Path, fingerprint: str, compiled: bytes, problems: tuple[Problem, ...]) -> None:
    """Keep this for the next time; if that cannot be done, nothing is said."""
    with suppress(OSError, ValueError):
        path = _file(folder)
        path.parent.mkdir(parents=True, exist_ok=True)
        said = {
            "fingerprint": fingerprint,
            "edition": edition_of_bytes(compiled),
            "problems": [astuple(problem) for problem in problems],
        }
        descriptor, name = tempfile.mkstemp(prefix=".", dir=path.parent)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(json.dumps(said).encode() + b"\n" + compiled)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


def _file(folder: Path) -> Path:
    name = sha256(os.fsencode(folder.resolve())).hexdigest()[:24]
    return home() / f"{name}.story"


def home() -> Path:
    """The folder of all that Harken keeps only to be quicker; it may be deleted at any time."""
    if chosen := os.environ.get(VARIABLE):
        return Path(chosen)
    from platformdirs import user_cache_path

    return user_cache_path("harken", appauthor=False)
