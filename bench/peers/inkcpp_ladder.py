"""ink in inkcpp, as the ladder of ``inkjs_ladder.mjs``."""

from __future__ import annotations

from bench.peers.harness import id_in, main
from bench.peers.inkcpp import InkCpp


class InkCppLadder(InkCpp):
    def turn(self) -> str:
        self.runner.choose(0)
        return self.runner.getall()

    def read(self, outcome: str) -> tuple[str, str]:
        return id_in(outcome), outcome.strip()


if __name__ == "__main__":
    main(InkCppLadder)
