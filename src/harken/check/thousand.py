"""A thousand readers who do whatever comes to them, on every save: how a story is found, beside what is proved of it.

They are those of ``harken readers --policy random``, logged: who was told what, and in which meeting. Where numpy is
missing, or the story has something that only the real engine plays, as many come as that plays in half a second.
"""

from __future__ import annotations

from statistics import median_low

from harken.check.policies import POLICIES
from harken.check.readers import Reach
from harken.check.simulate.manner import Manner
from harken.check.simulate.run import parts, way
from harken.engine import Story

READERS = 1000
BREATHS = 200_000
"""Breaths of all of them together in a story of ``TELLINGS``; fewer in a larger one, where a breath costs more.
Meetings beyond that are left to ``harken readers``, but one meeting is always read."""
TELLINGS = 200
ALONE = 5000
"""The same in the real engine, one reader after another."""
SELDOM = 0.01
_NAMED = 4


def thousand(story: Story) -> Reach:
    """Let them read. Their luck follows from the story and the number of each, so that a save changes nothing else."""
    clock, policy = max(story.clock), POLICIES["random"]
    breaths = BREATHS * TELLINGS // max(TELLINGS, len(story.tellings))
    count, meetings = READERS, max(1, min(story.meetings, breaths // (READERS * clock)))
    shards, how = way(Manner(story, policy), count, count * meetings * clock)
    if how.startswith("engine"):
        count, meetings = max(1, min(READERS, ALONE // (story.meetings * clock))), story.meetings
    tally = shards(list(parts(story.edition, 0, count)), meetings)
    return Reach(tuple(story.tellings), tally, meetings, policy.name, how)


def in_words(found: Reach) -> list[str]:
    """What a writer wants to know of them, in a few lines."""
    meetings = f"{found.meetings} meeting{'s' * (found.meetings != 1)}"
    least, half, most = found.heard[0], median_low(found.heard), found.heard[-1]
    told = f"{least} to {most} tellings, half of them {half} or more"
    lines = [f"{found.readers:,} random readers over {meetings} were told {told}."]
    seldom = sorted((count, telling) for telling, count in found.reached.items() if count < SELDOM * found.readers)
    if seldom:
        lines.append(f"  Told to fewer than one in a hundred: {_named([telling for _, telling in seldom])}.")
    if found.never:
        lines.append(f"  Told to none of them, which proves nothing: {_named(found.never)}.")
    if ":" in found.how:
        lines.append(f"  They were played in the real engine: {found.how.partition(': ')[2]}.")
    return lines


def _named(tellings: list[str] | tuple[str, ...]) -> str:
    more = f" and {len(tellings) - _NAMED} more" if len(tellings) > _NAMED else ""
    return ", ".join(tellings[:_NAMED]) + more


def as_json(found: Reach) -> dict[str, object]:
    """For a program."""
    return {
        "readers": found.readers,
        "meetings": found.meetings,
        "breaths": found.breaths,
        "how": found.how,
        "reached": dict(found.reached),
        "never": list(found.never),
    }
