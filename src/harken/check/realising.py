"""From a way through the model to a reading in the engine: the lines a reader gives, and a seed that falls so."""

from __future__ import annotations

from harken.check.exact import Way
from harken.check.model import Action, Model
from harken.check.replay import Replay, heard_in, told_in
from harken.check.wandering import words_for
from harken.engine import State, arrive, breathe
from harken.engine.offers import offers

SEEDS = 64


def realised(model: Model, path: list[Way], telling: str, seeds: int = SEEDS) -> Replay | None:
    """A reading that goes this way to its end, where this telling is told; None if no seed of the first few does.

    It is played in the engine to its end before it is believed.
    """
    for seed in range(seeds):
        replay = _played(model, path, seed)
        if replay is not None:
            return replay
    return None


def _played(model: Model, path: list[Way], seed: int) -> Replay | None:
    story, state = model.story, State()
    done: list[tuple[str, ...]] = []
    lines: list[str] = []
    outcome = None
    for way in path:
        if way.action is None:
            if outcome is not None:
                done.append(tuple(lines))
                lines, state = [], outcome.state
            if way.point.veiled:
                return None
            outcome = arrive(story, state, seed, None)
            continue
        assert outcome is not None
        while way.action.move == "look" and outcome.state.breath + 1 < way.point.breath and not outcome.state.over:
            outcome = breathe(story, outcome.state, heard_in(story, outcome.state, "look"), outcome.ready)
            lines.append("look")
        line = _line(model, way.action, outcome.state)
        if line is None:
            return None
        heard = heard_in(story, outcome.state, line)
        if heard.move != way.action.move or heard.soft != way.action.soft:
            return None
        outcome = breathe(story, outcome.state, heard, outcome.ready)
        lines.append(line)
        if [model.number[name] for name in told_in(outcome)] != list(way.told):
            return None
    return Replay(seed, (*done, tuple(lines)))


def _line(model: Model, action: Action, state: State) -> str | None:
    """How a reader does this, if they can be sure to."""
    if action.themes:
        words = words_for(next(iter(action.themes))) if len(action.themes) == 1 and not action.soft else None
        return words and f"> {words}"
    wanted = f"{action.move} {action.target}" if action.target else action.move
    if not action.soft and any(offer.id == wanted for offer in offers(model.story, state)):
        return wanted
    return f"> {TYPED[action.move, action.soft]}" if (action.move, action.soft) in TYPED else None


TYPED = {
    ("judge", False): "it was all your own fault",
    ("comfort", False): "I am so sorry",
    ("reassure", False): "don't worry",
    ("advise", False): "you should tell them",
    ("deflect", False): "let's talk about something else",
    ("joke", False): "haha",
    ("encourage", False): "go on",
    ("validate", False): "that makes sense",
    ("ask_open", False): "what happened then",
    ("ask_closed", False): "did it hurt?",
    ("run", False): "I run",
}
"""Typed words that are heard as these moves, for stories that do not offer them."""
