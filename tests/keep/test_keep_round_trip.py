"""Every kind of event, whatever is in it, comes back as it was: after closing, too."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harken.engine.events import KINDS, Event, Said
from harken.keep import Keep
from harken.keep.envelope import DoesNotOpen, pad, unpad
from harken.keep.record import pack, unpack

TEXT = st.text(st.characters(exclude_categories=()), max_size=40)  # lone surrogates included
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT, lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner)
)
LINE = st.dictionaries(st.sampled_from(["text", "by", "voice", "spans"]), JSON)


def values(hint: Any) -> st.SearchStrategy[Any]:
    """Values of a field, from its annotation."""
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin is dict:
        return LINE
    if origin is tuple:
        if inner[-1] is Ellipsis:
            return st.lists(values(inner[0]), max_size=4).map(tuple)
        return st.tuples(*map(values, inner))
    if origin in (typing.Union, types.UnionType):
        return st.one_of(*map(values, inner))
    return {int: st.integers(), str: TEXT, bool: st.booleans(), type(None): st.none()}[hint]


def events(cls: type[Event]) -> st.SearchStrategy[Event]:
    hints = typing.get_type_hints(cls)
    return st.builds(cls, **{field.name: values(hints[field.name]) for field in fields(cls)})


@pytest.mark.parametrize("cls", KINDS.values(), ids=list(KINDS))
@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_any_event_survives_its_bytes(cls: type[Event], data: st.DataObject) -> None:
    event = data.draw(events(cls))
    assert unpack(pack(event)) == event


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(turns=st.lists(st.lists(st.one_of(*map(events, KINDS.values())), max_size=6), max_size=4))
def test_any_log_survives_the_disk(tmp_path_factory: pytest.TempPathFactory, turns: list[list[Event]]) -> None:
    folder = tmp_path_factory.mktemp("any") / "keep"
    written: list[Event] = []
    with Keep.open(folder) as keep:
        encounter = keep.encounter("library")
        for n, turn in enumerate(turns):
            encounter.append(str(n), len(written), turn)
            written += turn
        assert list(encounter.events()) == written
    with Keep.open(folder, create=False) as keep:
        encounter = keep.encounter("library")
        assert list(encounter.events()) == written
        encounter.append("more", len(written), [Said("and on")])
        assert list(encounter.events()) == [*written, Said("and on")]


def test_it_opens_again_with_all_that_was_in_it(filled: Path, sample: Callable[..., list[Event]]) -> None:
    for _ in range(2):
        with Keep.open(filled, create=False) as keep:
            assert [(one.story, one.entries) for one in keep.encounters()] == [("library", 16), ("harbour", 6)]
            encounter = keep.encounter("library")
            assert list(encounter.events()) == sample() + sample(0) + sample(1) + sample(2)
            assert encounter.turn("turn 1") == (6, 11)
            assert (encounter.edition("e1") or b"").startswith(b'{"title": "The Hollow')


def test_the_longest_line_survives(keep: Keep) -> None:
    words = Said("ü" * 32_768)
    keep.encounter("library").append("a", 0, [words])
    assert list(keep.encounter("library").events()) == [words]


@given(st.binary(max_size=2_000))
def test_padding_shows_sizes_in_steps_only(plain: bytes) -> None:
    padded = pad(plain)
    assert len(padded) % 256 == 0
    assert len(plain) < len(padded) <= len(plain) + 260
    assert unpad(padded) == plain


@pytest.mark.parametrize("padded", [b"", b"\0\0\0", b"\0\0\0\5four", b"\xff" * 256])
def test_padding_that_does_not_fit_is_refused(padded: bytes) -> None:
    with pytest.raises(DoesNotOpen):
        unpad(padded)


def test_two_events_of_a_size_cannot_be_told_apart_on_disk(keep: Keep, sample: Callable[..., list[Event]]) -> None:
    """Kinds are not visible: rows of different kinds differ in nothing but random bytes and size steps."""
    keep.encounter("library").append("a", 0, sample(1))
    with keep.database.read() as db:
        rows = db.execute(
            "SELECT DISTINCT kind, ring, length(wk), length(ct) % 256 FROM event JOIN ekey ON entry = id"
        ).fetchall()
    assert rows == [(1, b"\0\0\0\1", 61, 29)]
