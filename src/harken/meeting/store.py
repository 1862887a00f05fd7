"""What a meeting is given: a reader's log, and a voice for the talk between tellings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, overload

from harken.engine.events import Event, Line
from harken.engine.state import State


class Log(Protocol):
    """A reader's events, ``None`` where one was burned; each is opened when it is first looked at."""

    def __len__(self) -> int:
        """How many."""

    def __iter__(self) -> Iterator[Event | None]:
        """In order."""

    @overload
    def __getitem__(self, at: int) -> Event | None: ...
    @overload
    def __getitem__(self, at: slice) -> list[Event | None]: ...

    def __reversed__(self) -> Iterator[Event | None]:
        """The newest first."""

    def extend(self, events: Iterable[Event]) -> None:
        """These were kept since."""

    def burn(self, entry: int) -> None:
        """This one was burned since."""


class Kept(Protocol):
    """One reader's log of one story, as a store hands it out. Events are numbered from 0, in order."""

    def events(self) -> Sequence[Event | None]:
        """All events in order. ``None`` stands where an entry was burned."""

    def log(self) -> Log:
        """The same, each opened when it is first looked at."""

    def snapshot(self) -> tuple[int, State] | None:
        """The state after so many events, as it was kept last: a cache, and None whenever there is a doubt."""

    def keep_snapshot(self, head: int, state: State) -> None:
        """Keep the state after the first ``head`` events. Never an error."""

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
