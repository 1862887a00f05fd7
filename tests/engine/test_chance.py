"""Chance without randomness: the same everywhere, and as even as chance."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise, product

from harken.engine.chance import draw, mix, pick


def test_draws_are_the_same_on_every_machine() -> None:
    """SplitMix64 from 0 gives the published first outputs; whatever is drawn by words is BLAKE2b of them."""
    golden = 0x9E3779B97F4A7C15
    assert [mix(golden * n) for n in (1, 2, 3)] == [0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F]
    assert draw(7, "choose", 1, 2, 3) == draw(7, "choose", 1, 2, 3)
    assert draw(0, "a line that was said") == 0x5443DEF9F2F2157C


def test_everything_that_is_drawn_for_counts() -> None:
    drawn = {draw(*what) for what in product((0, 1, 2**64 - 1), ("choose", "promise", "scar"), range(9), range(9))}
    assert len(drawn) == 3 * 3 * 81


def test_neighbours_are_drawn_evenly_and_apart() -> None:
    """Chi-squared over 16 boxes for each way of counting on; 15 degrees of freedom pass 44.3 once in ten thousand."""
    many = 4096
    for what in ("seed", "meeting", "breath", "told"):
        numbers = {"seed": 5, "meeting": 1, "breath": 1, "told": 0}
        picked = [pick(16, *_drawn_for({**numbers, what: n})) for n in range(many)]
        for values in (Counter(picked), Counter((a - b) % 16 for a, b in pairwise(picked))):
            expected = sum(values.values()) / 16
            assert sum((values[box] - expected) ** 2 / expected for box in range(16)) < 44.3, what


def test_one_bit_of_a_seed_turns_half_of_the_draw() -> None:
    turned = [(draw(1 << bit, "choose", 1, 1, 0) ^ draw(0, "choose", 1, 1, 0)).bit_count() for bit in range(64)]
    assert 28 < sum(turned) / 64 < 36
    assert min(turned) > 12


def _drawn_for(numbers: dict[str, int]) -> tuple[int, str, int, int, int]:
    return numbers["seed"], "choose", numbers["meeting"], numbers["breath"], numbers["told"]
