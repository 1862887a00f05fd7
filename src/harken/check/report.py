"""What ``harken check`` says, for people and as JSON; and the scripts it saves."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harken.check import thousand
from harken.check.readers import Reach
from harken.check.replay import transcript
from harken.check.verdict import PROVED, SHOWN, UNDECIDED, Verdict
from harken.engine import Story
from harken.story import Problem, explain

_NAMED_MOST = 6
SAYS = {
    "earned": "Nothing is told before it is earned",
    "not-farmed": "Trust is not farmed",
    "kept": "Promises are kept",
    "leave": "The reader can always wake",
    "ends": "Every meeting ends",
    "parting": "There is always a parting",
    "open": "Nobody is trapped",
    "told": "Every telling can be told",
    "sealed": "What is sealed stays sealed",
    "variant": "Every variant can be shown",
    "fact": "Every fact can be set",
    "claim": "Your claims",
}
"""Each promise, as it is called in words."""


@dataclass(frozen=True)
class Report:
    """Mistakes, and where there is a story, the verdicts on its promises, and what random readers were told.

    ``seconds`` are those of judging.
    """

    story: Story | None
    problems: tuple[Problem, ...]
    verdicts: tuple[Verdict, ...]
    seconds: float
    readers: Reach | None = None

    @property
    def ok(self) -> bool:
        """Whether the story has no mistakes and no promise is broken. What is not decided breaks nothing."""
        return self.story is not None and not self.broken

    @property
    def broken(self) -> list[Verdict]:
        """The promises that do not hold."""
        return [verdict for verdict in self.verdicts if verdict.holds is False]

    @property
    def undecided(self) -> list[Verdict]:
        """The promises of which it is not known."""
        return [verdict for verdict in self.verdicts if verdict.verdict == UNDECIDED]


def as_text(found: Report, folder: Path, every: bool = False) -> str:
    """For a person: what is broken first, each with how it came to be; then the promises, one a line."""
    parts = [explain(found.problems, folder if folder.is_dir() else None)] if found.problems else []
    if found.story is None:
        errors = sum(problem.severity == "error" for problem in found.problems)
        parts.append(f"{errors} mistake{'s' * (errors != 1)} in {folder}. Nobody was let in.")
        return "\n".join(parts)
    parts += [_broken(found.story, verdict) for verdict in found.broken]
    if found.broken:
        parts.append("")
    story = found.story
    broken = f", {len(found.broken)} broken promise{'s' * (len(found.broken) != 1)}" if found.broken else ""
    meetings = f"{story.meetings} meeting{'s' * (story.meetings != 1)}"
    parts.append(f"{story.title}: no mistakes in the writing{broken}. {len(story.tellings)} tellings, {meetings}.")
    parts.extend(_summary(found.verdicts))
    named = found.verdicts if every else found.undecided[:_NAMED_MOST]
    parts += [f"  {v.verdict}: {SAYS[v.promise]}: {v.subject}: {v.because}" for v in named]
    if not every and len(found.undecided) > _NAMED_MOST:
        parts.append(f"  and {len(found.undecided) - _NAMED_MOST} more that are not decided (--all names them).")
    if found.readers is not None:
        parts += thousand.in_words(found.readers)
    return "\n".join(parts)


def _broken(story: Story, verdict: Verdict) -> str:
    lines = [f"BROKEN: {SAYS[verdict.promise]}: {verdict.subject}", f"  {verdict.because}."]
    if verdict.replay is not None:
        lines += [f"    {line}" for line in transcript(story, verdict.replay)]
    return "\n".join(lines)


def _summary(verdicts: Sequence[Verdict]) -> list[str]:
    lines = []
    for promise, says in SAYS.items():
        mine = [verdict for verdict in verdicts if verdict.promise == promise]
        if not mine:
            continue
        counts = {
            "proved": sum(v.verdict == PROVED and v.holds is True for v in mine),
            "shown": sum(v.verdict == SHOWN and v.holds is True for v in mine),
            "broken": sum(v.holds is False for v in mine),
            "not decided": sum(v.verdict == UNDECIDED for v in mine),
        }
        if len(mine) == 1 and not counts["broken"]:
            lines.append(f"  {says}: {next(name for name, count in counts.items() if count)}.")
        else:
            lines.append(f"  {says}: {', '.join(f'{n} {name}' for name, n in counts.items() if n)}, of {len(mine)}.")
    return lines


def as_json(found: Report) -> str:
    """For a program: ``ok``, ``seconds``, ``problems``, ``verdicts``, ``readers``."""
    return json.dumps(
        {
            "ok": found.ok,
            "seconds": round(found.seconds, 3),
            "problems": [_problem(problem) for problem in found.problems],
            "verdicts": [_verdict(verdict) for verdict in found.verdicts],
            "readers": None if found.readers is None else thousand.as_json(found.readers),
        },
        ensure_ascii=False,
    )


def _problem(problem: Problem) -> dict[str, Any]:
    names = ("code", "severity", "file", "line", "column", "says", "hint")
    return {name: getattr(problem, name) for name in names}


def _verdict(verdict: Verdict) -> dict[str, Any]:
    replay = verdict.replay
    return {
        "promise": verdict.promise,
        "subject": verdict.subject,
        "verdict": verdict.verdict,
        "holds": verdict.holds,
        "because": verdict.because,
        "replay": None if replay is None else {"seed": replay.seed, "meetings": [list(m) for m in replay.meetings]},
    }


def save(found: Report, folder: Path) -> list[Path]:
    """Write a script for everything that is broken and can be played; the files, in order. Raises OSError."""
    written = []
    for number, verdict in enumerate(v for v in found.broken if v.replay is not None):
        assert verdict.replay is not None
        name = re.sub(r"[^a-z0-9]+", "-", f"{verdict.promise} {verdict.subject}".lower()).strip("-")[:60]
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{number + 1}-{name}.txt"
        path.write_text(verdict.replay.script(), encoding="utf-8")
        written.append(path)
    return written
