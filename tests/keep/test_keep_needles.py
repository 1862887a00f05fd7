"""No told word, title, fact, name, turn id or edition is in any file of a keep, while open or after."""

from __future__ import annotations

import logging
import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from test_keep_burning import secrets

from harken.engine.events import Event, Said
from harken.keep import Keep, Unsafe, entropy, envelope, turns
from harken.keep.envelope import pad
from harken.keep.keys import derive
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
        secret = [keep.keys.dek, derive(keep.keys.dek, keep.keys.keep, "chain")]
        assert found(folder, [*looked_for, *secret], visible=["library"]) == []
    assert found(folder, [*looked_for, *secret], visible=["library"]) == []


def test_the_search_sees_what_is_not_sealed(folder: Path, sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    def careless(key: object, plain: bytes, where: bytes, nonce: bytes = b"") -> bytes:
        return b"\x01" + bytes(12) + plain + bytes(16)

    monkeypatch.setattr(envelope, "seal", careless)
    with Keep.open(folder) as keep:
        keep.encounter("library").append("a", 0, sample(1))
        hits = found(folder, needles(sample(1)))
    assert {"orchard", "The Orchard Wall"} <= {hit.needle for hit in hits}


def test_a_keep_that_is_not_sealed_is_refused(folder: Path, sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the cryptography of this computer silently did nothing: found at the next opening."""

    def careless(*sealing: bytes) -> envelope.Entry:
        return envelope.Entry(bytes(13) + pad(sealing[-1]), b"h" * 32, b"\0\0\0\1", b"w" * 61)

    with Keep.open(folder) as keep, monkeypatch.context() as broken:
        broken.setattr(turns, "seal_entry", careless)
        keep.encounter("library").append("a", 0, sample(1))
    with pytest.raises(Unsafe, match="not sealed"):
        Keep.open(folder)


def test_random_bytes_are_never_taken_for_text() -> None:
    chance = random.Random(5)
    assert all(entropy.random_looking([chance.randbytes(size)]) for size in (0, 10, 256, 300, 2048) for _ in range(200))
    assert not entropy.random_looking([b"it was the third of autumn, and nobody came. " * 8])


def test_ten_thousand_needles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Nothing of what was burned is anywhere: words (UTF-8 and UTF-16), ciphertexts and keys, in files, temporary
    files and logs. HARKEN_NEEDLES says how many are looked for (500 without it).
    """
    wanted, chance = int(os.environ.get("HARKEN_NEEDLES", "500")), random.Random(6)
    for name in ("TMPDIR", "SQLITE_TMPDIR"):
        (tmp_path / "temporary").mkdir(exist_ok=True)
        monkeypatch.setenv(name, str(tmp_path / "temporary"))
    caplog.set_level(logging.DEBUG)
    looked_for: set[str | bytes] = set()
    with Keep.open(tmp_path / "keep") as keep:
        log, head = keep.encounter("library"), 0
        while len(looked_for) < wanted:
            said = [Said(f"needle {chance.randbytes(6).hex()} " * chance.choice([1, 2, 40, 400])) for _ in range(12)]
            log.append(f"turn {head}", head, said)
            burn = chance.sample(range(head, head + 12), 9)
            looked_for |= {said[entry - head].text[7:19] for entry in burn}
            looked_for |= set(secrets(keep, burn))
            head += 12
            assert log.burn(burn) == "scrubbed"
            head += 1
        keep.backup(tmp_path / "backup")
        assert found(tmp_path, looked_for) == []
    (tmp_path / "log.txt").write_text(caplog.text)
    assert found(tmp_path, looked_for) == []


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
