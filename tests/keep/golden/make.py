"""Makes the golden keep of a format: ``python tests/keep/golden/make.py format-2`` writes ``golden/format-2``.

A golden keep is made once, by the first release of the format it is named after, and never again:
``test_keep_golden`` opens a copy of each with today's Harken and expects ``LOG`` and ``EDITION`` to be in it, word for
word.
"""

from __future__ import annotations

import sys
from pathlib import Path

from harken.engine.events import Burned, Event, FactSet, Landed, Met, Moved, Said, Told
from harken.keep import Keep

EDITION = b'{"title": "The Hollow Library"}'
LINE = {"text": "the orchard was burning behind us", "by": "tell", "spans": [["em", "burning"]]}
LOG: list[list[Event]] = [
    [Met(1, "library", "e1", 7, "Ottilie", 2, 1, 0, 40, (("hollow-oak", "hollow-yew"),))],
    [
        Said("did anybody come for you"),
        Moved(1, "ask_open", "scar-orchard", 870, True, 1, ("grief",), 2),
        Landed("orchard", 1, 0, 1, 0, 0),
        Told("orchard", "The Orchard Wall", 3, "scar", "thread-child", "opening", True, 1, (LINE,)),
    ],
    [Said("a word taken back"), FactSet("lantern-lit", "yes")],
    [Burned((5,), "taken back")],
]
"""The turns ``turn 0`` to ``turn 3`` of the story ``library``; the last one burns entry 5."""


def make(folder: Path) -> None:
    with Keep.open(folder) as keep:
        encounter, head = keep.encounter("library"), 0
        encounter.keep_edition("e1", EDITION)
        for n, events in enumerate(LOG):
            burn = [entry for event in events if isinstance(event, Burned) for entry in event.entries]
            encounter.append(f"turn {n}", head, events, burn)
            head += len(events)
    (folder / "keep.ballast").unlink(missing_ok=True)


if __name__ == "__main__":
    make(Path(__file__).parent / sys.argv[1])
