"""Looking for what must not be there: told words, titles, facts, keys, in the files of a keep. For tests.

Look while no keep of the folder is open in this process: reading a database behind SQLite's back drops the
locks of its connections here. (From another process it is harmless.)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from harken.engine.events import Event, to_record
from harken.keep.schema import TABLES

LEAST = 5
"""Shorter words are not looked for: random bytes hold them by chance."""

_WORD = re.compile(rf"\w{{{LEAST},}}")


class Found(NamedTuple):
    """A needle that was found: in which file, and in which encoding (``bytes`` for bytes)."""

    file: str
    needle: str | bytes
    encoding: str


def needles(events: Iterable[Event | None]) -> set[str]:
    """Every text that is in these events, whole and word by word, from 5 characters on."""
    texts = {text for event in events if event is not None for text in _texts(_told(event))}
    return words(texts)


def words(texts: Iterable[str]) -> set[str]:
    """These texts, whole and word by word, from 5 characters on."""
    found = set()
    for text in texts:
        found.update(_WORD.findall(text))
        if len(text) >= LEAST:
            found.add(text)
    return found


def found(folder: Path, needles: Iterable[str | bytes], visible: Iterable[str] = ()) -> list[Found]:
    """Every needle that is in a file of the folder, in UTF-8 or UTF-16. ``visible`` may be seen: story ids.

    A word of the tables' own definition is no find.
    """
    allowed = "\n".join((*TABLES, *visible)).casefold()
    files = [(path.name, path.read_bytes()) for path in sorted(folder.rglob("*")) if path.is_file()]
    hits = []
    for needle in needles:
        if isinstance(needle, str) and needle.casefold() in allowed:
            continue
        for encoding, raw in _encoded(needle):
            hits += [Found(name, needle, encoding) for name, content in files if raw in content]
    return hits


def _told(event: Event) -> list[Any]:
    return [value for name, value in to_record(event).items() if name not in ("kind", "v")]


def _encoded(needle: str | bytes) -> Iterator[tuple[str, bytes]]:
    if isinstance(needle, bytes):
        yield "bytes", needle
        return
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        yield encoding, needle.encode(encoding, "surrogatepass")


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(key)
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)
