"""Any life of a keep: turns, burns, windows, crashes, turned rings, backups, in any order, against a plain model.

HARKEN_LIVES says how many are lived (6 without it).
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from harken.engine.conflict import MovedOn
from harken.engine.events import Burned, Event, Said
from harken.keep import Keep

WINDOWS = st.integers(0, 1)


class Life(RuleBasedStateMachine):
    """Two windows on one keep. ``log`` is what must be in it."""

    turns: Bundle[str] = Bundle("turns")

    def __init__(self) -> None:
        super().__init__()
        self.home = Path(tempfile.mkdtemp(prefix="harken-life-"))
        self.log: list[Event | None] = []
        self.kept: dict[str, tuple[int, int]] = {}
        self.windows = [Keep.open(self.home / "keep"), Keep.open(self.home / "keep")]

    @rule(target=turns, window=WINDOWS, words=st.lists(st.text(max_size=300), max_size=3), stale=st.booleans())
    def keep_a_turn(self, window: int, words: list[str], stale: bool) -> str:
        turn, said = f"turn {len(self.kept)}", [Said(word) for word in words]
        encounter = self.windows[window].encounter("library")
        if stale and self.log:
            with pytest.raises(MovedOn):
                encounter.append(turn, len(self.log) - 1, said)
            return "never kept"
        encounter.append(turn, len(self.log), said)
        self.kept[turn] = (len(self.log), len(self.log) + len(said))
        self.log += said
        return turn

    @rule(window=WINDOWS, turn=turns)
    def retry(self, window: int, turn: str) -> None:
        if turn in self.kept:
            self.windows[window].encounter("library").append(turn, len(self.log), [Said("never written")])

    @rule(window=WINDOWS, data=st.data())
    def burn(self, window: int, data: st.DataObject) -> None:
        if self.log:
            entries = data.draw(st.lists(st.integers(0, len(self.log) - 1), min_size=1, max_size=3))
            gone = tuple(sorted({entry for entry in entries if self.log[entry] is not None}))
            assert self.windows[window].encounter("library").burn(entries) == "scrubbed"
            if gone:
                self.log.append(Burned(gone, "the reader burned it"))
                for entry in gone:
                    self.log[entry] = None

    @rule(window=WINDOWS)
    def turn_the_ring(self, window: int) -> None:
        assert self.windows[window].rotate()

    @rule(window=WINDOWS)
    def close_and_open(self, window: int) -> None:
        self.windows[window].close()
        self.windows[window] = Keep.open(self.home / "keep", create=False)

    @rule(window=WINDOWS)
    def crash(self, window: int) -> None:
        self.windows[window].database.close()
        self.windows[window] = Keep.open(self.home / "keep", create=False)

    @rule(window=WINDOWS)
    def back_up(self, window: int) -> None:
        self.windows[window].backup(self.home / "backup")
        with Keep.open(self.home / "backup", create=False) as copy:
            assert list(copy.encounter("library").events()) == self.log
        shutil.rmtree(self.home / "backup")

    @invariant()
    def both_windows_show_all_of_it(self) -> None:
        for keep in self.windows:
            encounter = keep.encounter("library")
            assert list(encounter.events()) == self.log
            assert keep.read_only is None
        for turn, span in self.kept.items():
            assert encounter.turn(turn) == span

    def teardown(self) -> None:
        assert self.windows[0].verify().whole
        for keep in self.windows:
            keep.close()
        shutil.rmtree(self.home)


TestLife = Life.TestCase
TestLife.settings = settings(
    max_examples=int(os.environ.get("HARKEN_LIVES", "6")),
    stateful_step_count=15,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
