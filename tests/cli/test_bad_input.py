"""Bad input: one plain sentence that names the thing, exit 2, nothing overwritten, no traceback."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest


def refused(run, *named: str) -> None:
    assert run.code == 2, (run.out, run.err)
    assert run.err.startswith("harken: ") and "Traceback" not in run.err
    for name in named:
        assert name in run.err
    assert run.out == ""


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_story_that_is_not_there_or_not_one(harken, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "notes.txt").write_text("hello")
    (tmp_path / "file.txt").write_text("hello")
    (tmp_path / "bad.json").write_text('{"harken": 99}')
    for name in ("nosuch", "empty", "other", "file.txt", "bad.json", "\x01", "a" * 5000):
        run = harken("play", name, "--script", "-")
        refused(run)
        assert len(run.err) < 1000
    assert not (tmp_path / "home").exists(), "a keep was made for a story that is none"


def test_a_broken_file_is_named_with_line_and_column(harken, starter: Path) -> None:
    path = starter / "tellings" / "the-green-door.md"
    path.write_text(path.read_text().replace("told(paint)", "told(pant)"))
    run = harken("play", starter, "--script", "-")
    refused(run, "the-green-door.md:", "paint")
    assert harken("check", starter).code == 1


@pytest.mark.parametrize("script", [b"stay\n\xff\xfe\n", b"stay\n\x00\n", b"x" * 70_000 + b"\n"])
def test_script_lines_that_are_not_text(harken, starter: Path, script: bytes) -> None:
    run = harken("play", starter, "--script", "-", "--json", "--keep", "K", script=script)
    assert run.code == 2 and "ine " in run.err and "Traceback" not in run.err
    assert run.breaths[-1]["breath"] in (0, 1)


def test_a_port_that_is_none_and_options_that_are_wrong(harken, starter: Path) -> None:
    refused(harken("play", starter, "--port", "door"), "door")
    refused(harken("play", starter, "--port", "70000"), "70000")
    refused(harken("play", starter, "--seed", "seven"), "seven")
    refused(harken("play", starter, "--nonsense"), "--nonsense")
    refused(harken("play", starter, "--script", "missing.txt"), "missing.txt")
    refused(harken("play", starter, "--keep", "K", "--as", "Ada"), "--keep", "--as")
    refused(harken("sing"), "sing")
    refused(harken("why", starter, "nosuch", "--script", "-"), "nosuch")
    refused(harken("readers", starter, "--policy", "bored"), "bored")


def test_a_keep_that_is_not_one_is_left_as_it_was(harken, starter: Path, tmp_path: Path) -> None:
    file, folder = tmp_path / "letter.txt", tmp_path / "photos"
    file.write_text("dear")
    folder.mkdir()
    (folder / "a.jpg").write_bytes(b"\xff\xd8")
    broken = tmp_path / "broken"
    harken("play", starter, "--script", "-", "--keep", broken, script="stay\n")
    database = next(broken.glob("*.sqlite3"))
    database.write_bytes(b"not a database" * 100)
    for path in (file, folder, broken):
        before = snapshot(tmp_path)
        refused(harken("play", starter, "--script", "-", "--keep", path), path.name)
        assert snapshot(tmp_path) == before


def test_a_keep_from_a_newer_version_is_not_touched(harken, starter: Path, tmp_path: Path) -> None:
    harken("play", starter, "--script", "-", "--keep", "K", script="stay\n")
    with sqlite3.connect(tmp_path / "K" / "keep.sqlite3") as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    before = snapshot(tmp_path)
    refused(harken("play", starter, "--script", "-", "--keep", "K"), "K", "newer")
    assert snapshot(tmp_path) == before


def test_new_overwrites_nothing(harken, starter: Path) -> None:
    before = snapshot(starter)
    refused(harken("new", starter), "starter")
    assert snapshot(starter) == before


def test_a_keep_without_its_key_is_refused_and_kept(harken, starter: Path, tmp_path: Path) -> None:
    harken("play", starter, "--script", "-", "--keep", "K", script="stay\n")
    shutil.move(tmp_path / "K" / "keep.key", tmp_path / "key")
    refused(harken("play", starter, "--script", "-", "--keep", "K"), "K")
    shutil.move(tmp_path / "key", tmp_path / "K" / "keep.key")
    assert harken("play", starter, "--script", "-", "--keep", "K").code == 0
