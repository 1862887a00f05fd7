"""A reader who was let in: how their meeting is opened, what of their keep can be shown, what their windows share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import anyio
from starlette.datastructures import Headers

from harken.meeting import Meeting
from harken.serve.limits import BREATHS_A_SECOND, BREATHS_AT_ONCE, Pace


class Visitor:
    """One reader, in all their windows. ``keep`` is None where nothing is kept (a writer's own reading)."""

    def __init__(
        self,
        open_meeting: Callable[[], Meeting],
        keep: Any = None,
        *,
        name: str | None = None,
        seed: int | None = None,
        reader: str | None = None,
    ) -> None:
        self.open_meeting, self.keep = open_meeting, keep
        self.name, self.seed, self.reader = name, seed, reader
        self.lock = anyio.Lock()
        self.pace = Pace(BREATHS_A_SECOND, BREATHS_AT_ONCE)
        self.windows = 0
        self.posting: Any = None


class Doorkeeper(Protocol):
    """Whoever knows which reader a request comes from."""

    async def visitor(self, headers: Headers) -> Visitor | None:
        """The reader whose session this request carries, or None."""

    async def relocked(self, visitor: Visitor, headers: Headers) -> None:
        """The reader changed their passphrase: sessions other than the one of this request are over."""

    async def forgotten(self, visitor: Visitor) -> None:
        """The reader forgot everything: nothing of theirs is to be found at the door either."""
