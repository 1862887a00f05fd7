"""The figures as a page: tables with ratios, Harken's own bars, and what they were measured on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from bench.engines import BY_NAME, HARKEN, NOT_HERE

GROUPS = {
    "chooses": "Chooses, each turn, among all that is open",
    "ladder": "Ladder: an order fixed when the story is written; the first that holds is told, and nothing is offered",
    "reference": "References, written for this one task",
}


def page(data: dict[str, Any]) -> str:
    """The whole page, in Markdown."""
    return "\n".join(_page(data)) + "\n"


INTRODUCTION = """\
# What a breath costs

Made by `make bench`; not edited by hand. How it is made fair stands in [bench/README.md](../../bench/README.md).

One turn is: find what may be told, choose the best, tell it, take the consequences. For Harken it is one whole breath:
the move lands, is answered, a telling is chosen and passes the gate, the place answers, and all events and beats are
made. Every engine told the same storylets in the same order, in the same words.

![Milliseconds a turn against the number of storylets](bench.svg)
"""


def _page(data: dict[str, Any]) -> Iterator[str]:
    rows = {(row["engine"], row["size"]): row for row in data["rows"]}
    sizes = sorted({row["size"] for row in data["rows"]})
    names = list(dict.fromkeys(row["engine"] for row in data["rows"]))
    yield INTRODUCTION
    yield from _turns(rows, sizes, names)
    yield from _rest(rows, sizes[-1], names)
    yield from _bars(data["bars"])
    yield from _about(data, sizes)


def _turns(rows: dict[Any, Any], sizes: list[int], names: list[str]) -> Iterator[str]:
    yield "## Milliseconds a turn\n"
    yield "Median turn (95th percentile), and how many times Harken's of the same round.\n"
    yield _line(["", "written in", *(f"N = {size:,}" for size in sizes), *(f"× at {size:,}" for size in sizes)])
    yield _line(["---", "---", *["--:"] * (2 * len(sizes))])
    for manner, title in GROUPS.items():
        group = [name for name in names if BY_NAME[name].manner == manner]
        if group:
            yield _line([f"*{title}*", *[""] * (1 + 2 * len(sizes))])
        for name in sorted(group, key=lambda name: (name != HARKEN.name, _cost(rows, name, sizes))):
            cells = [_time(rows[name, size]) for size in sizes]
            ratios = [_times(rows[name, size].get("times_harken")) for size in sizes]
            label = f"**{HARKEN.label}**" if name == HARKEN.name else BY_NAME[name].label
            yield _line([label, BY_NAME[name].language, *cells, *ratios])
    yield ""


def _cost(rows: dict[Any, Any], name: str, sizes: Iterable[int]) -> float:
    """For sorting: the largest size first; what failed there comes last."""
    return rows[name, max(sizes)].get("ms", 1e9 + rows[name, min(sizes)].get("ms", 0))


def _time(row: dict[str, Any]) -> str:
    return "failed" if "failed" in row else f"{_short(row['ms'])} ({_short(row['p95_ms'])})"


def _times(ratio: float | None) -> str:
    return "" if ratio is None else f"{_short(ratio)}×"


def _short(number: float) -> str:
    """Two or three figures that matter."""
    if number >= 100:
        return f"{number:,.0f}"
    if number >= 10:
        return f"{number:.0f}"
    return f"{number:.1f}" if number >= 1 else f"{number:.2g}"


def _rest(rows: dict[Any, Any], size: int, names: list[str]) -> Iterator[str]:
    yield f"## Everything else, at N = {size:,}\n"
    yield "Save: what has to be kept to go on, as the engine writes it (deflated). Turns: told when it was saved.\n"
    yield _line(["", "compile s", "load ms", "save bytes", "memory MB", "turns"])
    yield _line(["---", "--:", "--:", "--:", "--:", "--:"])
    for name in names:
        row = rows[name, size]
        label = BY_NAME[name].label + (", ladder" if BY_NAME[name].manner == "ladder" else "")
        if "failed" in row:
            yield _line([label, row["failed"], "", "", "", ""])
            continue
        own = row["compile_ms"] or 0
        compile_s = f"{own / 1000:.1f}" if own > 50 else ""
        if BY_NAME[name].compiled_by:
            compile_s = " + ".join(part for part in ("by inkjs", compile_s) if part)
        saved = f"{row['save_bytes']:,.0f} ({row['save_deflated_bytes']:,.0f})"
        yield _line(
            [label, compile_s or "none", f"{row['load_ms']:,.0f}", saved, f"{row['rss_mb']:.0f}", f"{row['turns']}"]
        )
    yield ""


def _bars(bars: list[dict[str, Any]]) -> Iterator[str]:
    yield "## Harken's bars\n"
    yield _line(["bar", "goal", "measured", ""])
    yield _line(["---", "---", "---", "---"])
    for bar in bars:
        yield _line([bar["bar"], bar["goal"], bar["measured"], "held" if bar["held"] else "**missed**"])
    yield ""


def _about(data: dict[str, Any], sizes: list[int]) -> Iterator[str]:
    on, stories = data["machine"], data["stories"]
    yield "## On what\n"
    yield (
        f"{on['date']}, `{data['command']}`: {on['processor']}, {on['cores']} cores, {on['memory_gib']} GiB, "
        f"{on['system']}, Python {on['python']}, Node {on['node']}; load average {on['load_before']} before and "
        f"{on['load']} after, {on['minutes']} minutes. Other work may have run on the machine at the same time: trust "
        "the ratios, which are taken within a round, and less the milliseconds.\n"
    )
    peers = ", ".join(f"{package} {version}" for package, version in sorted(data["versions"].items()))
    yield f"Peers: {peers}.\n"
    for size in sizes:
        one = stories[str(size)]
        yield (
            f"- N = {size:,}: {one['turns']} turns; {one['open_first']:,} storylets open at the first turn and "
            f"{one['open_last']:,} at the last; sequence `{one['sequence']}`, words `{one['texts']}`."
        )
    yield "\n## Not measured\n"
    failed = [row for row in data["rows"] if "failed" in row]
    for row in failed:
        yield f"- {row['label']} ({row['manner']}) at N = {row['size']:,}: {row['failed']}."
    for name, why in {**data["missing"], **NOT_HERE}.items():
        label = BY_NAME[name].label if name in BY_NAME else name
        yield f"- {label}: {why}."


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
