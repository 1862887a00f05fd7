"""What is not a keep, or not today's, or cannot be written: one plain sentence, and not one byte changed."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from harken.engine.events import KINDS, Event, Said
from harken.keep import Keep, KeepError, database, keyfile, making
from harken.keep.errors import Broken, Busy, Full, KeyMissing, NewerKeep, NotAKeep, Unwritable, WrongKey
from harken.keep.schema import FORMAT

BytesOf = Callable[[Path], dict[str, bytes]]
Sample = Callable[..., list[Event]]
Thief = Callable[[Path], sqlite3.Connection]


def refused(folder: Path, error: type[KeepError], *words: str, create: bool = True) -> None:
    """Opening raises exactly this, in one or two plain sentences that name the folder, and changes nothing."""
    before = (
        {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()} if folder.is_dir() else {}
    )
    with pytest.raises(error) as caught:
        Keep.open(folder, create)
    said = str(caught.value)
    assert type(caught.value) is error
    assert str(folder) in said
    assert said.endswith(".")
    assert len(said.splitlines()) == 1
    for word in words:
        assert word in said
    for jargon in ("sqlite3.", "Traceback", "Error", "errno", "None"):
        assert jargon not in said
    assert {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()} == before


@pytest.mark.parametrize("create", [True, False])
def test_a_file_is_not_a_keep(tmp_path: Path, create: bool) -> None:
    (tmp_path / "diary.txt").write_text("dear diary")
    refused(tmp_path / "diary.txt", NotAKeep, "is a file", create=create)
    assert (tmp_path / "diary.txt").read_text() == "dear diary"


@pytest.mark.parametrize("create", [True, False])
def test_a_folder_of_something_else_is_not_a_keep(folder: Path, create: bool) -> None:
    folder.mkdir()
    (folder / "photo.jpg").write_bytes(b"\xff\xd8")
    refused(folder, NotAKeep, "not a keep", create=create)


def test_another_programs_database_is_not_a_keep(folder: Path) -> None:
    folder.mkdir()
    with sqlite3.connect(folder / "keep.sqlite3") as other:
        other.execute("CREATE TABLE messages (text)")
    other.close()
    refused(folder, NotAKeep)


@pytest.mark.parametrize("content", [b"SQLite format 3", b"\0" * 4096, b"x" * 20_000])
def test_bytes_that_are_no_database_are_not_a_keep(folder: Path, content: bytes) -> None:
    folder.mkdir()
    (folder / "keep.sqlite3").write_bytes(content)
    refused(folder, NotAKeep)


def test_a_folder_where_the_database_should_be_is_not_a_keep(folder: Path) -> None:
    (folder / "keep.sqlite3").mkdir(parents=True)
    refused(folder, NotAKeep)


def test_no_keep_and_none_wanted(folder: Path) -> None:
    refused(folder, NotAKeep, "There is no keep", create=False)
    assert not folder.exists()
    folder.mkdir()
    refused(folder, NotAKeep, "There is no keep", create=False)
    assert list(folder.iterdir()) == []


def test_a_path_through_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("words")
    refused(tmp_path / "file" / "keep", Unwritable, "part of that path is a file")


def test_an_empty_folder_becomes_a_keep_that_is_its_owners_alone(folder: Path) -> None:
    Keep.open(folder).close()
    assert sorted(path.name for path in folder.iterdir()) == ["keep.ballast", "keep.key", "keep.sqlite3"]
    if os.name == "posix":
        assert [path.stat().st_mode & 0o777 for path in (folder, *folder.iterdir())] == [0o700, 0o600, 0o600, 0o600]
    other = folder.with_name("other")
    other.mkdir()
    Keep.open(other).close()


def test_a_newer_keep_is_refused(filled: Path) -> None:
    raw = bytearray((filled / "keep.sqlite3").read_bytes())
    raw[60:64] = (FORMAT + 1).to_bytes(4)
    (filled / "keep.sqlite3").write_bytes(raw)
    refused(filled, NewerKeep, "newer Harken", f"format {FORMAT + 1}")
    (filled / "keep.key").unlink()
    refused(filled, NewerKeep)


def test_a_newer_key_file_is_refused(filled: Path) -> None:
    raw = bytearray((filled / "keep.key").read_bytes())
    raw[16] = 2
    (filled / "keep.key").write_bytes(raw)
    refused(filled, NewerKeep, "newer Harken")


def test_an_entry_of_a_newer_harken_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Dreamt(Said):
        kind = "dreamt"

    with Keep.open(folder) as keep:
        with monkeypatch.context() as newer:
            newer.setitem(KINDS, "dreamt", Dreamt)
            newer.setattr("harken.engine.events._FIELDS", {"dreamt": ("text",)})
            keep.encounter("library").append("a", 0, [Dreamt("of you")])
        with pytest.raises(NewerKeep, match="newer Harken") as caught:
            keep.encounter("library").events()
        assert "of you" not in str(caught.value)


def test_without_its_key_file_a_keep_is_refused(filled: Path) -> None:
    (filled / "keep.key").unlink()
    refused(filled, KeyMissing, "keep.key")
    refused(filled, KeyMissing, "keep.key", create=False)


def test_with_another_keeps_key_file_a_keep_is_refused(filled: Path, tmp_path: Path) -> None:
    Keep.open(tmp_path / "other").close()
    shutil.copy(tmp_path / "other" / "keep.key", filled / "keep.key")
    refused(filled, WrongKey, "does not fit")


@pytest.mark.parametrize("at", [0, 17, 32, 47, 48, 79, 80, 111, 133, 150, 190])
def test_a_damaged_key_file_is_refused(filled: Path, at: int) -> None:
    raw = bytearray((filled / "keep.key").read_bytes())
    raw[at] ^= 1
    (filled / "keep.key").write_bytes(raw)
    refused(filled, WrongKey)


@pytest.mark.parametrize("size", [0, 15, 1023])
def test_a_key_file_cut_short_is_refused(filled: Path, size: int) -> None:
    (filled / "keep.key").write_bytes((filled / "keep.key").read_bytes()[:size])
    refused(filled, WrongKey)


def test_a_damaged_database_is_refused(filled: Path) -> None:
    raw = (filled / "keep.sqlite3").read_bytes()
    for damaged in (
        raw[:4096],
        raw[: len(raw) // 2],
        raw[:-4096],
        b"\0" * 4096 + raw[4096:],
        raw[:8192] + b"\xff" * 4096 + raw[12_288:],
    ):
        (filled / "keep.sqlite3").write_bytes(damaged)
        refused(filled, Broken, "Nothing was changed")


def test_a_lost_database_is_not_made_anew(filled: Path) -> None:
    """An error never looks like an empty keep."""
    (filled / "keep.sqlite3").write_bytes(b"")
    refused(filled, Broken, "missing or empty")
    (filled / "keep.sqlite3").unlink()
    refused(filled, Broken, "missing or empty")
    refused(filled, Broken, "missing or empty", create=False)


@pytest.mark.parametrize("when", ["before the key", "before the tables", "before the mark"])
def test_a_keep_whose_making_was_cut_off_is_made_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    class Cut(BaseException):
        pass

    def cut(*_: object) -> None:
        raise Cut

    with monkeypatch.context() as cutting:
        place = {
            "before the key": (keyfile, "write_new"),
            "before the tables": (making, "keep_seal"),
            "before the mark": (keyfile, "finish"),
        }
        cutting.setattr(*place[when], cut)
        with pytest.raises(Cut):
            Keep.open(folder)
    with Keep.open(folder) as keep:
        keep.encounter("library").append("a", 0, [Said("one")])
    with Keep.open(folder, create=False) as keep:
        assert list(keep.encounter("library").events()) == [Said("one")]


def test_a_full_disk_leaves_the_keep_as_it_was(folder: Path, sample: Sample) -> None:
    with Keep.open(folder) as keep:
        log = keep.encounter("library")
        log.append("a", 0, sample(1))
        with keep.database.read() as db:
            pages = db.execute("PRAGMA page_count").fetchone()[0]
        with keep.database._lock:
            keep.database._db.execute(f"PRAGMA max_page_count = {pages + 1}")
        with pytest.raises(Full, match="disk is full"):
            log.append("b", 5, [Said("x" * 60_000)])
        assert log.turn("b") is None
        assert list(log.events()) == sample(1)
        log.append("c", 5, [], burn=[0])
        keep.database._db.execute("PRAGMA max_page_count = 1000000")
        log.append("b", 5, [Said("x" * 60_000)])
        assert list(log.events()) == [None, *sample(1)[1:], Said("x" * 60_000)]


def test_a_keep_held_by_another_program_is_said_so(folder: Path, thief: Thief, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY", 50)
    with Keep.open(folder) as keep:
        log = keep.encounter("library")
        log.append("a", 0, [Said("one")])
        hands = thief(folder)
        hands.execute("BEGIN IMMEDIATE")
        with pytest.raises(Busy, match="Another program"):
            log.append("b", 1, [Said("two")])
        assert list(log.events()) == [Said("one")]
        hands.execute("ROLLBACK")
        log.append("b", 1, [Said("two")])
        assert list(log.events()) == [Said("one"), Said("two")]


def test_a_closed_keep_says_so(folder: Path) -> None:
    keep = Keep.open(folder)
    keep.close()
    keep.close()
    with pytest.raises(KeepError, match="closed already"):
        keep.encounter("library").events()


@pytest.fixture
def somebodys() -> Iterator[Path]:
    """A folder that others may enter (pytest's own may be entered by its owner alone)."""
    folder = Path(tempfile.mkdtemp(prefix="harken-"))
    folder.chmod(0o755)
    yield folder
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o700)
    shutil.rmtree(folder)


AS_NOBODY = """
import os, sys
from pathlib import Path
from harken.keep import Keep, KeepError
import harken.keep.store, harken.keep.memory
if os.getuid() == 0:
    os.setgid(65534); os.setuid(65534)
try:
    Keep.open(Path(sys.argv[1])).encounter("library").append("z", 0, [])
except KeepError as error:
    print(type(error).__name__, error)
"""


@pytest.mark.parametrize(("files", "names"), [(0o444, 0o555), (0o444, 0o755), (0o644, 0o555)])
def test_a_keep_that_cannot_be_written_says_so(
    somebodys: Path, child: Callable[..., subprocess.Popen[str]], bytes_of: BytesOf, files: int, names: int
) -> None:
    folder = somebodys / "keep"
    Keep.open(folder).close()
    before = bytes_of(folder)
    for path in (*folder.iterdir(), folder):
        path.chmod(names if path == folder else files)
        if os.getuid() == 0:
            os.chown(path, 65534, 65534)
    out, errors = child(AS_NOBODY, folder).communicate(timeout=60)
    assert errors == ""
    assert out.startswith(f"Unwritable The keep at {folder} cannot be written")
    assert bytes_of(folder) == before


READ_ONLY_UNSAID = """
import contextlib, encodings.unicode_escape, os, sys
from harken.keep import database
if sys.argv[2] == "without":
    os.access = lambda *_, **__: True
    database.plain = lambda folder: contextlib.nullcontext()
""" + AS_NOBODY.replace("except KeepError as error:", "except Exception as error:")


def test_without_plain_words_a_read_only_disk_is_a_traceback(
    somebodys: Path, child: Callable[..., subprocess.Popen[str]]
) -> None:
    folder = somebodys / "keep"
    Keep.open(folder).close()
    for path in (*folder.iterdir(), folder):
        path.chmod(0o755 if path == folder else 0o444)
        if os.getuid() == 0:
            os.chown(path, 65534, 65534)
    said = [child(READ_ONLY_UNSAID, folder, how).communicate(timeout=60)[0] for how in ("with", "without")]
    assert [words.split()[0] for words in said] == ["Unwritable", "OperationalError"], said


def test_a_place_where_nothing_can_be_made_says_so(
    somebodys: Path, child: Callable[..., subprocess.Popen[str]]
) -> None:
    somebodys.chmod(0o555)
    out, errors = child(AS_NOBODY, somebodys / "keep").communicate(timeout=60)
    assert (out.split()[0], errors) == ("Unwritable", "")
    assert list(somebodys.iterdir()) == []


def test_a_key_file_that_cannot_be_read_says_so(somebodys: Path, child: Callable[..., subprocess.Popen[str]]) -> None:
    folder = somebodys / "keep"
    Keep.open(folder).close()
    for path in (folder, *folder.iterdir()):
        path.chmod(0o755)
    (folder / "keep.key").chmod(0)
    out, errors = child(AS_NOBODY, folder).communicate(timeout=60)
    assert (out.split()[0], errors) == ("KeyMissing", "")
