"""``harken play``: a meeting, in the browser, in the terminal or from a script."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from harken.cli.joining import Wrong, keep_at, keep_of_nothing, meeting_of, sound

if TYPE_CHECKING:
    from harken.engine import Story
    from harken.meeting import Meeting

DREAM = "hollow-library"
PRONOUNS = ("he", "she", "they")


def _port(context: click.Context, option: click.Parameter, value: str | None) -> int | None:
    """The port: a whole number from 0 (any that is free) to 65535."""
    if value is None:
        return None
    if value.isascii() and value.isdigit() and int(value) <= 65535:
        return int(value)
    raise Wrong(f"`{value}` is not a port; a port is a number from 0 to 65535.")


@click.command()
@click.argument("story", default=DREAM)
@click.option("--terminal", is_flag=True, help="Play in the terminal instead of the browser.")
@click.option("--plain", is_flag=True, help="Line by line, for screen readers and simple terminals.")
@click.option(
    "--script", type=click.File("rb"), help="Play unattended: a move or line of text a line; - reads the input."
)
@click.option(
    "--from", "replay", type=click.File("rb"), help="Go on from a script or a replay of `harken check --save`."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a breath.")
@click.option("--seed", type=int, help="Decides ties: the same seed and moves give the same meeting.")
@click.option("--name", help="What the confider may call you.")
@click.option("--pronoun", type=click.Choice(PRONOUNS), help="How you are spoken of, where the story asks.")
@click.option("--locale", help="The language it is told in, where it is translated: de.")
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
    replay: BinaryIO | None,
    as_json: bool,
    seed: int | None,
    name: str | None,
    pronoun: str | None,
    locale: str | None,
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
    loaded = sound(story)
    keep = keep_at(keep_path, reader) if keep_path or not watch else keep_of_nothing()
    newer = _newer(story) if watch else None

    kept = keep.encounter(loaded.story.id, anew=anew)

    if locale is not None and locale not in (loaded.story.language, *loaded.story.locales):
        spoken = ", ".join((loaded.story.language, *loaded.story.locales))
        raise Wrong(f"{loaded.story.title} is not told in `{locale}`. It is told in: {spoken}.")

    def open_meeting() -> Meeting:
        return meeting_of(loaded, kept, newer, pronoun=pronoun, locale=locale)

    if replay is not None:
        _replayed(open_meeting(), replay, name, seed)
    if terminal or plain or script is not None:
        from harken import terminal as player

        return player.play(open_meeting(), script=script, json=as_json, name=name, seed=seed, plain=plain)
    from harken import serve
    from harken.engine import story_from

    def told(language: str) -> Story:
        return story_from(loaded.document, loaded.story.edition, language)

    return serve.run(
        open_meeting, loaded.story, port=port, name=name, seed=seed, open_browser=not no_browser, keep=keep,
        told=told, locale=locale,
    )  # fmt: skip


def _replayed(meeting: Meeting, replay: BinaryIO, name: str | None, seed: int) -> None:
    """Everything of a script, unseen, so that play goes on after it. Only a reading that has not begun can."""
    from harken.terminal.script import lines_of, play_script, seed_of_replay

    if meeting.state.meeting:
        raise Wrong(
            "This reading has begun already. Give a new keep (--keep) or start over (--anew) to go on from there."
        )
    own = seed_of_replay(replay)
    seed = seed if own is None else own
    play_script(meeting, lines_of(replay), io.StringIO(), json=True, name=name, seed=seed, replay=own is not None)


def _newer(story: str) -> Any:
    from harken.story import find
    from harken.watching import saved_story

    folder = find(story)
    if not folder.is_dir():
        raise Wrong(f"{folder} is a packed story; only a folder can be watched.")
    return saved_story(folder)
