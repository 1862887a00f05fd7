"""Chance without randomness: every draw is a function of the meeting's seed and of what it is for."""

from __future__ import annotations

from hashlib import blake2b


def draw(seed: int, *what: object) -> int:
    """A whole number below 2**64 that depends on the seed and on what is drawn for, and on nothing else."""
    text = "\x1f".join(map(str, (seed, *what))).encode()
    return int.from_bytes(blake2b(text, digest_size=8).digest(), "big")


def pick(count: int, seed: int, *what: object) -> int:
    """One of ``range(count)``; count is at least 1."""
    return draw(seed, *what) % count if count > 1 else 0
