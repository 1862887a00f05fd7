"""Where a reader's keep lies: on every system, for every name."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from harken.keep import default_path
from harken.keep.errors import BadReaderName
from harken.keep.places import folder_name


def test_the_environment_names_the_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HARKEN_HOME", str(tmp_path))
    assert default_path() == tmp_path / "keep"
    assert default_path("ada") == tmp_path / "readers" / "ada"
    assert list(tmp_path.iterdir()) == []


def test_without_it_the_system_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HARKEN_HOME", "")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert default_path().name == "keep"
    assert "harken" in default_path().parts
    monkeypatch.setenv("HARKEN_HOME", "~/elsewhere")
    assert default_path() == tmp_path / "elsewhere" / "keep"


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("ada", "ada"),
        ("Ada", "ada"),
        ("  Ada ", "ada"),
        ("ada-2", "ada-2"),
        ("Ada Lovelace", "ada-lovelace_1cbb79587f"),
        ("../../etc/passwd", "etc-passwd_9c1ea4b5b1"),
    ],
)
def test_names_as_folders(name: str, folder: str) -> None:
    if "_" in folder:
        assert folder_name(name).split("_")[0] == folder.split("_")[0]
        assert len(folder_name(name).split("_")[1]) == 10
    else:
        assert folder_name(name) == folder


@pytest.mark.parametrize("name", ["..", "con", "NUL", "a/b", "a\\b", "a:b", "x" * 5_000, "名前", "-", "a\0b"])
def test_a_name_cannot_leave_its_place(name: str) -> None:
    folder = folder_name(name)
    assert "_" in folder
    assert len(folder) <= 40
    assert set(folder) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_")


@pytest.mark.parametrize("name", ["", "   ", "\n\t", "\u200b", "\0", "\ud800"])
def test_a_name_needs_something_to_see(name: str) -> None:
    with pytest.raises(BadReaderName, match="at least one letter"):
        folder_name(name)


def test_the_same_name_in_another_encoding_is_the_same_reader() -> None:
    assert folder_name("Zo\u00eb") == folder_name("ZOE\u0308")


@given(st.text(min_size=1), st.text(min_size=1))
def test_two_readers_never_share_a_folder(one: str, two: str) -> None:
    try:
        folders = folder_name(one), folder_name(two)
    except BadReaderName:
        assume(False)
    assume(one.casefold().split() != two.casefold().split())
    assert folders[0] != folders[1] or _alike(one) == _alike(two)


def _alike(name: str) -> str:
    import unicodedata

    return " ".join(unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold()).split())
