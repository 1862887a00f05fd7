"""``python -m bench``: set the peers up, run everything side by side, write the table and the plot."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

from bench import readme
from bench.bars import bars
from bench.engines import BY_NAME, ENGINES, HARKEN
from bench.environments import HERE, PEERS, make_ready
from bench.own import own_figures
from bench.plot import plot
from bench.report import page
from bench.run import Bench, Disagreement
from bench.summary import machine, summarise, versions

SIZES, ROUNDS = [100, 1000, 10_000], 3
MEASURED = HERE.parent / "docs" / "measured"


def main() -> int:
    asked = _arguments()
    sizes, rounds = asked.sizes or SIZES, asked.rounds or ROUNDS
    if asked.quick:
        sizes, rounds = asked.sizes or [100, 1000], asked.rounds or 1
    wanted = [engine for engine in ENGINES if not asked.only or engine.name in asked.only or engine is HARKEN]
    wanted += [BY_NAME[e.compiled_by] for e in wanted if e.compiled_by and BY_NAME[e.compiled_by] not in wanted]
    missing = make_ready(wanted)
    for name, why in missing.items():
        print(f"without {name}: {why}", file=sys.stderr)
    engines = [engine for engine in wanted if engine.name not in missing]
    bench = Bench(engines, rounds)
    load_before, begun = machine()["load"], perf_counter()
    try:
        for size in sizes:
            bench.size(size)
    except Disagreement as different:
        print(different, file=sys.stderr)
        return 1
    data = _data(bench, sizes, missing)
    data["machine"] |= {"load_before": load_before, "minutes": round((perf_counter() - begun) / 60, 1)}
    _write(data, _out(asked, wanted))
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", help="storylets in a story (100 1000 10000)")
    parser.add_argument("--rounds", type=int, help=f"rounds of every engine ({ROUNDS})")
    parser.add_argument("--only", nargs="+", choices=sorted(BY_NAME), metavar="ENGINE", help="these, and Harken")
    parser.add_argument("--quick", action="store_true", help="100 and 1000, one round")
    parser.add_argument("--out", type=Path, help="where to write (docs/measured; a partial run: bench/.peers/last)")
    return parser.parse_args()


def _out(asked: argparse.Namespace, wanted: list[Any]) -> Path:
    whole = not (asked.quick or asked.sizes or asked.rounds) and len(wanted) == len(ENGINES)
    out = asked.out or (MEASURED if whole else PEERS / "last")
    out.mkdir(parents=True, exist_ok=True)
    return out


def _data(bench: Bench, sizes: list[int], missing: dict[str, str]) -> dict[str, Any]:
    rows = summarise(bench)
    return {
        "command": "python -m bench" + "".join(f" {word}" for word in sys.argv[1:]),
        "machine": machine(),
        "versions": versions(bench.engines),
        "stories": {str(size): story for size, story in bench.stories.items()},
        "missing": missing,
        "rows": rows,
        "bars": bars(rows, own_figures(bench, max(sizes))),
    }


def _write(data: dict[str, Any], out: Path) -> None:
    (out / "bench.json").write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n")
    (out / "bench.svg").write_text(plot(data))
    text = page(data)
    (out / "bench.md").write_text(text)
    if out == MEASURED:
        readme.write(data)
    print(text)


if __name__ == "__main__":
    sys.exit(main())
