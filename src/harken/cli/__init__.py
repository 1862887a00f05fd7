"""The command ``harken``. Each command parses, joins the rooms, and calls one of them; imports are lazy.

Exit codes: 0 well, 1 the thing asked about falls short, 2 the command or its input is wrong. Errors go to standard
error in one or two plain sentences; no traceback reaches a user (``HARKEN_DEBUG=1`` shows it to a developer).
"""

from __future__ import annotations

import os
import sys

import click

import harken
from harken.cli.hearing import understand
from harken.cli.keeping import keep
from harken.cli.playing import play
from harken.cli.proving import check, why
from harken.cli.serving import serve
from harken.cli.simulating import map_command, readers
from harken.cli.writing import fmt, new, pack
from harken.errors import HarkenError


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(harken.__version__, prog_name="harken", message="%(prog)s %(version)s")
@click.pass_context
def cli(context: click.Context) -> int:
    """Stories in which someone opens up to you. Without a command: opens the dream."""
    return int(context.invoke(play)) if context.invoked_subcommand is None else 0


for command in (play, check, readers, map_command, why, new, fmt, pack, keep, serve, understand):
    cli.add_command(command)


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
