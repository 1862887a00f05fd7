"""What ``verify`` finds, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from harken.keep.errors import Broken, KeepError, NewerKeep
from harken.keep.schema import Row

if TYPE_CHECKING:
    from harken.keep.store import Keep


@dataclass(frozen=True, slots=True)
class StoryReport:
    """One reading of one story: numbers of entries, those of them that are burned and scrubbed, and damaged ones."""

    story: str
    id: str
    entries: int
    burned: int
    scrubbed: int
    damaged: tuple[int, ...]
    said: str | None = None
    """Why the log as a whole cannot be trusted, or None."""


@dataclass(frozen=True, slots=True)
class Report:
    """How a keep was found. ``whole``: everything that was kept and not burned opens, and nothing was cut or moved."""

    whole: bool
    lines: tuple[str, ...]
    stories: tuple[StoryReport, ...]

    def words(self) -> str:
        """All of it as one text, a line each."""
        return "\n".join(self.lines)


def verified(keep: Keep) -> Report:
    """Read every entry of a keep."""
    lines: list[str] = []
    stories: tuple[StoryReport, ...] = ()
    try:
        if keep.database.damage() is not None:
            lines.append("Its database is damaged: pages of it do not fit together.")
        with keep.database.read() as db:
            rows = keep.standing(db).rows
        stories = tuple(_read(keep, row) for row in rows)
    except KeepError as error:
        lines.append(str(error))
    lines += [_line(story) for story in stories]
    if keep.read_only is not None:
        lines.append(keep.read_only)
    whole = len(lines) == len(stories) and not any(story.damaged or story.said for story in stories)
    if whole:
        lines.insert(0, "This keep is whole: every step is the one that was kept, and none is missing.")
    else:
        lines.insert(0, "This keep is not as it was kept.")
    return Report(whole, tuple(lines), stories)


def _read(keep: Keep, row: Row) -> StoryReport:
    encounter, damaged = keep.encounter(row.story, id=row.id.hex()), []
    try:
        _, stored, burned, waiting, wraps = encounter.read()
    except KeepError as error:
        return StoryReport(row.story, row.id.hex(), row.head, 0, 0, (), str(error))
    for seq, one in enumerate(stored):
        if seq not in burned:
            try:
                encounter.opened(row, one, wraps)
            except NewerKeep as error:
                return StoryReport(row.story, row.id.hex(), row.head, 0, 0, (), str(error))
            except Broken:
                damaged.append(seq)
    scrubbed = len(burned - waiting)
    return StoryReport(row.story, row.id.hex(), row.head, len(burned) - scrubbed, scrubbed, tuple(damaged))


def _line(story: StoryReport) -> str:
    if story.said is not None:
        return story.said
    # a step that tells nothing (a move, a breath) is kept too, and is no entry of `harken keep list`
    said = [f"{story.entries} {'step' if story.entries == 1 else 'steps'} kept"]
    if story.scrubbed:
        said.append(f"{story.scrubbed} burned and in no file any more")
    if story.burned:
        said.append(f"{story.burned} burned, of which older copies still lie in a file; the next opening clears them")
    if story.damaged:
        said.append(f"{len(story.damaged)} damaged (number {', '.join(map(str, story.damaged[:10]))})")
    return f"“{story.story}”: {', '.join(said)}."
