"""One state of a reading as far as it matters for what can be told, and what a reader can do in it."""

from __future__ import annotations

from typing import NamedTuple

NOBODY = -1


class Point(NamedTuple):
    """One state of a reading, as far as it matters for what can be told. Sets of tellings and things are bits."""

    meeting: int
    breath: int
    phase: str
    until: int
    lengthened: int
    wandered: int
    moment_over: bool
    trust: int
    wound: int
    mended: bool
    landing: tuple[int, int, bool] | None
    """Trust, wound and whether it mended of the line just typed, while it can be taken back."""
    pending: int
    thread: str
    spoke: bool
    """Whether anything was told in this meeting."""
    told: int
    again: int
    facts: tuple[tuple[str, str], ...]
    counters: tuple[tuple[str, int], ...]
    themes: frozenset[str]
    veiled: frozenset[str]
    owed: int
    things: int
    scene: str
    over: bool


class Action(NamedTuple):
    """What a reader does. ``themes`` are confided with it; ``typed`` words can be taken back."""

    move: str
    target: str | None = None
    soft: bool = False
    typed: bool = False
    themes: frozenset[str] = frozenset()


class Followed(NamedTuple):
    """A point that an action leads to, and what was told on the way, in order."""

    point: Point
    told: tuple[int, ...]
