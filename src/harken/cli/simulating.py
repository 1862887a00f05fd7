"""``harken readers``: simulated readers of a story."""

from __future__ import annotations

import click

from harken.cli.joining import Wrong, sound

READERS = 1000


@click.command()
@click.argument("story")
@click.option("--count", default=READERS, show_default=True, type=click.IntRange(1), help="How many readers.")
@click.option("--policy", default="random", show_default=True, help="How they listen.")
@click.option("--seed", default=0, show_default=True, help="Other readers of the same kind.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def readers(story: str, count: int, policy: str, seed: int, as_json: bool) -> int:
    """Let simulated readers play STORY: what was reached, by how many, and what by nobody."""
    from harken.check import report
    from harken.check.readers import POLICIES, reach

    if policy not in POLICIES:
        raise Wrong(f"There is no policy called `{policy}`. There are: {', '.join(POLICIES)}.")
    reached = reach(sound(story).story, count, seed, policy)
    print(report.reach_as_json(reached) if as_json else report.reach_as_text(reached))
    return 0
