"""Writes docs/gallery: ten transcripts, five kinds of reader and two meetings each, drawn by a seed and not picked; and
one that was typed by hand.

python tests/dream/gallery.py [FOLDER]
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from free_text import LINES, NAME
from free_text import SEED as SEED_TYPED
from readers import Reader, meetings_of

from harken.check.policies import policy_of
from harken.engine import Story
from harken.engine import events as ev
from harken.keep.memory import MemoryKeep
from harken.meeting import Breath, Meeting, Said
from harken.story import find, load

SEED = 2026
KINDS = ("attentive", "silent", "confiding", "running", "mending")
FOLDER = Path(__file__).parents[2] / "docs" / "gallery"


def main(folder: Path = FOLDER) -> None:
    story = load(find("hollow-library")).story
    assert story is not None
    folder.mkdir(parents=True, exist_ok=True)
    index = []
    for name, text in [*transcripts(story), ("typed-1.md", typed(story))]:
        (folder / name).write_text(text, "utf-8")
        index.append(f"- [{text.splitlines()[0].lstrip('# ')}]({name})")
    (folder / "README.md").write_text(HEAD + "\n".join(index) + "\n", "utf-8")


HEAD = f"""# Ten transcripts of The Hollow Library

Five kinds of simulated reader, two meetings each. The readers were drawn by the seed {SEED} and nothing was picked
afterwards; `make gallery` writes them again. The last is another thing: a first meeting by free text alone, typed by hand.
What the reader did stands in bold; it all gives the story away.

"""


def transcripts(story: Story) -> list[tuple[str, str]]:
    """Pairs of a file's name and its Markdown."""
    rng, made = random.Random(SEED), []
    for kind in KINDS:
        reader = Reader(kind, rng.randrange(10**6))
        for number, (_, breaths) in enumerate(meetings_of(story, reader, 2), 1):
            title = f"# The {kind} reader, meeting {number}"
            says = f"*A reader who {policy_of(kind).says}. Reader {reader.seed}, {len(breaths) - 1} breaths.*"
            parts = [_breath(*pair) for pair in zip(breaths, [None, *breaths], strict=False)]
            shown = "\n\n".join(filter(None, parts))
            made.append((f"{kind}-{number}.md", f"{title}\n\n{says}\n\n{shown}\n"))
    return made


def typed(story: Story) -> str:
    """The meeting of ``free_text``, played through the ear."""
    meeting = Meeting(story, MemoryKeep().encounter(story.id))
    breaths = [meeting.begin("arrive", NAME, SEED_TYPED)]
    for number, (line, _) in enumerate(LINES):
        breaths.append(meeting.breathe(Said(f"turn {number}", text=line)))
    parts = [_breath(*pair) for pair in zip(breaths, [None, *breaths], strict=False)]
    title = "# By free text alone, meeting 1"
    says = f"*Typed by hand, no gesture used. Seed {SEED_TYPED}, {len(LINES)} breaths.*"
    return f"{title}\n\n{says}\n\n" + "\n\n".join(filter(None, parts)) + "\n"


def _breath(breath: Breath, before: Breath | None) -> str:
    lines = [_did(breath, before)] if before else []
    for beat in breath.beats:
        text = str(beat.get("text") or "").strip()
        if text:
            lines.append(f"> {text}" if beat["kind"] == "place" else text)
        elif beat["kind"] == "silence":
            lines.append("· · ·")
    return "\n\n".join(filter(None, lines))


def _did(breath: Breath, before: Breath) -> str:
    """What the reader did: their own words, or the label of what they chose."""
    typed = next((event.text for event in breath.events if isinstance(event, ev.Said)), None)
    if typed:
        return f"**“{typed}”**" if typed[-1] in ".?!*…" else f"**“{typed}.”**"
    shown = breath.as_json()
    chosen = (shown.get("move"), shown.get("target"))
    label = next((offer.label for offer in before.offers() if (offer.move, offer.target) == chosen), None)
    return f"**{label}.**" if label else ""


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
