"""Harken: every storylet a telling, in a story folder such as a writer makes; one turn is one whole breath.

A breath is ``breathe(story, state, Heard("stay"), ready)``: the move lands on the last telling, is answered, the next
telling is chosen and goes through the gate, the place answers, every event is made and folded, and beats come out.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from bench.peers.harness import NAME, Peer, main
from bench.stories import FLOORS, HALF, MEASURES, Storylet
from harken.engine import Heard, State, arrive, breathe, story_from
from harken.engine.breath import Outcome
from harken.engine.snapshot import pack
from harken.story.pauses import without_pauses

A_FILE = 500
"""Tellings in one file."""
COMPILED = "story.json"
STAY = Heard("stay")

STORY = f"""\
id: bench
title: The same story
authors: [The Harken authors]
language: en
licence: CC0-1.0
blurb: What every engine is asked to tell.
meetings: 1
clock: 200
unravelling: 4
floors: {list(FLOORS)}
start: {{trust: 0, closeness: 1, ache: 0}}
opening: room
wander: 0
"""
CONFIDER = """\
id: stranger
name: the stranger
pronouns: they
moves:
  stay: Stay
answers:
  stay:
    - They breathe out.
    - They look at the window.
"""
ROOM = """\
# A room

    id: room
    art: plain

## First sight

    id: first-sight
    on: enter

A room with two chairs.

## The room hears

    id: room-hears
    on: told
    again: yes

A board gives under nobody.

The lamp leans.

Dust turns over in its sleep.
"""
ENDS = """\
## They come

    id: they-come
    arc: arrival
    again: yes
    landing: {stay: 0}

They sit down.

## Good night

    id: good-night
    arc: waking
    again: yes

They are gone.
"""


class Harken(Peer):
    def write(self, storylets: list[Storylet], folder: Path) -> None:
        for part in ("place", "tellings"):
            (folder / part).mkdir(exist_ok=True)
        (folder / "story.yaml").write_text(STORY)
        (folder / "confider.yaml").write_text(CONFIDER)
        (folder / "place" / "room.md").write_text(ROOM)
        for begin in range(0, len(storylets), A_FILE):
            page = "# Everything\n\n    thread: everything\n\n" + "\n".join(
                map(_telling, storylets[begin : begin + A_FILE])
            )
            (folder / "tellings" / f"from-{begin:05}.md").write_text(page + (ENDS if not begin else ""))

    def compile(self, folder: Path) -> None:
        from harken.story import compile_folder, dump, explain

        compiled = compile_folder(folder)
        if compiled.document is None:
            raise SystemExit(explain(compiled.problems[:5]))
        (folder / COMPILED).write_bytes(dump(compiled.document))

    def load(self, storylets: list[Storylet], folder: Path) -> None:
        data = (folder / COMPILED).read_bytes()
        with without_pauses():
            self.story = story_from(json.loads(data), hashlib.sha256(data).hexdigest()[:32])
        _ = self.story.index
        self.outcome = arrive(self.story, State(), 7, NAME)
        self.turn()  # the confider comes

    def turn(self) -> Outcome:
        before = self.outcome
        self.outcome = breathe(self.story, before.state, STAY, before.ready)
        return self.outcome

    def read(self, outcome: Outcome) -> tuple[str, str]:
        lines = [beat["text"] for beat in outcome.beats if beat["kind"] == "line"]
        return outcome.state.last or "", "\n\n".join(lines)

    def save(self) -> bytes:
        return pack(self.outcome.state)


def _telling(one: Storylet) -> str:
    needs = [f"trust >= {one['trust']}", *(f"told({need})" for need in one["told"])]
    text = one["text"].replace("{measure}", f"{{trust >= {HALF}: {MEASURES[1]} | {MEASURES[0]}}}")
    weight = f"    weight: {one['weight']}\n" if one["weight"] else ""
    return (
        f"## Number {one['id'][1:]}\n\n    id: {one['id']}\n    depth: {one['depth']}\n{weight}"
        f"    needs: {' and '.join(needs)}\n    landing: {{stay: {one['gain']}}}\n\n{text}\n\n"
        f"- stay: They wait, and go on from {one['id'][1:]}.\n"
    )


if __name__ == "__main__":
    main(Harken)
