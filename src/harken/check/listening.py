"""Someone who listens: answers each telling with a move that lands best, and stays to the end.

As a reader of the model it is a game: whichever of the best moves they make and however ties fall, do they hear it?
As a reader in the engine it is sampled, and one who does not hear it is a counterexample.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from harken.check.exact import Reader, follow
from harken.check.model import Action, Model, Point
from harken.check.realising import realised
from harken.check.replay import Replay
from harken.check.wandering import Chooser, Ground, reading, wordless
from harken.engine import State, Story
from harken.engine.offers import Offer


def listens(reader: Chooser, state: State, made: Sequence[Offer]) -> str:
    """A move that lands best, without looking for anything."""
    return reader.best(state, made)


class Heard(NamedTuple):
    """What came of it. ``always``: True (for every tie), False (``replay`` shows one who does not), or None."""

    always: bool | None
    replay: Replay | None
    heard: int
    readers: int
    states: int


def someone_who_listens(story: Story, telling: str, meetings: int, points: int, readers: int, seconds: float) -> Heard:
    """Whether everybody who listens hears this within so many meetings."""
    heard = 0
    ground = Ground(wordless(story))
    for number in range(readers):
        last = None
        for seen in reading(ground, number, listens, set(), meetings):
            last = seen
            if telling in seen.told:
                break
        assert last is not None
        if telling not in last.outcome.state.told_set:
            return Heard(False, last.so_far(), heard, number + 1, 0)
        heard += 1
    if not points:
        return Heard(None, None, heard, readers, 0)
    model = Model(story)
    number = model.number[telling]
    search = follow(model, points, seconds=seconds, meetings=meetings, reader=Reader(_Game(model).does, number))
    if search.whole and not search.over:
        return Heard(True, None, heard, readers, len(search.ways))
    if search.whole:
        replay = realised(model, search.path(search.over[0]), telling)
        if replay is not None:
            return Heard(False, replay, heard, readers, len(search.ways))
    return Heard(None, None, heard, readers, len(search.ways))


class _Game:
    def __init__(self, model: Model) -> None:
        self.model = model
        self.moves = [Action(move) for move, _, _ in model.story.confider.moves if move != "run"]

    def does(self, at: Point) -> Iterator[Action]:
        """All moves on offer that land best, of those that come to the same the first."""
        if at.phase == "arrival":
            yield Action("stay")
            return
        offered = [*self.moves, *(a._replace(typed=False) for a in self.model.offered(at))]
        worth = [(self.model.worth(at, action), action) for action in offered]
        most = max((value for value, _ in worth), default=0)
        seen: set[object] = set()
        for value, action in worth or [(0, Action("stay", None, False, True))]:
            effect = (self.model.effect(at, action), action.target)
            if value == most and effect not in seen:
                seen.add(effect)
                yield action
