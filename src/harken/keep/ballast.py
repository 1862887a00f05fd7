"""A file of zeros beside the database: let go of when the disk is full, so that a burn always has room.

On a full disk a write-ahead log cannot grow, and a burn is a write like any other (keeping.md section 2.6).
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

SIZE = 2**20


def lay(path: Path) -> None:
    """Put the file there, unless it is there or there is no room."""
    with contextlib.suppress(OSError):
        if path.exists() and path.stat().st_size == SIZE:
            return
        handle = os.open(path, os.O_CREAT | os.O_WRONLY, 0o600)
        try:
            os.posix_fallocate(handle, 0, SIZE) if hasattr(os, "posix_fallocate") else os.write(handle, bytes(SIZE))
        except OSError:
            os.ftruncate(handle, 0)  # half of it would only be in the way
        finally:
            os.close(handle)


def release(path: Path) -> bool:
    """Make room. False when there was none to make."""
    try:
        freed = path.stat().st_size > 0
        os.truncate(path, 0)
    except OSError:
        return False
    return freed
