"""``harken check`` and ``why``: what a writer asks about a story."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from harken.cli.joining import keep_at, keep_of_nothing, load, meeting_of, sound

if TYPE_CHECKING:
    from harken.meeting import Meeting

READERS = 1000


@click.command()
@click.argument("story")
@click.option("--count", default=READERS, show_default=True, type=click.IntRange(0), help="How many random readers.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def check(story: str, count: int, as_json: bool) -> int:
    """Read STORY, name every mistake in it, and let random readers play it. Proves nothing yet; shows what it saw."""
    from harken.check import report

    loaded, folder = load(story)
    found = report.report(loaded.story, loaded.problems, count)
    print(report.as_json(found) if as_json else report.as_text(found, folder))
    return 0 if found.ok else 1


@click.command()
@click.argument("story")
@click.argument("telling")
@click.option("--script", type=click.File("rb"), help="The moves that were made, as for play; - reads the input.")
@click.option("--keep", "keep_path", type=click.Path(path_type=Path), help="The keep of a reader who played.")
@click.option("--as", "reader", help="Which reader, where several share a machine.")
@click.option("--at", metavar="MEETING.BREATH", help="After this breath; without it, after the last.")
@click.option("--seed", default=0, help="The seed that the script was played with.")
def why(
    story: str,
    telling: str,
    script: BinaryIO | None,
    keep_path: Path | None,
    reader: str | None,
    at: str | None,
    seed: int,
) -> int:
    """Why TELLING has not been told, and what would open it: after a script, or in a reader's keep."""
    from harken import asked

    loaded = sound(story)
    if script is not None:
        meeting = _played(loaded, script, seed)
    else:
        meeting = meeting_of(loaded, keep_at(keep_path, reader, create=False).encounter(loaded.story.id))
    print("\n".join(asked.why(loaded.story, meeting.log, telling, at)))
    return 0


def _played(loaded: Any, script: BinaryIO, seed: int) -> Meeting:
    """A reading that is kept nowhere, after this script."""
    from harken.terminal.script import lines_of, play_script

    meeting = meeting_of(loaded, keep_of_nothing().encounter(loaded.story.id))
    play_script(meeting, lines_of(script), io.StringIO(), json=True, name=None, seed=seed)
    return meeting
