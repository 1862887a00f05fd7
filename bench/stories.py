"""The stories that every engine tells: N storylets made from one seed, as plain data that belongs to no engine.

A storylet is told once, when trust has reached its layer and what it needs was told. It then adds its ``gain`` to
trust, before the next is chosen. Of all that may be told, the one with the highest ``priority`` is.

Two kinds are mixed. The *spine* is a few dozen to 130 storylets in ten ranks, each rank a chain, with needs across
the chains: it decides what is told. The *rest*, all others, rank below it and open in their thousands: every engine
has to see, each turn, that they are open and are not the best. At any time at most one storylet of each rank of the
spine is open, so the best is always a single one; the ranks are those by which Harken chooses (``rank``), and the
other engines are given the same order as numbers. ``simulate`` checks all this for every story that is made.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from typing import NamedTuple, TypedDict

SEED = "harken"
SPINE_MOST = 130
TRUST_MOST = 20
FLOORS = (0, 1, 4, 8, 12, 16)
"""The least trust for depth 0 to 5."""
LAYERS = range(0, TRUST_MOST + 1, 2)
HALF = 10
"""From this trust on, ``{measure}`` in a text is ``half of it``; until then ``little of it``."""
MEASURES = ("little of it", "half of it")


class Storylet(TypedDict):
    """One storylet. ``weight`` and ``depth`` are how Harken ranks it; ``priority`` is the same, as a number."""

    id: str
    trust: int
    told: list[str]
    gain: int
    weight: str
    depth: int
    priority: int
    text: str


class Turn(NamedTuple):
    """What was told in one turn, its text before it is filled in, and how many storylets could have been told."""

    id: str
    text: str
    trust: int
    open: int


def rank(weight: str, depth: int) -> tuple[bool, bool, int]:
    """Where Harken ranks a telling: urgent first, reluctant last, and the deepest of them."""
    return weight == "urgent", weight != "reluctant", depth


SPINE = [("urgent", depth) for depth in range(6)] + [("", depth) for depth in range(2, 6)]
REST = [("", 0), ("", 1), ("reluctant", 0), ("reluctant", 1)]
assert min(rank(*kind) for kind in SPINE) > max(rank(*kind) for kind in REST)


def story(count: int, seed: str = SEED) -> list[Storylet]:
    """``count`` storylets, in no order; the same for the same seed everywhere."""
    rng = random.Random(f"{seed} {count}")
    spine = min(SPINE_MOST, count * 6 // 10)
    ids = [f"s{number}" for number in range(count)]
    shuffled = rng.sample(ids, count)
    storylets = [*_spine(rng, shuffled[:spine]), *_rest(rng, shuffled, spine)]
    by_rank = sorted(storylets, key=lambda one: (rank(one["weight"], one["depth"]), rng.random()))
    for priority, one in enumerate(by_rank):
        one["priority"] = priority
    simulate(storylets, spine)
    return sorted(storylets, key=lambda one: int(one["id"][1:]))


def _spine(rng: random.Random, ids: list[str]) -> Iterator[Storylet]:
    """One possible order of telling: each needs only what comes before it in this order, so none is ever stuck."""
    trust = 0
    last: dict[tuple[str, int], str] = {}
    for number, name in enumerate(ids):
        kind = rng.choice([kind for kind in SPINE if FLOORS[kind[1]] <= trust])
        layer = max(rng.choice([layer for layer in LAYERS if layer <= trust]) for _ in range(2))
        needs = {last[kind]} if kind in last else set()
        if number and rng.random() < 0.5:
            needs.add(rng.choice(ids[:number]))
        gain = int(rng.random() < 1.15 * TRUST_MOST / len(ids))
        yield _storylet(rng, name, layer, sorted(needs), gain, kind)
        last[kind] = name
        trust = min(TRUST_MOST, trust + gain)


def _rest(rng: random.Random, ids: list[str], spine: int) -> Iterator[Storylet]:
    for number in range(spine, len(ids)):
        count = rng.choices([0, 1, 2], [40, 35, 25])[0]
        needs = sorted({rng.choice(ids[:number]) for _ in range(count)})
        yield _storylet(rng, ids[number], rng.choice(LAYERS), needs, rng.randrange(2), rng.choice(REST))


def _storylet(
    rng: random.Random, name: str, layer: int, needs: list[str], gain: int, kind: tuple[str, int]
) -> Storylet:
    weight, depth = kind
    trust = max(layer, FLOORS[depth])
    return Storylet(
        id=name, trust=trust, told=needs, gain=gain, weight=weight, depth=depth, priority=0, text=_text(rng, name)
    )


_WHERE = ("harbour", "orchard", "attic", "stairwell", "kitchen", "quarry", "chapel", "ferry", "garden", "station")
_WHAT = ("lamp", "coat", "letter", "kettle", "mirror", "ladder", "clock", "bucket", "photograph", "key")
_WHO = ("brother", "aunt", "neighbour", "teacher", "father", "cousin", "captain", "baker")
_DID = ("hid", "sold", "mended", "burned", "carried", "drew", "lost", "kept")


def _text(rng: random.Random, name: str) -> str:
    """About forty words, unlike any other, with the reader's name and a measure that follows trust."""
    where, what, who, did = (rng.choice(words) for words in (_WHERE, _WHAT, _WHO, _DID))
    return (
        f"There was a {what} in the {where}, {{name}}, under number {name[1:]}, and my {who} {did} it the winter "
        f"that the {rng.choice(_WHERE)} was shut. I have told you {{measure}} now. The rest of it is about the "
        f"{rng.choice(_WHAT)}, and why nobody in the {rng.choice(_WHERE)} would speak of it."
    )


def simulate(storylets: list[Storylet], turns: int) -> list[Turn]:
    """The story told in the plainest way there is; fails if ever the best of what is open is not a single one."""
    told: set[str] = set()
    trust, out = 0, []
    for _ in range(turns):
        ready = [one for one in storylets if may_be_told(one, trust, told)]
        ranks = [rank(one["weight"], one["depth"]) for one in ready]
        best = max(ready, key=lambda one: one["priority"])
        if ranks.count(max(ranks)) != 1 or rank(best["weight"], best["depth"]) != max(ranks):
            raise AssertionError(f"{best['id']} is not the only best")
        out.append(Turn(best["id"], best["text"], trust, len(ready)))
        told.add(best["id"])
        trust = min(TRUST_MOST, trust + best["gain"])
    return out


def may_be_told(one: Storylet, trust: int, told: set[str]) -> bool:
    return one["trust"] <= trust and one["id"] not in told and all(need in told for need in one["told"])


def turns_of(count: int) -> int:
    """Turns that are played: 100, or fewer where the spine is shorter."""
    return min(100, min(SPINE_MOST, count * 6 // 10))


def rendered(text: str, name: str, trust: int) -> str:
    """The text as a reader sees it."""
    return text.replace("{name}", name).replace("{measure}", MEASURES[trust >= HALF])


def fingerprint(items: list[str]) -> str:
    """A short mark of a list of words, in order."""
    return hashlib.sha256("\n".join(items).encode()).hexdigest()[:12]
