"""Warnings that a writer has looked at and wants no more: ``# quiet HK811: they are meant to differ``.

Such a comment stands in YAML: on the line of the warning or the one above it, or, in a Markdown file, anywhere in the
metadata of the part that the warning is in. It names one code and gives a reason. Only warnings can be silenced.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from harken.story.problems import Found, Place, Problem
from harken.story.read import Sources

_QUIET = re.compile(r"(?:^|\s)#\s*quiet\s+(?P<code>HK[0-9]{3})\b[ :]*(?P<reason>.*)$")
_HEADING = re.compile(r"#{1,6}(?:\s|$)")


class Quiet(NamedTuple):
    """One such comment, and the lines it is about."""

    code: str
    at: Place
    first: int
    last: int


def without_silenced(found: Found, sources: Sources) -> tuple[Problem, ...]:
    """What was found but for the warnings that are silenced. A comment without a reason or without use is noted."""
    quiets = [quiet for name in sources.names for quiet in _quiets(name, sources, found)]
    problems = found.all()
    for quiet in quiets:
        if not any(_silences(quiet, problem) for problem in problems):
            found.add("quiet-for-nothing", quiet.at, code=quiet.code)
    left = found.all(sources.line)
    return tuple(problem for problem in left if not any(_silences(quiet, problem) for quiet in quiets))


def _silences(quiet: Quiet, problem: Problem) -> bool:
    return (
        problem.severity == "warning"
        and (quiet.code, quiet.at.file) == (problem.code, problem.file)
        and quiet.first <= problem.line <= quiet.last
    )


def _quiets(name: str, sources: Sources, found: Found) -> Iterable[Quiet]:
    if not sources.mentions(name, b"quiet"):
        return
    lines = (sources.text(name, Found()) or "").split("\n")
    start = 1
    for number, line in enumerate(lines, start=1):
        if _HEADING.match(line) and name.endswith(".md"):
            start = number
            continue
        match = _QUIET.search(line) if not name.endswith(".md") or line[:4].isspace() else None
        if match is None:
            continue
        at = Place(name, number, match.start("code") + 1)
        if not match["reason"].strip():
            found.add("quiet-without-reason", at, code=match["code"])
        if name.endswith(".md"):
            ends = (later for later in range(number, len(lines)) if _HEADING.match(lines[later]))
            yield Quiet(match["code"], at, start, next(ends, len(lines)))
        else:
            yield Quiet(match["code"], at, number, number + 1)
