"""An advisory lock on a file of its own: let go of by the system when the process ends, however it ends."""

from __future__ import annotations

import os
from pathlib import Path
from types import TracebackType
from typing import Self


class Held:
    """A lock on ``path``, which is made for it and stays; ``with`` waits for it. (Where a system has no such locks, it
    is always taken.)
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None

    def take(self, wait: bool = False) -> bool:
        """Take it, for this process. False when another one (or another ``Held`` here) has it. Raises OSError."""
        handle = os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600)
        try:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except ImportError:
            pass
        except BlockingIOError:
            os.close(handle)
            return False
        self._handle = handle
        return True

    def __enter__(self) -> Self:
        self.take(wait=True)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.let_go()

    def let_go(self) -> None:
        """Let go of it. More than once does nothing."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
