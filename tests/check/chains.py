"""Large stories for tests and timings: threads of tellings that need each other, all of them tellable."""

from __future__ import annotations

import random
from typing import Any

from making import document, telling


def chains(count: int, seed: int = 1, meetings: int = 30, clock: int = 40) -> dict[str, Any]:
    rng = random.Random(seed)
    tellings, ends = [], []
    while len(tellings) < count:
        thread = f"thread{len(ends)}"
        before: list[str] = []
        for place in range(min(rng.randrange(5, 11), count - len(tellings))):
            name = f"t{len(tellings)}"
            clause: dict[str, Any] = {"told": before[-1:]} if before else {}
            if ends and not before and rng.random() < 0.4:
                clause["told"] = [rng.choice(ends)]
            depth = min(5, place // 2)
            tellings.append(telling(name, depth=depth, thread=thread, needs=[clause]))
            before.append(name)
        ends.append(before[len(before) // 2])
    return document(tellings, meetings=meetings, clock=[clock])
