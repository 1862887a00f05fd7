"""The bars of issue 3 that Harken is held to, each with what was measured and whether it holds."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, NamedTuple

from bench.engines import HARKEN


class Bar(NamedTuple):
    bar: str
    goal: str
    measured: str
    held: bool


def bars(rows: list[dict[str, Any]], own: dict[str, Any]) -> list[dict[str, Any]]:
    """Every bar, for a run with at least two sizes."""
    ours = {row["size"]: row for row in rows if row["engine"] == HARKEN.name}
    sizes = sorted(ours)
    largest = ours[sizes[-1]]
    found = [*_breaths(ours, sizes), *_ahead(rows, ours, sizes[1:])]
    compile_ms, load_ms = largest["compile_ms"], largest["load_ms"]
    found += [
        _within("compile 500 tellings", own["compile_500_ms"], 500),
        _within(f"compile {sizes[-1]:,}", compile_ms, 5000),
        _within(f"load a compiled story of {sizes[-1]:,}", load_ms, 100),
        _within("open its folder, unchanged since it was compiled", own["open_folder_ms"], 100),
        Bar(
            f"snapshot after {largest['turns']} told of {sizes[-1]:,}",
            "at most 1,024 bytes",
            f"{largest['save_bytes']:,.0f} bytes",
            largest["save_bytes"] <= 1024,
        ),
    ]
    return [bar._asdict() for bar in found]


def _within(bar: str, ms: float, most: float) -> Bar:
    return Bar(bar, f"under {most:,.0f} ms", f"{ms:,.0f} ms", ms < most)


def _breaths(ours: dict[int, Any], sizes: list[int]) -> list[Bar]:
    found = [
        Bar(
            f"one breath at N = {size:,}",
            "median under 0.1 ms",
            f"{ours[size]['ms']:.3f} ms (best round {ours[size]['best_ms']:.3f})",
            ours[size]["ms"] < 0.1,
        )
        for size in sizes
    ]
    for smaller, larger in pairwise(sizes):
        growth = ours[larger]["best_ms"] / ours[smaller]["best_ms"]
        found.append(
            Bar(f"growth from {smaller:,} to {larger:,}", "below 2×", f"{growth:.2f}× (best rounds)", growth < 2)
        )
    return found


def _ahead(rows: list[dict[str, Any]], ours: dict[int, Any], sizes: list[int]) -> list[Bar]:
    """Ahead of all that do the same work. A ladder does not choose: it walks an order that was fixed beforehand."""
    found = []
    for size in sizes:
        like = [row for row in rows if row["manner"] == "chooses" and row["size"] == size and "ms" in row]
        peers = [row for row in like if row["engine"] != HARKEN.name]
        if peers:
            nearest = min(peers, key=lambda row: row["ms"])
            said = f"{nearest['label']}: {nearest['times_harken']:.2g}× Harken"
            found.append(Bar(f"ahead of every peer at N = {size:,}", "over 1×", said, nearest["times_harken"] > 1))
    return found
