"""A thief or a bad disk changes what lies there: nothing changed is ever read as if it had been kept.

HARKEN_TAMPER says how many rows of each table are tried bit by bit (2 without it).
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from harken.engine.events import Event, FactSet, Said
from harken.keep import Keep, envelope
from harken.keep import encounter as encounter_module
from harken.keep.encounter import Encounter
from harken.keep.errors import Broken, KeepError

Thief = Callable[[Path], sqlite3.Connection]
Sample = Callable[..., list[Event]]

ROWS = int(os.environ.get("HARKEN_TAMPER", "2"))
SECRETS = [("event", "ct"), ("event", "hash"), ("ekey", "wk"), ("ekey", "ring")]
STANDING = [("encounter", "id"), ("encounter", "chain"), ("turn", "turn"), ("keep", "seal"), ("keep", "id")]


def read_all(keep: Keep) -> None:
    for listing in keep.encounters():
        encounter = keep.encounter(listing.story)
        encounter.events()
        encounter.edition("e1")


def flips(value: bytes, every: int) -> list[bytes]:
    """The value with one bit flipped, for each ``every``th bit."""
    number = int.from_bytes(value)
    return [(number ^ (1 << bit)).to_bytes(len(value)) for bit in range(0, 8 * len(value), every)]


@pytest.mark.parametrize(("table", "column"), [*SECRETS, *STANDING, ("edition", "edition"), ("edition", "ct")])
def test_no_flipped_bit_is_accepted(filled: Path, thief: Thief, table: str, column: str) -> None:
    hands, tried = thief(filled), 0
    with Keep.open(filled) as keep:
        rows = hands.execute(f"SELECT rowid, {column} FROM {table} LIMIT {ROWS}").fetchall()
        for rowid, value in rows:
            for flipped in flips(value, 1 if len(value) < 40 else len(value) // 40 | 1):
                hands.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (flipped, rowid))
                if (table, column) == ("edition", "edition"):
                    assert keep.encounter("library").edition("e1") is None or rowid != rows[0][0]
                else:
                    with pytest.raises(Broken):
                        read_all(keep)
                tried += 1
            hands.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (value, rowid))
        read_all(keep)
    assert tried >= 32


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("event", "seq", 77), ("event", "kind", 2), ("event", "enc", 2), ("event", "ct", "text"), ("event", "ct", b""),
        ("event", "ct", 4), ("event", "hash", None), ("ekey", "wk", "text"), ("ekey", "wk", b""), ("ekey", "wk", 1.5),
        ("ekey", "ring", 1), ("ekey", "ring", b"\0\0\0\2"), ("ekey", "entry", 900), ("turn", "first", 3),
        ("turn", "last", 3),
        ("turn", "first", "x"), ("turn", "burned", "0"), ("turn", "burned", "x"), ("turn", "enc", 2),
        ("turn", "n", 900),
        ("encounter", "head", 5), ("encounter", "head", -1), ("encounter", "story", "else"), ("encounter", "n", 9),
        ("encounter", "chain", None), ("keep", "turns", 1), ("keep", "turns", "x"), ("keep", "seal", ""),
    ],
)  # fmt: skip
def test_no_other_value_is_accepted(filled: Path, thief: Thief, table: str, column: str, value: Any) -> None:
    hands = thief(filled)
    try:
        hands.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = (SELECT min(rowid) FROM {table})", (value,))
    except sqlite3.IntegrityError:
        return  # the table itself refuses it
    with pytest.raises(Broken, match="Nothing was changed"), Keep.open(filled) as keep:
        read_all(keep)


def test_not_one_bit_of_a_row_can_change(tmp_path: Path) -> None:
    """Every bit of an entry's ciphertext, hash, wrapped key and ring, alone. HARKEN_TAMPER says of how many."""
    with Keep.open(tmp_path / "keep") as keep:
        log = keep.encounter("library")
        log.append("a", 0, [Said(f"number {n}") for n in range(ROWS)])
        row, stored, *_, wraps = log.read()
        assert row is not None
        for seq, kind, *values in stored:
            for place, value in enumerate(values):
                for flipped in flips(value, 1):
                    changed = [*values[:place], flipped, *values[place + 1 :]]
                    with pytest.raises(Broken):
                        log.opened(row, (seq, kind, *changed), wraps)
            log.opened(row, (seq, kind, *values), wraps)


def test_no_swap_of_rows_is_accepted(filled: Path, thief: Thief) -> None:
    """Between places in a log and between logs: ciphertexts, keys, both, and both with their hash."""
    hands, tried = thief(filled), 0
    with Keep.open(filled) as keep:
        ids = [row[0] for row in hands.execute("SELECT id FROM event ORDER BY id")]
        stored = {
            id: hands.execute("SELECT ct, hash, wk FROM event JOIN ekey ON entry = id WHERE id = ?", (id,)).fetchone()
            for id in ids
        }

        def put(id: int, values: tuple[bytes, bytes, bytes], what: str) -> None:
            ct, digest, wk = values
            if "c" in what:
                hands.execute("UPDATE event SET ct = ? WHERE id = ?", (ct, id))
            if "h" in what:
                hands.execute("UPDATE event SET hash = ? WHERE id = ?", (digest, id))
            if "k" in what:
                hands.execute("UPDATE ekey SET wk = ? WHERE entry = ?", (wk, id))

        for one, two in list(combinations(ids, 2))[::4]:
            for what in ("c", "k", "ck", "chk"):
                hands.execute("BEGIN")
                put(one, stored[two], what)
                put(two, stored[one], what)
                hands.execute("COMMIT")
                with pytest.raises(Broken):
                    read_all(keep)
                tried += 1
            hands.execute("BEGIN")
            put(one, stored[one], "chk")
            put(two, stored[two], "chk")
            hands.execute("COMMIT")
        read_all(keep)
    assert tried > 200


def test_nothing_from_another_keep_is_accepted(filled: Path, thief: Thief, tmp_path: Path, sample: Sample) -> None:
    other = tmp_path / "other"
    with Keep.open(other) as keep:
        keep.encounter("library").append("arrive", 0, [*sample(), *sample(1)])
    hands = thief(filled)
    hands.execute("ATTACH ? AS other", (str(other / "keep.sqlite3"),))
    for number in range(1, 7):
        hands.execute("BEGIN")
        hands.execute(
            "UPDATE event SET (ct, hash) = (SELECT ct, hash FROM other.event o WHERE o.id = ?1) WHERE id = ?1",
            (number,),
        )
        hands.execute(
            "UPDATE ekey SET wk = (SELECT wk FROM other.ekey o WHERE o.entry = ?1) WHERE entry = ?1", (number,)
        )
        hands.execute("COMMIT")
        with pytest.raises(Broken), Keep.open(filled) as keep:
            read_all(keep)


@pytest.mark.parametrize("table", ["encounter", "turn", "event", "ekey"])
def test_no_row_can_vanish(filled: Path, thief: Thief, table: str) -> None:
    hands = thief(filled)
    for (rowid,) in hands.execute(f"SELECT rowid FROM {table}").fetchall():
        hands.execute("BEGIN")
        hands.execute(f"DELETE FROM {table} WHERE rowid = ?", (rowid,))
        hands.execute("COMMIT")
        with pytest.raises(Broken), Keep.open(filled) as keep:
            read_all(keep)


def test_a_log_cut_short_is_not_taken_for_a_short_log(folder: Path, thief: Thief, sample: Sample) -> None:
    """The last turn is taken out, and the encounter is set back to what it truly was before that turn."""
    with Keep.open(folder) as keep:
        encounter = keep.encounter("library")
        encounter.append("a", 0, sample())
        before = thief(folder).execute("SELECT head, chain FROM encounter").fetchone()
        encounter.append("b", 1, sample(1))
    hands = thief(folder)
    hands.execute("DELETE FROM turn WHERE first = 1")
    hands.execute("DELETE FROM event WHERE seq >= 1")
    with pytest.raises(Broken, match="changed or cut short"), Keep.open(folder) as keep:
        keep.encounter("library").events()
    hands.execute("UPDATE encounter SET head = ?, chain = ?", before)
    with pytest.raises(Broken, match="not the newest"):
        Keep.open(folder)


def test_without_the_chain_a_log_cut_short_passes(
    folder: Path, thief: Thief, sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same cut, with nobody following the chain to its end: what is left reads as if it were all."""
    with Keep.open(folder) as keep:
        keep.encounter("library").append("a", 0, sample())
        keep.encounter("library").append("b", 1, sample(1))
    hands = thief(folder)
    hands.execute("DELETE FROM turn WHERE first = 1")
    hands.execute("DELETE FROM event WHERE seq >= 1")
    monkeypatch.setattr(Encounter, "_followed", lambda *_: set())
    with Keep.open(folder) as keep:
        assert list(keep.encounter("library").events()) == sample()


def test_without_the_sum_and_the_tag_a_flipped_bit_passes(
    folder: Path, thief: Thief, monkeypatch: pytest.MonkeyPatch
) -> None:
    """AES-GCM's stream without its tag, and nobody who looks at the hash: other words than were kept are read."""

    def careless(key: object, plain: bytes, where: bytes, nonce: bytes = b"") -> bytes:
        return b"\x01" + bytes(12) + bytes(byte ^ 0x55 for byte in plain) + bytes(16)

    def trusting(key: object, sealed: bytes, where: bytes) -> bytes:
        return bytes(byte ^ 0x55 for byte in sealed[13:-16])

    def believing(wrap: object, keep: bytes, encounter: bytes, number: int, kind: int, entry: envelope.Entry) -> bytes:
        return envelope.unpad(trusting(None, entry.ct, b""))

    with Keep.open(folder) as keep:
        with monkeypatch.context() as weak:
            weak.setattr(envelope, "seal", careless)
            weak.setattr(encounter_module, "open_entry", believing)
            keep.encounter("library").append("a", 0, [Said("I was there")])
            (ct,) = thief(folder).execute("SELECT ct FROM event").fetchone()
            at = ct.index(bytes(byte ^ 0x55 for byte in b"was"))
            thief(folder).execute("UPDATE event SET ct = ?", (ct[:at] + bytes([ct[at] ^ 1]) + ct[at + 1 :],))
            assert list(keep.encounter("library").events()) == [Said("I vas there")]
        with pytest.raises(Broken):
            keep.encounter("library").events()


def test_a_vanished_reading_is_not_taken_for_a_new_reader(filled: Path, thief: Thief) -> None:
    hands = thief(filled)
    for table in ("encounter", "turn", "event", "ekey"):
        hands.execute(f"DELETE FROM {table}")
    with pytest.raises(Broken, match="list of encounters"):
        Keep.open(filled)


def test_nothing_is_written_on_top_of_a_changed_keep(filled: Path, thief: Thief, sample: Sample) -> None:
    with Keep.open(filled) as keep:
        encounter = keep.encounter("library")
        assert len(encounter.events()) == 16
        thief(filled).execute("DELETE FROM encounter WHERE story = 'harbour'")
        with pytest.raises(Broken):
            encounter.append("next", 16, sample(9))
    assert thief(filled).execute("SELECT count(*) FROM event WHERE enc = 1").fetchone() == (16,)


def test_a_lost_entry_does_not_pass_for_a_burned_one(filled: Path, thief: Thief) -> None:
    hands = thief(filled)
    hands.execute("UPDATE ekey SET wk = zeroblob(61) WHERE entry = 4")
    hands.execute("UPDATE event SET ct = zeroblob(285) WHERE id = 4")
    with Keep.open(filled) as keep, pytest.raises(Broken, match="entry 3 of the story “library”"):
        keep.encounter("library").events()


def test_a_burned_entry_put_back_stays_burned(filled: Path, thief: Thief) -> None:
    hands = thief(filled)
    stolen = hands.execute("SELECT ct, wk FROM event JOIN ekey ON entry = id WHERE id = 2").fetchone()
    with Keep.open(filled) as keep:
        encounter = keep.encounter("library")
        assert isinstance(encounter.events()[1], Said)
        encounter.append("burn", 16, [FactSet("letter", "burned")], burn=[1])
        hands.execute("UPDATE event SET ct = ? WHERE id = 2", stolen[:1])
        hands.execute("UPDATE ekey SET wk = ? WHERE entry = 2", stolen[1:])
        assert encounter.events()[1] is None


def test_a_row_of_a_lock_cannot_be_changed(filled: Path, thief: Thief) -> None:
    hands = thief(filled)
    params, wrapped = hands.execute("SELECT params, wrapped_dek FROM lock").fetchone()
    for changed in flips(wrapped, 11):
        hands.execute("UPDATE lock SET wrapped_dek = ?", (changed,))
        with pytest.raises(KeepError, match="does not fit"):
            Keep.open(filled)
    hands.execute("UPDATE lock SET wrapped_dek = ?, params = ?", (wrapped, '{"weak": true}'))
    with pytest.raises(KeepError, match="does not fit"):
        Keep.open(filled)
    hands.execute("UPDATE lock SET params = ?", (params,))
    Keep.open(filled).close()


@pytest.mark.parametrize(
    "what", ["TRIGGER t BEFORE UPDATE ON ekey BEGIN SELECT 1; END", "VIEW v AS SELECT wk FROM ekey"]
)
def test_a_trigger_or_a_view_is_refused(filled: Path, thief: Thief, what: str) -> None:
    """A trigger could copy a key away just before it is burned."""
    thief(filled).execute(f"CREATE {what}")
    with pytest.raises(Broken, match="trigger"):
        Keep.open(filled)


def test_any_changed_byte_of_the_file_is_found_or_means_nothing(filled: Path, tmp_path: Path) -> None:
    """One byte of the file changed, anywhere: a plain refusal, or the same events as before."""
    raw = (filled / "keep.sqlite3").read_bytes()
    with Keep.open(filled) as keep:
        expected = [keep.encounter(story).events() for story in ("library", "harbour")]
    refused = 0
    for at in range(0, len(raw), len(raw) // 300 | 1):
        copy = tmp_path / "copy"
        shutil.copytree(filled, copy)
        damaged = raw[:at] + bytes([raw[at] ^ 0xFF]) + raw[at + 1 :]
        (copy / "keep.sqlite3").write_bytes(damaged)
        try:
            with Keep.open(copy) as keep:
                assert [keep.encounter(story).events() for story in ("library", "harbour")] == expected, at
        except KeepError as error:
            refused += 1
            assert str(error).count("\n") == 0
            assert (copy / "keep.sqlite3").read_bytes() == damaged, at
        shutil.rmtree(copy)
    assert refused > 30
