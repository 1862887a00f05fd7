"""One line of the list of encounters, the same for every store."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Listing:
    """One encounter in a keep. ``id`` is 32 hexadecimal digits; ``entries`` counts burned ones too."""

    id: str
    story: str
    entries: int
