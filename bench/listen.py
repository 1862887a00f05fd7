"""``python -m bench.listen``: what the ear costs, and how well it hears. Writes docs/measured/listening.md.

--minilm PYTHON    measure MiniLM and a linear head in the same run, in the environment of this interpreter
                   (bench/listen_minilm.py says what it needs)
--corpus DIR       score copies of outside corpora that you have (bench/listen_corpora.py says which, and how)
--dry              print, and write nothing
"""

# ruff: noqa: E402
from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
from pathlib import Path
from time import process_time

HERE = Path(__file__).parent
ROOT = HERE.parent
sys.path[:0] = [str(ROOT / "tests" / "listen")]

import scoring
from listening.generate import lines

from bench import listen_corpora
from harken.listen import Example, fit, understand

PAGE = ROOT / "docs/measured/listening.md"
EAR = ROOT / "src/harken/listen"
BEGIN, END = "<!-- measured by python -m bench.listen -->\n", "<!-- the rest is written by hand -->\n"
SETS = (("English", "moves", "en"), ("German", "moves.de", "de"))
ROUNDS = 30
Corpora = dict[str, list[tuple[str, str, str]]]
TWENTY = {
    "en": (
        "so you have carried that alone since you were a child and nobody ever asked you how it was there",
        "i think you did what anyone would have done and i am so sorry that you had to go through that night",
        "what was it like for you when you came back to the house and the lamp was still burning there again",
        "my brother went away when i was nine and i told my mother that he would write to us every single week",
    ),
    "de": (
        "also hast du das ganz allein getragen seit du ein kind warst und niemand hat dich gefragt wie es war",
        "ich glaube du hast getan was jeder getan hätte und es tut mir so leid dass du das erleben musstest damals",
        "wie war das für dich als du in das haus zurückkamst und die lampe noch immer brannte nach all den jahren",
        "mein bruder ging fort als ich neun war und ich habe meiner mutter gesagt dass er uns jede woche schreibt",
    ),
}
HARD = (
    ("100,000 combining marks", "\u0301" * 100_000), ("100,000 letters, no space", "x" * 100_000),
    ("50,000 letters with marks", "a\u0301" * 50_000), ("100,000 question marks", "?" * 100_000),
    ("16,384 letters that unfold to eighteen", "\ufdfa" * 16_384),
)  # fmt: skip
LOAD = """
import time, sys
a = time.process_time(); import harken.engine
b = time.process_time(); from harken.listen import understand; understand({text!r}, language={language!r})
c = time.process_time(); print(1000 * (b - a), 1000 * (c - b)); assert "numpy" not in sys.modules
"""


def heard() -> list[str]:
    """The table of the second writer's sets."""
    rows = ["| | lines | accuracy | surest 70 % | calibration error | weakest |", "|---|---|---|---|---|---|"]
    for name, file, language in SETS:
        score = scoring.moves(file, language)
        weak = ", ".join(
            f"{move} {part:.2f}" for move, part in sorted(score.recall.items(), key=lambda one: one[1])[:4]
        )
        rows.append(
            f"| {name} | {score.lines} | {score.accuracy:.3f} | {score.surest:.3f} | {score.calibration:.3f} | {weak} |"
        )
    return rows


def costs() -> tuple[list[str], float]:
    """Times and sizes, and the median of a line in milliseconds."""
    rows, middle = ["| what | median | p95 |", "|---|---|---|"], 0.0
    for name, _, language in SETS:
        times = sorted(_timed(text, language) for _ in range(ROUNDS) for text in TWENTY[language])
        middle = middle or statistics.median(times)
        late = times[int(0.95 * len(times))]
        rows.append(f"| a line of 20 words, {name} | {statistics.median(times):.2f} ms | {late:.2f} ms |")
    for name, _, language in SETS:
        loads = sorted(_loaded(language) for _ in range(9))
        rows.append(
            f"| loading and the first line, {name}, the engine there | {loads[4]:.0f} ms | {loads[-1]:.0f} ms |"
        )
    for what, text in HARD:
        times = sorted(_timed(text, "en", 1) for _ in range(9))
        rows.append(f"| {what} | {times[4]:.1f} ms | {times[-1]:.1f} ms |")
    examples = [Example(line.text, line.move) for line in list(lines("en", rough=False))[:5000:10]]
    fit(examples[:1])
    times = sorted(_spent(lambda: fit(examples)) for _ in range(5))
    rows.append(f"| fitting {len(examples)} lines of a story's own | {times[2]:.0f} ms | {times[-1]:.0f} ms |")
    return rows, middle


def size() -> int:
    """Bytes that the wheel carries for the ear: weights and everyday lines."""
    return sum(path.stat().st_size for part in ("weights", "everyday") for path in (EAR / part).iterdir())


def outside(corpora: Corpora, minilm: list[list[dict[str, float]]] | None) -> list[str]:
    """Outside corpora, heard by the ear and, in the same run, by MiniLM."""
    hearers = {"the ear": [[listen_corpora.ear(text, before) for text, before, _ in rows] for rows in corpora.values()]}
    if minilm is not None:
        hearers["MiniLM"] = minilm
    return listen_corpora.table(corpora, hearers) if corpora else []


def minilm(python: str, middle: float, corpora: Corpora) -> tuple[list[str], list[list[dict[str, float]]] | None]:
    """The same lines, heard by a sentence transformer; and the chances it gives in outside corpora."""
    written = [(line.text, line.move) for line in lines("en", rough=False)]
    tests = {file: [(row["text"], row["move"]) for row in scoring.read(file)] for _, file, _ in SETS[:1]}
    texts = [[text for text, _, _ in rows] for rows in corpora.values()]
    given = {"train": written, "tests": tests, "outside": texts, "timed": TWENTY["en"], "rounds": 10}
    done = subprocess.run(
        [python, str(HERE / "listen_minilm.py")], input=json.dumps(given), capture_output=True, text=True, check=False
    )
    if done.returncode:
        return [f"MiniLM did not run: {done.stderr.strip().splitlines()[-1]}"], None
    found = json.loads(done.stdout)
    other = scoring.score([tuple(one) for one in found["scores"]["moves"]])
    ours = scoring.moves("moves", "en")
    told = [
        "| English, the same run | accuracy | surest 70 % | calibration error | bytes | a line of 20 words |",
        "|---|---|---|---|---|---|",
        f"| Harken's ear | {ours.accuracy:.3f} | {ours.surest:.3f} | {ours.calibration:.3f} "
        f"| {(EAR / 'weights/en.bin').stat().st_size:,} | {middle:.2f} ms |",
        f"| MiniLM (f32 ONNX, one thread) and a linear head | {other.accuracy:.3f} | {other.surest:.3f} "
        f"| {other.calibration:.3f} | {found['bytes']:,} | {found['median']:.2f} ms |",
        "",
        f"MiniLM is {found['bytes'] / (EAR / 'weights/en.bin').stat().st_size:,.0f} times the size and takes "
        f"{found['median'] / middle:.0f} times as long. It learned from the same {len(written):,} lines (without the "
        "misspelt copies, and without what the confider said).",
    ]
    return told, found["outside"]


def _timed(text: str, language: str, times: int = 3) -> float:
    return (
        _spent(lambda: [understand(text, "I was nine when they sold the horse.", language) for _ in range(times)])
        / times
    )


def _spent(work) -> float:
    begun = process_time()
    work()
    return 1000 * (process_time() - begun)


def _loaded(language: str) -> float:
    code = LOAD.format(text=TWENTY[language][0], language=language)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    return float(done.stdout.split()[1])


def main() -> None:
    """Measure, print, write."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--minilm", metavar="PYTHON")
    asked.add_argument("--corpus", metavar="DIR", type=Path, action="append", default=[])
    asked.add_argument("--dry", action="store_true")
    options = asked.parse_args()
    table, middle = costs()
    carried = f"Carried by the wheel: {size():,} bytes (weights of both languages and everyday lines)."
    parts = [*heard(), "", *table, "", carried]
    corpora = {folder.name: listen_corpora.read(folder) for folder in options.corpus}
    told, other = minilm(options.minilm, middle, corpora) if options.minilm else ([], None)
    for block in (told, outside(corpora, other)):
        parts += ["", *block] if block else []
    text = "\n".join(parts) + "\n"
    print(text)
    if not options.dry:
        before, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
        PAGE.write_text(f"{before}{BEGIN}\n{text}\n{END}{rest.partition(END)[2]}", encoding="utf-8")


if __name__ == "__main__":
    main()
