"""A story's files, from the disk to text. The only file of this room that opens a writer's files.

Files of a story are hostile input: their number and size are bounded, links may not lead out of the folder, only
plain files are opened, and only UTF-8 without control characters is let through. What is not read is said.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from harken.story.problems import Enough, Found, Place, shown

STORY, CONFIDER = "story.yaml", "confider.yaml"
PLACE, TELLINGS, LOCALE = "place", "tellings", "locale"
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
MOST_BYTES = 4 * 1024 * 1024
MOST_BYTES_STORY = 64 * 1024 * 1024
MOST_LINES_STORY = 600_000
MOST_FILES = 2_000
MOST_LINE = 64 * 1024
"""Characters of one line."""

_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls, but for tab and newline
    "\u2028\u2029\u202a-\u202e\u2066-\u2069"  # separators that editors hide; marks that reorder what is read
    "\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"  # marks and tags that cannot be seen
)


class Sources:
    """The files of a story, as they were read, and their texts."""

    def __init__(self, files: dict[str, bytes], lost: frozenset[str] = frozenset()) -> None:
        self._files = files
        self.names = tuple(files)
        self.lost = lost
        """Files that are there and could not be read, and folders that hold such files or are not there."""
        self._shown: tuple[str, list[str]] = ("", [])

    def fingerprint(self, version: str) -> str:
        """The same files read by the same compiler have the same fingerprint."""
        from hashlib import sha256

        digest = sha256(version.encode())
        for name, data in self._files.items():
            digest.update(b"\0%d\0%d\0" % (len(name.encode("utf-8", "replace")), len(data)))
            digest.update(name.encode("utf-8", "replace"))
            digest.update(data)
        return digest.hexdigest()

    def under(self, folder: str) -> Iterator[str]:
        """The names of the files in one of the folders, in order."""
        return (name for name in self.names if name.startswith(folder + "/"))

    def text(self, name: str, found: Found) -> str | None:
        """The text of a file with plain newlines; None where it cannot be read as text."""
        data = self._files.get(name)
        if data is None:
            return None
        try:
            text = _decoded(data)
        except UnicodeDecodeError as error:
            before = data[: error.start].decode("utf-8", "replace")
            line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
            found.add("not-utf-8", Place(name, line, column), byte=f"{data[error.start]:02x}")
            return None
        return text if _is_plain(name, text, found) else None

    def mentions(self, name: str, words: bytes) -> bool:
        """Whether these bytes occur in a file."""
        return words in self._files[name]

    def line(self, name: str, number: int) -> str:
        """One line of a file, to be shown with a mistake."""
        data = self._files.get(name)
        if not number or data is None:
            return ""
        if self._shown[0] != name:
            self._shown = (name, _decoded(data, "replace").split("\n"))
        lines = self._shown[1]
        return lines[number - 1] if number <= len(lines) else ""


def _decoded(data: bytes, errors: str = "strict") -> str:
    text = data.decode("utf-8", errors).removeprefix("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _is_plain(name: str, text: str, found: Found) -> bool:
    wrong = _FORBIDDEN.search(text)
    if wrong:
        line = text.count("\n", 0, wrong.start()) + 1
        column = wrong.start() - text.rfind("\n", 0, wrong.start())
        found.add("control-character", Place(name, line, column), char=f"U+{ord(wrong.group()):04X}")
        return False
    if len(text) > MOST_LINE:
        for number, line_text in enumerate(text.split("\n"), start=1):
            if len(line_text) > MOST_LINE:
                found.add("line-too-long", Place(name, number, 1), length=len(line_text), most=MOST_LINE)
                return False
    return True


def read_story(folder: Path, found: Found) -> Sources:
    """Read the files of a story folder. What is missing or cannot be read is among the mistakes.

    Raises Enough where there is more than a story can have.
    """
    files: dict[str, bytes] = {}
    lost: set[str] = set()
    total = lines = 0
    for name, path in _files(folder, found):
        data = _bytes(path, name, folder, found)
        if data is None:
            lost |= {name, name.partition("/")[0]}
            continue
        files[name] = data
        total += len(data)
        lines += data.count(b"\n")
        if total > MOST_BYTES_STORY:
            found.add("story-too-big", Place(name), most=MOST_BYTES_STORY // 1024 // 1024)
            raise Enough
        if lines > MOST_LINES_STORY:
            found.add("too-many-lines", Place(name), most=MOST_LINES_STORY)
            raise Enough
        if len(files) > MOST_FILES:
            found.add("too-many-files", Place(name), most=MOST_FILES)
            raise Enough
    return Sources(files, frozenset(lost))


def _files(folder: Path, found: Found) -> Iterator[tuple[str, Path]]:
    there = _names(folder, found)
    if there is None:
        return
    if STORY not in there:
        _missing("no-story" if there else "empty-folder", STORY, there, folder, found)
        return
    yield STORY, folder / STORY
    if CONFIDER in there:
        yield CONFIDER, folder / CONFIDER
    else:
        _missing("no-confider", CONFIDER, there, folder, found)
    for part in (PLACE, TELLINGS):
        if part in there:
            yield from _pages(part, folder, found)
        else:
            _missing("no-folder", part, there, folder, found)
    if LOCALE in there:
        yield from _translations(folder, found)


def _pages(part: str, folder: Path, found: Found) -> Iterator[tuple[str, Path]]:
    """The Markdown files of one folder."""
    names = [name for name in _names(folder / part, found) or () if not _is_litter(name)]
    if not any(name.endswith(".md") for name in names):
        found.add("nothing-in-folder", Place(part), folder=part)
    for name in names:
        if not name.isprintable():
            found.add("odd-name", Place(f"{part}/{shown(name)}"))
        elif name.endswith(".md"):
            yield f"{part}/{name}", folder / part / name
        else:
            found.add("not-read", Place(f"{part}/{name}"), name=name)


def _translations(folder: Path, found: Found) -> Iterator[tuple[str, Path]]:
    """The files of each language, which are named as the story's own."""
    for language in _names(folder / LOCALE, found) or ():
        if _is_litter(language):
            continue
        own = f"{LOCALE}/{shown(language)}"
        if not LANGUAGE.fullmatch(language):
            found.add("not-a-locale", Place(own), name=language)
            continue
        for name in _names(folder / own, found) or ():
            if name in (STORY, CONFIDER):
                yield f"{own}/{name}", folder / own / name
            elif name in (PLACE, TELLINGS):
                yield from _pages(f"{own}/{name}", folder, found)
            elif not _is_litter(name):
                found.add("not-read", Place(f"{own}/{shown(name)}"), name=name)


def _names(folder: Path, found: Found) -> list[str] | None:
    try:
        with os.scandir(folder) as entries:
            return sorted(entry.name for _, entry in zip(range(MOST_FILES * 2), entries, strict=False))
    except OSError as error:
        kinds = {FileNotFoundError: "no-such-folder", NotADirectoryError: "not-a-folder"}
        found.add(kinds.get(type(error), "unreadable"), Place(str(folder)), why=_why(error))
        return None


def _missing(kind: str, name: str, there: list[str], folder: Path, found: Found) -> None:
    near = found.near(name, there)
    if near:
        found.add("misnamed", Place(str(folder)), seen=near, name=name)
    else:
        found.add(kind, Place(str(folder)), folder=name)


def _is_litter(name: str) -> bool:
    """What editors and systems leave behind."""
    return name.startswith((".", "#")) or name.endswith(("~", ".swp", ".bak", ".orig"))


def _bytes(path: Path, name: str, folder: Path, found: Found) -> bytes | None:
    try:
        if not path.resolve(strict=True).is_relative_to(folder.resolve()):
            found.add("leads-out", Place(name))
            return None
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                found.add("not-a-file", Place(name))
                return None
            data = file.read(MOST_BYTES + 1)
    except (OSError, RuntimeError, ValueError) as error:
        found.add("unreadable", Place(name), why=_why(error))
        return None
    if len(data) > MOST_BYTES:
        found.add("file-too-big", Place(name), most=MOST_BYTES // 1024 // 1024)
        return None
    return data


def _why(error: Exception) -> str:
    return (error.strerror or "") if isinstance(error, OSError) else "its links lead in a circle"
