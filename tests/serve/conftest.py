"""What the tests of the server share."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from hosting import Hosted
from living import Living
from tale import tale

from harken.keep import locks


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passphrases that cost as little as is accepted."""
    monkeypatch.setattr(locks, "COST", {"m": locks.LEAST, "t": 1, "p": 1})


@pytest.fixture
def hosted(tmp_path: Path, cheap: None) -> Iterator[Hosted]:
    """A shared server on a folder of its own."""
    host = Hosted(tmp_path)
    yield host
    host.close()


@pytest.fixture
def served() -> Iterator[Living]:
    """A real server on loopback, with the tale and a keep of its own."""
    living = Living(*tale())
    yield living
    living.stop()
