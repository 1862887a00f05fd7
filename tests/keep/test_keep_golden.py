"""Keeps of every format that a release made open today, and hold what they held, word for word.

``golden/make.py`` made each, with the first release of that format.
"""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path
from types import ModuleType

import pytest

from harken.engine.events import Said
from harken.keep import Keep
from harken.keep.database import header
from harken.keep.schema import APPLICATION, FORMAT

GOLDEN = Path(__file__).parent / "golden"
RELEASES = sorted(path.name for path in GOLDEN.iterdir() if (path / "keep.key").exists())


@pytest.fixture(scope="module")
def made() -> ModuleType:
    spec = importlib.util.spec_from_file_location("golden_make", GOLDEN / "make.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("release", RELEASES)
def test_a_keep_of_every_release_opens_today(release: str, folder: Path, made: ModuleType) -> None:
    shutil.copytree(GOLDEN / release, folder)
    expected = [event for turn in made.LOG for event in turn]
    expected[5] = None
    for again in range(2):
        with Keep.open(folder, create=False) as keep:
            encounter = keep.encounter("library")
            assert list(encounter.events())[: len(expected)] == expected
            assert (encounter.turn("turn 1"), encounter.edition("e1")) == ((1, 5), made.EDITION)
            assert [kind for kind, _ in keep.locks()] == ["key-file"]
            assert keep.verify().whole
            encounter.append(f"today {again}", len(expected) + again, [Said("and on")], burn=[1] if again else [])
        assert header(folder / "keep.sqlite3") == (APPLICATION, FORMAT)
    with Keep.open(folder) as keep:
        assert keep.encounter("library").events()[1] is None


def test_there_is_one_of_each_format() -> None:
    assert [f"format-{number}" for number in range(1, FORMAT + 1)] == RELEASES


@pytest.mark.parametrize("release", RELEASES)
def test_opening_without_writing_reads_it_as_it_lies(release: str, folder: Path) -> None:
    """What was kept is not rewritten by the upgrade: every ciphertext, hash and wrapped key is the same."""
    import sqlite3

    def rows(path: Path) -> list[tuple[bytes, ...]]:
        db = sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True)
        try:
            return db.execute("SELECT ct, hash, wk FROM event JOIN ekey ON entry = event.id").fetchall()
        finally:
            db.close()

    shutil.copytree(GOLDEN / release, folder)
    before = rows(GOLDEN / release / "keep.sqlite3")
    Keep.open(folder).close()
    assert rows(folder / "keep.sqlite3") == before
    assert len(before) == 8
