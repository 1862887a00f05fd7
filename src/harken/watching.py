"""``--watch``, for writers: the story as it was last saved, whenever it has changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from harken.engine import Story
from harken.meeting import Refused
from harken.story import explain, load


def saved_story(folder: Path) -> Callable[[], Story | None]:
    """Asked again and again: the story if it was saved since the last time, else None.

    What it gives raises Refused, once for each save, when the saved story has mistakes: the last sound one goes on.
    """
    seen = _saved(folder)

    def newer() -> Story | None:
        nonlocal seen
        now = _saved(folder)
        if now == seen:
            return None
        seen = now
        loaded = load(folder)
        if loaded.story is None:
            raise Refused(
                explain(loaded.problems[:3], folder) + "\nUntil that is mended, the story goes on as it was before."
            )
        return loaded.story

    return newer


def _saved(folder: Path) -> frozenset[tuple[Path, int, int]]:
    """What can be seen of the files without reading them: names, sizes, times of the last change."""
    found = set()
    for path in folder.rglob("*"):
        if path.suffix in (".md", ".yaml"):
            stat = path.stat()
            found.add((path, stat.st_size, stat.st_mtime_ns))
    return frozenset(found)
