"""What ``harken readers`` says: calm and short for a writer, everything as JSON for a program."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from harken.check.readers import Reach, When

_LEAST, _NEVER = 12, 8


def as_json(found: Reach, seconds: float, why: Mapping[str, str]) -> dict[str, Any]:
    """``readers``, ``breaths``, ``seconds``, ``reached``, ``never`` and the rest, as JSON values."""
    return {
        "readers": found.readers,
        "meetings": found.meetings,
        "breaths": found.breaths,
        "seconds": round(seconds, 3),
        "policy": found.policy,
        "how": found.how,
        "reached": dict(found.reached),
        "never": list(found.never),
        "why": dict(why),
        "first": {telling: _when(when) for telling, when in found.first.items()},
        "usual": {telling: _when(when) for telling, when in found.usual.items()},
        "times": dict(found.times),
        "heard": _spread(found.heard),
        "left": [
            {"meeting": meeting, **by, "half_by": found.left_at[meeting]} for meeting, by in found.left.items()
        ],
    }  # fmt: skip


def _when(when: When) -> dict[str, int]:
    return {"meeting": when[0], "breath": when[1]}


def _spread(heard: tuple[int, ...]) -> dict[str, int]:
    return {"least": heard[0], "half": heard[len(heard) // 2], "most": heard[-1]}


def as_text(title: str, found: Reach, why: Mapping[str, str]) -> str:
    """For a writer."""
    spread = _spread(found.heard)
    told = len(found.reached)
    lines = [
        f"{title}: {found.readers:,} readers ({found.policy}), {_meetings(found.meetings)}, {found.breaths:,} breaths",
        "",
        f"  Told to somebody    {told} of {told + len(found.never)}",
        f"  A reader was told   {spread['least']} to {spread['most']}, half of them {spread['half']} or more",
    ]
    for meeting, by in found.left.items():
        lines.append(f"  Meeting {meeting:<3}         {_parting(by, found.left_at[meeting])}")
    if told:
        lines += ["", "  Told least often"]
        rarest = sorted(found.reached, key=lambda telling: found.reached[telling])[:_LEAST]
        wide = max(map(len, rarest))
        lines += [f"    {telling:<{wide}}  {_share(found, telling)}" for telling in rarest]
    if found.never:
        lines += ["", "  Told to none of these readers (which proves nothing)"]
        for telling in found.never[:_NEVER]:
            lines += [f"    {telling}", f"      {why[telling]}"] if telling in why else [f"    {telling}"]
        if len(found.never) > _NEVER:
            lines.append(f"    and {len(found.never) - _NEVER} more; --json names them all")
    if ":" in found.how:
        lines += ["", f"  Played in the real engine: {found.how.partition(': ')[2]}."]
    return "\n".join(lines)


def _meetings(number: int) -> str:
    return f"{number} meeting{'s' * (number != 1)}"


def _parting(by: Mapping[str, int], half: int) -> str:
    ways = [f"{by['clock']:,} stayed to the end"]
    ways += [f"{by['wake']:,} woke early"] if by["wake"] else []
    ways += [f"{by['run']:,} ran"] if by["run"] else []
    return f"{', '.join(ways)}; half had left by breath {half}"


def _share(found: Reach, telling: str) -> str:
    readers = found.reached[telling]
    meeting, breath = found.usual[telling]
    return f"{100 * readers / found.readers:5.1f} %   usually in meeting {meeting}, breath {breath}"
