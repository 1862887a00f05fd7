"""What every command does first: find the story, open the keep, join the rooms."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from harken.errors import HarkenError

if TYPE_CHECKING:
    from harken.meeting import Meeting
    from harken.story import Loaded


class Wrong(HarkenError):
    """The command or its input is wrong."""


def load(name: str) -> tuple[Loaded, Path]:
    """The story as far as it could be read, and where it is."""
    from harken import story

    path = story.find(name)
    return story.load(path), path


def sound(name: str) -> Any:
    """The story, ready to be played. Raises Wrong with all its mistakes when there is none."""
    from harken import story

    loaded, path = load(name)
    if loaded.story is None:
        raise Wrong(story.explain(loaded.problems, path if path.is_dir() else None))
    return loaded


def keep_at(path: Path | None, reader: str | None, create: bool = True) -> Any:
    """The keep at a path, or the one of a reader on this machine, unlocked. Raises Wrong, NotAKeep, Locked."""
    from harken.cli.unlocking import open_keep

    return open_keep(path, reader, create)


def keep_of_nothing() -> Any:
    """A keep in memory, for readings that are kept nowhere."""
    from harken.keep import MemoryKeep

    return MemoryKeep()


def meeting_of(
    loaded: Any, kept: Any, newer: Any = None, pronoun: str | None = None, locale: str | None = None
) -> Meeting:
    """The meeting of a loaded story and a reader's log of it."""
    from harken.meeting import Meeting

    return Meeting(loaded.story, kept, compiled=loaded.compiled, newer=newer, pronoun=pronoun, locale=locale)
