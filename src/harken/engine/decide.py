"""The rules of one breath: ``decide(story, state, heard) -> events``.

Holds every rule and changes nothing: the events say what happened, ``evolve`` makes it so. The order within a
breath is that of DESIGN section 3: what was heard, how it lands, the answer, the arc, the telling, the place.
"""

from __future__ import annotations

from typing import NamedTuple

from harken.engine import arc, place
from harken.engine.chance import draw, pick
from harken.engine.events import Answered, Event, Line, Moved, Said, Skipped, SmallTalk
from harken.engine.landing import goes_on, land, take_back
from harken.engine.moves import LOOK, NOT_MEANT, SKIP, UNCLEAR, WAKE
from harken.engine.names import OTHERWISE
from harken.engine.ready import Ready
from harken.engine.state import State
from harken.engine.story import Story, Words
from harken.engine.unfolding import Unfolding
from harken.engine.words import Recall, nothing_recalled


class Heard(NamedTuple):
    """What the reader did: a move and its target, and, when it was typed, the words and how they were understood.

    ``confidence`` is 0 to 1000; ``soft`` lands by half; ``disclosure`` is 0 to 3.
    """

    move: str
    target: str | None = None
    text: str | None = None
    confidence: int = 1000
    soft: bool = False
    themes: tuple[str, ...] = ()
    disclosure: int = 0


def decide(
    story: Story, state: State, heard: Heard, ready: Ready | None = None, recall: Recall = nothing_recalled
) -> tuple[Event, ...]:
    """The events of the breath that this move begins. The meeting must not be over.

    ``recall`` looks up the reader's own words by their place in the log.
    """
    return tuple(unfold(Unfolding(story, state, ready, recall), heard).events)


def unfold(now: Unfolding, heard: Heard) -> Unfolding:
    """Let one breath happen in ``now``, which then holds its events and the state after them."""
    if heard.move == NOT_MEANT:
        now.add(take_back(now.state))
        return now
    _hear(now, heard)
    if heard.move == WAKE:
        _answer(now, heard, None)
        arc.wake(now, "wake")
    elif not now.state.arrived:
        _before_they_come(now, heard)
    elif heard.move == "run":
        _run(now, heard)
    else:
        _talk(now, heard)
    if not now.state.over and now.state.breath >= now.state.clock:
        arc.wake(now, "clock")
    return now


def _hear(now: Unfolding, heard: Heard) -> None:
    arc.burn_jars(now)
    said = None
    if heard.text is not None:
        said = now.state.entries
        now.add(Said(heard.text))
    breath = now.state.breath + 1
    now.add(Moved(breath, heard.move, heard.target, heard.confidence, heard.soft, said, heard.themes, heard.disclosure))


def _before_they_come(now: Unfolding, heard: Heard) -> None:
    """The reader is alone: they may look about a while; any other move brings the confider."""
    if heard.move == "run":
        arc.wake(now, "run")
    elif heard.move == LOOK and now.state.wandered <= now.story.wander:
        _look(now, heard)
    else:
        arc.arrive(now)


def _run(now: Unfolding, heard: Heard) -> None:
    telling = now.state.pending
    now.add(land(now.story, now.state, "run", heard.soft))
    _answer(now, heard, telling)
    arc.wake(now, "run")


def _talk(now: Unfolding, heard: Heard) -> None:
    telling, tells = now.state.pending, goes_on(now.story, now.state, heard.move)
    now.add(land(now.story, now.state, heard.move, heard.soft))
    if heard.move == SKIP:
        tells = now.add(Skipped(now.state.last)) if now.state.last else True
    elif heard.move == LOOK:
        _look(now, heard)
    else:
        _answer(now, heard, telling)
    told = arc.advance(now, tells, heard.target)
    if now.state.over:
        return
    if told and now.state.last:
        after = place.after_telling(now.story, now.state.last)
        now.place_answers((*_of_phase(now.state.phase), *after, ("move", heard.move)))
    elif heard.move != LOOK:
        _quiet(now, heard, tells)


def _look(now: Unfolding, heard: Heard) -> None:
    seen = heard.target is not None and now.add(place.look_at(now.story, now.state, heard.target, now.recall))
    if not seen:
        now.place_answers([("look", heard.target)] if heard.target else [("look", "")])


def _answer(now: Unfolding, heard: Heard, telling: str | None) -> None:
    """The last telling's own answer to this move, or the temperament's next unused one."""
    own = _own_answer(now.story, telling, heard.move)
    if own:
        now.add(Answered(heard.move, telling, None, now.render(own, f"answer {telling}")))
        return
    unused = [
        (key, words) for key, words in now.story.confider.answers.get(heard.move, ()) if key not in now.state.used
    ]
    if unused:
        key, words = unused[pick(len(unused), now.state.seed, "answer", now.state.meeting, now.state.breath)]
        now.add(Answered(heard.move, None, key, now.render(words, f"answer {key}")))
    elif heard.move == UNCLEAR:
        now.add(Answered(UNCLEAR, None, None, ()))


def _own_answer(story: Story, telling: str | None, move: str) -> Words | None:
    if telling is None or telling not in story.tellings or move in (UNCLEAR, WAKE):
        return None
    answers = story.tellings[telling].answers
    return answers.get(move) or (answers.get(OTHERWISE) if move != "run" else None)


def _quiet(now: Unfolding, heard: Heard, tells: bool) -> None:
    """Nothing was told: the place, small talk, or nothing at all. Never filler that repeats."""
    phase = now.state.phase
    triggers = [*_of_phase(phase), ("move", heard.move)]
    if tells:
        triggers.append(("silence", ""))
    talk_first = tells and phase == "talk" and bool(pick(2, now.state.seed, "quiet", now.state.age))
    if talk_first and _small_talk(now):
        return
    if now.place_answers(triggers) or talk_first or not tells or phase != "talk":
        return
    _small_talk(now)


def _of_phase(phase: str) -> tuple[place.Trigger, ...]:
    """In the moment and the unravelling the place answers every breath: the clock is seen in the world."""
    return (("phase", phase),) if phase in ("moment", "unravelling") else ()


_TRIES = 8


def _small_talk(now: Unfolding) -> bool:
    """A line from the grammar that this reader has not heard, if one turns up in a few tries."""
    symbol = now.story.confider.small_talk
    if symbol is None:
        return False
    for attempt in range(_TRIES):
        salt = f"small talk {now.state.age} {attempt}"
        lines = now.render([{"say": [{"grammar": symbol}], "by": "tell"}], salt)
        key = _mark(lines)
        if key not in now.state.used:
            return now.add(SmallTalk(key, lines))
    return False


def _mark(lines: tuple[Line, ...]) -> str:
    """A short mark of what was said, so that it is not said again."""
    return f"talk {draw(0, *(line['text'] for line in lines)):016x}"
