"""ink in bink, as the ladder of ``inkjs_ladder.mjs``."""

from __future__ import annotations

from bench.peers.bink import Bink
from bench.peers.harness import id_in, main


class BinkLadder(Bink):
    def turn(self) -> str:
        self.story.choose_choice_index(0)
        return self.story.continue_maximally()

    def read(self, outcome: str) -> tuple[str, str]:
        return id_in(outcome), outcome.strip()


if __name__ == "__main__":
    main(BinkLadder)
