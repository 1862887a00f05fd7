"""Snapshots: the same state back, the same bytes, small, and wordless."""

from __future__ import annotations

import pytest

from harken.engine import State
from harken.engine.snapshot import Stale, pack, unpack
from making import generated, story
from reading import read


@pytest.mark.parametrize("seed", range(30))
def test_a_state_comes_back_and_packs_to_the_same_bytes(seed: int) -> None:
    for step in read(story(generated(seed, 20)), seed):
        packed = pack(step.after)
        again = unpack(packed)
        assert again == step.after and pack(again) == packed


def test_after_a_hundred_told_of_ten_thousand_it_is_a_kilobyte_at_most() -> None:
    told = tuple(f"t{number * 97 % 10_000}" for number in range(100))
    assert len(pack(State(meeting=3, told=told, told_set=frozenset(told), used=frozenset(told[:40])))) <= 1024


@pytest.mark.parametrize("junk", [b"", b"junk", pack(State())[:-3]])
def test_what_is_no_snapshot_is_stale(junk: bytes) -> None:
    with pytest.raises(Stale):
        unpack(junk)
