"""A reading written down to be read: as Markdown for a file, as plain lines for a terminal."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from harken.engine import events as ev
from harken.exporting.reading import Item, items

Log = Iterable[ev.Event | None]

_MARKS = re.compile(r"([\\`*_\[\]<>])")
_LEADING = re.compile(r"^(\s*)([#+-]|\d+[.)])(?=\s|$)", re.MULTILINE)
_ENDS = {"clock": "The dream ended.", "wake": "You woke.", "run": "You ran."}


def markdown(title: str, log: Log) -> str:
    """The reading of one story as a Markdown page. What anyone said stands there as it was said, not as markup."""
    return "\n\n".join([f"# {_plain(title)}", *_written(items(log), _plain, heading="## ", said="> ")]) + "\n"


def transcript(log: Log, meeting: int | None = None) -> str:
    """The reading, or one meeting of it, as plain text."""
    shown = (item for item in items(log) if meeting in (None, item.meeting))
    return "\n\n".join(_written(shown, str, heading="", said="— ")) + "\n"


def _written(shown: Iterable[Item], write: Callable[[str], str], heading: str, said: str) -> Iterator[str]:
    for item in shown:
        words = "\n\n".join(write(line) for line in item.lines)
        if item.kind == "meeting":
            yield f"{heading}Meeting {item.meeting}" + (f", as {words}" if words else "")
        elif item.kind == "said":
            yield "\n".join(said + write(line) for line in item.lines)
        elif item.kind == "did":
            yield f"({item.lines[0].replace('_', ' ')}{f': {write(item.id)}' if item.id else ''})"
        elif item.kind == "told":
            yield (f"{heading and '### '}{write(item.title)}\n\n" if item.title else "") + words
        elif item.kind == "jar":
            yield "(A jar was opened here. It was heard once.)"
        elif item.kind == "gone":
            yield "(Something that was here is burned.)"
        elif item.kind == "scar":
            yield f"(A scar: {words})"
        elif item.kind == "woke":
            yield _ENDS.get(item.lines[0], "You woke.")
        else:
            yield words


def _plain(text: str) -> str:
    """The text, with what Markdown would read as markup made harmless."""
    return _LEADING.sub(r"\1\\\2", _MARKS.sub(r"\\\1", text))
