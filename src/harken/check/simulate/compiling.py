"""What numba compiles is kept in the user's cache, so that it is compiled once for each version of the rules."""

from __future__ import annotations

import os
from hashlib import blake2b
from pathlib import Path

import numba

from harken.story.cache import home

_HERE = Path(__file__).parent
_ENGINE = _HERE.parents[1] / "engine"
_RULES = (*sorted(_HERE.glob("*.py")), _HERE.parent / "policies.py", *sorted(_ENGINE.glob("*.py")))


def version() -> str:
    """A name for the rules as they are. numba sees a change in the file that it compiles, and in no other; what one
    file says of the array goes into the code of all."""
    digest = blake2b(digest_size=8)
    for rules in _RULES:
        digest.update(rules.read_bytes())
    return digest.hexdigest()


if "NUMBA_CACHE_DIR" not in os.environ:
    vars(numba.config)["CACHE_DIR"] = str(home() / "compiled" / version())
compiled = numba.njit(cache=True, error_model="numpy")
