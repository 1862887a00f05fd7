"""Protections taken out one at a time: whatever each of them holds must break, or its test proves nothing.

The other rooms of these tests have such forms beside each promise (see the threat model); here are those of two
windows, of retries, of a rotten disk and of a wrong passphrase (a read-only disk is in ``test_keep_refusals``).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from harken.engine.conflict import MovedOn
from harken.engine.events import Event, Said
from harken.keep import Broken, Keep, KeepError, WrongKey, keys, turns
from harken.keep.database import Database
from harken.keep.encounter import Encounter
from harken.keep.schema import Standing
from harken.keep.turns import Db

Sample = Callable[..., list[Event]]


def overtaken(folder: Path) -> bool:
    """Whether the second of two windows at one breath is told that it was overtaken, and nothing else happens."""
    with Keep.open(folder) as one, Keep.open(folder) as two:
        here, there = one.encounter("library"), two.encounter("library")
        here.append("arrive", 0, [Said("I am here")])
        assert there.events()
        here.append("a", 1, [Said("from the left")])
        try:
            there.append("b", 1, [Said("from the right")])
        except MovedOn:
            return list(there.events()) == [Said("I am here"), Said("from the left")]
        except KeepError:
            return False
        return False


def test_without_comparing_two_windows_overtake_each_other_unseen(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert overtaken(folder)

    def set_only(db: Db, keep: bytes, before: Standing, number: int, seal: bytes) -> bool:
        return bool(db.execute("UPDATE keep SET turns = ?, seal = ? WHERE id = ? RETURNING 1", (number, seal, keep)))

    monkeypatch.setattr(turns, "set_seal", set_only)
    assert not overtaken(tmp_path / "another")


def sent_again(log: Encounter, turn: str, head: int, words: str) -> None:
    """What a window does that never heard the answer: send it again, and on top of whatever there is."""
    for _ in range(2):
        try:
            log.append(turn, head, [Said(words)])
        except MovedOn:
            log.append(turn, len(log.events()), [Said(words)])


def test_without_turn_ids_a_retry_is_kept_twice(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Keep.open(folder) as keep:
        log = keep.encounter("library")
        sent_again(log, "a", 0, "once")
        assert list(log.events()) == [Said("once")]
        monkeypatch.setattr(keys.Keys, "tag", lambda self, purpose, text: os.urandom(32))
        sent_again(log, "b", 1, "twice")
        assert list(log.events()) == [Said("once"), Said("twice"), Said("twice")]


def rotten_and_open(folder: Path) -> int:
    """How many single pages of a keep can rot without its opening seeing it."""
    raw = (folder / "keep.sqlite3").read_bytes()
    unseen = 0
    for page in range(1, len(raw) // 4096):
        (folder / "keep.sqlite3").write_bytes(raw[: 4096 * page] + b"\xa5" * 4096 + raw[4096 * (page + 1) :])
        try:
            Keep.open(folder).close()
            unseen += 1
        except KeepError:
            pass
    (folder / "keep.sqlite3").write_bytes(raw)
    return unseen


def test_without_looking_at_every_page_more_of_them_rot_unseen(
    folder: Path, sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Keep.open(folder) as keep:
        for n in range(30):
            keep.encounter("library").append(str(n), 5 * n, sample(n))
    seen = rotten_and_open(folder)
    monkeypatch.setattr(Database, "_check", lambda self, file: None)
    assert rotten_and_open(folder) > seen


def test_without_tags_a_wrong_passphrase_is_said_to_be_damage(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What opens with a wrong key must fail as a wrong key: a reader told of damage might throw their keep away."""
    with Keep.open(folder, passphrase="the right one") as keep:
        keep.encounter("library").append("a", 0, [Said("only this")])
    with pytest.raises(WrongKey):
        Keep.open(folder, passphrase="a wrong one")

    real = keys.AESGCM

    class Remembering:
        """AES-GCM that gives its key away, so that the tag can be left aside."""

        def __init__(self, key: bytes) -> None:
            self.key, self.real = key, real(key)

        def encrypt(self, *what: Any) -> bytes:
            return self.real.encrypt(*what)

        def decrypt(self, *what: Any) -> bytes:
            return self.real.decrypt(*what)

    def unchecked(key: Any, sealed: bytes, where: bytes) -> bytes:
        nonce, ciphertext = sealed[1:13], sealed[13:-16]
        decryptor = Cipher(algorithms.AES(key.key), modes.CTR(nonce + (2).to_bytes(4))).decryptor()
        return decryptor.update(ciphertext) + decryptor.finalize()

    monkeypatch.setattr(keys, "AESGCM", Remembering)
    monkeypatch.setattr(keys, "unseal", unchecked)
    assert isinstance(AESGCM(bytes(32)), real)
    with pytest.raises(Broken):
        Keep.open(folder, passphrase="a wrong one")
    with Keep.open(folder, passphrase="the right one") as keep:
        assert list(keep.encounter("library").events()) == [Said("only this")]
