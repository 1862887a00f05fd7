"""What every store does alike: on SQLite, on a server's SQLite and PostgreSQL among other keeps, and in memory."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from harken.engine.conflict import MovedOn
from harken.engine.events import Burned, Event, Said
from harken.keep import Encounter, Keep, MemoryEncounter, MemoryKeep, open_store
from harken.meeting import Kept

Sample = Callable[..., list[Event]]
Store = Keep | MemoryKeep


@pytest.fixture(params=["sqlite", "memory", "served by sqlite", "served by postgres"])
def store(request: pytest.FixtureRequest, tmp_path: Path, cheap: None) -> Iterator[Store]:
    if request.param.startswith("served"):
        where = tmp_path / "house.sqlite3" if "sqlite" in request.param else request.getfixturevalue("database_url")
        house = open_store(where, rings=tmp_path / "rings")
        house.create("somebody else", "other words").encounter("library").append("a", 0, [Said("not yours")])
        yield house.create("ottilie", "a few words")
        house.close()
    else:
        store = Keep.open(tmp_path / "keep") if request.param == "sqlite" else MemoryKeep()
        yield store
        store.close()


@pytest.mark.parametrize("cls", [Encounter, MemoryEncounter])
def test_it_is_what_a_meeting_keeps_in(cls: type) -> None:
    for name, asked in inspect.getmembers(Kept, inspect.isfunction):
        if not name.startswith("_"):
            assert inspect.signature(getattr(cls, name)).parameters == inspect.signature(asked).parameters, name


def test_asking_writes_nothing(store: Store) -> None:
    encounter = store.encounter("library")
    assert list(encounter.events()) == []
    assert encounter.turn("a") is None
    assert encounter.edition("e1") is None
    assert store.encounters() == []


def test_what_is_kept_comes_back_in_order(store: Store, sample: Sample) -> None:
    encounter = store.encounter("library")
    encounter.append("a", 0, sample())
    encounter.append("b", 1, sample(1))
    assert list(encounter.events()) == sample() + sample(1)
    assert list(store.encounter("library").events()) == sample() + sample(1)
    assert (encounter.turn("a"), encounter.turn("b"), encounter.turn("c")) == ((0, 1), (1, 6), None)


def test_what_comes_back_is_not_shared(store: Store, sample: Sample) -> None:
    encounter = store.encounter("library")
    encounter.append("a", 0, sample(1))
    told = encounter.events()[3]
    told.lines[0]["text"] = "something else"  # type: ignore[union-attr]
    assert list(encounter.events()) == sample(1)


def test_a_turn_is_kept_once(store: Store, sample: Sample) -> None:
    encounter = store.encounter("library")
    encounter.append("a", 0, sample(1))
    encounter.append("a", 0, sample(1))
    encounter.append("a", 5, sample(2))
    assert list(encounter.events()) == sample(1)
    assert encounter.turn("a") == (0, 5)


def test_a_turn_may_be_empty(store: Store, sample: Sample) -> None:
    encounter = store.encounter("library")
    encounter.append("a", 0, [])
    encounter.append("b", 0, sample())
    encounter.append("c", 1, [])
    assert (encounter.turn("a"), encounter.turn("c")) == ((0, 0), (1, 1))
    assert list(encounter.events()) == sample()


def test_who_has_not_seen_all_is_told_so(store: Store, sample: Sample) -> None:
    here, there = store.encounter("library"), store.encounter("library")
    here.append("a", 0, sample(1))
    with pytest.raises(MovedOn, match="another window"):
        there.append("b", 0, sample(2))
    assert there.turn("b") is None
    there.append("b", 5, sample(2))
    with pytest.raises(MovedOn):
        here.append("c", 5, sample(3), burn=[0])
    assert list(here.events()) == sample(1) + sample(2)


def test_what_cannot_be_kept_leaves_nothing(store: Store, sample: Sample) -> None:
    encounter = store.encounter("library")
    with pytest.raises(TypeError):
        encounter.append("a", 0, [*sample(1), Said(object())])  # type: ignore[arg-type]
    assert encounter.turn("a") is None
    assert store.encounters() == []


def test_a_burned_entry_is_none_and_the_rest_stays(store: Store, sample: Sample) -> None:
    encounter = store.encounter("library")
    encounter.append("a", 0, sample(1))
    burned = Burned((0, 3), "taken back")
    encounter.append("b", 5, [burned], burn=[3, 0, 3])
    expected: list[Event | None] = [*sample(1), burned]
    expected[0] = expected[3] = None
    assert list(encounter.events()) == expected
    encounter.append("c", 6, sample(2), burn=[0])
    assert list(encounter.events()) == expected + sample(2)
    assert store.scrub() or store.rotate()


@pytest.mark.parametrize("burn", [[5], [-1], [0, 99]])
def test_only_what_was_seen_can_be_burned(store: Store, sample: Sample, burn: list[int]) -> None:
    encounter = store.encounter("library")
    encounter.append("a", 0, sample(1))
    with pytest.raises(ValueError, match="can be burned"):
        encounter.append("b", 5, sample(2), burn=burn)
    assert list(encounter.events()) == sample(1)


def test_stories_do_not_touch(store: Store, sample: Sample) -> None:
    store.encounter("library").append("a", 0, sample(1))
    store.encounter("harbour").append("a", 0, sample())
    assert [(one.story, one.entries) for one in store.encounters()] == [("library", 5), ("harbour", 1)]
    assert list(store.encounter("harbour").events()) == sample()


def test_starting_anew_keeps_what_was(store: Store, sample: Sample) -> None:
    first = store.encounter("library")
    first.append("a", 0, sample(1))
    anew = store.encounter("library", anew=True)
    assert list(anew.events()) == []
    assert list(store.encounter("library").events()) == sample(1)
    anew.append("a", 0, sample())
    assert list(store.encounter("library").events()) == sample()
    assert list(first.events()) == sample(1)
    first.append("b", 5, sample(2))
    assert [one.entries for one in store.encounters()] == [10, 1]


def test_the_edition_of_this_meeting_is_kept_and_older_ones_go(store: Store, sample: Sample) -> None:
    encounter = store.encounter("library")
    encounter.keep_edition("e1", b"first")
    assert encounter.edition("e1") == b"first"
    assert store.encounters() == []
    encounter.append("a", 0, sample())
    assert store.encounter("library").edition("e1") == b"first"
    encounter.keep_edition("e2", b"")
    assert (encounter.edition("e1"), encounter.edition("e2")) == (b"first", b"")
    encounter.append("b", 1, sample(1))
    assert encounter.edition("e1") == b"first"
    encounter.append("c", 6, sample())
    assert (encounter.edition("e1"), encounter.edition("e2")) == (b"first", None)


def test_a_window_that_lost_does_not_take_the_edition_with_it(store: Store, sample: Sample) -> None:
    won, lost = store.encounter("library"), store.encounter("library")
    won.keep_edition("e1", b"first")
    won.append("a", 0, sample())
    lost.keep_edition("e2", b"second")
    with pytest.raises(MovedOn):
        lost.append("b", 0, sample())
    assert won.edition("e1") == b"first"
