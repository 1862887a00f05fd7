"""The same protocol without a disk: for tests, and for a page in a browser later. Standard library alone.

Events go through the same bytes as in a real keep, so what comes back is equal and nothing is shared.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence

from harken.engine.conflict import MovedOn
from harken.engine.events import Event, Met
from harken.engine.state import State
from harken.keep.listing import Listing
from harken.keep.opened import Opened
from harken.keep.record import pack, unpack


class MemoryKeep:
    """A keep that is gone when the program ends. The methods are those of ``Keep``."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._logs: list[_Log] = []

    def encounter(self, story: str, anew: bool = False) -> MemoryEncounter:
        """The newest reading of ``story``, or with ``anew`` a further one; it comes to be with its first turn."""
        return MemoryEncounter(self._lock, self._logs, story, anew)

    def encounters(self) -> list[Listing]:
        """All encounters, oldest first."""
        with self._lock:
            return [Listing(log.id, log.story, len(log.events)) for log in self._logs]

    def scrub(self) -> bool:
        """Always true: there is no file."""
        return True

    def close(self) -> None:
        """Nothing to let go of."""


class _Log:
    def __init__(self, story: str) -> None:
        self.id = os.urandom(16).hex()
        self.story = story
        self.events: list[bytes | None] = []
        self.turns: dict[str, tuple[int, int]] = {}
        self.editions: dict[str, bytes] = {}
        self.snapshot: tuple[int, State] | None = None


class MemoryEncounter:
    """The log of one story in memory. Method by method the same as ``Encounter``."""

    def __init__(self, lock: threading.RLock, logs: list[_Log], story: str, anew: bool) -> None:
        self.story = story
        self._lock, self._logs = lock, logs
        self._anew = anew
        self._log: _Log | None = None
        self._waiting: dict[str, bytes] = {}

    def events(self) -> Sequence[Event | None]:
        """All events in order. ``None`` where one was burned."""
        return list(self.log())

    def log(self) -> Opened:
        """The same, each unpacked when it is first looked at."""
        with self._lock:
            log = self._found()
            packed = list(log.events) if log else []
        return Opened(
            len(packed), {n for n, one in enumerate(packed) if one is None}, lambda n: unpack(packed[n] or b"")
        )

    def snapshot(self) -> tuple[int, State] | None:
        """``(head, state)`` as it was kept last, or None."""
        with self._lock:
            log = self._found()
            return log.snapshot if log else None

    def keep_snapshot(self, head: int, state: State) -> None:
        """Keep the state after the first ``head`` events. The next burn throws it away."""
        with self._lock:
            log = self._found()
            if log is not None and head <= len(log.events):
                log.snapshot = (head, state)

    def turn(self, turn: str) -> tuple[int, int] | None:
        """The half-open range of events that this turn id wrote, or None if it never was committed."""
        with self._lock:
            log = self._found()
            return log.turns.get(turn) if log else None

    def append(self, turn: str, head: int, events: Sequence[Event], burn: Sequence[int] = ()) -> None:
        """Add a turn, all or nothing, and forget the entries in ``burn``. Raises MovedOn, ValueError."""
        if not all(0 <= entry < head for entry in burn):
            raise ValueError(f"only entries from 0 to {head - 1} can be burned here, not {list(burn)}")
        packed = [pack(event) for event in events]
        with self._lock:
            log = self._found()
            if log is not None and turn in log.turns:
                return
            known = len(log.events) if log else 0
            if known > head:
                raise MovedOn("This meeting went on in another window. Nothing was written.")
            if known < head:
                raise ValueError(f"the log has {known} events, and {head} were seen")
            if log is None:
                log = self._log = _Log(self.story)
                log.editions.update(self._waiting)
                self._waiting = {}
                self._logs.append(log)
            log.events.extend(packed)
            log.turns[turn] = (head, head + len(packed))
            for entry in burn:
                log.events[entry], log.snapshot = None, None
            for event in events:
                if isinstance(event, Met) and event.edition in log.editions:
                    log.editions = {event.edition: log.editions[event.edition]}

    def edition(self, edition: str) -> bytes | None:
        """The compiled story kept under this edition's hash, or None."""
        with self._lock:
            log = self._found()
            return (log.editions if log else self._waiting).get(edition)

    def keep_edition(self, edition: str, compiled: bytes) -> None:
        """Keep a compiled story; all others are dropped with the arrival that names it."""
        with self._lock:
            log = self._found()
            (log.editions if log else self._waiting)[edition] = compiled

    def _found(self) -> _Log | None:
        if self._log is None and not self._anew:
            self._log = next((log for log in reversed(self._logs) if log.story == self.story), None)
        return self._log
