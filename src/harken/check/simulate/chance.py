"""Chance for whole populations: ``engine.chance`` and ``luck`` over arrays of numbers."""

from __future__ import annotations

from typing import Any

import numpy as np

from harken.engine.chance import GOLDEN, MIX, name_of

Array = np.ndarray[Any, np.dtype[Any]]
U = np.uint64


def mixed(values: Array) -> Array:
    """``engine.chance.mix`` over an array of uint64."""
    z: Array = values ^ (values >> U(30))
    z *= U(MIX[0])
    z ^= z >> U(27)
    z *= U(MIX[1])
    z ^= z >> U(31)
    return z


def keys(base: int, first: int, count: int) -> Array:
    """The keys of the readers ``first`` to ``first + count - 1`` of a shard."""
    return mixed(np.arange(first, first + count, dtype=U) * U(GOLDEN) + U(base))


def named(seeds: Array, name: str) -> Array:
    """Where ``engine.chance.draw(seed, name, ...)`` begins, for each seed."""
    return mixed(seeds ^ U(name_of(name)))


def further(so_far: Array, number: Array | int) -> Array:
    """What was drawn so far, and one whole number more."""
    return mixed(so_far + (np.asarray(number).astype(U) + U(GOLDEN)))
