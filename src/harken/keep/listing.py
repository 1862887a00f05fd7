"""What is listed, the same for every store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Listing:
    """One encounter in a keep. ``id`` is 32 hexadecimal digits; ``entries`` counts burned ones too."""

    id: str
    story: str
    entries: int


class LockInfo(NamedTuple):
    """One lock of a keep: ``passphrase``, ``keychain``, ``key-file`` or ``words``, and the day it was put on."""

    kind: str
    since_day: int
