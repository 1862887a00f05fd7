"""Which story a name means: a path that exists, or one of the stories that come with Harken."""

from __future__ import annotations

from pathlib import Path

from harken.errors import HarkenError
from harken.story.problems import Found, shown
from harken.story.read import STORY

_HERE = Path(__file__).resolve()
SHELVES = (_HERE.parents[1] / "stories", _HERE.parents[3] / "stories")
"""Where shipped stories are: in the installed package, and in a checkout."""


class StoryNotFound(HarkenError):
    """There is no story of this name. The text says so in a plain sentence, and which there are."""

    plain = True


def shipped() -> dict[str, Path]:
    """The stories that come with Harken, by name."""
    stories: dict[str, Path] = {}
    for shelf in SHELVES:
        if shelf.is_dir():
            for folder in sorted(shelf.iterdir()):
                if (folder / STORY).is_file():
                    stories.setdefault(folder.name, folder)
    return stories


def find(name: str) -> Path:
    """The folder or compiled file that this name means.

    Raises StoryNotFound.
    """
    try:
        path = Path(name)
        if name and path.exists():
            return path
        stories = shipped()
    except (OSError, ValueError):
        raise StoryNotFound(f"`{shown(name)}` is not a name that a file can have.") from None
    if str(path) in stories:
        return stories[str(path)]
    near = Found().near(str(path), stories)
    meant = f" Did you mean `{near}`?" if near else ""
    others = "There are: " + ", ".join(stories) + "." if stories else "No stories came with this Harken."
    what = "no folder or file" if len(path.parts) > 1 or path.suffix else "no story, and no folder or file,"
    raise StoryNotFound(f"There is {what} called `{shown(name)}`.{meant or ' ' + others}")
