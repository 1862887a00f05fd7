"""A reading that can be played again: the moves, meeting by meeting, and the one seed that all its meetings have.

Written as a script: a first line ``#! seed 7``, then one line a breath as for ``harken play --script``, and the line
``#! next meeting`` between two meetings. No move and no typed line begins with ``#!``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from harken.engine import Heard, State, Story, arrive, breathe
from harken.engine.breath import Outcome
from harken.engine.events import Moved, Promised, Told, Woke
from harken.engine.offers import offered
from harken.errors import HarkenError
from harken.listen import listen

SEED, NEXT = "#! seed ", "#! next meeting"


class NotAReplay(HarkenError):
    """These lines are no replay of this story."""


@dataclass(frozen=True)
class Replay:
    """The lines of each meeting; the last may stop before it is over."""

    seed: int
    meetings: tuple[tuple[str, ...], ...]

    @property
    def breaths(self) -> int:
        """How many lines it has."""
        return sum(map(len, self.meetings))

    def script(self) -> str:
        """The replay as a script."""
        return f"{SEED}{self.seed}\n" + f"{NEXT}\n".join("".join(f"{x}\n" for x in m) for m in self.meetings)


def replay_from(script: str) -> Replay:
    """A replay, read back; a script without a seed has the seed 0. Raises NotAReplay."""
    seed, meetings = 0, [[]]  # type: tuple[int, list[list[str]]]
    for number, line in enumerate(script.splitlines()):
        if line.startswith(SEED) and number == 0:
            if not line.removeprefix(SEED).strip().isdigit():
                raise NotAReplay(f"The first line of a replay is `{SEED}NUMBER`, and this one says `{line[:40]}`.")
            seed = int(line.removeprefix(SEED))
        elif line.rstrip() == NEXT:
            meetings.append([])
        else:
            meetings[-1].append(line)
    return Replay(seed, tuple(tuple(meeting) for meeting in meetings))


def heard_in(story: Story, state: State, line: str) -> Heard:
    """A line of a script as the players hear it (DESIGN section 9)."""
    if not line.startswith(">"):
        offer = offered(story, state, line or "stay")
        if offer is not None and offer.id == (line or "stay"):
            return Heard(offer.move, offer.target)
    heard = listen(line.removeprefix(">").removeprefix(" "), story, state)
    return heard._replace(move="unclear", soft=False) if heard.move == "run" and heard.soft else heard


def play(story: Story, replay: Replay) -> Iterator[tuple[State, Outcome, str | None]]:
    """The replay in the engine: of each breath the state before, what came of it, and the line (None at arrivals).

    Raises NotAReplay where a meeting is left before it is over and another follows.
    """
    state = State()
    for number, lines in enumerate(replay.meetings):
        if number and not state.over:
            raise NotAReplay(f"Meeting {number} of this replay is not over, and another begins.")
        outcome = arrive(story, state, replay.seed, None)
        yield state, outcome, None
        for line in lines:
            state = outcome.state
            if state.over:
                break
            outcome = breathe(story, state, heard_in(story, state, line), outcome.ready)
            yield state, outcome, line
        state = outcome.state


def told_in(outcome: Outcome) -> tuple[str, ...]:
    """What was told in this breath, in order."""
    return tuple(event.telling for event in outcome.events if isinstance(event, Told))


_SHOWN = 8


def transcript(story: Story, replay: Replay, last: int = _SHOWN) -> list[str]:
    """The replay as a writer reads it: its last breaths, each with the move, how it landed and what was told."""
    lines: list[str] = []
    for before, outcome, line in play(story, replay):
        state = outcome.state
        if line is None:
            lines.append(f"Meeting {state.meeting} begins (trust {state.trust}).")
            continue
        parts = [f"Meeting {state.meeting}, breath {state.breath}: you {_deed(outcome, line)}"]
        if state.trust != before.trust:
            parts[0] += f" (trust {before.trust} -> {state.trust})"
        for name in told_in(outcome):
            title = story.tellings[name].title
            parts += [f"{story.confider.name} tells {name} ({title}){_let_through(story, name)}"]
        for event in outcome.events:
            if isinstance(event, Promised):
                parts.append(f"{event.telling} is promised")
            if isinstance(event, Woke):
                parts.append({"run": "you are gone", "wake": "you wake"}.get(event.by, "the meeting ends"))
        lines.append(". ".join(part[:1].upper() + part[1:] for part in parts) + ".")
    left = len(lines) - last
    return [f"({left} breaths before this; the script has them.)", *lines[left:]] if left > 1 else lines


def _deed(outcome: Outcome, line: str) -> str:
    moved = next((event for event in outcome.events if isinstance(event, Moved)), None)
    move = moved.move if moved else line
    target = f" {moved.target}" if moved and moved.target else ""
    return f"say {line.removeprefix('>').strip()!r} ({move})" if line.startswith(">") else f"{move}{target}"


def _let_through(story: Story, name: str) -> str:
    """What the telling asks for, in short."""
    said = []
    for clause in story.tellings[name].guard[:3]:
        parts = [f"trust >= {clause.trust}"] if clause.trust else []
        parts += [f"meeting >= {clause.meeting}"] if clause.meeting > 1 else []
        parts += [f"told({other})" for other in clause.told] + [f"not told({other})" for other in clause.untold]
        parts += [f"{fact} is {value}" for fact, value in clause.facts]
        parts += [f"{counter} >= {least}" for counter, least in clause.counters]
        parts += [f"confided({theme})" for theme in clause.confided]
        said.append(" and ".join(parts) or "nothing")
    return f", which needs {' or '.join(said)}"
