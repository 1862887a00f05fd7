"""A real server on loopback, shared with the tests of the server."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "serve"))

from living import Living
from tale import tale


@pytest.fixture
def served() -> Iterator[Living]:
    living = Living(*tale())
    yield living
    living.stop()
