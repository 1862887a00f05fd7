"""``python -m bench.checking``: processor time of the checker's fast pass, beside the engine's own compile.

The bars are 0.1 s at 500 tellings and 1 s at 2,000, for verdicts and the thousand readers together. Best of five
rounds, each on a story that was just read; loading numpy (0.2 s, once) is left out.
"""

# ruff: noqa: E402
from __future__ import annotations

import json
import sys
from pathlib import Path
from time import process_time

sys.path[:0] = [str(Path(__file__).parents[1] / "tests"), str(Path(__file__).parents[1] / "tests" / "check")]

from chains import chains

from harken.check.bounds import Bounds
from harken.check.judging import judge
from harken.check.thousand import thousand
from harken.engine.index import index_of
from harken.engine.story import story_from
from making import compiled, story

SIZES, ROUNDS = (200, 500, 1000, 2000), 5


def main() -> None:
    columns = ("tellings", "compile (index and read)", "bounds (proofs)", "verdicts", "a thousand readers", "both")
    print(f"| {' | '.join(columns)} | undecided |")
    print("|---|---|---|---|---|---|---|")
    thousand(story(chains(50)))  # numpy is loaded, once
    for size in SIZES:
        doc = json.loads(compiled(chains(size)))
        compiling = min(_timed(lambda doc=doc: story_from({**doc, "index": index_of(doc)}, "x")) for _ in range(ROUNDS))
        read = [story(doc) for _ in range(ROUNDS)]
        proving = min(_timed(lambda one=one: Bounds(one)) for one in read)
        judging, reading, both = [], [], []
        for one in [story(doc) for _ in range(ROUNDS)]:
            judging.append(_timed(lambda one=one: judge(one)))
            reading.append(_timed(lambda one=one: thousand(one)))
            both.append(judging[-1] + reading[-1])
        told = [verdict for verdict in judge(read[0]) if verdict.promise == "told"]
        undecided = sum(verdict.holds is None for verdict in told)
        print(
            f"| {size} | {compiling:.3f} s | {proving:.3f} s | {min(judging):.3f} s | {min(reading):.3f} s"
            f" | {min(both):.3f} s | {undecided} of {len(told)} |"
        )


def _timed(work) -> float:
    begun = process_time()
    work()
    return process_time() - begun


if __name__ == "__main__":
    main()
