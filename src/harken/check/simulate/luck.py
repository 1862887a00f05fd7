"""A reader's own luck, in whole numbers, without numpy: what every way of simulating must agree on.

It is a function of (edition, seed, shard, number): neither the workers nor the way of simulating change it.
"""

from __future__ import annotations

from hashlib import blake2b

from harken.engine.chance import GOLDEN, mix

SHARD = 4096
"""Readers of one shard: they share a seed, and go to one worker."""
MEETING = 0xD1B54A32D192ED03
SLOTS = 1024
"""The weights of a policy are shared out over so many slots; one is drawn each breath."""


def shard_base(edition: str, seed: int, shard: int) -> int:
    """Where the luck of one shard of readers begins: it depends on the story, the seed and the shard, nothing else."""
    digest = blake2b(f"{edition} {seed} {shard}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big")


def reader_key(base: int, number: int) -> int:
    """The key of one reader of a shard."""
    return mix(base + number * GOLDEN)


def meeting_key(key: int, meeting: int) -> int:
    """The key of one meeting (from 1) of a reader."""
    return mix(key + meeting * MEETING)


def meeting_seed(key: int) -> int:
    """The seed that the engine is given for this meeting."""
    return key >> 34


def breath_luck(key: int, breath: int) -> int:
    """The luck of one breath (from 1): 64 bits, shared out by the functions below."""
    return mix(key + breath * GOLDEN)


def slot(luck: int) -> int:
    """Which slot of the weights."""
    return luck & (SLOTS - 1)


def aim(luck: int, count: int) -> int:
    """Which of ``count`` targets."""
    return ((luck >> 10 & 0xFFFF) * count) >> 16


def typed(luck: int, of_256: int) -> bool:
    """Whether this move is typed."""
    return (luck >> 26 & 0xFF) < of_256


def soft(luck: int, of_256: int) -> bool:
    """Whether a typed line lands by half."""
    return (luck >> 34 & 0xFF) < of_256


def theme(luck: int, count: int) -> int:
    """Which of ``count`` themes is confided."""
    return ((luck >> 42 & 0xFFFF) * count) >> 16
