"""What a Python peer is, and how it is run: one fresh process a run, which prints one JSON object.

python -m bench.peers.NAME compile STORY FOLDER
python -m bench.peers.NAME play STORY FOLDER TURNS SECONDS

Uses the standard library alone, so that it runs in any peer's environment. ``harness.mjs`` is the same for JavaScript.
"""

from __future__ import annotations

import json
import re
import sys
import zlib
from pathlib import Path
from time import perf_counter, perf_counter_ns
from typing import Any

from bench.stories import Storylet, fingerprint

NAME = "Ada"
"""The reader's name, in every engine."""
LEAST_TURNS = 3
PLAYS, QUICK = 5, 1.0
"""A story is played again, up to so many times, while no more than so many seconds have gone."""


class Peer:
    """One engine. A file in this folder subclasses it and ends with ``main(ItsPeer)``."""

    def write(self, storylets: list[Storylet], folder: Path) -> None:
        """Write the story as this engine's authors write it. Not timed."""

    def compile(self, folder: Path) -> None:
        """From what authors write to what is loaded. Timed."""

    def load(self, storylets: list[Storylet], folder: Path) -> None:
        """From files to the moment before the first turn. Timed."""
        raise NotImplementedError

    def turn(self) -> Any:
        """Find what may be told, choose the best, tell it, take the consequences. Timed, each by itself."""
        raise NotImplementedError

    def read(self, outcome: Any) -> tuple[str, str]:
        """The id that was told in a turn, and the text as shown (empty where the engine keeps no text). Not timed."""
        raise NotImplementedError

    def save(self) -> bytes | str:
        """Whatever has to be kept so that reading can go on later."""
        raise NotImplementedError


def id_in(text: str) -> str:
    """The id in a text: every text says its own number."""
    found = re.search(r"under number (\d+)", text)
    return f"s{found[1]}" if found else ""


def main(peer: type[Peer]) -> None:
    if sys.argv[1:]:
        what, story, folder, *rest = sys.argv[1:]
        storylets = json.loads(Path(story).read_bytes())
        Path(folder).mkdir(parents=True, exist_ok=True)
        if what == "compile":
            out = _compile(peer(), storylets, Path(folder))
        else:
            out = _play(peer, storylets, Path(folder), int(rest[0]), float(rest[1]))
        print(json.dumps(out))


def _compile(peer: Peer, storylets: list[Storylet], folder: Path) -> dict[str, Any]:
    peer.write(storylets, folder)
    begun = perf_counter()
    peer.compile(folder)
    return {"compile_ms": (perf_counter() - begun) * 1000}


def _play(make: type[Peer], storylets: list[Storylet], folder: Path, turns: int, seconds: float) -> dict[str, Any]:
    """Played once to warm up (at most half the time), then so that it counts: once, or up to PLAYS times if quick."""
    base = _peak()
    peer = make()
    begun = perf_counter()
    peer.load(storylets, folder)
    load_ms = (perf_counter() - begun) * 1000
    _turns(peer, turns, seconds / 2)
    times: list[float] = []
    last = perf_counter() + QUICK
    for number in range(PLAYS):
        if number and perf_counter() > last:
            break
        peer = make()
        peer.load(storylets, folder)
        outcomes, taken = _turns(peer, turns, seconds)
        times += taken
    saved = peer.save()
    saved = saved if isinstance(saved, bytes) else saved.encode()
    told = [peer.read(outcome) for outcome in outcomes]
    return {
        "ids": [name for name, _ in told],
        "texts": fingerprint([text for _, text in told]) if any(text for _, text in told) else None,
        "turns": len(told),
        "turn_ms": times,
        "load_ms": load_ms,
        "save_bytes": len(saved),
        "save_deflated_bytes": len(zlib.compress(saved, 9)),
        "rss_mb": _peak(),
        "rss_base_mb": base,
    }


def _turns(peer: Peer, turns: int, seconds: float) -> tuple[list[Any], list[float]]:
    outcomes, times = [], []
    last = perf_counter() + seconds
    for number in range(turns):
        if number >= LEAST_TURNS and perf_counter() > last:
            break
        begun = perf_counter_ns()
        outcome = peer.turn()
        times.append((perf_counter_ns() - begun) / 1e6)
        outcomes.append(outcome)
    return outcomes, times


def _peak() -> float:
    """The most memory that this process has held, in MB."""
    import resource  # not on Windows, where the tests still import this file

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
