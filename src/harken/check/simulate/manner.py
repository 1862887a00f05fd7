"""A policy set against one story: which moves there are at all, in each situation, and what they can be aimed at.

Situations are few (phase, form of what was just told, whether anything was told), so each has its own 1,024 slots and
a move costs one look. Numbers of moves are places in ``policies.WHAT``; of phases and scenes, places in their lists.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, lru_cache
from itertools import product

from harken.check.policies import PHASES, WHAT, Policy
from harken.check.simulate import luck as lucky
from harken.engine import Heard, Story
from harken.engine.moves import LOOK, MOVES, SKIP, UNCLEAR, WAKE

LOOSE_MOST = 3
"""Moves that are on offer only while some thing is here: each doubles the situations."""
_CONFIDENCE = 700


class Manner:
    """What a reader of this policy can do in this story, as tables of whole numbers."""

    def __init__(self, story: Story, policy: Policy) -> None:
        self.story, self.policy = story, policy
        self.forms = tuple(dict.fromkeys(telling.form for telling in story.tellings.values()))
        self.scenes = tuple(story.scenes)
        self.things = tuple(story.things)
        self.typed, self.soft = round(policy.typed * 256), round(policy.soft * 256)
        self.themes = policy.confides or themes_of(story)
        said = {move for move, _, _ in story.confider.moves}
        self.base: dict[tuple[int, int], tuple[str | None, ...]] = {
            (phase, move): tuple(self._base(PHASES[phase], WHAT[move], said))
            for phase, move in product(range(len(PHASES)), range(len(WHAT)))
        }
        self.aimed: dict[tuple[int, int], int] = {
            (move, scene): self._aimed(WHAT[move], self.scenes[scene])
            for move, scene in product(range(len(WHAT)), range(len(self.scenes)))
        }

    def _base(self, phase: str, move: str, said: set[str]) -> Iterator[str | None]:
        yield from (gesture.target for gesture in self.story.gestures if (gesture.phase, gesture.move) == (phase, move))
        if move in said or move in (LOOK, SKIP, WAKE, UNCLEAR):
            yield None
        if move == LOOK:
            yield from (target for target, _ in self.story.confider.looks)

    def _aimed(self, move: str, scene: str) -> int:
        """The things, as bits, at which this move can be aimed in this scene, where they are here."""
        here = 0
        for number, thing in enumerate(self.story.things.values()):
            if thing.scene == scene and (move in thing.moves or (move == LOOK and thing.look)):
                here |= 1 << number
        return here

    @cached_property
    def loose(self) -> tuple[int, ...]:
        """The moves of this policy that are on offer only with a thing."""
        groups = (self.policy.moves, *self.policy.phases.values(), *self.policy.forms.values())
        weighed = {WHAT.index(move) for weights in groups for move in weights}
        return tuple(
            move
            for move in sorted(weighed)
            if any(self.aimed[move, scene] for scene in range(len(self.scenes)))
            and not all(self.base[phase, move] for phase in range(len(PHASES)))
        )

    def situation(self, phase: int, form: int, told: bool, loose: int) -> int:
        """The number of a situation; ``form`` is 0 for none, else its place from 1; ``loose`` are bits."""
        return ((phase * (len(self.forms) + 1) + form) * 2 + told << len(self.loose)) + loose

    @property
    def situations(self) -> int:
        """How many situations there are."""
        return len(PHASES) * (len(self.forms) + 1) * 2 << len(self.loose)

    def slots(self, situation: int) -> bytes:
        """The move in each of the slots of a situation."""
        rest, loose = divmod(situation, 1 << len(self.loose))
        rest, told = divmod(rest, 2)
        phase, form = divmod(rest, len(self.forms) + 1)
        weights = self.policy.weights(PHASES[phase], self.forms[form - 1] if form else None)
        offered = {move: weight for move, weight in weights.items() if self._offered(move, phase, bool(told), loose)}
        return shared_out(tuple(sorted(offered.items())))

    def _offered(self, move: str, phase: int, told: bool, loose: int) -> bool:
        number = WHAT.index(move)
        if move == SKIP:
            return told
        if self.base[phase, number]:
            return True
        return number in self.loose and bool(loose >> self.loose.index(number) & 1)

    def heard(self, luck: int, phase: int, form: int, told: bool, here: int, scene: int) -> Heard:
        """What the reader does, for the real engine; ``here`` are the things that are here, as bits."""
        loose = sum(bool(here & self.aimed[move, scene]) << bit for bit, move in enumerate(self.loose))
        number = self.slots(self.situation(phase, form, told, loose))[lucky.slot(luck)]
        move = WHAT[number]
        if move == UNCLEAR or (move in MOVES and lucky.typed(luck, self.typed)):
            half = lucky.soft(luck, self.soft)
            themes: tuple[str, ...] = ()
            if move == "confide" and self.themes:
                themes = (self.themes[lucky.theme(luck, len(self.themes))],)
            return Heard(move, None, "words", _CONFIDENCE, half, themes)
        targets = (*self.base[phase, number], *self._things(here & self.aimed[number, scene]))
        return Heard(move, targets[lucky.aim(luck, len(targets))] if targets else None)

    def _things(self, bits: int) -> Iterator[str]:
        yield from (thing for number, thing in enumerate(self.things) if bits >> number & 1)


@lru_cache(maxsize=4096)
def shared_out(weights: tuple[tuple[str, float], ...]) -> bytes:
    """The slots given out by weight, largest remainders first, at least one each; all to ``stay`` where none weighs."""
    if not weights:
        return bytes([WHAT.index("stay")]) * lucky.SLOTS
    total = sum(weight for _, weight in weights)
    exact = {move: weight / total * lucky.SLOTS for move, weight in weights}
    counts = {move: max(1, int(share)) for move, share in exact.items()}
    by_rest = sorted(exact, key=lambda move: (int(exact[move]) - exact[move], move))
    for move in by_rest[: max(0, lucky.SLOTS - sum(counts.values()))]:
        counts[move] += 1
    most = max(counts, key=lambda move: (counts[move], move))
    counts[most] += lucky.SLOTS - sum(counts.values())
    return b"".join(bytes([WHAT.index(move)]) * count for move, count in counts.items())


def themes_of(story: Story) -> tuple[str, ...]:
    """Every theme that anything in the story asks for or has to do with."""
    themes = {theme for telling in story.tellings.values() for theme in telling.themes}
    for telling in story.tellings.values():
        themes.update(theme for clause in telling.guard for theme in clause.confided)
    return tuple(sorted(themes))
