"""Story folders for tests: the small good story, with some of its files replaced or added."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from harken.story import compile_folder, explain

SMALL = Path(__file__).parent / "small"


def folder(home: Path, files: Mapping[str, str | bytes] = {}) -> Path:
    """A copy of the small story with these files; what is added to an existing file begins with ``+``."""
    story = home / "story"
    if story.exists():
        shutil.rmtree(story)
    shutil.copytree(SMALL, story)
    for name, content in files.items():
        path = story / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, str) and content.startswith("+"):
            content = path.read_text(encoding="utf-8") + "\n" + content[1:]
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return story


def telling(words: str, meta: str = "", name: str = "more") -> str:
    """One telling, to be added to a file."""
    lines = "".join(f"    {line}\n" for line in [f"id: {name}", *meta.split("\n")] if line)
    return f"+## One more\n\n{lines}\n{words}\n"


def compiled_telling(home: Path, words: str, meta: str = "") -> dict:
    """The compiled form of one telling that is added to the small story."""
    made = compile_folder(folder(home, {"tellings/nets.md": telling(words, meta)}))
    assert made.document is not None, explain(made.problems)
    return next(one for one in made.document["tellings"] if one["id"] == "more")
