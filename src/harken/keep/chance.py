"""Random bytes for entries, asked of the system for many at once.

Each call to the system lets go of the interpreter, and on a busy server somebody else takes it: asking once for each
entry cost a tenth of a breath. Every piece is handed out once, to one caller (``deque.pop`` is atomic), and a child
process that is forked begins with none.
"""

from __future__ import annotations

import os
from collections import deque

from harken.keep.envelope import CHANCE

PIECES = 64
"""Pieces asked for at once."""

_pieces: deque[bytes] = deque()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_pieces.clear)


def chance() -> bytes:
    """``CHANCE`` random bytes that nobody else was given or will be."""
    try:
        return _pieces.pop()
    except IndexError:
        fresh = os.urandom(CHANCE * (PIECES + 1))
        _pieces.extend(fresh[at : at + CHANCE] for at in range(CHANCE, len(fresh), CHANCE))
        return fresh[:CHANCE]
