"""The command ``harken``. Each command parses, joins the rooms, and calls one of them; imports are lazy.

Exit codes: 0 well, 1 the thing asked about falls short, 2 the command or its input is wrong. Errors go to standard
error in one or two plain sentences; no traceback reaches a user (``HARKEN_DEBUG=1`` shows it to a developer).
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

import harken

if TYPE_CHECKING:
    from harken.meeting import Meeting

DREAM = "hollow-library"


class Wrong(click.ClickException):
    """The command or its input is wrong: one or two plain sentences, exit 2."""

    exit_code = 2


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(harken.__version__, prog_name="harken", message="%(prog)s %(version)s")
@click.pass_context
def cli(context: click.Context) -> None:
    """Stories in which someone opens up to you. Without a command: opens the dream."""
    if context.invoked_subcommand is None:
        context.invoke(play)


@cli.command()
@click.argument("story", default=DREAM)
@click.option("--terminal", is_flag=True, help="Play in the terminal instead of the browser.")
@click.option("--plain", is_flag=True, help="Line by line, for screen readers and simple terminals.")
@click.option("--script", type=click.File("rb"), help="Play unattended: one move or line of text a line; - for input.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a breath.")
@click.option("--seed", type=int, help="Decides ties: the same seed and moves give the same meeting.")
@click.option("--name", help="What the confider may call you.")
@click.option("--keep", "keep_path", type=click.Path(path_type=Path), help="Where your keep is; made when missing.")
@click.option("--as", "reader", help="Which reader you are, where several share a machine.")
@click.option("--anew", is_flag=True, help="Start this story over, keeping what was.")
@click.option("--port", type=click.IntRange(0, 65535), help="The port of the local server.")
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
    no_browser: bool,
) -> int:
    """Play STORY (the dream, if none is named): a name, or the path of a story's folder."""
    if keep_path is not None and reader is not None:
        raise Wrong("Give either --keep or --as: a keep belongs to one reader already.")
    meeting = _meeting(story, keep_path, reader, anew)
    if as_json and script is None:
        script = sys.stdin.buffer
    if terminal or plain or script is not None:
        from harken import terminal as player

        return player.play(meeting, script=script, json=as_json, name=name, seed=seed, plain=plain)
    from harken import serve

    return serve.play(meeting, port=port, name=name, seed=seed, open_browser=not no_browser)


def _meeting(name: str, keep_path: Path | None, reader: str | None, anew: bool) -> Meeting:
    """The story, compiled, met by the reader whose keep this is."""
    from harken import keep, story
    from harken.meeting import Meeting

    loaded = story.load(story.find(name))
    if loaded.story is None:
        raise Wrong(story.explain(loaded.problems))
    path = keep_path if keep_path is not None else keep.default_path(reader)
    opened = keep.Keep.open(path)
    kept = opened.encounter(loaded.story.id, anew=anew)
    return Meeting(loaded.story, kept, compiled=loaded.compiled)


def main() -> Any:
    """Run the command; exit with its code. What is known to go wrong is said in a sentence or two."""
    try:
        code = cli.main(prog_name="harken", standalone_mode=False)
    except click.exceptions.Exit as done:
        code = done.exit_code
    except (click.Abort, KeyboardInterrupt):
        code = 130
    except click.ClickException as wrong:
        code = _say(wrong.format_message(), 2)
    except BrokenPipeError:
        code = 0
    except Exception as error:
        if os.environ.get("HARKEN_DEBUG"):
            raise
        code = _say(_plainly(error), 2)
    _leave(code if isinstance(code, int) else 0)


def _plainly(error: Exception) -> str:
    """The words of an error that has plain ones; for any other, what can be said to a reader."""
    if getattr(error, "plain", False):
        return str(error)
    return (
        f"Something went wrong inside Harken ({type(error).__name__}). Nothing that was told to you is lost; "
        "HARKEN_DEBUG=1 shows where it happened."
    )


def _say(sentence: str, code: int) -> int:
    print(f"harken: {sentence}", file=sys.stderr)
    return code


def _leave(code: int) -> None:
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)


if __name__ == "__main__":
    main()
