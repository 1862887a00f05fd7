"""What the checker says of one promise: one of four words, and what stands behind it."""

from __future__ import annotations

from dataclasses import dataclass

from harken.check.replay import Replay

PROVED, SHOWN, CANNOT, UNDECIDED = "proved", "shown", "cannot", "undecided"


@dataclass(frozen=True)
class Verdict:
    """``holds`` is whether the promise holds: True, False, or None where it is not decided.

    ``promise`` is a name of ``harken.check.promises``; ``subject`` what it is about (a telling's id, a claim's words).
    ``replay`` is the reading that shows it, where one was seen.
    """

    promise: str
    subject: str
    verdict: str
    holds: bool | None
    because: str
    replay: Replay | None = None
