"""What a meeting is given: a reader's log, and a voice for the talk between tellings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from harken.engine.events import Event, Line


class Kept(Protocol):
    """One reader's log of one story, as a store hands it out. Events are numbered from 0, in order."""

    def events(self) -> Sequence[Event | None]:
        """All events in order. ``None`` stands where an entry was burned."""

    def turn(self, turn: str) -> tuple[int, int] | None:
        """The half-open range of events that this turn id wrote, or None if it never was committed."""

    def append(self, turn: str, head: int, events: Sequence[Event], burn: Sequence[int] = ()) -> None:
        """Commit a turn durably, all or nothing, and destroy the keys of the entries in ``burn`` with it.

        ``head`` is the number of events the caller has seen. Raises ``engine.conflict.MovedOn`` when the log is
        longer. A turn id that was committed before is left alone, and nothing is raised.
        """

    def edition(self, edition: str) -> bytes | None:
        """The compiled story kept under this edition's hash, or None."""

    def keep_edition(self, edition: str, compiled: bytes) -> None:
        """Keep the compiled story that the meeting now beginning is pinned to; older ones may be dropped."""


class Voice(Protocol):
    """What words the talk between tellings (``harken.voice`` has the voices). Never handed a telling."""

    def word(self, kind: str, lines: tuple[Line, ...]) -> tuple[Line, ...]:
        """The lines to show for these of the author's own."""
