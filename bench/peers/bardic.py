"""bardic, as a hub: every storylet a one-time choice with its conditions, and the host takes the best of those offered.

What was told is asked of bardic's own count of visits (a set of one's own does not survive its save). A passage runs
its statements before its words, so a telling's gain is taken on the way back into the hub; that way is a choice of its
own, because a passage that ends in a jump does not show its words.
"""

from __future__ import annotations

import json
from pathlib import Path

from bench.peers.harness import NAME, Peer, main
from bench.stories import HALF, MEASURES, TRUST_MOST, Storylet

HEAD = f"""\
:: Start
~ trust = 0
~ gain = 0
~ name = "{NAME}"
-> Hub

"""
GAINS = f":: Hub\n~ trust = min(trust + gain, {TRUST_MOST})\n"


def needs(one: Storylet) -> str:
    return " and ".join([f"trust >= {one['trust']}", *(f'_visits.get("{need}")' for need in one["told"])])


def passage(one: Storylet, notes: str = "") -> str:
    measure = f"{{trust >= {HALF} ? {MEASURES[1]} | {MEASURES[0]}}}"
    text = one["text"].replace("{measure}", measure)
    return f":: {one['id']}\n~ gain = {one['gain']}\n{notes}{text}\n+ [stay] -> Hub\n\n"


class Bardic(Peer):
    def source(self, storylets: list[Storylet]) -> str:
        choices = (f"* {{{needs(one)}}} [{one['id']}] -> {one['id']}\n" for one in storylets)
        return HEAD + GAINS + "".join(choices) + "\n" + "".join(map(passage, storylets))

    def write(self, storylets: list[Storylet], folder: Path) -> None:
        (folder / "story.bard").write_text(self.source(storylets))

    def compile(self, folder: Path) -> None:
        from bardic import BardCompiler

        story = BardCompiler().compile_string((folder / "story.bard").read_text())
        (folder / "story.json").write_text(json.dumps(story))

    def load(self, storylets: list[Storylet], folder: Path) -> None:
        from bardic import BardEngine

        self.priority = {one["id"]: one["priority"] for one in storylets}
        self.engine = BardEngine(json.loads((folder / "story.json").read_text()))

    def turn(self) -> tuple[str, str]:
        offered = [choice["text"] for choice in self.engine.current().choices]
        best = max(range(len(offered)), key=lambda number: self.priority[offered[number]])
        text = self.engine.choose(best).content
        self.engine.choose(0)
        return offered[best], text

    def read(self, outcome: tuple[str, str]) -> tuple[str, str]:
        return outcome[0], outcome[1].strip()

    def save(self) -> str:
        return json.dumps(self.engine.save_state())


if __name__ == "__main__":
    main(Bardic)
