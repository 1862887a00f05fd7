"""Wrong stories: each file in ``wrong/`` says what is changed in the small good story, and exactly what is then said.

    A line or two about the case.
    --- change tellings/nets.md     lines with - are there once, and become those with + that follow them
    - depth: 1
    + depth: 9
    --- add FILE                    lines at the end of a file        --- file FILE     a whole file
    --- bytes FILE                  bytes, escaped as in Python       --- remove FILE
    --- expect
    what ``explain`` prints

``python tests/story/wrong_cases.py NAME...`` writes what is said now into these cases (all, without names): read the
difference before you keep it.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

WRONG = Path(__file__).parent / "wrong"
SMALL = Path(__file__).parent / "small"


def names() -> list[str]:
    """All cases."""
    return sorted(path.stem for path in WRONG.glob("*.txt"))


def parts(name: str) -> tuple[list[tuple[str, str, str]], str]:
    """What a case does, step by step, and what is expected."""
    text = (WRONG / f"{name}.txt").read_text(encoding="utf-8")
    _, *steps = ("\n" + text).split("\n--- ")
    split = [step.partition("\n") for step in steps]
    done = [(*head.split(" ", 1), body) for head, _, body in split if head != "expect"]
    return [(step[0], step[1], step[-1]) for step in done], split[-1][2]


def build(name: str, folder: Path) -> Path:
    """The story of a case."""
    story = folder / "story"
    shutil.copytree(SMALL, story)
    for what, file, body in parts(name)[0]:
        _STEPS[what](story / file.strip(), body)
    return story


def _change(path: Path, body: str) -> None:
    text = path.read_text(encoding="utf-8")
    old: list[str] = []
    new: list[str] = []
    for line in [*body.split("\n"), "-"]:
        if line[:1] == "-" and new:
            text = _replaced(text, "\n".join(old), "\n".join(new))
            old, new = [], []
        if line[:1] in "+-" and line:
            (old if line[0] == "-" else new).append(line[2:])
    path.write_text(text, encoding="utf-8")


def _replaced(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, f"{old!r} is there {text.count(old)} times"
    return text.replace(old, new)


def _file(path: Path, body: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(body, encoding="utf-8", newline="")


def _bytes(path: Path, body: str) -> None:
    path.write_bytes(body.rstrip("\n").encode("latin-1").decode("unicode_escape").encode("latin-1"))


def _add(path: Path, body: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + "\n" + body, encoding="utf-8")


def _remove(path: Path, body: str) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()


_STEPS = {"change": _change, "file": _file, "bytes": _bytes, "add": _add, "remove": _remove}


def said(name: str) -> str:
    """What is said of a case now."""
    from harken.story import compile_folder, explain

    with tempfile.TemporaryDirectory() as home:
        story = build(name, Path(home))
        return explain(compile_folder(story).problems).replace(str(story), "STORY")


def write(name: str) -> None:
    """Write what is said now into a case."""
    path = WRONG / f"{name}.txt"
    head = path.read_text(encoding="utf-8").partition("\n--- expect\n")[0].rstrip("\n")
    path.write_text(f"{head}\n--- expect\n{said(name)}\n", encoding="utf-8")


if __name__ == "__main__":
    for case in sys.argv[1:] or names():
        write(case)
