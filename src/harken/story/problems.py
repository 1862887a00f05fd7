"""A writer's mistakes, as values with a place. Nothing is raised for them: all of a story's are found at once.

What each kind of mistake says stands in ``catalogue.md`` and nowhere else; its code is permanent and is never used
again for something different. The code that finds a mistake names it by its short name (``unknown-key``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template
from typing import NamedTuple

MOST_PROBLEMS = 300
"""After so many mistakes in one story, reading stops: nobody mends more at a time."""
_COMPARED = 300_000
"""Characters that may be compared for "did you mean" in one story, so that a hostile one cannot make it slow."""
_QUOTED_MOST, _LISTED_MOST = 60, 400


class Place(NamedTuple):
    """Where in a story: line and column from 1; line 0 is the whole file."""

    file: str
    line: int = 0
    column: int = 0


class Kind(NamedTuple):
    """One kind of mistake, as the catalogue words it."""

    code: str
    name: str
    severity: str
    says: str
    hint: str


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake: where it is, what was seen, and a way out. ``severity`` is ``error`` or ``warning``."""

    file: str
    line: int
    column: int
    code: str
    says: str
    hint: str
    severity: str
    source_line: str


class Enough(Exception):
    """So many mistakes were found that reading stops. Never leaves this room."""


class Found:
    """The mistakes of one story, as they are found."""

    def __init__(self) -> None:
        self._problems: dict[tuple[Place, str, str], Problem] = {}
        self._comparisons = _COMPARED

    def add(self, name: str, at: Place, near: str | None = None, /, **seen: object) -> None:
        """Note one mistake. ``near`` is what was probably meant; ``seen`` fills the words of the catalogue."""
        kind = catalogue()[name]
        words = {
            key: shown(str(value), _LISTED_MOST if key == "names" else _QUOTED_MOST) for key, value in seen.items()
        }
        says = Template(kind.says).safe_substitute(words)
        hint = f"Did you mean `{shown(near)}`?" if near else Template(kind.hint).safe_substitute(words)
        self._problems.setdefault(
            (at, kind.code, says), Problem(at.file, at.line, at.column, kind.code, says, hint, kind.severity, "")
        )
        if len(self._problems) >= MOST_PROBLEMS:
            raise Enough

    def near(self, word: str, names: Iterable[str]) -> str | None:
        """The name that was probably meant by this word, if one is nearly right."""
        from difflib import get_close_matches

        if self._comparisons < 0:
            return None
        plain = _plain(word)
        likely = []
        names = list(names)
        self._comparisons -= 10 * len(names)
        for name in names:
            if _plain(name) == plain:
                return name
            if abs(len(name) - len(word)) <= 2 + len(word) // 3:
                likely.append(name)
        self._comparisons -= sum(map(len, likely)) + len(likely) * len(word)
        if self._comparisons < 0:
            return None
        close = get_close_matches(plain, sorted(likely), n=1, cutoff=0.65)
        return close[0] if close else None

    def __len__(self) -> int:
        return len(self._problems)

    @property
    def errors(self) -> bool:
        """Whether anything was found that a story cannot be made with."""
        return any(problem.severity == "error" for problem in self._problems.values())

    def all(self, line_of: Callable[[str, int], str] = lambda file, line: "") -> tuple[Problem, ...]:
        """Everything found, in the order of the places, each with the line it is on."""
        return tuple(
            Problem(p.file, p.line, p.column, p.code, p.says, p.hint, p.severity, line_of(p.file, p.line))
            for p in sorted(self._problems.values())
        )


def _plain(word: str) -> str:
    return "-".join(word.lower().replace("_", " ").replace("-", " ").split())


def shown(text: str, most: int = _QUOTED_MOST) -> str:
    """A writer's text as a message can quote it: on one line, without anything unprintable, and not too long."""
    flat = "".join(char if char.isprintable() else " " for char in text[: most * 4].replace("`", "'"))
    flat = " ".join(flat.split())
    return flat if len(flat) <= most else flat[: most - 1].rstrip() + "…"


@cache
def catalogue() -> dict[str, Kind]:
    """Every kind of mistake, by its short name, read from ``catalogue.md``."""
    kinds: dict[str, Kind] = {}
    text = (Path(__file__).parent / "catalogue.md").read_text(encoding="utf-8")
    for entry in text.split("\n## ")[1:]:
        title, _, body = entry.partition("\n")
        code, name, *severity = title.split()
        says: list[str] = []
        hint: list[str] = []
        for line in body.split("\n# ")[0].split("\n"):
            (hint if line.startswith(">") else says).append(line.lstrip("> "))
        kinds[name] = Kind(code, name, "warning" if severity else "error", _flat(says), _flat(hint))
    return kinds


def _flat(lines: list[str]) -> str:
    return " ".join(" ".join(lines).split())


def show(problem: Problem, folder: Path | None = None) -> str:
    """A mistake as it is printed: its place, what it says, the line it is on, and a caret under the column.

    With the story's ``folder``, places are given as seen from where the reader of the message is.
    """
    file = problem.file if folder is None or problem.file == str(folder) else str(folder / problem.file)
    place = file if not problem.line else f"{file}:{problem.line}:{problem.column}"
    warning = "warning: " if problem.severity == "warning" else ""
    message = f"{place}: {warning}{problem.says} {problem.hint}".rstrip() + f" ({problem.code})"
    if not problem.line or not problem.source_line:
        return message
    line, column = _window(problem.source_line, problem.column)
    return f"{message}\n    {line}\n    {_blank(line[: column - 1])}^"


_WINDOW = 100


def _window(line: str, column: int) -> tuple[str, int]:
    """The part of a long line around the column, and the column in that part."""
    if len(line) <= _WINDOW:
        return _visible(line), column
    start = max(0, column - 1 - _WINDOW // 2)
    part = line[start : start + _WINDOW]
    before = "…" if start else ""
    after = "…" if start + _WINDOW < len(line) else ""
    return _visible(before + part + after), column - start + len(before)


def _visible(line: str) -> str:
    return "".join(char if char.isprintable() or char == "\t" else "\N{REPLACEMENT CHARACTER}" for char in line)


def _blank(text: str) -> str:
    """As much empty room as this text takes on a screen."""
    from unicodedata import combining, east_asian_width

    return "".join(
        "\t" if char == "\t" else "" if combining(char) else "  " if east_asian_width(char) in "WF" else " "
        for char in text
    )
