"""``harken fmt``: writes the permanent ids that are missing, and tidies metadata. The writer's layout stays.

An id is made from the heading once; from then on it is the writer's, and no later title changes it. Before anything
is written it is proved that a second pass would change nothing, and that the words of the story are the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from harken.errors import HarkenError
from harken.story.compile import compile_folder
from harken.story.problems import Problem

MISSING_ID = "HK605"
_ID = re.compile(r"^\s*(?:id|thing):\s*([a-z0-9-]+)\s*$", re.MULTILINE)
_METADATA = re.compile(r"^(?: {4}|\t)(?=\S)")
_PASSES = 40


class CannotFormat(HarkenError):
    """The story is not one that can be formatted without a doubt; nothing was written."""


@dataclass(frozen=True)
class Formatted:
    """One file as it would be, beside what it is. ``ids`` are those written into it."""

    path: Path
    before: str
    after: str
    ids: tuple[str, ...]

    @property
    def changed(self) -> bool:
        """Whether there is anything to write."""
        return self.before != self.after


def format_story(folder: Path) -> tuple[Formatted, ...]:
    """Every Markdown file of the story as it should be; writes nothing. Raises CannotFormat."""
    from tempfile import TemporaryDirectory

    files = {path.relative_to(folder): path.read_text("utf-8") for path in _files(folder)}
    made: dict[Path, list[str]] = {}
    with TemporaryDirectory(prefix="harken-fmt-") as scratch:
        copy = Path(scratch) / "story"
        _copy(folder, copy)
        now = _passes(copy, files, made)
        _same_story(folder, copy, now)
    return tuple(Formatted(folder / name, files[name], text, tuple(made.get(name, ()))) for name, text in now.items())


def write(formatted: Iterable[Formatted]) -> int:
    """Write what changed, each file whole; how many were written. Raises CannotFormat."""
    count = 0
    for one in formatted:
        if one.changed:
            partial = one.path.with_name(f".{one.path.name}.part")
            try:
                partial.write_text(one.after, "utf-8", newline="")
                partial.replace(one.path)
            except OSError as error:
                partial.unlink(missing_ok=True)
                raise CannotFormat(f"{one.path} cannot be written: {error.strerror}.") from None
            count += 1
    return count


def _files(folder: Path) -> list[Path]:
    return sorted(path for part in ("place", "tellings") for path in (folder / part).glob("*.md"))


def _copy(folder: Path, copy: Path) -> None:
    """All that a story is compiled from; its translations, too, though they stay as they are."""
    translations = (path for path in (folder / "locale").rglob("*") if path.is_file())
    for path in (*folder.glob("*.yaml"), *_files(folder), *translations):
        target = copy / path.relative_to(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())


def _passes(copy: Path, files: Mapping[Path, str], made: dict[Path, list[str]]) -> dict[Path, str]:
    """Tidy, then write ids until none is missing: mistakes are reported so many at a time."""
    now = {name: _tidied(text) for name, text in files.items()}
    taken = {found for text in now.values() for found in _ID.findall(text)}
    for _ in range(_PASSES):
        for name, text in now.items():
            (copy / name).write_text(text, "utf-8", newline="")
        missing = [problem for problem in compile_folder(copy).problems if problem.code == MISSING_ID]
        if not missing:
            return now
        _write_ids(now, missing, taken, made)
    raise CannotFormat("Some ids could not be written; `harken check` says where.")


def _same_story(folder: Path, copy: Path, now: Mapping[Path, str]) -> None:
    """A second pass would change nothing, and a story that compiled before compiles to the same document."""
    before = compile_folder(folder).document
    stable = all(_tidied(text) == text for text in now.values())
    if not stable or (before is not None and compile_folder(copy).document != before):
        raise CannotFormat(
            f"{folder} would not be the same story afterwards, so nothing was written. That is a fault of Harken's, "
            "not of your story; please report it."
        )


def _write_ids(now: dict[Path, str], missing: Iterable[Problem], taken: set[str], made: dict[Path, list[str]]) -> None:
    """From the last line up, so that the places of those above stay right."""
    for problem in sorted(missing, key=lambda problem: (problem.file, -problem.line)):
        name = Path(problem.file)
        lines = now[name].split("\n")
        made_id = _made(lines[problem.line - 1], taken)
        taken.add(made_id)
        made.setdefault(name, []).insert(0, made_id)
        now[name] = "\n".join(_with_id(lines, problem.line, made_id))


def _with_id(lines: list[str], heading: int, made_id: str) -> list[str]:
    """The lines with the id as the first of the metadata under the heading (its number, from 1)."""
    below = heading
    while below < len(lines) and not lines[below].strip():
        below += 1
    if below < len(lines) and _METADATA.match(lines[below]):
        return [*lines[:below], f"    id: {made_id}", *lines[below:]]
    if below < len(lines) and lines[below].startswith(("```", "~~~")):
        return [*lines[: below + 1], f"id: {made_id}", *lines[below + 1 :]]
    return [*lines[:heading], "", f"    id: {made_id}", "", *lines[below:]]


def _made(heading: str, taken: set[str]) -> str:
    plain = unicodedata.normalize("NFKD", heading.lstrip("# ")).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’]", "", plain)).strip("-")[:48].strip("-") or "untitled"
    number, made_id = 2, words
    while made_id in taken:
        made_id, number = f"{words}-{number}", number + 1
    return made_id


def _tidied(text: str) -> str:
    """Metadata with four spaces before it and none after, and one line's end at the end of the file."""
    lines = []
    under_heading = False
    for line in text.split("\n"):
        if line.startswith("#"):
            under_heading = True
        elif line.strip() and not _METADATA.match(line):
            under_heading = False
        lines.append(_METADATA.sub("    ", line).rstrip() if under_heading and _METADATA.match(line) else line)
    return "\n".join(lines).rstrip("\n") + "\n" if text.strip() else text
