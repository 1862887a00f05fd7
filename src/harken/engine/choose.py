"""Which telling comes next, and why. Asks, and never changes anything.

Lexicographic over small classes (DESIGN section 3): what was promised; then told once before what returns;
urgent; what the move touches (its target, the thread just spoken, a theme the reader confided); not reluctant
before reluctant; the depth nearest to the present readiness; the longest waiting; and last the seed. So choosing
costs classes and not tellings, nothing waits for ever among equals, and every choice can be said in a sentence.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from harken.engine.chance import pick
from harken.engine.guard import holds
from harken.engine.ready import Index, Ready, Rows, nth
from harken.engine.state import State
from harken.engine.story import Story, Telling


class Choice(NamedTuple):
    """The telling that comes next, and the reasons for it, the strongest first."""

    telling: Telling
    because: tuple[str, ...]


def candidates(index: Index, state: State, ready: Ready, arc: str, target: str | None = None, by: str = "") -> Rows:
    """The rows that may be told now in this arc: needs met, trust and meeting reached, untold."""
    rows = ready.open & index.arc.get(arc, 0) & index.trust[state.trust]
    rows &= index.meeting[min(state.meeting, len(index.meeting) - 1)]
    if rows & index.only_on:
        rows &= ~index.only_on | index.target.get(target or "", 0)
    for telling in state.again:
        rows &= ~index.rows_of(telling)
    for theme in state.veiled:
        rows &= ~index.theme.get(theme, 0)
    return rows & index.by.get(by, 0) if by else rows


def choose(
    story: Story, state: State, ready: Ready, arc: str, target: str | None = None, by: str = ""
) -> Choice | None:
    """The next telling of this arc, or None when nothing is ready."""
    index = story.index
    rows = candidates(index, state, ready, arc, target, by)
    if not rows:
        return None
    because: list[str] = []
    for narrowed, reason in _classes(story, state, rows, target):
        chosen = rows & narrowed
        if chosen and chosen != rows:
            because.append(reason)
        rows = chosen or rows
    rows = _nearest(index, rows, because)
    rows = _longest_waiting(ready, rows, because)
    count = rows.bit_count()
    if count > 1:
        because.append(f"drawn by the seed from {count} that were equal")
    row = nth(rows, pick(count, state.seed, "choose", state.meeting, state.breath, len(state.told)))
    return Choice(index.telling(row), tuple(because) or ("nothing else was ready",))


def _classes(story: Story, state: State, rows: Rows, target: str | None) -> Iterable[tuple[Rows, str]]:
    index = story.index
    if state.owed:
        yield index.rows_of(state.owed), "it was promised"
    if rows & index.again:
        yield ~index.again, "what is told once goes before what returns"
    yield index.weight.get("urgent", 0), "it is urgent"
    yield from _touched(index, state, rows, target)
    if rows & index.weight.get("reluctant", 0):
        yield ~index.weight["reluctant"], "the others are reluctant"


def _touched(index: Index, state: State, rows: Rows, target: str | None) -> Iterable[tuple[Rows, str]]:
    """The one class that the move touches: only the first that has anything ready narrows the choice."""
    if target and rows & index.target.get(target, 0):
        yield index.target[target], f"{target} asks for it"
    elif state.thread and rows & index.thread.get(state.thread, 0):
        yield index.thread[state.thread], f"the thread {state.thread} was speaking"
    else:
        themed = 0
        for theme in state.themes:
            themed |= index.theme.get(theme, 0)
        if themed:
            yield themed, "it has to do with what the reader confided"


def _nearest(index: Index, rows: Rows, because: list[str]) -> Rows:
    """The deepest of them: floors are in the guards, so no candidate lies beyond the present readiness."""
    for depth in range(5, -1, -1):
        chosen = rows & index.depth.get(depth, 0)
        if chosen:
            if chosen != rows:
                because.append(f"depth {depth} is nearest to what they are ready for")
            return chosen
    return rows


def _longest_waiting(ready: Ready, rows: Rows, because: list[str]) -> Rows:
    queue = ready.queue
    low, high = 0, len(queue)
    while low < high:
        middle = (low + high) // 2
        if rows & queue[middle][1]:
            high = middle
        else:
            low = middle + 1
    if low == len(queue):
        return rows
    since, until = queue[low]
    chosen = rows & until
    if chosen != rows:
        because.append(f"it has waited longest (since {since} things had been told)")
    return chosen


def earned(telling: Telling, state: State) -> bool:
    """Whether this telling may be told in this state: the whole guard, asked afresh."""
    if telling.id in state.told_set and not telling.again:
        return False
    if state.veiled and not state.veiled.isdisjoint(telling.themes):
        return False
    return telling.id not in state.again and state.meeting >= telling.seal and holds(telling.guard, state)
