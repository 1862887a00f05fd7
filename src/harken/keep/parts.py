"""What a keep is put together from: a database, and a place outside of it where its ring keys lie."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from harken.keep.anchor import Anchor
from harken.keep.held import Held
from harken.keep.turns import Answer, Db, Sealed


class Data(Protocol):
    """The database of one keep or of many: ``database.Database`` on SQLite, ``postgres.Postgres``."""

    scrubs_by_ring: bool
    """Whether what is burned is in no file only once the ring has turned."""
    scrubs_later: bool
    """Whether turns that burn need not wait for the scrubbing: it is done by itself."""

    def read(self) -> AbstractContextManager[Db]:
        """What is read inside belongs together."""

    def write(self) -> AbstractContextManager[Db]:
        """All of what is written inside becomes durable, or none of it."""

    def submit(self, turn: Sealed, answer: Answer) -> None:
        """``turns.write_turn``: ``answer`` is called when it is durable."""

    def scrub(self, keep: bytes = b"") -> bool:
        """Whether what was burned is now in no file."""

    def compact(self) -> bool:
        """Whether what was deleted is now in no file."""

    def truncated(self) -> bool:
        """Whether everything is in the main file now."""

    def damage(self) -> str | None:
        """What the database finds wrong with itself."""

    def close(self) -> None:
        """Let go of it."""


class Rings(Protocol):
    """Where the ring keys and the anchor of one keep lie, outside the database."""

    def held(self) -> Held:
        """The advisory lock for whoever changes keys."""

    def read(self) -> dict[int, bytes]:
        """The sealed ring keys by number."""

    def add(self, number: int, sealed: bytes) -> None:
        """One more."""

    def drop(self, keep: int) -> None:
        """All but this one are destroyed."""

    def anchor(self) -> Anchor | None:
        """The newest standing noted."""

    def note(self, turns: int, seal: bytes, anew: bool = False) -> None:
        """Note a standing that is durable. With ``anew`` it stands in place of a newer one."""

    def destroy(self) -> None:
        """No ring key and no anchor are left."""
