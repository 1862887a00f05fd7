"""No told word, title, fact, name, turn id or edition is in any file of a keep, while open or after."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from harken.engine.events import Event, Said
from harken.keep import Keep, envelope
from harken.keep.needles import Found, found, needles, words

Sample = Callable[..., list[Event]]


def test_no_word_is_in_any_file(folder: Path, sample: Sample) -> None:
    compiled = b'{"title": "The Hollow Library", "tellings": "what nobody named"}' * 50
    with Keep.open(folder) as keep:
        log = keep.encounter("library")
        log.keep_edition("edition-hash-1234", compiled)
        log.append("turn-id-of-the-arrival", 0, sample())
        for n in range(20):
            log.append(f"turn-id-of-breath-{n}", 1 + 5 * n, sample(n), burn=[5 * n] if n == 7 else [])
        looked_for = needles(log.events())
        looked_for |= words(["turn-id-of-the-arrival", "edition-hash-1234", compiled.decode(), "what nobody named"])
        assert {"Ottilie", "orchard", "lantern-lit", "The Orchard Wall", "burning", "Hollow"} <= looked_for
        assert {path.name for path in folder.iterdir()} >= {"keep.sqlite3", "keep.sqlite3-wal", "keep.key"}
        secret = [keep.keys.chain, keep.keys._dek]
        assert found(folder, [*looked_for, *secret], visible=["library"]) == []
    assert found(folder, [*looked_for, *secret], visible=["library"]) == []


def test_the_search_sees_what_is_not_sealed(folder: Path, sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    def careless(key: object, plain: bytes, where: bytes) -> bytes:
        return b"\x01" + bytes(12) + plain + bytes(16)

    monkeypatch.setattr(envelope, "seal", careless)
    with Keep.open(folder) as keep:
        keep.encounter("library").append("a", 0, sample(1))
        hits = found(folder, needles(sample(1)))
    assert {"orchard", "The Orchard Wall"} <= {hit.needle for hit in hits}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_every_encoding_is_searched(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "log.txt").write_bytes(b"\0\1" + "nie erzählt".encode(encoding) + b"\2")
    assert Found("log.txt", "erzählt", encoding) in found(tmp_path, words(["nie erzählt"]))


def test_short_words_and_the_tables_own_are_no_needles(filled: Path) -> None:
    assert words(["so it was"]) == {"so it was"}
    assert words(["oh"]) == set()
    assert found(filled, words(["encounter", "ENCOUNTER", "event"])) == []
    assert found(filled, ["harbour"]) != []
    assert found(filled, ["harbour"], visible=["harbour"]) == []
    assert needles([None, Said("hello there")]) == {"hello", "there", "hello there"}


def test_the_key_is_not_in_the_database(filled: Path) -> None:
    key = (filled / "keep.key").read_bytes()
    assert found(filled, [key[48:80]]) == [Found("keep.key", key[48:80], "bytes")]
