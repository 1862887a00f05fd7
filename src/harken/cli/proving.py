"""``harken check`` and ``why``: what a writer asks about a story."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from shutil import get_terminal_size
from time import perf_counter
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from harken.cli.joining import Wrong, keep_at, keep_of_nothing, load, meeting_of, sound

if TYPE_CHECKING:
    from harken.meeting import Meeting

BUDGET = 300


@click.command()
@click.argument("story")
@click.option("--deep", is_flag=True, help="Look much further, for as long as --budget says.")
@click.option("--budget", metavar="SECONDS", type=click.IntRange(1), help=f"For --deep, in all: {BUDGET} without it.")
@click.option("--strict", is_flag=True, help="What is not decided counts as broken.")
@click.option("--all", "every", is_flag=True, help="Name every verdict.")
@click.option("--save", type=click.Path(path_type=Path), help="Write a script of everything broken into this folder.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def check(
    story: str, deep: bool, budget: int | None, strict: bool, every: bool, save: Path | None, as_json: bool
) -> int:
    """Read STORY, name every mistake in it, and say of every promise whether it is proved, shown, or not decided."""
    from harken.check import judging, report
    from harken.check.deep import Budget
    from harken.check.thousand import thousand

    if budget is not None and not deep:
        raise Wrong("--budget is for the deep pass; give --deep with it.")
    loaded, folder = load(story)
    begun, verdicts = perf_counter(), []
    if loaded.story is not None:
        claims = (loaded.document or {}).get("claims", [])
        if deep:
            allowed = float(budget or BUDGET)
            with _Progress() as tell:
                effort = judging.deep(loaded.story, allowed)
                verdicts = judging.judge(loaded.story, claims, effort, tell, Budget(allowed))
        else:
            verdicts = judging.judge(loaded.story, claims)
    seconds = perf_counter() - begun
    readers = thousand(loaded.story) if loaded.story is not None else None
    found = report.Report(loaded.story, tuple(loaded.problems), tuple(verdicts), seconds, readers)
    print(report.as_json(found) if as_json else report.as_text(found, folder, every))
    if save is not None:
        _save(found, save)
    return 0 if found.ok and not (strict and found.undecided) else 1


class _Progress:
    """Says on standard error how it goes: on a terminal in one line that is written over, else a line each."""

    def __init__(self) -> None:
        self.begun, self.terminal = perf_counter(), sys.stderr.isatty()

    def __enter__(self) -> _Progress:
        return self

    def __call__(self, said: str) -> None:
        line = f"... {perf_counter() - self.begun:3.0f} s: {said}"
        if self.terminal:
            print(f"\r\033[K{line[: get_terminal_size().columns - 1]}", end="", file=sys.stderr, flush=True)
        else:
            print(line, file=sys.stderr, flush=True)

    def __exit__(self, *_: object) -> None:
        if self.terminal:
            print("\r\033[K", end="", file=sys.stderr, flush=True)


def _save(found: Any, folder: Path) -> None:
    from harken.check import report

    try:
        for path in report.save(found, folder):
            print(f"Saved {path}", file=sys.stderr)
    except OSError as error:
        raise Wrong(f"The scripts cannot be written to {folder} ({error.strerror}).") from None


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
