"""ink in inkpython, as the ladder of ``inkjs_ladder.mjs``."""

from __future__ import annotations

from bench.peers.harness import id_in, main
from bench.peers.inkpython import InkPython


class InkPythonLadder(InkPython):
    def turn(self) -> str:
        self.story.ChooseChoiceIndex(0)
        return self.story.ContinueMaximally()

    def read(self, outcome: str) -> tuple[str, str]:
        return id_in(outcome), outcome.strip()


if __name__ == "__main__":
    main(InkPythonLadder)
