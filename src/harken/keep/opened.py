"""A log whose entries are opened when they are first looked at: nobody waits for a hundred meetings that are over."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import overload

from harken.engine.events import Event

_SHUT = object()


class Opened(Sequence[Event | None]):
    """Events in order, ``None`` where one was burned. That none is missing, added or moved was proved before; that an
    entry is the one that was kept is proved as it is opened, and what ``open`` raises is raised where it is looked at.
    """

    def __init__(self, size: int, burned: Collection[int], open: Callable[[int], Event]) -> None:
        self._open = open
        self._events: list[object] = [None if entry in burned else _SHUT for entry in range(size)]

    def __len__(self) -> int:
        return len(self._events)

    @overload
    def __getitem__(self, at: int) -> Event | None: ...
    @overload
    def __getitem__(self, at: slice) -> list[Event | None]: ...
    def __getitem__(self, at: int | slice) -> Event | list[Event | None] | None:
        if isinstance(at, slice):
            return [self._at(entry) for entry in range(*at.indices(len(self._events)))]
        return self._at(range(len(self._events))[at])

    def extend(self, events: Iterable[Event]) -> None:
        """These were kept since."""
        self._events.extend(events)

    def burn(self, entry: int) -> None:
        """This one was burned since."""
        self._events[entry] = None

    def _at(self, entry: int) -> Event | None:
        event = self._events[entry]
        if event is _SHUT:
            event = self._events[entry] = self._open(entry)
        assert event is None or isinstance(event, Event)
        return event
