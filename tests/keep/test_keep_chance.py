"""Random bytes are handed out once: not to two threads, and not to a parent and its child."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.queues import SimpleQueue

import pytest

from harken.keep import chance as source
from harken.keep.chance import PIECES, chance
from harken.keep.envelope import CHANCE


def test_no_piece_is_handed_out_twice_by_any_number_of_threads() -> None:
    with ThreadPoolExecutor(8) as pool:
        parts = list(pool.map(lambda _: [chance() for _ in range(500)], range(8)))
    pieces = [piece for part in parts for piece in part]
    assert len(set(pieces)) == len(pieces) == 4000
    assert {len(piece) for piece in pieces} == {CHANCE}


def test_the_system_is_asked_once_for_many_and_all_it_gave_is_handed_out(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[bytes] = []

    def urandom(size: int) -> bytes:
        given.append(bytes(range(256)) * (size // 256 + 1))
        return given[-1][:size]

    monkeypatch.setattr(source.os, "urandom", urandom)
    monkeypatch.setattr(source, "_pieces", deque())
    got = [chance() for _ in range(PIECES + 1)]
    assert len(given) == 1
    assert got[0] == given[0][:CHANCE]
    assert sorted(got[1:]) == sorted(given[0][CHANCE * n : CHANCE * (n + 1)] for n in range(1, PIECES + 1))


def _tell(said: SimpleQueue[list[bytes]]) -> None:
    said.put([chance() for _ in range(PIECES)])


def _shared_with_a_child() -> int:
    context = multiprocessing.get_context("fork")
    said: SimpleQueue[list[bytes]] = context.SimpleQueue()
    chance()
    child = context.Process(target=_tell, args=(said,))
    child.start()
    theirs = said.get()
    child.join()
    return len(set(theirs) & {chance() for _ in range(PIECES)})


@pytest.mark.skipif(not hasattr(os, "fork"), reason="only where processes fork")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_forked_child_has_none_of_its_parents(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _shared_with_a_child() == 0
    monkeypatch.setattr(source, "_pieces", deque(source._pieces))  # one that nobody empties in the child
    assert _shared_with_a_child() > 0, "the test must see it when nothing is done about forks"
