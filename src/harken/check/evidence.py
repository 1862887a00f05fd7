"""What is known of a story before any promise is judged: its bounds, and what readers came upon in the engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from harken.check.bounds import Bounds
from harken.check.exact import Search, Sought, follow
from harken.check.model import Model, Point
from harken.check.realising import realised
from harken.check.replay import Replay
from harken.check.seeking import goal_of, seeking
from harken.check.wandering import Ground, Seen, readings, wordless
from harken.engine import State, Story, evolve
from harken.engine.events import Told
from harken.engine.guard import ALWAYS, Guard

if TYPE_CHECKING:
    from harken.check.deep.budget import Budget
    from harken.check.deep.dead_ends import Sampled

SMALL = 16
"""Tellings up to which every reading is followed."""
FAST_POINTS = 2500
FAST_BREATHS = 4000
_FRUITLESS = 4
"""Of the breaths there are, this part without anything new ends the wandering."""
_TRIES, _IN_VAIN = 6, 8
"""How often a telling is looked for, and how many are looked for in vain before seekers give up."""


class Aim(NamedTuple):
    """What a search looks for: this telling told while ``guard`` holds too, up to the meeting ``latest`` (0: any)."""

    telling: str
    guard: Guard = ALWAYS
    latest: int = 0


Watch = Callable[[Seen], bool]
"""Asked of a breath in which its telling was told (or, without one, of every breath): whether this is it."""


@dataclass
class Effort:
    """How far to look: breaths read by wandering readers, points followed, seconds for each search of the deep pass."""

    breaths: int = FAST_BREATHS
    points: int = FAST_POINTS
    small: int = SMALL
    seconds: float = 20.0


@dataclass
class Evidence:
    """Everything found out about one story."""

    story: Story
    bounds: Bounds
    effort: Effort
    first: dict[str, Replay] = field(default_factory=dict)
    """Telling -> a reading that ends with it."""
    sighted: dict[str, Replay] = field(default_factory=dict)
    """What was watched for, by its key -> a reading that ends with it."""
    search: Search | None = None
    claims: list[dict[str, Any]] = field(default_factory=list)
    ruled: dict[str, str] = field(default_factory=dict)
    """What the deep pass proved never to be, by its key (a telling's id, or what was watched for) -> why."""
    orders: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """What no order rules out, by its key -> the shortest order of tellings that would have it."""
    deep: Budget | None = None
    """What is left of the deep pass's budget; None in the fast pass."""
    sampled: Sampled | None = None
    """What the deep pass saw while it looked for traps."""
    breaths: int = 0
    readings: int = 0

    @property
    def whole(self) -> bool:
        """Whether every reading was followed."""
        return self.search is not None and self.search.whole

    def looked(self) -> str:
        """How far was looked, for what is not decided."""
        points = f" and {len(self.search.ways):,} states" if self.search is not None else ""
        return f"{self.breaths:,} breaths of {self.readings} readings{points} were looked at"


@dataclass
class Watched:
    """What a promise watches for, by telling; under the empty name, in every breath.

    ``claims`` are the story's own, as they are compiled; ``seek`` what is asked of every reading that is followed.
    """

    claims: list[dict[str, Any]] = field(default_factory=list)
    bounds: Bounds | None = None
    """What is known before anybody reads, where it is: what is proved need not be looked out for."""
    words: bool = False
    """Whether anything asks for the words that are shown."""
    seek: dict[str, tuple[str, Callable[[Point], bool]]] = field(default_factory=dict)
    """By key: a telling, and what is asked of the point at which it is told."""
    goals: dict[str, Aim] = field(default_factory=dict)
    """By key: what the deep pass searches for."""
    by_telling: dict[str, list[tuple[str, Watch]]] = field(default_factory=dict)

    def add(self, telling: str, key: str, watch: Watch, goal: Aim | None = None) -> None:
        """Watch for this where the telling is told; a ``goal`` is searched for by the deep pass."""
        if goal is not None:
            self.goals[key] = goal
        self.by_telling.setdefault(telling, []).append((key, watch))

    def seen_in(self, seen: Seen, sighted: dict[str, Replay]) -> None:
        """Note what this breath shows."""
        for name in ("", *seen.told):
            open_ = self.by_telling.get(name)
            if open_:
                for key, watch in open_:
                    if key not in sighted and watch(seen):
                        sighted[key] = seen.so_far()
                left = [(key, watch) for key, watch in open_ if key not in sighted]
                if len(left) < len(open_):
                    self.by_telling[name] = left

    def any_left(self, able: Iterable[str]) -> bool:
        """Whether anything that could still be seen was not."""
        names = set(able)
        return any(open_ for name, open_ in self.by_telling.items() if not name or name in names)


def gather(story: Story, watched: Watched, effort: Effort, tell: Callable[[str], None] = lambda said: None) -> Evidence:
    """Bound the story, let readers wander in it, and follow all readings where it is small. ``tell`` hears progress."""
    found = Evidence(story, watched.bounds or Bounds(story), effort, claims=watched.claims)
    wanted = {name for number, name in enumerate(found.bounds.ids) if number not in found.bounds.dead}
    tell(f"{len(found.bounds.dead)} tellings are ruled out; looking for {len(wanted)}")
    ground = Ground(story if watched.words else wordless(story))
    _wander(found, watched, wanted, ground)
    if wanted:
        tell(f"{len(wanted)} tellings were not told; looking for each")
        _seek(found, watched, wanted, ground)
    ids = found.bounds.ids
    unseen = {key: sought for key, sought in watched.seek.items() if key not in found.sighted}
    if (wanted or unseen) and len(ids) <= effort.small:
        _follow(found, wanted, unseen, tell)
    return found


def _wander(found: Evidence, watched: Watched, wanted: set[str], ground: Ground) -> None:
    """Readers of every kind, until nothing is left to find or none of them finds anything any more."""
    able, since = set(wanted), 0
    for seen in readings(ground, wanted, found.effort.breaths):
        found.breaths += 1
        found.readings += seen.before.meeting == 0
        since = 0 if _noted(found, watched, wanted, seen) else since + 1
        if not wanted and not watched.any_left(able):
            return
        if since > found.effort.breaths // _FRUITLESS:
            return


def _seek(found: Evidence, watched: Watched, wanted: set[str], ground: Ground) -> None:
    """Readers who look for one telling each, those nearest first, a few times over."""
    left, in_vain = found.effort.breaths, 0
    for turn in range(_TRIES):
        for name in sorted(wanted, key=lambda one: (found.bounds.must[found.bounds.number[one]].bit_count(), one)):
            if left < 0 or in_vain > _IN_VAIN:
                return
            if name in wanted:
                found.readings += 1
                before = len(wanted)
                for seen, tried in seeking(ground, goal_of(found.bounds, name, turn), turn):
                    found.breaths += tried
                    left -= tried
                    _noted(found, watched, wanted, seen)
                    if name not in wanted or left < 0:
                        break
                in_vain = 0 if len(wanted) < before else in_vain + 1


def _noted(found: Evidence, watched: Watched, wanted: set[str], seen: Seen) -> bool:
    """Note what this breath shows; whether it was anything new."""
    before = len(wanted) - len(found.sighted)
    for name in seen.told:
        if name not in found.first:
            found.first[name] = seen.so_far()
            wanted.discard(name)
    watched.seen_in(seen, found.sighted)
    return len(wanted) - len(found.sighted) < before


def _follow(
    found: Evidence,
    wanted: set[str],
    unseen: dict[str, tuple[str, Callable[[Point], bool]]],
    tell: Callable[[str], None],
) -> None:
    tell(f"following every reading for {len(wanted)} tellings and {len(unseen)} claims")
    model = Model(found.story)

    def asked(name: str, holds: Callable[[Point], bool]) -> Sought:
        return lambda at, number: number == model.number[name] and holds(at)

    sought = {key: asked(name, holds) for key, (name, holds) in unseen.items()}
    found.search = follow(model, found.effort.points, sought, seconds=found.effort.seconds)
    for key, (name, _) in unseen.items():
        way = found.search.found.get(key)
        replay = realised(model, found.search.path(way), name) if way is not None else None
        if replay is not None:
            found.sighted[key] = replay
    for name in sorted(wanted):
        way = found.search.first.get(model.number[name])
        replay = realised(model, found.search.path(way), name) if way is not None else None
        if replay is not None:
            found.first[name] = replay


def state_at(seen: Seen, telling: str) -> State:
    """The state in which this telling's words were chosen."""
    state = seen.before
    for event in seen.outcome.events:
        if isinstance(event, Told) and event.telling == telling:
            break
        state = evolve(state, event)
    return state
