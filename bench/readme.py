"""The README's short table: those that choose among all that is open, as the last whole run measured them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bench.engines import BY_NAME, HARKEN

README = Path(__file__).parents[1] / "README.md"
BEGIN, END = "<!-- what a breath costs: `make bench` writes this -->\n", "<!-- until here -->"


def write(data: dict[str, Any]) -> None:
    """Put the table of these figures in the README."""
    before, _, rest = README.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    README.write_text(f"{before}{BEGIN}{table(data)}{END}{after}", encoding="utf-8")


def table(data: dict[str, Any]) -> str:
    """Milliseconds a turn and times Harken's, the quickest at the largest size first."""
    rows = {(row["engine"], row["size"]): row for row in data["rows"] if row["manner"] == "chooses"}
    sizes = sorted({size for _, size in rows})
    names = sorted({name for name, _ in rows}, key=lambda name: (name != HARKEN.name, _cost(rows, name, sizes)))
    heads = " | ".join(f"N = {size:,}" for size in sizes)
    lines = [f"| ms a turn (× Harken) | written in | {heads} |", f"| --- | --- |{' --: |' * len(sizes)}"]
    for name in names:
        cells = " | ".join(_cell(rows[name, size], name) for size in sizes)
        label = f"**{HARKEN.label}**" if name == HARKEN.name else BY_NAME[name].label
        lines.append(f"| {label} | {BY_NAME[name].language} | {cells} |")
    return "\n".join(lines) + "\n"


def _cost(rows: dict[Any, Any], name: str, sizes: list[int]) -> tuple[float, ...]:
    return tuple(rows[name, size].get("ms", float("inf")) for size in reversed(sizes))


def _cell(row: dict[str, Any], name: str) -> str:
    if "ms" not in row:
        return "failed"
    ms = f"{row['ms']:.2g}" if row["ms"] < 100 else f"{row['ms']:,.0f}"
    return ms if name == HARKEN.name or not row["times_harken"] else f"{ms} ({_times(row['times_harken'])})"


def _times(ratio: float) -> str:
    return f"{ratio:.2g}×" if ratio < 10 else f"{ratio:,.0f}×"
