"""Chance without randomness: every draw is a function of the meeting's seed and of what it is for.

Two ways, both the same on every machine. What is drawn by a name and whole numbers (whose turn it is, which of several
answers) is mixed with the finaliser of SplitMix64 (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number
Generators", OOPSLA 2014; the constants are Stafford's variant 13), a few operations on whole numbers, so that
simulated readers can draw millions a second. What is drawn by words is BLAKE2b of them (RFC 7693).
"""

from __future__ import annotations

from functools import cache
from hashlib import blake2b

GOLDEN = 0x9E3779B97F4A7C15
"""2**64 divided by the golden ratio: what SplitMix64 steps by."""
MIX = (0xBF58476D1CE4E5B9, 0x94D049BB133111EB)
_ALL = 0xFFFFFFFFFFFFFFFF


def mix(value: int) -> int:
    """The finaliser of SplitMix64: a bijection of the whole numbers below 2**64 in which every bit depends on all."""
    z = value & _ALL
    z = ((z ^ z >> 30) * MIX[0]) & _ALL
    z = ((z ^ z >> 27) * MIX[1]) & _ALL
    return z ^ z >> 31


@cache
def name_of(name: str) -> int:
    """What the draws of this name begin with: its UTF-8, read as one whole number, mixed."""
    return mix(int.from_bytes(name.encode(), "little"))


def draw(seed: int, *what: object) -> int:
    """A whole number below 2**64 that depends on the seed and on what is drawn for, and on nothing else."""
    name, *numbers = what
    if numbers and type(name) is str and all(type(number) is int for number in numbers):
        z = mix(seed ^ name_of(name))
        for number in numbers:
            z = mix(z + GOLDEN + number)  # type: ignore[operator]
        return z
    text = "\x1f".join(map(str, (seed, *what))).encode()
    return int.from_bytes(blake2b(text, digest_size=8).digest(), "big")


def pick(count: int, seed: int, *what: object) -> int:
    """One of ``range(count)``; count is at least 1."""
    return draw(seed, *what) % count if count > 1 else 0
