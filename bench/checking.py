"""``python -m bench.checking``: processor time of the checker's fast pass, beside the engine's own compile."""

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
from harken.engine.index import index_of
from harken.engine.story import story_from
from making import compiled, story

SIZES, ROUNDS = (200, 500, 1000, 2000), 5


def main() -> None:
    print("| tellings | compile (index and read) | bounds (proofs) | whole fast pass with witnesses | undecided |")
    print("|---|---|---|---|---|")
    for size in SIZES:
        doc = json.loads(compiled(chains(size)))
        compiling = min(_timed(lambda doc=doc: story_from({**doc, "index": index_of(doc)}, "x")) for _ in range(ROUNDS))
        read = [story(doc) for _ in range(ROUNDS)]
        proving = min(_timed(lambda one=one: Bounds(one)) for one in read)
        begun = process_time()
        verdicts = [v for v in judge(story(doc)) if v.promise == "told"]
        whole = process_time() - begun
        undecided = sum(v.holds is None for v in verdicts)
        print(f"| {size} | {compiling:.3f} s | {proving:.3f} s | {whole:.2f} s | {undecided} of {len(verdicts)} |")


def _timed(work) -> float:
    begun = process_time()
    work()
    return process_time() - begun


if __name__ == "__main__":
    main()
