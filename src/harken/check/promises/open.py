"""Nobody is trapped: every move is answered, every meeting has a waking, and there is always a way on.

What the deep pass saw in the states that it looked at; the fast pass does not ask.
"""

from __future__ import annotations

from collections.abc import Iterator

from harken.check.evidence import Evidence, Watched
from harken.check.verdict import SHOWN, Verdict
from harken.engine import Story


def watch(story: Story, watched: Watched) -> None:
    """Nothing to look out for."""


def judge(found: Evidence) -> Iterator[Verdict]:
    """One verdict for each kind of trap, where states were looked at."""
    seen = found.sampled
    if seen is None or not seen.states:
        return
    far = f"in each of the {seen.states:,} states that were looked at"
    if seen.unanswered is not None:
        yield Verdict("open", "every move", SHOWN, False, f"nothing answers `{seen.move}` here", seen.unanswered)
    else:
        yield Verdict("open", "every move", SHOWN, True, f"something answers it, {far}")
    if seen.unparted is not None:
        yield Verdict("open", "every waking", SHOWN, False, "here a meeting ends and nothing is said", seen.unparted)
    else:
        yield Verdict("open", "every waking", SHOWN, True, f"there is one, by the clock and before it, {far}")
    if seen.trapped is not None:
        because = f"here nothing more is ever told: {seen.lost} and what follows need trust that nothing can earn now"
        yield Verdict("open", "a way on", SHOWN, False, because, seen.trapped)
    else:
        because = f"at the end of each of {seen.ends:,} meetings more can be told, or nothing is left for want of trust"
        yield Verdict("open", "a way on", SHOWN, True, because)
