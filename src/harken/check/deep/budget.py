"""A budget of seconds, shared by everything that searches."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter


class Budget:
    """So many seconds from now on. ``clock`` gives seconds."""

    def __init__(self, seconds: float, clock: Callable[[], float] = perf_counter) -> None:
        self._now = clock
        self._until = self._now() + seconds

    @property
    def left(self) -> float:
        """Seconds left; 0.0 once they are spent."""
        return max(0.0, self._until - self._now())

    @property
    def spent(self) -> bool:
        """Whether none are left."""
        return self.left <= 0

    def share(self, part: float) -> Budget:
        """A budget of this part (0 to 1) of what is left."""
        return Budget(self.left * part, self._now)
