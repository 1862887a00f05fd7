"""Chance for simulated readers: the readers' own, which is counted and not drawn, and the engine's, many at once.

A reader's luck is a function of (edition, seed, shard, number): neither the workers nor the way of simulating change
it. The engine's ties are BLAKE2b of a short text (``engine.chance``); here the same function runs over whole arrays.
The readers' meeting seeds have ten digits each, so that the text of a draw fills the same words of the hash.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from harken.check.simulate.luck import GOLDEN, MIX

Array = np.ndarray[Any, np.dtype[Any]]
U = np.uint64
IV = (
    0x6A09E667F3BCC908, 0xBB67AE8584CAA73B, 0x3C6EF372FE94F82B, 0xA54FF53A5F1D36F1,
    0x510E527FADE682D1, 0x9B05688C2B3E6C1F, 0x1F83D9ABFB41BD6B, 0x5BE0CD19137E2179,
)  # fmt: skip
"""The initial values of BLAKE2b (RFC 7693, section 2.6)."""
SIGMA = (
    (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15),
    (14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3),
    (11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4),
    (7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8),
    (9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13),
    (2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9),
    (12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11),
    (13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10),
    (6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5),
    (10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0),
)
"""The order of the message words in each round (RFC 7693, section 2.7); rounds 10 and 11 are 0 and 1 again."""
H0 = IV[0] ^ 0x01010008
"""The first word with the parameters of an eight-byte digest without a key."""
WORDS = 4
"""Words of the message that are ever filled: every text here is at most 32 bytes."""
_CHUNK = 1024


def mixed(values: Array) -> Array:
    """``luck.mix`` over an array of uint64."""
    z: Array = values ^ (values >> U(30))
    z *= U(MIX[0])
    z ^= z >> U(27)
    z *= U(MIX[1])
    z ^= z >> U(31)
    return z


def keys(base: int, count: int) -> Array:
    """The keys of the readers 0 to ``count`` - 1 of a shard."""
    return mixed(np.arange(count, dtype=U) * U(GOLDEN) + U(base))


def seed_words(seeds: Array) -> tuple[Array, Array]:
    """The first two words of a text that begins with these ten-digit seeds; the second has six bytes free."""
    digits = [seeds // U(10**place) % U(10) + U(48) for place in range(9, -1, -1)]
    first = np.zeros(len(seeds), U)
    for place, digit in enumerate(digits[:8]):
        first |= digit << U(8 * place)
    return first, digits[8] | digits[9] << U(8)


def text_word(text: bytes) -> int:
    """Up to eight bytes as one word of the hash."""
    return int.from_bytes(text, "little")


def draws(words: tuple[Array, Array, Array, Array], lengths: Array) -> Array:
    """``engine.chance.draw`` of many short texts, given as their four words each and their lengths in bytes."""
    out = np.empty(len(lengths), U)
    for start in range(0, len(out), _CHUNK):
        part = slice(start, start + _CHUNK)
        out[part] = _compressed([word[part] for word in words], lengths[part])
    return out.byteswap()


def _compressed(message: list[Array], lengths: Array) -> Array:
    count = len(lengths)
    v = np.empty((4, 4, count), U)
    for number in range(16):
        v[number // 4, number % 4] = IV[number % 8]
    v[0, 0] = H0
    v[3, 0] ^= lengths
    v[3, 2] ^= U(0xFFFFFFFFFFFFFFFF)
    a, b, c, d = v
    scratch = np.empty((4, count), U)
    for number in range(12):
        order = SIGMA[number % 10]
        _half(a, b, c, d, message, order[:8], scratch)
        b, c, d = b[[1, 2, 3, 0]], c[[2, 3, 0, 1]], d[[3, 0, 1, 2]]
        _half(a, b, c, d, message, order[8:], scratch)
        b, c, d = b[[3, 0, 1, 2]], c[[2, 3, 0, 1]], d[[1, 2, 3, 0]]
    result: Array = a[0] ^ c[0] ^ U(H0)
    return result


def _half(a: Array, b: Array, c: Array, d: Array, message: list[Array], order: tuple[int, ...], scratch: Array) -> None:
    """Four of the function G at once, in place: columns or, with the rows turned, diagonals."""
    for turn, (first, second) in enumerate(((32, 24), (16, 63))):
        a += b
        for column in range(4):
            word = order[2 * column + turn]
            if word < WORDS:
                a[column] += message[word]
        d ^= a
        _turn(d, first, scratch)
        c += d
        b ^= c
        _turn(b, second, scratch)


def _turn(x: Array, by: int, scratch: Array) -> None:
    np.left_shift(x, U(64 - by), out=scratch)
    np.right_shift(x, U(by), out=x)
    x |= scratch


def digits_of(most: int) -> tuple[Array, Array]:
    """For each number from 0 to ``most``: its digits as a word, and how many they are."""
    texts = [str(number).encode() for number in range(most + 1)]
    return np.array([text_word(text) for text in texts], U), np.array([len(text) for text in texts], U)


__all__ = ["H0", "IV", "SIGMA", "digits_of", "draws", "keys", "mixed", "seed_words", "text_word"]
