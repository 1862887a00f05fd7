"""ink in inkpython (a pure Python runtime): the hub of ``inkjs.mjs``, compiled by inkjs, driven in the same way."""

from __future__ import annotations

from pathlib import Path

from bench.peers.harness import Peer, main
from bench.stories import Storylet


class InkPython(Peer):
    def load(self, storylets: list[Storylet], folder: Path) -> None:
        from inkpython import Story

        self.priority = {one["id"]: one["priority"] for one in storylets}
        self.story = Story((folder / "story.ink.json").read_text(encoding="utf-8-sig"))
        self.story.ContinueMaximally()

    def turn(self) -> tuple[str, str]:
        best = max(self.story.currentChoices, key=lambda choice: self.priority[choice.text])
        self.story.ChooseChoiceIndex(best.index)
        return best.text, self.story.ContinueMaximally()

    def read(self, outcome: tuple[str, str]) -> tuple[str, str]:
        return outcome[0], outcome[1].strip()

    def save(self) -> str:
        return self.story.state.ToJson()


if __name__ == "__main__":
    main(InkPython)
