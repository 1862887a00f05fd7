"""Turns of many readers that are written at once: each is answered for itself, as if it had come alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from harken.engine.events import Event, Said
from harken.keep import Keep, Store, open_store
from harken.keep.database import Database
from harken.keep.encounter import Encounter
from harken.keep.record import pack
from harken.keep.turns import MOVED, Changed, Sealed, seal_turn

Sample = Callable[..., list[Event]]
MANY = 80


def readers(house: Store, many: int = MANY) -> list[tuple[Keep, Encounter]]:
    keeps = [house.create(f"reader {n}", "x") for n in range(many)]
    logs = [keep.encounter("library") for keep in keeps]
    for log in logs:
        log.append("arrive", 0, [Said("one"), Said("two")])
    return list(zip(keeps, logs, strict=True))


def sealed(keep: Keep, turn: str, burn: tuple[int, ...] = (), words: str = "three") -> Sealed:
    known = keep.known
    assert known is not None
    return seal_turn(keep.keys, known, known.rows[0], turn, [pack(Said(words)), pack(Said("and"))], burn, 20_000)


def written(house: Store, turns: list[Sealed]) -> list[int]:
    data: Any = house.database
    return list(data._write_turns(turns))


def test_each_is_answered_for_itself(house: Store) -> None:
    here = readers(house, 12)
    turns = [sealed(keep, "next") for keep, _ in here]
    turns[3] = sealed(here[3][0], "next", burn=(0,))
    here[5][1].append("in another window", 2, [Said("first")])
    turns.insert(7, sealed(here[0][0], "the same reader again"))  # sealed on what the turn before it changes
    answers = written(house, turns)
    assert [at for at, answer in enumerate(answers) if answer == MOVED] == [5, 7]
    fresh = [house.open(f"reader {n}", passphrase="x").encounter("library") for n in range(12)]
    assert [len(log.events()) for log in fresh] == [4] * 5 + [3] + [4] * 6
    assert fresh[3].events()[0] is None and fresh[5].turn("next") is None
    assert all(log.turn("next") == (2, 4) for n, log in enumerate(fresh) if n != 5)
    assert fresh[0].turn("the same reader again") is None


def test_a_turn_that_was_kept_before_is_not_kept_again_and_takes_no_other_with_it(house: Store) -> None:
    here = readers(house, 4)
    again = [sealed(keep, "arrive" if n == 2 else "next") for n, (keep, _) in enumerate(here)]
    try:
        answers = written(house, again)
        assert answers[2] == MOVED
    except Exception:  # PostgreSQL's writer then takes them one by one, as Group does
        answers = [written(house, [turn])[0] for turn in again]
    assert [answer == MOVED for answer in answers] == [False, False, True, False]
    assert [len(house.open(f"reader {n}", passphrase="x").encounter("library").events()) for n in range(4)] == [
        4,
        4,
        2,
        4,
    ]


def test_a_log_that_was_changed_behind_our_back_is_not_written_on(house: Store) -> None:
    here = readers(house, 3)
    turns = [sealed(keep, "next") for keep, _ in here]
    with house.database.write() as db:
        db.execute("UPDATE encounter SET head = 1 WHERE n = ?", (turns[1].row.n,))
    with pytest.raises(Changed):
        written(house, turns)
    assert len(here[0][1].events()) == 2


def test_sqlite_takes_a_crowd_in_a_handful_of_statements(tmp_path: Any, cheap: None) -> None:
    house = open_store(tmp_path / "house.sqlite3")
    turns = [sealed(keep, "next") for keep, _ in readers(house)]
    data, said = house.database, list[str]()
    assert isinstance(data, Database)
    data._db.set_trace_callback(said.append)
    answers = written(house, turns)
    data._db.set_trace_callback(None)
    assert answers == [turn.row.n for turn in turns]
    assert len(said) < MANY / 2
    house.close()
