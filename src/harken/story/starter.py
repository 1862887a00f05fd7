"""``harken new``: a small story that plays and checks clean, to write over."""

from __future__ import annotations

import re
import shutil
import unicodedata
from pathlib import Path

from harken.errors import HarkenError

STARTER = Path(__file__).resolve().parents[1] / "starter"


class InTheWay(HarkenError):
    """The folder cannot be made, or there is something in it already."""


def begin(folder: Path) -> None:
    """Write the starter story into ``folder``, under an id and title made from its name.

    Raises InTheWay; whatever was in the folder is left as it was.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InTheWay(f"There is something in {folder} already. Name a folder that is new or empty.")
    try:
        shutil.copytree(STARTER, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
        settings = folder / "story.yaml"
        name = folder.resolve().name
        text = settings.read_text("utf-8").replace("id: my-story", f"id: {_id(name)}")
        settings.write_text(text.replace("title: My Story", f"title: {_title(name)}"), "utf-8")
    except OSError as error:
        raise InTheWay(f"{folder} cannot be made: {error.strerror}.") from None


def _id(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or "my-story"


def _title(name: str) -> str:
    words = re.sub(r"[^\w]+|_", " ", name).strip()
    return words.title() if words.isprintable() and words else "My Story"
