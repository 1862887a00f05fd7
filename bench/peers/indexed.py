"""A reference, not a product: the least that choosing can cost in Python, for this one task and no other.

Counts what each storylet still lacks, and keeps what lacks nothing in a heap by priority.
"""

from __future__ import annotations

import json
from collections import defaultdict
from heapq import heappop, heappush
from pathlib import Path

from bench.peers.harness import NAME, Peer, main
from bench.stories import TRUST_MOST, Storylet, rendered


class Indexed(Peer):
    def load(self, storylets: list[Storylet], folder: Path) -> None:
        self.storylets = storylets
        self.lacking = [len(one["told"]) + (one["trust"] > 0) for one in storylets]
        self.layers: dict[int, list[int]] = defaultdict(list)
        self.waiting: dict[str, list[int]] = defaultdict(list)
        self.ready: list[tuple[int, int]] = []
        self.trust, self.order = 0, []
        for number, one in enumerate(storylets):
            if one["trust"]:
                self.layers[one["trust"]].append(number)
            for need in one["told"]:
                self.waiting[need].append(number)
            if not self.lacking[number]:
                heappush(self.ready, (-one["priority"], number))

    def turn(self) -> tuple[str, str]:
        best = self.storylets[heappop(self.ready)[1]]
        text = rendered(best["text"], NAME, self.trust)
        self.order.append(best["id"])
        self._less(self.waiting[best["id"]])
        if best["gain"] and self.trust < TRUST_MOST:
            self.trust += 1
            self._less(self.layers[self.trust])
        return best["id"], text

    def _less(self, numbers: list[int]) -> None:
        for number in numbers:
            self.lacking[number] -= 1
            if not self.lacking[number]:
                heappush(self.ready, (-self.storylets[number]["priority"], number))

    def read(self, outcome: tuple[str, str]) -> tuple[str, str]:
        return outcome

    def save(self) -> str:
        return json.dumps({"trust": self.trust, "told": self.order}, separators=(",", ":"))


if __name__ == "__main__":
    main(Indexed)
