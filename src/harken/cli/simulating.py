"""``harken readers`` and ``harken map``: who hears what, and how the story hangs together."""

from __future__ import annotations

import json
import time
from pathlib import Path

import click

from harken.cli.joining import Wrong, sound

READERS = 1000


@click.command()
@click.argument("story")
@click.option("--count", default=READERS, show_default=True, type=click.IntRange(1), help="How many readers.")
@click.option("--policy", default="random", show_default=True, help="How they listen: a name, or a YAML file.")
@click.option("--meetings", type=click.IntRange(1, 999), help="How many meetings; all that are written, without it.")
@click.option("--seed", default=0, show_default=True, help="Other readers of the same kind.")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 256), help="Processes to share it.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def readers(story: str, count: int, policy: str, meetings: int | None, seed: int, workers: int, as_json: bool) -> int:
    """Let simulated readers play STORY: what was reached, when, by how many, and what by nobody."""
    from harken.check import readers_report
    from harken.check.policies import policy_of
    from harken.check.readers import reach, why_never

    manner = policy_of(policy)
    loaded = sound(story)
    started = time.perf_counter()
    found = reach(loaded.story, count, seed, manner, meetings, workers)
    seconds = time.perf_counter() - started
    why = why_never(loaded.story, found.never, seed, manner, meetings)
    if as_json:
        print(json.dumps(readers_report.as_json(found, seconds, why), ensure_ascii=False))
    else:
        print(readers_report.as_text(loaded.story.title, found, why))
    return 0


@click.command("map")
@click.argument("story")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Where to write it; else STORY's id, here.")
@click.option("--svg", is_flag=True, help="The drawing alone, as SVG.")
@click.option("--count", default=2000, show_default=True, type=click.IntRange(0), help="How many readers are asked.")
@click.option("--policy", default="mixed", show_default=True, help="How they listen: a name, or a YAML file.")
def map_command(story: str, output: Path | None, svg: bool, count: int, policy: str) -> int:
    """Draw STORY: its tellings by depth and thread, what they need, and how often readers reach each."""
    from harken.check import map as drawing
    from harken.check.policies import policy_of
    from harken.check.readers import reach

    manner = policy_of(policy)
    loaded = sound(story)
    found = reach(loaded.story, count, policy=manner) if count else None
    claims = (loaded.document or {}).get("claims", [])
    chart = drawing.chart_of(loaded.story, found, drawing.verdicts_of(loaded.story, claims))
    path = output or Path(f"{loaded.story.id}.{'svg' if svg else 'html'}")
    try:
        path.write_text(drawing.as_svg(chart) if svg else drawing.as_page(chart), encoding="utf-8")
    except OSError as error:
        raise Wrong(f"{path} cannot be written: {error.strerror}.") from error
    print(f"{loaded.story.title} is drawn in {path}.")
    return 0
