"""A server's store, on SQLite and on PostgreSQL: many locked keeps, that nobody can read while they are closed."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cluster import Cluster

from harken.engine.conflict import MovedOn
from harken.engine.events import Event, Said
from harken.keep import (
    Broken,
    Busy,
    Keep,
    KeepError,
    LastLock,
    Locked,
    NoSuchReader,
    NotAKeep,
    Store,
    Taken,
    Unsafe,
    WrongKey,
    open_store,
)
from harken.keep.needles import found, needles
from harken.keep.ringfile import RingFile

Sample = Callable[..., list[Event]]
Child = Callable[..., "subprocess.Popen[str]"]


def test_a_reader_opens_their_keep_and_nobody_elses(house: Store, sample: Sample) -> None:
    assert not house.knows("Ottilie")
    with house.create("Ottilie", "a few words") as keep:
        keep.encounter("library").append("a", 0, sample(1))
    assert house.knows(" ottilie ")
    house.create("other", "other words").close()
    with pytest.raises(Taken, match="already"):
        house.create("OTTILIE", "mine now")
    with pytest.raises(NoSuchReader):
        house.open("Nobody", "a few words")
    for name, wrong in (("Ottilie", "other words"), ("other", "a few words"), ("Ottilie", "")):
        with pytest.raises(WrongKey, match="does not open"):
            house.open(name, wrong)
    with pytest.raises(Locked) as caught:
        house.open("Ottilie")
    assert [kind for kind, _ in caught.value.locks] == ["passphrase"]
    with house.open("Ottilie", "a few words") as keep:
        assert list(keep.encounter("library").events()) == sample(1)
        assert keep.verify().whole


def test_words_and_tickets_open_it_too(house: Store, sample: Sample) -> None:
    with house.create("Ottilie", "forgotten") as keep:
        keep.encounter("library").append("a", 0, sample(1))
        words, ticket = keep.recovery_words(), keep.ticket()
        other = house.create("other", "x").ticket()
        with pytest.raises(KeepError, match="on a server"):
            keep.add_lock("key-file")
    for keep in (house.open("Ottilie", words=words), house.open("Ottilie", ticket=ticket)):
        assert list(keep.encounter("library").events()) == sample(1)
        keep.close()
    with pytest.raises(WrongKey):
        house.open("Ottilie", ticket=other)
    with house.open("Ottilie", words=words) as keep:
        keep.add_lock("passphrase", "a new one")
        keep.remove_lock("words")
        with pytest.raises(LastLock):
            keep.remove_lock("passphrase")
    house.open("Ottilie", "a new one").close()


def test_a_keep_goes_without_a_trace_and_leaves_the_others(house: Store, sample: Sample) -> None:
    with house.create("other", "y") as other:
        other.encounter("library").append("a", 0, sample(2))
    for _ in range(2):
        keep = house.create("Ottilie", "x")
        keep.encounter("library").append("a", 0, sample(1))
        keep.encounter("harbour").append("b", 0, sample(2))
        keep.forget("library")
        assert [one.story for one in keep.encounters()] == ["harbour"]
        keep.forget()
        assert not house.knows("Ottilie")
        with pytest.raises(NoSuchReader):
            house.open("Ottilie", "x")
    with house.open("other", "y") as other:
        assert list(other.encounter("library").events()) == sample(2)
    with house.database.read() as db:
        for table, left in (("keep", 1), ("lock", 1), ("encounter", 1), ("event", 5), ("ekey", 5), ("turn", 1)):
            assert db.execute(f"SELECT count(*) FROM {table}").fetchone() == (left,), table


def test_burning_and_sweeping(house: Store, sample: Sample) -> None:
    with house.create("Ottilie", "x") as keep, house.create("other", "x") as other:
        log = keep.encounter("library")
        log.append("a", 0, sample(1))
        other.encounter("library").append("a", 0, sample(1))
        by_ring = house.database.scrubs_by_ring
        assert log.burn([0, 3]) == ("burned" if by_ring else "scrubbed")
        assert log.events()[0] is None
        assert house.sweep() == 1
        assert house.sweep() == 0
        assert {log.entries()[0].state, log.burn([3])} == {"scrubbed"}
        assert list(log.events())[1:3] == sample(1)[1:3]
        log.append("b", 6, sample(2), burn=[1])
        assert len(other.encounter("library").events()) == 5
    with house.open("Ottilie", "x") as keep:
        assert keep.encounter("library").entries()[1].state == "scrubbed"


def test_many_threads_and_two_hands_on_each_keep(house: Store) -> None:
    for name in ("one", "two"):
        house.create(name, "x").close()
    keeps = [house.open(name, "x") for name in ("one", "two") for _ in range(2)]

    def play(hand: int) -> None:
        log = keeps[hand % 4].encounter("library")
        for n in range(12):
            while True:
                try:
                    log.append(f"{hand} {n}", len(log.events()), [Said(f"{hand} {n}"), Said("and")])
                    break
                except MovedOn:
                    continue

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(play, range(8)))
    for first, keep in ((0, keeps[0]), (2, keeps[2])):
        said = [event.text for event in keep.encounter("library").events() if isinstance(event, Said)]
        hands = (first, first + 1, first + 4, first + 5)
        assert sorted(said) == sorted([f"{hand} {n}" for hand in hands for n in range(12)] + ["and"] * 48)


def test_a_turn_sent_twice_at_once_is_kept_once(house: Store) -> None:
    house.create("Ottilie", "x").close()
    logs = [house.open("Ottilie", "x").encounter("library") for _ in range(2)]
    with ThreadPoolExecutor(2) as pool:
        for n in range(25):
            together = threading.Barrier(2)

            def send(log: int, n: int = n, together: threading.Barrier = together) -> tuple[int, int] | None:
                together.wait()
                logs[log].append(f"turn {n}", n, [Said(f"word {n}")])
                return logs[log].turn(f"turn {n}")

            assert list(pool.map(send, range(2))) == [(n, n + 1)] * 2
    assert list(logs[0].events()) == [Said(f"word {n}") for n in range(25)]


def test_submitting_is_appending(house: Store, sample: Sample) -> None:
    with house.create("Ottilie", "x") as keep:
        log = keep.encounter("library")
        for n in range(3):
            assert log.submit(f"turn {n}", 5 * n, sample(n)).result(20) is None
        assert log.submit("turn 1", 5, sample(1)).result(20) is None
        with pytest.raises(MovedOn):
            log.submit("late", 5, sample(1)).result(20)
        assert len(log.events()) == 15
        log.append("a", 15, sample(1))


def test_everything_waits_until_it_is_written_when_the_store_closes(house: Store) -> None:
    logs = [house.create(f"reader {n}", "x").encounter("library") for n in range(6)]
    answers = [log.submit("a", 0, [Said("one")]) for log in logs] + [log.submit("b", 1, [Said("two")]) for log in logs]
    house.close()
    assert all(answer.done() for answer in answers[:6])
    assert [answer.exception() for answer in answers[:6]] == [None] * 6


def test_an_old_database_put_back_is_found_by_its_anchor(house: Store, sample: Sample, tmp_path: Path) -> None:
    with house.create("Ottilie", "x") as keep:
        keep.encounter("library").append("a", 0, sample(1))
        with keep.database.read() as db:
            old = db.execute("SELECT turns, seal FROM keep WHERE id = ?", (keep.keys.keep,)).fetchone()
            row = db.execute("SELECT head, chain FROM encounter WHERE keep = ?", (keep.keys.keep,)).fetchone()
        keep.encounter("library").append("b", 5, sample(2))
    with house.database.write() as db:
        id = keep.keys.keep
        db.execute("DELETE FROM ekey WHERE entry IN (SELECT x.id FROM event x WHERE seq >= 5)")
        db.execute("DELETE FROM event WHERE seq >= 5")
        db.execute("DELETE FROM turn WHERE first = 5")
        db.execute("UPDATE encounter SET head = ?, chain = ? WHERE keep = ?", (*row, id))
        db.execute("UPDATE keep SET turns = ?, seal = ? WHERE id = ?", (*old, id))
    with house.open("Ottilie", "x") as keep:
        assert keep.read_only is not None
        assert list(keep.encounter("library").events()) == sample(1)


def test_without_its_ring_keys_a_keep_says_so(house: Store, tmp_path: Path) -> None:
    with house.create("Ottilie", "x") as keep:
        keep.encounter("library").append("a", 0, [Said("one")])
    house.rings.of(keep.keys.keep).destroy()
    with pytest.raises(Broken, match="ring keys of this keep are not in"):
        house.open("Ottilie", "x")
    assert house.knows("Ottilie")


def test_health_is_none_or_a_sentence(house: Store) -> None:
    assert house.health() is None
    house.database.close()
    assert (house.health() or "").endswith(".")


def test_a_store_survives_being_closed(tmp_path: Path, database_url: str, sample: Sample, cheap: None) -> None:
    for where in (tmp_path / "house.sqlite3", database_url):
        for again in range(3):
            store = open_store(where, rings=tmp_path / f"rings of {type(where).__name__}")
            keep = store.open("Ottilie", "x") if again else store.create("Ottilie", "x")
            keep.encounter("library").append(str(again), 5 * again, sample(again))
            assert len(keep.encounter("library").events()) == 5 * again + 5
            store.close()


def test_no_word_and_no_name_is_in_any_file_of_a_served_keep(tmp_path: Path, sample: Sample, cheap: None) -> None:
    store = open_store(tmp_path / "house.sqlite3")
    with store.create("Ottilie Weber", "passphrase of mine") as keep:
        log = keep.encounter("library")
        for n in range(10):
            log.append(f"turn-id-of-{n}", 5 * n, sample(n))
        looked_for = needles(log.events()) | {"Ottilie", "ottilie", "Weber", "passphrase of mine", "turn-id-of-3"}
        assert found(tmp_path, [*looked_for, keep.keys.dek], visible=["library"]) == []
    store.close()
    assert found(tmp_path, looked_for, visible=["library"]) == []


def test_one_process_holds_a_file(tmp_path: Path, child: Child) -> None:
    store = open_store(tmp_path / "house.sqlite3")
    code = (
        "import sys; from harken.keep import open_store, KeepError\n"
        "try: open_store(sys.argv[1])\n"
        "except KeepError as error: print(type(error).__name__, error)"
    )
    out, errors = child(code, tmp_path / "house.sqlite3").communicate(timeout=60)
    assert (out.split()[0], errors) == ("Busy", "")
    with pytest.raises(Busy, match="Another server"):
        open_store(tmp_path / "house.sqlite3")
    store.close()
    open_store(tmp_path / "house.sqlite3").close()


def test_what_is_no_store_is_refused(tmp_path: Path, filled: Path) -> None:
    (tmp_path / "diary.txt").write_text("dear diary" * 100)
    other = sqlite3.connect(tmp_path / "other.db")
    other.execute("CREATE TABLE messages (text)")
    other.close()
    before = {path: path.read_bytes() for path in (tmp_path / "diary.txt", tmp_path / "other.db")}
    for path in (*before, filled / "keep.sqlite3"):
        with pytest.raises(NotAKeep, match="Name another file"):
            open_store(path)
    assert {path: path.read_bytes() for path in before} == before
    with pytest.raises(KeepError, match="not a keep"):
        open_store(tmp_path / "house" / "house.sqlite3").close()
        Keep.open(tmp_path / "house")


# -- PostgreSQL alone ------------------------------------------------------------------------------------------


def test_two_servers_share_a_database(database_url: str, tmp_path: Path, sample: Sample, cheap: None) -> None:
    left, right = (open_store(database_url, rings=tmp_path / "rings") for _ in range(2))
    here = left.create("Ottilie", "x").encounter("library")
    there = right.open("Ottilie", "x").encounter("library")
    here.append("a", 0, sample(1))
    with pytest.raises(MovedOn):
        there.append("b", 0, sample(2))
    there.append("b", 5, sample(2))
    here.append("b", 5, sample(2))
    assert here._keep.rotate()
    there.append("c", 10, sample(3), burn=[0])
    assert left.sweep() == 1
    assert list(there.events()) == [None, *sample(1)[1:], *sample(2), *sample(3)]
    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(lambda store: _created(store), (left, right)))
    assert sorted(made) == ["Keep", "Taken"]
    left.close()
    right.close()


def _created(store: Store) -> str:
    try:
        return type(store.create("new here", "x")).__name__
    except Taken as error:
        return type(error).__name__


def test_a_base_backup_cannot_be_opened_once_the_ring_has_turned(
    cluster: Cluster, database_url: str, tmp_path: Path, cheap: None
) -> None:
    secret = [Said(f"needle number {n} of them") for n in range(30)]
    store = open_store(database_url, rings=tmp_path / "rings")
    keep = store.create("Ottilie", "x")
    log = keep.encounter("library")
    log.append("a", 0, secret)
    backup = Path(cluster.home) / "backup"
    cluster.base_backup(backup)
    log.append("b", 30, [Said("after")], burn=list(range(0, 30, 2)))
    restored = Cluster(backup)
    try:

        def opened() -> int:
            older = open_store(restored.url, rings=shutil.copy(tmp_path / "rings", tmp_path / "copy"))
            try:
                with older.database.read() as db:
                    rows = db.execute("SELECT ring FROM ekey").fetchall()
                keys = older.open("Ottilie", "x").keys
                return sum(keys.knows(ring) for (ring,) in rows)
            finally:
                older.close()

        assert opened() == 30, "this test could not see"
        assert store.sweep() == 1
        assert opened() == 0
        assert log.entries()[0].state == "scrubbed"
        assert [event for event in log.events() if event is not None] == [*secret[1::2], Said("after")]
        raw = {"needle number", "Ottilie"}
        assert found(cluster.data, raw) == found(backup, raw) == found(tmp_path, raw) == []
    finally:
        restored.close()
        shutil.rmtree(backup)
        store.close()


def test_a_postgresql_that_may_lose_what_it_acknowledged_is_refused(cluster: Cluster, database_url: str) -> None:
    import psycopg

    with psycopg.connect(cluster.url, autocommit=True) as connection:
        try:
            connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("SELECT pg_reload_conf()")
            connection.execute("SELECT pg_sleep(0.3)")
            with pytest.raises(Unsafe, match="fsync"):
                open_store(database_url)
        finally:
            connection.execute("ALTER SYSTEM RESET fsync")
            connection.execute("SELECT pg_reload_conf()")
            connection.execute("SELECT pg_sleep(0.3)")
    open_store(database_url).close()


def test_a_database_that_does_not_answer_is_said_plainly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    postgres = pytest.importorskip("harken.keep.postgres")
    monkeypatch.setattr(postgres, "PATIENCE", 0.3)
    with pytest.raises(KeepError, match="does not answer"):
        open_store(f"postgresql://harken@/postgres?host={tmp_path}", rings=tmp_path / "rings")


def test_without_psycopg_it_is_said_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    monkeypatch.delitem(sys.modules, "harken.keep.postgres", raising=False)
    with pytest.raises(KeepError, match=r"harken\[postgres\]"):
        open_store("postgresql://nowhere")


def test_a_slot_of_the_ring_file_is_overwritten_where_it_lies(tmp_path: Path) -> None:
    file = RingFile(tmp_path / "rings")
    one, two = file.of(b"1" * 16), file.of(b"2" * 16)
    one.add(1, b"a" * 61)
    two.add(1, b"b" * 61)
    two.note(3, b"s" * 32)
    one.add(2, b"c" * 61)
    assert (one.read(), two.read()) == ({1: b"a" * 61, 2: b"c" * 61}, {1: b"b" * 61})
    one.drop(2)
    one.destroy()
    assert b"a" * 61 not in (tmp_path / "rings").read_bytes()
    assert (tmp_path / "rings").stat().st_size == 512
    three = RingFile(tmp_path / "rings").of(b"3" * 16)
    three.add(1, b"d" * 61)
    assert (tmp_path / "rings").stat().st_size == 512
    assert two.anchor() == (3, b"s" * 32)
    with pytest.raises(Broken):
        one.read()
    file.close()
