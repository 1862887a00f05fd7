"""``harken new``, ``fmt`` and ``pack``: what a writer does with a story's files."""

from __future__ import annotations

from pathlib import Path

import click

from harken.cli.joining import Wrong, sound


@click.command()
@click.argument("story")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The file to write.")
def pack(story: str, output: Path | None) -> int:
    """Pack STORY into one file to hand to readers; `harken play FILE` opens it."""
    loaded = sound(story)
    target = output or Path(f"{loaded.story.id}.json")
    try:
        target.write_bytes(loaded.compiled or b"")
    except OSError as error:
        raise Wrong(f"{target} cannot be written: {error.strerror}.") from None
    print(f"{loaded.story.title} is packed in {target}.")
    return 0


@click.command()
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


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
def new(folder: Path) -> int:
    """Make FOLDER: a small story that plays and checks clean, to write over."""
    from harken.story import starter

    starter.begin(folder)
    print(f"{folder} is a story now. Play it with `harken play {folder}`, and write over it.")
    return 0
