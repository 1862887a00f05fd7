"""The state of an encounter, and ``evolve``: the only place where it changes.

A state is the fold of its log: ``fold(events)``. ``evolve`` never receives the story; what an event did is
written in the event. State holds ids and numbers, never words that were told or typed, so a snapshot of it
can never bring back what was burned.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from harken.engine import events as ev
from harken.engine.moves import ACHE, CLOSENESS, LOOK, TRUST
from harken.engine.names import RAN


class State(NamedTuple):
    """Everything the rules may ask about one reader's encounter with one story."""

    entries: int = 0
    """Events folded so far: the place of the next one in the log."""
    story: str = ""
    edition: str = ""
    seed: int = 0
    name: str | None = None
    older: str | None = None
    """The name as it was lifetimes ago; empty where the reader would not be called by it."""
    pronoun: str | None = None
    veiled: frozenset[str] = frozenset()
    """Themes of which this reader wants to be told nothing."""
    locale: str | None = None

    meeting: int = 0
    breath: int = 0
    age: int = 0
    """Breaths over all meetings."""
    phase: str = ""
    until: int = 0
    """The last breath of this phase (in ``unravelling``: the breath of waking)."""
    clock: int = 0
    lengthened: int = 0
    scene: str = ""
    arrived: bool = False
    wandered: int = 0
    moment_over: bool = False
    over: bool = False

    trust: int = 0
    closeness: int = 1
    ache: int = 0
    wound: int = 0
    """Trust that was taken and can still be mended."""
    mended: bool = False

    told: tuple[str, ...] = ()
    told_set: frozenset[str] = frozenset()
    again: frozenset[str] = frozenset()
    """``again`` tellings already told in this meeting."""
    pending: str | None = None
    """The telling that waits for how it lands."""
    pending_depth: int = 0
    last: str | None = None
    thread: str = ""
    typed: bool = False
    """Whether this breath's move came from words."""
    landing: tuple[int, int, int, int, int] | None = None
    """How this breath's typed move landed (trust, closeness, ache, wound, mended): what can still be taken back."""
    facts: Mapping[str, str] = {}
    counters: Mapping[str, int] = {}
    themes: frozenset[str] = frozenset()
    used: frozenset[str] = frozenset()
    """Keys of lines that were shown and do not return."""
    cooling: Mapping[str, int] = {}
    """Section of the place -> the age at which it last answered."""
    things: tuple[tuple[str, str, str], ...] = ()
    owed: str | None = None
    owed_draw: tuple[int, int] = (0, 0)
    """The seed and meeting in which the owed promise was worded, so that it is recalled in the same words."""
    jars: tuple[int, ...] = ()
    """Entries whose keys die with the next commit."""
    confided: int | None = None
    """The entry with the last words the reader confided."""
    trace: tuple[tuple[str, int, int], ...] = ()
    """How this meeting went, for its scar: (move, depth answered, trust after) of each breath."""


_AT = {name: number for number, name in enumerate(State._fields)}


def _with(state: State, **changes: Any) -> State:
    """``state._replace``, four times as fast: every event of every breath comes through here."""
    values = list(state)
    for name, value in changes.items():
        values[_AT[name]] = value
    return tuple.__new__(State, values)


def evolve(state: State, event: ev.Event) -> State:
    """The state after this event."""
    return _EVOLVE[type(event)](state, event)


def fold(events: Iterable[ev.Event | None], state: State | None = None) -> State:
    """The state after a log. A burned entry (None) still takes its place in the numbering."""
    state = state or State()
    for event in events:
        state = _with(state, entries=state.entries + 1) if event is None else evolve(state, event)
    return state


def within(value: int, bounds: tuple[int, int]) -> int:
    """The value, kept inside its bounds."""
    return max(bounds[0], min(bounds[1], value))


def _met(state: State, event: ev.Met) -> State:
    renamed = dict(event.renamed)
    told = tuple(renamed.get(telling, telling) for telling in state.told)
    return _with(
        state,
        entries=state.entries + 1,
        story=event.story,
        edition=event.edition,
        seed=event.seed,
        name=event.name,
        older=event.older,
        pronoun=event.pronoun,
        veiled=frozenset(event.veiled),
        locale=event.locale,
        meeting=event.meeting,
        breath=0,
        phase="arrival",
        until=event.clock,
        clock=event.clock,
        lengthened=0,
        scene="",
        arrived=False,
        wandered=0,
        moment_over=False,
        over=False,
        trust=event.trust,
        closeness=event.closeness,
        ache=event.ache,
        mended=False,
        told=told,
        told_set=frozenset(told),
        again=frozenset(),
        pending=None,
        last=None,
        thread="",
        typed=False,
        landing=None,
        facts=state.facts,
        things=(),
        owed=renamed.get(state.owed, state.owed) if state.owed else None,
        trace=(),
    )


def _said(state: State, event: ev.Said) -> State:
    return _with(state, entries=state.entries + 1)


def _moved(state: State, event: ev.Moved) -> State:
    changes: dict[str, Any] = {
        "entries": state.entries + 1,
        "breath": event.breath,
        "age": state.age + 1,
        "typed": event.said is not None,
        "landing": None,
        "trace": (*state.trace, (event.move, state.pending_depth if state.pending else 0, state.trust)),
    }
    if event.move == "confide" and event.said is not None:
        changes["confided"] = event.said
        changes["themes"] = state.themes | set(event.themes)
    if event.move == LOOK:
        changes["wandered"] = state.wandered + 1
    return _with(state, **changes)


def _landed(state: State, event: ev.Landed) -> State:
    changes = (event.trust, event.closeness, event.ache, event.wound, event.mended)
    return _with(
        state,
        entries=state.entries + 1,
        trust=within(state.trust + event.trust, TRUST),
        closeness=within(state.closeness + event.closeness, CLOSENESS),
        ache=within(state.ache + event.ache, ACHE),
        wound=state.wound + event.wound - event.mended,
        mended=state.mended or event.mended > 0,
        pending=None if event.telling is not None else state.pending,
        landing=changes if state.typed and any(changes) else None,
    )


def _taken_back(state: State, event: ev.TakenBack) -> State:
    return _with(
        state,
        entries=state.entries + 1,
        trust=within(state.trust + event.trust, TRUST),
        closeness=within(state.closeness + event.closeness, CLOSENESS),
        ache=within(state.ache + event.ache, ACHE),
        wound=max(0, state.wound + event.wound),
        mended=state.mended and not event.mended,
        landing=None,
    )


def _answered(state: State, event: ev.Answered) -> State:
    used = state.used if event.key is None else state.used | {event.key}
    return _with(state, entries=state.entries + 1, used=used)


def _told(state: State, event: ev.Told) -> State:
    changes: dict[str, Any] = {
        "entries": state.entries + 1,
        "last": event.telling,
        "thread": event.thread,
        "ache": within(state.ache + event.ache, ACHE),
        "pending": None,
    }
    if event.telling not in state.told_set:
        changes["pending"] = event.telling
        changes["pending_depth"] = event.depth
        changes["told"] = (*state.told, event.telling)
        changes["told_set"] = state.told_set | {event.telling}
    if event.again:
        changes["again"] = state.again | {event.telling}
    if event.telling == state.owed:
        changes["owed"] = None
    return _with(state, **changes)


def _heard_once(state: State, event: ev.HeardOnce) -> State:
    return _with(state, entries=state.entries + 1, jars=(*state.jars, state.entries))


def _small_talk(state: State, event: ev.SmallTalk) -> State:
    return _with(state, entries=state.entries + 1, used=state.used | {event.key})


def _place(state: State, event: ev.PlaceAnswered) -> State:
    return _with(
        state,
        entries=state.entries + 1,
        used=state.used | set(event.keys),
        cooling={**state.cooling, event.section: state.age},
    )


def _scene(state: State, event: ev.SceneChanged) -> State:
    return _with(state, entries=state.entries + 1, scene=event.scene)


def _phase(state: State, event: ev.PhaseChanged) -> State:
    return _with(
        state,
        entries=state.entries + 1,
        phase=event.phase,
        until=event.until,
        arrived=state.arrived or event.phase == "talk",
        moment_over=state.moment_over or event.phase == "moment",
    )


def _appeared(state: State, event: ev.Appeared) -> State:
    thing = (event.thing, event.form, event.label)
    return _with(state, entries=state.entries + 1, things=(*state.things, thing))


def _dissolved(state: State, event: ev.Dissolved) -> State:
    things = tuple(thing for thing in state.things if thing[0] != event.thing)
    return _with(state, entries=state.entries + 1, things=things)


def _fact(state: State, event: ev.FactSet) -> State:
    return _with(state, entries=state.entries + 1, facts={event.fact: event.value, **state.facts})


def _rose(state: State, event: ev.Rose) -> State:
    counters = {**state.counters, event.counter: state.counters.get(event.counter, 0) + 1}
    return _with(state, entries=state.entries + 1, counters=counters)


def _lengthened(state: State, event: ev.Lengthened) -> State:
    longer = event.breaths
    return _with(
        state,
        entries=state.entries + 1,
        clock=state.clock + longer,
        until=state.until + longer,
        lengthened=state.lengthened + longer,
    )


def _promised(state: State, event: ev.Promised) -> State:
    draw = (state.seed, state.meeting)
    return _with(state, entries=state.entries + 1, owed=event.telling, owed_draw=draw)


def _recalled(state: State, event: ev.Recalled) -> State:
    return _with(state, entries=state.entries + 1)


def _kept(state: State, event: ev.PromiseKept) -> State:
    return _with(state, entries=state.entries + 1, owed=None)


def _skipped(state: State, event: ev.Skipped) -> State:
    return _with(state, entries=state.entries + 1, pending=None)


def _scarred(state: State, event: ev.Scarred) -> State:
    return _with(state, entries=state.entries + 1)


def _woke(state: State, event: ev.Woke) -> State:
    counters = state.counters
    if event.by == "run" and state.arrived:
        counters = {**counters, RAN: counters.get(RAN, 0) + 1}
    return _with(state, entries=state.entries + 1, over=True, pending=None, counters=counters)


def _burned(state: State, event: ev.Burned) -> State:
    gone = set(event.entries)
    return _with(
        state,
        entries=state.entries + 1,
        jars=tuple(entry for entry in state.jars if entry not in gone),
        confided=None if state.confided in gone else state.confided,
    )


_EVOLVE: dict[type[ev.Event], Callable[[State, Any], State]] = {
    ev.Met: _met,
    ev.Said: _said,
    ev.Moved: _moved,
    ev.Landed: _landed,
    ev.TakenBack: _taken_back,
    ev.Answered: _answered,
    ev.Told: _told,
    ev.HeardOnce: _heard_once,
    ev.SmallTalk: _small_talk,
    ev.PlaceAnswered: _place,
    ev.SceneChanged: _scene,
    ev.PhaseChanged: _phase,
    ev.Appeared: _appeared,
    ev.Dissolved: _dissolved,
    ev.FactSet: _fact,
    ev.Rose: _rose,
    ev.Lengthened: _lengthened,
    ev.Promised: _promised,
    ev.Recalled: _recalled,
    ev.PromiseKept: _kept,
    ev.Skipped: _skipped,
    ev.Scarred: _scarred,
    ev.Woke: _woke,
    ev.Burned: _burned,
}
