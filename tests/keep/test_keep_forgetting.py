"""Burning by hand, forgetting, backing up, looking after: what a reader does to their own keep."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from test_keep_burning import secrets
from test_keep_locks import Chain, chain

from harken.engine.events import Burned, Event, HeardOnce, Said
from harken.engine.state import State
from harken.keep import Keep, KeepError, NotAKeep, database, fleeting, forgetting
from harken.keep.needles import found, needles

Sample = Callable[..., list[Event]]
Thief = Callable[[Path], sqlite3.Connection]
USED = (chain, Chain)
JAR = HeardOnce("scream", "jar", "A jar of screams", ({"text": "it was the third of autumn", "by": "tell"},))


def test_burning_by_hand_is_told_truthfully(folder: Path, sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    with Keep.open(folder) as keep:
        log = keep.encounter("library")
        log.append("a", 0, sample(1))
        gone = secrets(keep, [0, 3])
        assert [entry.state for entry in log.entries()] == ["kept"] * 5
        assert log.burn([3, 0, 3]) == "scrubbed"
        assert found(folder, gone) == []
        events = log.events()
        assert events[5] == Burned((0, 3), "the reader burned it")
        assert [entry.state for entry in log.entries()] == ["scrubbed", "kept", "kept", "scrubbed", "kept", "kept"]
        assert [entry.event for entry in log.entries()] == list(events)
        assert log.burn([0]) == "scrubbed"
        assert len(log.events()) == 6, "burning again writes nothing"
        with pytest.raises(ValueError, match="entries 0 to 5"):
            log.burn([6])
        monkeypatch.setattr(database, "SCRUB", 0.05)
        reader = sqlite3.connect(folder / "keep.sqlite3", isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM event").fetchone()
        assert log.burn([1]) == "burned"
        assert (log.entries()[1].state, log.entries()[0].state) == ("burned", "scrubbed")
        assert log.events()[1] is None
        assert "older copies" in keep.verify().words()
        reader.close()
        assert log.burn([1]) == "scrubbed"


def test_burning_goes_on_when_another_window_writes(folder: Path, sample: Sample) -> None:
    with Keep.open(folder) as one, Keep.open(folder) as two:
        here, there = one.encounter("library"), two.encounter("library")
        here.append("a", 0, sample(1))
        there.append("b", 5, sample(2))
        assert here.burn([0]) == "scrubbed"
        assert there.events()[0] is None


@pytest.mark.parametrize("breaths", [1, 30])
def test_a_forgotten_story_leaves_nothing(folder: Path, sample: Sample, breaths: int) -> None:
    with Keep.open(folder) as keep:
        for story in ("nowhere-else", "library", "nowhere-else"):
            log = keep.encounter(story, anew=True)
            log.keep_edition("e1", b"the compiled story" * 100)
            log.append("arrive", 0, sample())
            for n in range(breaths):
                log.append(f"turn {n}", 1 + 5 * n, sample(n, words=f"words of {story}"))
        log.keep_snapshot(1, State(seed=7))
        keep.encounter("nowhere-else").burn([2])
        kept = list(keep.encounter("library").events())
        with keep.database.read() as db:
            rows = db.execute(
                "SELECT ct, wk, hash, chain FROM event e JOIN ekey ON entry = e.id "
                "JOIN encounter c ON c.n = e.enc WHERE story = 'nowhere-else'"
            ).fetchall()
        gone = {value[at : at + 24] for row in rows for value in row for at in range(0, len(value) - 24, 97)}
        gone = {needle for needle in gone if any(needle)}
        assert len(gone) > 15 * breaths
        assert found(folder, ["nowhere-else"])
        assert keep.forget("nowhere-else") == "scrubbed"
        assert found(folder, ["nowhere-else", *gone]) == []
        assert [one.story for one in keep.encounters()] == ["library"]
        assert list(keep.encounter("library").events()) == kept
        assert keep.verify().whole
        with pytest.raises(KeepError, match="no story"):
            keep.forget("nowhere-else")
        keep.encounter("nowhere-else").append("again", 0, sample())
    with Keep.open(folder) as keep:
        assert list(keep.encounter("library").events()) == kept


def test_a_forgotten_keep_is_gone_with_its_keys(folder: Path, sample: Sample, chain: Chain) -> None:
    keep = Keep.open(folder)
    keep.encounter("library").append("a", 0, sample(1))
    keep.recovery_words()
    stolen = folder.with_name("stolen")
    stolen.mkdir()
    shutil.copy(folder / "keep.sqlite3", stolen)
    assert keep.forget() == "scrubbed"
    assert not folder.exists()
    assert chain.kept == {}
    with Keep.open(folder) as keep:
        assert keep.encounters() == []


def test_forgetting_that_is_cut_off_leaves_what_nobody_can_read(
    folder: Path, sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Cut(BaseException):
        pass

    def cut(*_: object) -> None:
        raise Cut

    keep = Keep.open(folder)
    keep.encounter("library").append("a", 0, sample(1))
    monkeypatch.setattr(forgetting, "_take_out", cut)
    with pytest.raises(Cut):
        keep.forget()
    keep.database.close()
    with pytest.raises(KeepError):
        Keep.open(folder)


def test_a_backup_is_a_keep_without_jars(folder: Path, sample: Sample, tmp_path: Path) -> None:
    with Keep.open(folder) as keep:
        log = keep.encounter("library")
        log.keep_edition("e1", b"compiled")
        log.append("a", 0, sample())
        log.append("b", 1, [*sample(1), JAR])
        words = keep.recovery_words()
        jar = secrets(keep, [6])
        keep.backup(tmp_path / "backup")
        assert log.events()[6] == JAR
        log.append("c", 7, sample(2))
        with pytest.raises(NotAKeep, match="something at"):
            keep.backup(tmp_path / "backup")
    assert found(tmp_path / "backup", [*jar, *needles([JAR])]) == []
    with Keep.open(tmp_path / "backup", words=words) as copy:
        events = copy.encounter("library").events()
        assert list(events[:6]) == sample() + sample(1)
        assert events[6] is None
        assert copy.encounter("library").edition("e1") == b"compiled"
        assert copy.verify().whole
    assert fleeting(JAR)
    assert not fleeting(Said("a line"))


def test_a_backup_that_keeps_jars_would_be_seen(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("harken.keep.backup.fleeting", lambda event: False)
    with Keep.open(folder) as keep:
        keep.encounter("library").append("a", 0, [JAR])
        jar = secrets(keep, [0])
        keep.backup(tmp_path / "backup")
    assert found(tmp_path / "backup", jar)


def test_a_backup_that_fails_leaves_nothing(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Keep.open(folder) as keep:
        keep.encounter("library").append("a", 0, [JAR])
        monkeypatch.setattr(Keep, "rotate", lambda self: False)
        with pytest.raises(KeepError, match="could not be finished"):
            keep.backup(tmp_path / "backup")
    assert not (tmp_path / "backup").exists()


def test_verify_says_in_words_what_it_found(filled: Path, thief: Thief) -> None:
    with Keep.open(filled) as keep:
        report = keep.verify()
        assert report.whole
        assert "is whole" in report.lines[0]
        assert "“library”: 16 steps kept." in report.lines
        keep.encounter("library").burn([1, 2])
        assert "2 burned and in no file any more" in keep.verify().words()
        hands = thief(filled)
        hands.execute("UPDATE event SET ct = randomblob(length(ct)) WHERE seq = 4 AND enc = 1")
        report = keep.verify()
        assert not report.whole
        assert report.stories[0].damaged == (4,)
        assert "1 damaged (number 4)" in report.words()
        assert report.stories[1].damaged == ()
        hands.execute("DELETE FROM turn WHERE enc = 2")
        assert "changed or cut short" in keep.verify().words()
        hands.execute("UPDATE keep SET turns = 1")
        assert "list of encounters" in keep.verify().words()


def test_a_snapshot_is_a_cache_and_holds_no_words(folder: Path, sample: Sample, thief: Thief) -> None:
    state = State(seed=7, told=("orchard",), told_set=frozenset({"orchard"}), trust=3, name="Ottilie")
    with Keep.open(folder) as keep:
        log = keep.encounter("library")
        assert log.snapshot() is None
        log.append("a", 0, sample(1))
        log.keep_snapshot(5, state)
        assert log.snapshot() == (5, state)
        log.keep_snapshot(99, state)
        assert log.snapshot() == (5, state)
        assert found(folder, ["Ottilie", "orchard"]) == []
        hands = thief(folder)
        hands.execute("UPDATE snapshot SET head = 4")
        assert log.snapshot() is None
        hands.execute("UPDATE snapshot SET head = 5, ct = randomblob(600)")
        assert log.snapshot() is None
        log.keep_snapshot(5, state)
        log.burn([0])
        assert log.snapshot() is None
        assert len(log.events()) == 6
