"""Stories as writers make them: read, checked for their shape, explained, compiled.

``load(find("hollow-library"))`` gives a story that can be played, or everything that is wrong with it. Nothing is
raised for a writer's mistake. YAML and Markdown are imported only when something is really compiled.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from harken.story.document import dump, edition_of
from harken.story.loading import Loaded, explain, load
from harken.story.problems import Problem, show
from harken.story.shelf import StoryNotFound, find, shipped

if TYPE_CHECKING:
    from harken.story.compile import Compiled


def compile_folder(path: Path) -> Compiled:
    """Compile a story folder afresh, without the cache."""
    from harken.story.compile import compile_folder as compile_it

    return compile_it(path)


__all__ = [
    "Loaded", "Problem", "StoryNotFound", "compile_folder", "dump", "edition_of", "explain", "find", "load", "shipped",
    "show",
]  # fmt: skip
