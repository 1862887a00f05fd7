"""``harken understand``: what a line is taken for, and which words made the difference."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from harken.cli.joining import Wrong, sound

if TYPE_CHECKING:
    from harken.engine import Story


@click.command()
@click.argument("text", required=False)
@click.option(
    "--lines",
    type=click.Path(),
    help="A file with a line each, or JSON lines with `text` and maybe `before`; - reads the input.",
)
@click.option("--before", default="", help="What the confider said last.")
@click.option("--language", default=None, help="The language of the words: en or de.")
@click.option("--story", default=None, help="Listen with this story's own words, in its language.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def understand(
    text: str | None, lines: str | None, before: str, language: str | None, story: str | None, as_json: bool
) -> int:
    """Say which move TEXT is taken for, how surely, and because of which words."""
    if (text is None) == (lines is None):
        raise Wrong("Give either a TEXT or a file with --lines.")
    told = sound(story).story if story else None
    language = language or (told.language if told else "en")
    if language not in ("en", "de"):
        raise Wrong(f"`{language}` is not a language that Harken listens in. There are: en, de.")
    if lines is not None:
        for line, said in _read(lines, before):
            print(json.dumps({"text": line, **heard(line, said, language, told)}, ensure_ascii=False))
        return 0
    found = heard(text or "", before, language, told)
    print(json.dumps(found, ensure_ascii=False) if as_json else _plainly(found))
    return 0


def heard(text: str, before: str, language: str, story: Story | None = None) -> dict[str, Any]:
    """All that was heard in a line, as JSON shows it; with the ``story``'s own words, if one is given."""
    from harken.listen import because, own_words
    from harken.listen import understand as meaning
    from harken.listen.care import sounds_like_help

    meant = meaning(text, before, language, own_words(story) if story else None)
    return {
        "move": meant.move,
        "confidence": meant.confidence / 1000,
        **({"gesture": meant.gesture} if story else {}),
        "moves": {move: round(chance, 4) for move, chance in meant.moves},
        "quality": meant.quality,
        "depth": meant.disclosure,
        "themes": list(meant.themes),
        "help": sounds_like_help(text, language),
        "because": list(because(text, before, language)) if text.strip() else [],
    }


def _read(path: str, before: str) -> list[tuple[str, str]]:
    try:
        data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
        rows = data.decode("utf-8").splitlines()
    except OSError as error:
        raise Wrong(f"{path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise Wrong(f"{path} is not text in UTF-8.") from None
    return [_line(row, number, path, before) for number, row in enumerate(rows, 1) if row.strip()]


def _line(row: str, number: int, path: str, before: str) -> tuple[str, str]:
    if not row.lstrip().startswith('{"'):
        return row, before
    try:
        given = json.loads(row)
    except (ValueError, RecursionError):
        raise Wrong(
            f"Line {number} of {path} is not JSON. Each line is plain words, or an object with `text`."
        ) from None
    text, said = given.get("text"), given.get("before") or before
    if not isinstance(text, str) or not isinstance(said, str):
        raise Wrong(f"Line {number} of {path} needs `text`, and `before` if it is there, as words.")
    return text, said


def _plainly(found: dict[str, Any]) -> str:
    likely = ", ".join(f"{move} {chance:.2f}" for move, chance in list(found["moves"].items())[:3])
    about = ", ".join(found["themes"]) or "nothing in particular"
    words = ", ".join(found["because"]) or "no one word"
    care = "\nThis would show the care page." if found["help"] else ""
    gesture = f" (the story's own: {found['gesture']})" if found.get("gesture") else ""
    return (
        f"{found['move']}{gesture} ({found['confidence']:.2f}), because of: {words}\nLikeliest: {likely}\n"
        f"Quality {found['quality']} of 2, depth {found['depth']} of 3, about {about}.{care}"
    )
