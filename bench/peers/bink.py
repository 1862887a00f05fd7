"""ink in bink (a Rust core for Python): the hub of ``inkjs.mjs``, compiled by inkjs, driven in the same way."""

from __future__ import annotations

from pathlib import Path

from bench.peers.harness import Peer, main
from bench.stories import Storylet


class Bink(Peer):
    def load(self, storylets: list[Storylet], folder: Path) -> None:
        from bink.story import Story

        self.priority = {one["id"]: one["priority"] for one in storylets}
        self.story = Story((folder / "story.ink.json").read_text(encoding="utf-8-sig"))
        self.story.continue_maximally()

    def turn(self) -> tuple[str, str]:
        offered = list(self.story.get_current_choices())
        best = max(range(len(offered)), key=lambda number: self.priority[offered[number]])
        self.story.choose_choice_index(best)
        return offered[best], self.story.continue_maximally()

    def read(self, outcome: tuple[str, str]) -> tuple[str, str]:
        return outcome[0], outcome[1].strip()

    def save(self) -> str:
        return self.story.save_state()


if __name__ == "__main__":
    main(Bink)
