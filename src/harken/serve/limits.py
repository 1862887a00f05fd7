"""How much is taken from one reader and from everybody: paces and places, counted, with the clock handed in."""

from __future__ import annotations

import time
from collections.abc import Callable

BREATHS_A_SECOND, BREATHS_AT_ONCE = 4.0, 24.0
"""What one reader's windows may send together: nobody talks that fast; a program is slowed, and never refused."""
WINDOWS_A_READER = 8
WINDOWS_MOST = 4096
"""Open sockets in one process; one more is asked to try again, and a balancer can send it elsewhere."""
DERIVATIONS_AT_ONCE = 2
"""Passphrases worked on at the same time: each takes 64 MiB (research/keeping.md section 4)."""
DERIVATIONS_WAITING = 16
"""Sign-ins that wait for their turn at that; further ones are asked to come back."""


class Pace:
    """A bucket that holds ``most`` and fills at ``rate`` a second."""

    def __init__(self, rate: float, most: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._most, self._clock = rate, most, clock
        self._held, self._at = most, clock()

    def take(self) -> float:
        """Take one; the seconds to wait until it is there (0 when it already is)."""
        now = self._clock()
        self._held = min(self._most, self._held + (now - self._at) * self._rate)
        self._at = now
        self._held -= 1
        return max(0.0, -self._held / self._rate)

    def give_back(self) -> None:
        """What was taken is not used after all."""
        self._held += 1


class Paces:
    """A pace for each of many (addresses, say), forgotten once it is full again. Holds at most ``most`` of them."""

    def __init__(
        self, rate: float, burst: float, clock: Callable[[], float] = time.monotonic, most: int = 10_000
    ) -> None:
        self._rate, self._burst, self._clock, self._most = rate, burst, clock, most
        self._paces: dict[str, Pace] = {}

    def wait(self, who: str) -> float:
        """Seconds until this one may; 0 is now, and counts. Asking too early costs nothing."""
        pace = self._paces.pop(who, None) or Pace(self._rate, self._burst, self._clock)
        self._paces[who] = pace  # the longest unheard of stands first
        if len(self._paces) > self._most:
            del self._paces[next(iter(self._paces))]
        wait = pace.take()
        if wait:
            pace.give_back()
        return wait
