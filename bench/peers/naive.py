"""A reference, not a product: look at every storylet each turn. What an afternoon's code does, in Python."""

from __future__ import annotations

import json
from pathlib import Path

from bench.peers.harness import NAME, Peer, main
from bench.stories import TRUST_MOST, Storylet, may_be_told, rendered


class Naive(Peer):
    def load(self, storylets: list[Storylet], folder: Path) -> None:
        self.storylets = storylets
        self.trust, self.told, self.order = 0, set(), []

    def turn(self) -> tuple[str, str]:
        ready = [one for one in self.storylets if may_be_told(one, self.trust, self.told)]
        best = max(ready, key=lambda one: one["priority"])
        text = rendered(best["text"], NAME, self.trust)
        self.told.add(best["id"])
        self.order.append(best["id"])
        self.trust = min(TRUST_MOST, self.trust + best["gain"])
        return best["id"], text

    def read(self, outcome: tuple[str, str]) -> tuple[str, str]:
        return outcome

    def save(self) -> str:
        return json.dumps({"trust": self.trust, "told": self.order}, separators=(",", ":"))


if __name__ == "__main__":
    main(Naive)
