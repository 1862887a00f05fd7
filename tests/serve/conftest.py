"""What the tests of the server share."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from living import Living
from tale import tale


@pytest.fixture
def served() -> Iterator[Living]:
    """A real server on loopback, with the tale and a keep in memory."""
    living = Living(*tale())
    yield living
    living.stop()
