"""The command ``harken``. Each command parses, joins the rooms, and calls one of them; imports are lazy.

Exit codes: 0 well, 1 the thing asked about falls short, 2 the command or its input is wrong. Errors go to standard
error in one or two plain sentences; no traceback reaches a user (``HARKEN_DEBUG=1`` shows it to a developer).
"""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

import harken
from harken.errors import HarkenError

if TYPE_CHECKING:
    from harken.meeting import Meeting
    from harken.story import Loaded

DREAM = "hollow-library"
READERS = 1000


class Wrong(HarkenError):
    """The command or its input is wrong."""


def _port(context: click.Context, option: click.Parameter, value: str | None) -> int | None:
    """The port: a whole number from 0 (any that is free) to 65535."""
    if value is None:
        return None
    if value.isascii() and value.isdigit() and int(value) <= 65535:
        return int(value)
    raise Wrong(f"`{value}` is not a port; a port is a number from 0 to 65535.")


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(harken.__version__, prog_name="harken", message="%(prog)s %(version)s")
@click.pass_context
def cli(context: click.Context) -> int:
    """Stories in which someone opens up to you. Without a command: opens the dream."""
    return int(context.invoke(play)) if context.invoked_subcommand is None else 0


@cli.command()
@click.argument("story", default=DREAM)
@click.option("--terminal", is_flag=True, help="Play in the terminal instead of the browser.")
@click.option("--plain", is_flag=True, help="Line by line, for screen readers and simple terminals.")
@click.option(
    "--script", type=click.File("rb"), help="Play unattended: a move or line of text a line; - reads the input."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a breath.")
@click.option("--seed", type=int, help="Decides ties: the same seed and moves give the same meeting.")
@click.option("--name", help="What the confider may call you.")
@click.option("--keep", "keep_path", type=click.Path(path_type=Path), help="Where your keep is; made when missing.")
@click.option("--as", "reader", help="Which reader you are, where several share a machine.")
@click.option("--anew", is_flag=True, help="Start this story over, keeping what was.")
@click.option("--port", callback=_port, help="The port of the local server.")
@click.option("--watch", is_flag=True, help="For writers: take the story over whenever it is saved. Keeps nothing.")
@click.option("--no-browser", is_flag=True, help="Print the address and do not open a browser.")
def play(
    story: str,
    terminal: bool,
    plain: bool,
    script: BinaryIO | None,
    as_json: bool,
    seed: int | None,
    name: str | None,
    keep_path: Path | None,
    reader: str | None,
    anew: bool,
    port: int | None,
    watch: bool,
    no_browser: bool,
) -> int:
    """Play STORY (the dream, if none is named): a name, a story's folder, or a packed story."""
    seed = int.from_bytes(os.urandom(4), "big") if seed is None else seed
    if as_json and script is None:
        script = sys.stdin.buffer
    loaded = _sound(story)
    keep = _keep_at(keep_path, reader) if keep_path or not watch else _keep_of_nothing()
    newer = _newer(story) if watch else None

    kept = keep.encounter(loaded.story.id, anew=anew)

    def open_meeting() -> Meeting:
        return _meeting(loaded, kept, newer)

    if terminal or plain or script is not None:
        from harken import terminal as player

        return player.play(open_meeting(), script=script, json=as_json, name=name, seed=seed, plain=plain)
    from harken import serve

    return serve.run(open_meeting, loaded.story, port=port, name=name, seed=seed, open_browser=not no_browser)


@cli.command()
@click.argument("story")
@click.option("--count", default=READERS, show_default=True, type=click.IntRange(0), help="How many random readers.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def check(story: str, count: int, as_json: bool) -> int:
    """Read STORY, name every mistake in it, and let random readers play it. Proves nothing yet; shows what it saw."""
    from harken.check import report

    loaded, folder = _load(story)
    found = report.report(loaded.story, loaded.problems, count)
    print(report.as_json(found) if as_json else report.as_text(found, folder))
    return 0 if found.ok else 1


@cli.command()
@click.argument("story")
@click.option("--count", default=READERS, show_default=True, type=click.IntRange(1), help="How many readers.")
@click.option("--policy", default="random", show_default=True, help="How they listen.")
@click.option("--seed", default=0, show_default=True, help="Other readers of the same kind.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def readers(story: str, count: int, policy: str, seed: int, as_json: bool) -> int:
    """Let simulated readers play STORY: what was reached, by how many, and what by nobody."""
    from harken.check import report
    from harken.check.readers import POLICIES, reach

    if policy not in POLICIES:
        raise Wrong(f"There is no policy called `{policy}`. There are: {', '.join(POLICIES)}.")
    reached = reach(_sound(story).story, count, seed, policy)
    print(report.reach_as_json(reached) if as_json else report.reach_as_text(reached))
    return 0


@cli.command()
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

    loaded = _sound(story)
    if script is not None:
        meeting = _played(loaded, script, seed)
    else:
        meeting = _meeting(loaded, _keep_at(keep_path, reader, create=False).encounter(loaded.story.id))
    print("\n".join(asked.why(loaded.story, meeting.log, telling, at)))
    return 0


@cli.command()
@click.argument("story")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The file to write.")
def pack(story: str, output: Path | None) -> int:
    """Pack STORY into one file to hand to readers; `harken play FILE` opens it."""
    loaded = _sound(story)
    target = output or Path(f"{loaded.story.id}.json")
    try:
        target.write_bytes(loaded.compiled or b"")
    except OSError as error:
        raise Wrong(f"{target} cannot be written: {error.strerror}.") from None
    print(f"{loaded.story.title} is packed in {target}.")
    return 0


@cli.command()
@click.argument("story")
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit 1 if anything would be written.")
def fmt(story: str, only_check: bool) -> int:
    """Write the permanent ids that STORY lacks, and tidy its metadata."""
    from harken.story import find
    from harken.story.fmt import CannotFormat, format_story, write

    folder = find(story)
    if not folder.is_dir():
        raise CannotFormat(f"{folder} is a packed story; only a folder can be formatted.")
    formatted = [one for one in format_story(folder) if one.changed]
    for one in formatted:
        ids = f": {', '.join(one.ids)}" if one.ids else ""
        print(f"{one.path.relative_to(folder)}{ids}")
    if only_check:
        return 1 if formatted else 0
    print(f"{write(formatted)} file{'s' * (len(formatted) != 1)} written." if formatted else "Nothing to write.")
    return 0


@cli.command()
@click.argument("folder", type=click.Path(path_type=Path))
def new(folder: Path) -> int:
    """Make FOLDER: a small story that plays and checks clean, to write over."""
    from harken.story import starter

    starter.begin(folder)
    print(f"{folder} is a story now. Play it with `harken play {folder}`, and write over it.")
    return 0


def _load(name: str) -> tuple[Loaded, Path]:
    from harken import story

    path = story.find(name)
    return story.load(path), path


def _sound(name: str) -> Any:
    """The story, ready to be played. Raises Wrong with all its mistakes when there is none."""
    from harken import story

    loaded, path = _load(name)
    if loaded.story is None:
        raise Wrong(story.explain(loaded.problems, path if path.is_dir() else None))
    return loaded


def _keep_at(path: Path | None, reader: str | None, create: bool = True) -> Any:
    from harken.keep import Keep, default_path

    if path is not None and reader is not None:
        raise Wrong("Give either --keep or --as: a keep belongs to one reader already.")
    return Keep.open(path if path is not None else default_path(reader), create=create)


def _keep_of_nothing() -> Any:
    from harken.keep import MemoryKeep

    return MemoryKeep()


def _newer(story: str) -> Any:
    from harken.story import find
    from harken.watching import saved_story

    folder = find(story)
    if not folder.is_dir():
        raise Wrong(f"{folder} is a packed story; only a folder can be watched.")
    return saved_story(folder)


def _meeting(loaded: Any, kept: Any, newer: Any = None) -> Meeting:
    from harken.meeting import Meeting

    return Meeting(loaded.story, kept, compiled=loaded.compiled, newer=newer)


def _played(loaded: Any, script: BinaryIO, seed: int) -> Meeting:
    """A reading that is kept nowhere, after this script."""
    from harken.terminal.script import lines_of, play_script

    meeting = _meeting(loaded, _keep_of_nothing().encounter(loaded.story.id))
    play_script(meeting, lines_of(script), io.StringIO(), json=True, name=None, seed=seed)
    return meeting


def main() -> None:
    """Run the command and exit with its code. What is known to go wrong is said in a sentence or two."""
    try:
        code = cli.main(prog_name="harken", standalone_mode=False)
    except click.exceptions.Exit as done:
        code = done.exit_code
    except (click.Abort, KeyboardInterrupt):
        code = 130
    except click.ClickException as wrong:
        code = _say(wrong.format_message())
    except HarkenError as wrong:
        code = _say(str(wrong))
    except BrokenPipeError:
        code = 0
    except Exception as error:
        if os.environ.get("HARKEN_DEBUG"):
            raise
        code = _say(
            f"Something went wrong inside Harken ({type(error).__name__}). Nothing that was told to you is lost; "
            "HARKEN_DEBUG=1 shows where it happened."
        )
    _leave(code if isinstance(code, int) else 0)


def _say(sentence: str) -> int:
    print(f"harken: {sentence}", file=sys.stderr)
    return 2


def _leave(code: int) -> None:
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)
