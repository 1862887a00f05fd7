"""Burned keys die in every copy of the database, and an old copy put back is found out."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import keyring
import pytest
from test_keep_locks import Chain, chain

from harken.engine.events import Event, Said
from harken.keep import Keep, ReadOnly, keyfile, rings
from harken.keep.envelope import DoesNotOpen, open_entry
from harken.keep.envelope import Entry as Sealed
from harken.keep.keyfile import FolderRings
from harken.keep.keys import Keys
from harken.keep.locks import COST

Sample = Callable[..., list[Event]]
Thief = Callable[[Path], sqlite3.Connection]
USED = (chain, Chain, keyring)


def copied(keep: Keep, to: Path) -> None:
    """A copy of the database as a backup program or a replica would have it."""
    target = sqlite3.connect(to)
    source = sqlite3.connect(keep.folder / "keep.sqlite3")
    source.backup(target)
    source.close()
    target.close()


def readable(copy: Path, keys: Keys) -> list[int]:
    """Which entries of a copied database these keys still open."""
    db, opened = sqlite3.connect(copy), []
    asked = (
        "SELECT e.id, seq, kind, hash, ct, ring, wk FROM event x JOIN ekey ON entry = x.id JOIN encounter e ON enc = n"
    )
    for encounter, seq, kind, digest, ct, ring, wk in db.execute(asked).fetchall():
        try:
            open_entry(keys.wrap(ring), keys.keep, encounter, seq, kind, Sealed(ct, digest, ring, wk))
            opened.append(seq)
        except DoesNotOpen:
            continue
    db.close()
    return sorted(opened)


def burned_after_a_copy(folder: Path, copy: Path) -> Keep:
    keep = Keep.open(folder)
    log = keep.encounter("library")
    log.append("a", 0, [Said("one"), Said("two"), Said("three")])
    copied(keep, copy)
    log.append("b", 3, [], burn=[1])
    return keep


def test_what_was_burned_dies_in_a_copy_made_before(folder: Path, tmp_path: Path) -> None:
    with burned_after_a_copy(folder, tmp_path / "copy") as keep:
        keys = keep.keys
        assert readable(tmp_path / "copy", keys) == [0, 1, 2], "this test could not see"
        assert keep.rotate()
        assert readable(tmp_path / "copy", keys) == []
        assert list(keep.encounter("library").events()) == [Said("one"), None, Said("three")]
    with Keep.open(folder) as keep:
        assert readable(tmp_path / "copy", keep.keys) == []
        assert list(keep.encounter("library").events()) == [Said("one"), None, Said("three")]


def test_closing_turns_the_ring_after_a_burn_and_not_without(folder: Path, tmp_path: Path) -> None:
    burned_after_a_copy(folder, tmp_path / "copy").close()
    turned = FolderRings(folder / "keep.key").read()
    assert list(turned) == [2]
    with Keep.open(folder) as keep:
        assert readable(tmp_path / "copy", keep.keys) == []
    assert FolderRings(folder / "keep.key").read() == turned


def test_the_old_ring_key_is_in_no_file(folder: Path, tmp_path: Path) -> None:
    keep = burned_after_a_copy(folder, tmp_path / "copy")
    old = FolderRings(folder / "keep.key").read()[1]
    keep.close()
    assert all(old[13:37] not in path.read_bytes() for path in folder.iterdir())


class Cut(BaseException):
    pass


@pytest.mark.parametrize("where", ["before the keys are wrapped anew", "before the old ring is destroyed"])
def test_a_turn_that_was_cut_off_is_made_good(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    def cut(*_: object) -> None:
        raise Cut

    keep = burned_after_a_copy(folder, tmp_path / "copy")
    with monkeypatch.context() as cutting:
        cutting.setattr(*((rings, "rewrap_all") if "wrapped" in where else (FolderRings, "drop")), cut)
        with pytest.raises(Cut):
            keep.rotate()
    keep.database.close()
    with Keep.open(folder) as again:
        assert len(FolderRings(folder / "keep.key").read()) == 1
        assert readable(tmp_path / "copy", again.keys) == []
        assert list(again.encounter("library").events()) == [Said("one"), None, Said("three")]


def test_half_a_slot_is_no_slot(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Power is cut between the two writes that put a ring key into its slot."""
    with Keep.open(folder) as keep:
        keep.encounter("library").append("a", 0, [Said("one")])
        number, sealed = keep.keys.next_ring()
        written = []
        real = keyfile._overwrite

        def once(*values: object, **how: object) -> None:
            if written:
                raise Cut
            written.append(1)
            real(*values, **how)  # type: ignore[arg-type]

        monkeypatch.setattr(keyfile, "_overwrite", once)
        with pytest.raises(Cut):
            keep.rings.add(number, sealed)
        monkeypatch.undo()
    with Keep.open(folder) as keep:
        assert list(keep.encounter("library").events()) == [Said("one")]
        assert keep.rotate()


def test_another_window_goes_on_while_the_ring_turns(folder: Path) -> None:
    with Keep.open(folder) as one, Keep.open(folder) as two:
        here, there = one.encounter("library"), two.encounter("library")
        here.append("a", 0, [Said("one")])
        assert list(there.events()) == [Said("one")]
        assert one.rotate()
        assert list(there.events()) == [Said("one")]
        there.append("b", 1, [Said("two")])
        assert two.rotate()
        here.append("c", 2, [Said("three")])
    with Keep.open(folder) as keep:
        assert list(keep.encounter("library").events()) == [Said("one"), Said("two"), Said("three")]


@pytest.mark.parametrize("look", ["turn", "encounters", "events"])
def test_who_only_looked_meanwhile_does_not_write_under_a_dead_ring(folder: Path, look: str) -> None:
    """They know how the keep stands now; they must know its ring, too, or what they write is lost."""
    with Keep.open(folder) as one, Keep.open(folder) as two:
        log = two.encounter("library")
        assert one.rotate()
        {"turn": lambda: log.turn("a"), "encounters": two.encounters, "events": log.events}[look]()
        log.append("a", 0, [Said("one")])
        assert list(log.events()) == list(one.encounter("library").events()) == [Said("one")]


def test_a_ring_may_turn_while_another_thread_reads(keep: Keep) -> None:
    log = keep.encounter("library")
    log.append("a", 0, [Said(f"number {n}") for n in range(200)])
    stop = threading.Event()

    def turn() -> None:
        while not stop.is_set():
            keep.rotate()

    turning = threading.Thread(target=turn)
    turning.start()
    try:
        for n in range(15):
            assert len(log.events()) == 200 + n
            log.append(f"b {n}", 200 + n, [Said("more")])
    finally:
        stop.set()
        turning.join()
    assert keep.verify().whole


def test_nothing_is_turned_over_a_damaged_entry(filled: Path, thief: Thief) -> None:
    """Its key might still be mended from a copy: the ring it is under is not destroyed."""
    with Keep.open(filled) as keep:
        thief(filled).execute("UPDATE ekey SET wk = randomblob(61) WHERE entry = 3")
        assert not keep.rotate()
        assert 1 in FolderRings(filled / "keep.key").read()
        assert len(keep.encounter("harbour").events()) == 6


# -- rollback ------------------------------------------------------------------------------------------------


def rolled_back(folder: Path, sample: Sample) -> None:
    """The database as it was a turn ago, beside today's key file."""
    with Keep.open(folder) as keep:
        keep.encounter("library").append("a", 0, sample())
    old = (folder / "keep.sqlite3").read_bytes()
    with Keep.open(folder) as keep:
        keep.encounter("library").append("b", 1, sample(1))
    (folder / "keep.sqlite3").write_bytes(old)


def test_an_old_database_put_back_is_read_and_not_written(folder: Path, sample: Sample) -> None:
    rolled_back(folder, sample)
    for _ in range(2):
        with Keep.open(folder) as keep:
            assert keep.read_only is not None
            assert "older than the last one seen" in keep.read_only
            assert keep.read_only in keep.notes
            assert list(keep.encounter("library").events()) == sample()
            report = keep.verify()
            assert not report.whole
            assert keep.read_only in report.lines
            for write in (
                lambda keep=keep: keep.encounter("library").append("c", 1, sample(2)),
                lambda keep=keep: keep.encounter("library").burn([0]),
                lambda keep=keep: keep.forget("library"),
                lambda keep=keep: keep.add_lock("passphrase", "words"),
                keep.recovery_words,
                keep.rotate,
            ):
                with pytest.raises(ReadOnly, match="older than"):
                    write()
            assert len(keep.encounter("library").events()) == 1


def test_a_reader_may_go_on_from_there(folder: Path, sample: Sample) -> None:
    rolled_back(folder, sample)
    with Keep.open(folder) as keep:
        keep.accept()
        keep.encounter("library").append("c", 1, sample(2))
    with Keep.open(folder) as keep:
        assert keep.read_only is None
        assert list(keep.encounter("library").events()) == sample() + sample(2)


def test_without_an_anchor_it_is_not_found(folder: Path, sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FolderRings, "anchor", lambda self: None)
    rolled_back(folder, sample)
    with Keep.open(folder) as keep:
        assert keep.read_only is None


def test_a_whole_old_folder_put_back_is_found_by_the_keychain(folder: Path, sample: Sample, chain: Chain) -> None:
    with Keep.open(folder) as keep:
        keep.encounter("library").append("a", 0, sample())
    shutil.copytree(folder, folder.with_name("old"))
    with Keep.open(folder) as keep:
        keep.encounter("library").append("b", 1, sample(1))
    shutil.rmtree(folder)
    folder.with_name("old").rename(folder)
    with Keep.open(folder) as keep:
        assert keep.read_only is not None
        keep.accept()
    with Keep.open(folder) as keep:
        assert keep.read_only is None


def test_an_anchor_that_lags_behind_is_no_rollback(folder: Path, sample: Sample) -> None:
    """As after a power cut: the turn is durable, its anchor was not."""
    with Keep.open(folder) as keep:
        keep.encounter("library").append("a", 0, sample())
        anchor = (folder / "keep.key").read_bytes()[896:]
        keep.encounter("library").append("b", 1, sample(1))
    raw = (folder / "keep.key").read_bytes()
    for old in (anchor, bytes(128), b"\xff" * 128):
        (folder / "keep.key").write_bytes(raw[:896] + old)
        with Keep.open(folder) as keep:
            assert keep.read_only is None


def test_another_window_that_writes_just_now_is_no_rollback(
    folder: Path, sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Keep.open(folder) as other:
        log = other.encounter("library")
        log.append("a", 0, sample(1))
        real = FolderRings.anchor

        def slow(rings: FolderRings) -> object:
            with monkeypatch.context() as once:
                once.setattr(FolderRings, "anchor", real)
                log.append(f"b {len(log.events())}", len(log.events()), sample(2))
            return real(rings)

        monkeypatch.setattr(FolderRings, "anchor", slow)
        with Keep.open(folder) as keep:
            assert keep.read_only is None
            assert len(keep.encounter("library").events()) == 10


def test_a_clock_set_back_changes_nothing(folder: Path, sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    with Keep.open(folder) as keep:
        keep.encounter("library").append("a", 0, sample(1))
    for now in (0.0, 4e9, 86_400.0):
        monkeypatch.setattr("harken.keep.making.time.time", lambda now=now: now)
        with Keep.open(folder) as keep:
            head = len(keep.encounter("library").events())
            keep.encounter("library").append(f"at {now}", head, sample(2), burn=[0])
            assert keep.encounter("library").burn([1]) == "scrubbed"
            assert keep.verify().whole


def test_the_cost_of_a_passphrase_is_what_the_standard_recommends() -> None:
    assert COST == {"m": 64 * 1024, "t": 3, "p": 4}


def test_an_error_while_turning_is_no_error_of_the_reader(keep: Keep, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError("the disk is gone")

    keep.encounter("library").append("a", 0, [Said("one")])
    keep.encounter("library").append("b", 1, [], burn=[0])
    monkeypatch.setattr(FolderRings, "add", fail)
    assert not keep.rotate()
    monkeypatch.undo()
    assert keep.rotate()
