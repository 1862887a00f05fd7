"""The dream, compiled from its folder, and readers of it."""

from __future__ import annotations

import pytest

from harken.engine import Story
from harken.story import find, load


@pytest.fixture(scope="session")
def dream() -> Story:
    loaded = load(find("hollow-library"))
    assert loaded.story is not None, loaded.problems[:3]
    return loaded.story
