"""The arc of a meeting: arrival, talk, the moment, unravelling, waking. A clock in breaths guarantees its end."""

from __future__ import annotations

from harken.engine.chance import pick
from harken.engine.choose import candidates
from harken.engine.emit import appearance, scene_change
from harken.engine.events import Burned, Met, PhaseChanged, Promised, PromiseKept, Recalled, Scarred, Woke
from harken.engine.guard import holds
from harken.engine.landing import ready_for
from harken.engine.moves import ACHE, CLOSENESS, TRUST
from harken.engine.scar import strokes
from harken.engine.state import State, within
from harken.engine.story import Story, Telling
from harken.engine.unfolding import Unfolding

REACH = 2
"""A promise is made of what lies at most this many depths beyond what the confider is ready for."""


def open_meeting(
    now: Unfolding,
    seed: int,
    name: str | None,
    pronoun: str | None = None,
    veiled: tuple[str, ...] = (),
    locale: str | None = None,
    older: str | None = None,
) -> None:
    """The reader arrives, for the first time or again: breath 0. Trust, closeness and ache are carried over."""
    story, state = now.story, now.state
    meeting = state.meeting + 1
    trust, closeness, ache = story.start if meeting == 1 else (state.trust, state.closeness, state.ache)
    renamed = tuple((old, story.renamed[old]) for old in (*state.told, state.owed or "") if old in story.renamed)
    now.add(
        Met(
            meeting=meeting,
            story=story.id,
            edition=story.edition,
            seed=seed,
            name=name,
            trust=within(trust, TRUST),
            closeness=within(closeness, CLOSENESS),
            ache=within(ache, ACHE),
            clock=story.clock_of(meeting),
            renamed=tuple(dict(renamed).items()),
            pronoun=pronoun,
            veiled=tuple(sorted(veiled)),
            locale=locale,
            older=older if name else None,
        )
    )
    burn_jars(now)
    enter(now, story.opening)
    if state.edition not in ("", story.edition):
        now.read(("edition", ""))
    _recall_promise(now)


def burn_jars(now: Unfolding) -> None:
    """A jar is heard once: the words of those already shown are destroyed with this commit."""
    if now.state.jars:
        now.add(Burned(now.state.jars, "a jar is heard once"))


def enter(now: Unfolding, scene: str) -> None:
    """The meeting is in this scene from here on; it is read out, and what is always there appears."""
    now.add(scene_change(now.story, scene))
    now.read(("enter", ""))
    here = {thing for thing, _, _ in now.state.things}
    for thing in now.story.things.values():
        if thing.here and thing.scene == scene and thing.id not in here:
            now.add(appearance(now.story, thing.id))


def _recall_promise(now: Unfolding) -> None:
    owed = now.state.owed
    if owed is not None:
        telling = now.story.tellings.get(owed)
        if telling and not now.state.veiled.isdisjoint(telling.themes):
            now.add(PromiseKept(owed, "veiled", ()))
            return
        words = now.render(telling.promise, f"promise {owed}", now.state.owed_draw) if telling else ()
        now.add(Recalled(owed, words))


def arrive(now: Unfolding) -> None:
    """The confider comes: talk begins."""
    now.add(PhaseChanged("talk", _talk_ends(now)))
    now.read(("meet", ""))
    if not now.tell_next("arrival"):
        now.tell_next("talk")


def _talk_ends(now: Unfolding) -> int:
    return max(now.state.breath, now.state.clock - now.story.unravelling)


def advance(now: Unfolding, tells: bool, target: str | None) -> bool:
    """Move the arc on by one breath and tell what comes next in it; whether something was told."""
    if now.state.phase == "talk" and now.state.breath > now.state.until:
        _unravel(now)
    elif tells and now.state.phase == "talk" and _moment_may_begin(now):
        _begin_moment(now)
    elif now.state.phase == "moment" and now.state.breath > now.state.until:
        _unravel(now)
    told = tells and now.tell_next(now.state.phase, target)
    if now.state.phase == "moment" and tells and not told:
        _unravel(now)
        told = now.tell_next("unravelling", target)
    if now.state.phase == "unravelling" and now.state.breath >= now.state.until:
        wake(now, "clock")
    return told


def _moment_may_begin(now: Unfolding) -> bool:
    moment, state = now.story.moment, now.state
    if moment is None or state.moment_over or state.breath < moment.after or not holds(moment.needs, state):
        return False
    now.ready = now.story.index.ready(state, now.ready)
    return candidates(now.story.index, state, now.ready, "moment") != 0


def _begin_moment(now: Unfolding) -> None:
    moment = now.story.moment
    assert moment is not None
    last = min(now.state.breath + moment.length - 1, now.state.clock - now.story.unravelling)
    now.add(PhaseChanged("moment", last))
    enter(now, moment.scene)


def _unravel(now: Unfolding) -> None:
    """The last breaths begin: back from wherever the moment was; and what is owed is made good now at the latest."""
    last = min(now.state.breath + now.story.unravelling - 1, now.state.clock)
    from_moment = now.state.phase == "moment"
    now.add(PhaseChanged("unravelling", last))
    if from_moment and now.state.scene != now.story.opening:
        enter(now, now.story.opening)
    _keep_promise(now)


def _keep_promise(now: Unfolding) -> None:
    """An owed promise that was not told: its ``instead``, which needs only that the promise is owed."""
    owed = now.state.owed
    if owed is None:
        return
    telling = now.story.tellings.get(owed)
    words = now.render(telling.instead, f"instead {owed}") if telling else ()
    now.add(PromiseKept(owed, "instead" if words else "gone", words))


def wake(now: Unfolding, by: str) -> None:
    """The meeting ends, whatever state it is in: by its clock, gently, or by running."""
    if by == "clock" and now.state.phase in ("talk", "moment"):
        _unravel(now)
    now.add(PhaseChanged("waking", now.state.breath))
    if by == "clock":
        _promise(now)
    if now.state.arrived:
        now.tell_next("waking", by=by)
    now.place_answers([("phase", "waking")])
    now.add(Scarred(now.state.meeting, strokes(now.state), ""), Woke(by))


def _promise(now: Unfolding) -> None:
    """At a parting by the clock, the deepest telling within reach that has a promise is promised, if none is owed."""
    state, story = now.state, now.story
    if state.owed is not None or state.meeting >= story.meetings or not state.arrived:
        return
    within_reach = [telling for telling in story.promised if _promisable(telling, story, state)]
    if not within_reach:
        return
    deepest = max(telling.depth for telling in within_reach)
    equal = [telling for telling in within_reach if telling.depth == deepest]
    chosen = equal[pick(len(equal), state.seed, "promise", state.meeting)]
    now.add(Promised(chosen.id, now.render(chosen.promise, f"promise {chosen.id}")))


def _promisable(telling: Telling, story: Story, state: State) -> bool:
    if not state.veiled.isdisjoint(telling.themes):
        return False
    near = telling.depth <= ready_for(story, state) + REACH
    return near and telling.id not in state.told_set


__all__ = ["advance", "arrive", "burn_jars", "enter", "open_meeting", "wake"]
