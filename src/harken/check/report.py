"""What ``harken check`` and ``harken readers`` say, for people and as JSON."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harken.check.readers import Reach, reach
from harken.engine import Story
from harken.story import Problem, explain

_NAMED_MOST = 12


@dataclass(frozen=True)
class Report:
    """What was found: mistakes, and where there is a story, what random readers reached. Nothing here is a proof."""

    story: Story | None
    problems: tuple[Problem, ...]
    reached: Reach | None
    seconds: float

    @property
    def ok(self) -> bool:
        """Whether the story can be played: it has no mistakes (warnings are none)."""
        return self.story is not None


def report(story: Story | None, problems: Sequence[Problem], count: int) -> Report:
    """Let ``count`` random readers play the story, if there is one."""
    started = time.perf_counter()
    reached = reach(story, count) if story is not None and count else None
    return Report(story, tuple(problems), reached, time.perf_counter() - started)


def as_text(found: Report, folder: Path) -> str:
    """For a person."""
    parts = [explain(found.problems, folder if folder.is_dir() else None)] if found.problems else []
    errors = sum(problem.severity == "error" for problem in found.problems)
    if found.story is None:
        parts.append(f"{errors} mistake{'s' * (errors != 1)} in {folder}. Nobody was let in.")
        return "\n".join(parts)
    story = found.story
    parts.append(f"{story.title}: no mistakes. {len(story.tellings)} tellings, {story.meetings} meetings.")
    if found.reached is not None:
        parts.append(reach_as_text(found.reached))
    return "\n".join(parts)


def as_json(found: Report) -> str:
    """For a program: ``ok``, ``seconds``, ``problems``, ``readers``."""
    return json.dumps(
        {
            "ok": found.ok,
            "seconds": round(found.seconds, 3),
            "problems": [_problem(problem) for problem in found.problems],
            "readers": _reach(found.reached) if found.reached else None,
        },
        ensure_ascii=False,
    )


def _problem(problem: Problem) -> dict[str, Any]:
    names = ("code", "severity", "file", "line", "column", "says", "hint")
    return {name: getattr(problem, name) for name in names}


def reach_as_text(reached: Reach) -> str:
    """Who heard how much, and what nobody was told. Shown, not proved."""
    heard = reached.heard
    middle = heard[len(heard) // 2]
    told = len(reached.reached)
    lines = [
        f"{reached.readers:,} readers over {reached.meetings} meetings ({reached.breaths:,} breaths): "
        f"{told} of {told + len(reached.never)} tellings were told to somebody; "
        f"a reader heard {heard[0]} to {heard[-1]}, half of them {middle} or more."
    ]
    if reached.never:
        named = ", ".join(reached.never[:_NAMED_MOST]) + (", ..." if len(reached.never) > _NAMED_MOST else "")
        lines.append(f"Told to none of these readers (which proves nothing): {named}.")
    return "\n".join(lines)


def reach_as_json(reached: Reach) -> str:
    """For a program."""
    return json.dumps(_reach(reached), ensure_ascii=False)


def _reach(reached: Reach) -> dict[str, Any]:
    return {
        "readers": reached.readers,
        "meetings": reached.meetings,
        "breaths": reached.breaths,
        "reached": dict(reached.reached),
        "never": list(reached.never),
    }
