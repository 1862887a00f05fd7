"""What is burned is in no file any more: not its words, not its ciphertext, not a key to it.

The same search is run with each guard taken out, and must then find something: so it can see.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from harken.engine.events import Event, Said
from harken.keep import Keep, database, turns
from harken.keep.database import Database
from harken.keep.envelope import place, unseal
from harken.keep.errors import Unsafe
from harken.keep.needles import found, words

Sample = Callable[..., list[Event]]


def secrets(keep: Keep, entries: list[int]) -> list[bytes]:
    """What would let these entries be read: ciphertext (in pieces), wrapped key, and the key itself."""
    needles = []
    with keep.database.read() as db:
        for entry in entries:
            ct, digest, ring, wk, encounter = db.execute(
                "SELECT ct, hash, ring, wk, e.id FROM event x JOIN ekey ON entry = x.id JOIN encounter e ON enc = n "
                "WHERE seq = ?",
                (entry,),
            ).fetchone()
            where = place(b"key", keep.keys.keep, encounter, entry, 1) + ring + digest
            needles += [ct[at : at + 24] for at in range(13, len(ct) - 24, 211)]
            needles += [wk[13:37], wk[37:], unseal(keep.keys.wrap(ring), wk, where)]
    return needles


def burn_many(keep: Keep, seed: int, breaths: int = 45) -> list[bytes]:
    """Play a long reading in which entries of every size are burned; the needles of all of them."""
    chance, log, head, live, needles = random.Random(seed), keep.encounter("library"), 0, list[int](), list[bytes]()
    for turn in range(breaths):
        said = [Said(f"needle {head + n} " * chance.choice([1, 30, 90, 300, 900])) for n in range(chance.randint(1, 8))]
        burn = chance.sample(live, min(len(live), chance.randint(0, 5)))
        needles += secrets(keep, burn)
        log.append(f"turn {turn}", head, said, burn)
        live = sorted({*live, *range(head, head + len(said))} - set(burn))
        head += len(said)
    assert [event is None for event in log.events()].count(False) == len(live)
    return needles


@pytest.mark.parametrize("seed", range(2))
def test_nothing_of_what_was_burned_is_in_any_file(folder: Path, seed: int) -> None:
    with Keep.open(folder) as keep:
        needles = burn_many(keep, seed)
        assert len(needles) > 400
        assert keep.scrub()
        assert found(folder, needles) == []
    assert found(folder, needles) == []


def test_without_emptying_the_log_it_is_found(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Database, "scrub", lambda self, keep=b"": False)
    with Keep.open(folder) as keep:
        needles = burn_many(keep, 0, breaths=6)
        files = {hit.file for hit in found(folder, needles)}
    assert "keep.sqlite3-wal" in files


def test_without_secure_delete_it_is_found(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page that a table outgrew still holds its first rows."""
    monkeypatch.setitem(database.SETTINGS, "secure_delete", 0)
    with Keep.open(folder) as keep:
        needles = burn_many(keep, 0)
        assert keep.scrub()
        assert found(folder, needles)
    assert found(folder, needles)


def test_with_rows_deleted_carelessly_it_is_found(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(database.SETTINGS, "secure_delete", 0)
    monkeypatch.setattr(
        turns, "clear", lambda db, gone: db.executemany("DELETE FROM ekey WHERE entry = ?", [(id,) for id, _ in gone])
    )
    with Keep.open(folder) as keep:
        log = keep.encounter("library")
        log.append("a", 0, [Said("one"), Said("two"), Said("three")])
        needles = secrets(keep, [0, 1])
        log.append("b", 3, [Said("four")], burn=[0, 1])
        assert keep.scrub()
        assert found(folder, needles)


def test_a_burn_writes_over_where_it_lies(folder: Path, sample: Sample) -> None:
    """Nothing is moved and nothing grows: every page but those of the burned rows stays as it is."""
    with Keep.open(folder) as keep:
        log = keep.encounter("library")
        for n in range(40):
            log.append(str(n), 5 * n, sample(n))
        with keep.database.read() as db:
            before = db.execute(
                "SELECT x.id, ring, length(wk), length(ct) FROM event x JOIN ekey ON entry = x.id"
            ).fetchall()
        log.append("burn", 200, [], burn=list(range(0, 200, 3)))
        with keep.database.read() as db:
            after = db.execute(
                "SELECT x.id, ring, length(wk), length(ct) FROM event x JOIN ekey ON entry = x.id"
            ).fetchall()
        assert after == before


def test_every_connection_deletes_securely_and_commits_fully(keep: Keep) -> None:
    with keep.database.read() as db:
        read = {name: db.execute(f"PRAGMA {name}").fetchone()[0] for name in database.SETTINGS}
    assert read == {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "temp_store": 2}


def test_a_setting_that_does_not_hold_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Keep.open(folder).close()
    monkeypatch.setitem(database.SETTINGS, "journal_mode", "nonsense")
    with pytest.raises(Unsafe, match="journal_mode"):
        Keep.open(folder)


def test_while_somebody_reads_it_is_burned_but_not_scrubbed(
    folder: Path, sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "SCRUB", 0.05)
    with Keep.open(folder) as keep:
        log = keep.encounter("library")
        log.append("a", 0, sample(1))
        needles = secrets(keep, [0])
        reader = sqlite3.connect(folder / "keep.sqlite3", isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM event").fetchone()
        log.append("b", 5, sample(2), burn=[0])
        assert log.events()[0] is None
        assert not keep.scrub()
        assert found(folder, needles)
        reader.execute("COMMIT")
        reader.close()
        assert keep.scrub()
        assert found(folder, needles) == []


def test_the_next_opening_scrubs_what_is_left(folder: Path, sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as careless:
        careless.setattr(Database, "scrub", lambda self, keep=b"": False)
        keep = Keep.open(folder)
        keep.encounter("library").append("a", 0, sample(1))
        needles = secrets(keep, [0, 3])
        keep.encounter("library").append("b", 5, sample(2), burn=[0, 3])
        assert found(folder, needles)
    with Keep.open(folder) as again:
        assert found(folder, needles) == []
        with again.database.read() as db:
            assert db.execute("SELECT count(*) FROM shred").fetchone() == (0,)
    keep.close()


def test_a_burn_keeps_the_chain_and_every_other_word(folder: Path, sample: Sample) -> None:
    with Keep.open(folder) as keep:
        keep.encounter("library").append("a", 0, sample(1))
        keep.encounter("library").append("b", 5, sample(2), burn=[0])
    with Keep.open(folder) as keep:
        assert list(keep.encounter("library").events()) == [None, *sample(1)[1:], *sample(2)]
        keep.encounter("library").append("c", 10, sample(3), burn=[1, 9])
        assert len(keep.encounter("library").events()) == 15


def test_burned_words_are_not_in_what_python_hands_out(folder: Path) -> None:
    words_typed = "Ich habe dich nie gefragt, warum"
    with Keep.open(folder) as keep:
        log = keep.encounter("library")
        log.append("a", 0, [Said(words_typed)])
        log.append("b", 1, [Said("something else")], burn=[0])
        assert words_typed not in repr(log.events()) + repr(vars(keep)) + repr(vars(log))
    assert found(folder, words([words_typed])) == []
