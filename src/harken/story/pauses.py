"""Work that makes a great many values and hardly any garbage goes faster when nobody looks for garbage meanwhile."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

MUCH = 100_000
"""Values from which on they are counted as made to stay. Frozen cycles are never freed, so little work freezes none."""


@contextmanager
def without_pauses() -> Iterator[None]:
    """No search for garbage while this lasts; and what was made is not searched afterwards, if it is much.

    The search that comes right after would look at everything that was just made, a third of the time again.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            if gc.get_count()[0] > MUCH:
                gc.freeze()
            gc.enable()
