"""Outside corpora, from copies that you have: what their labels are among six families, and how the ear does on them.

None of their text is in this repository, or may come into it (research: AnnoMI has no licence, ESConv is for research,
EmpatheticIntents is NC). A folder is known by its file; further ones are a reader more in ``READERS``.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path

from harken.listen.head import softmax
from harken.listen.understanding import raw

FAMILIES = {
    "question": ("ask_open", "ask_closed"),
    "reflection": ("reflect", "name_feeling"),
    "validation": ("validate", "comfort", "reassure"),
    "disclosure": ("confide",),
    "advice": ("advise",),
    "encouragement": ("encourage", "stay"),
}
Rows = Iterator[tuple[str, str, str]]
"""Text, what was said before it, and its family."""

_ANNOMI = {"question": "question", "reflection": "reflection", "therapist_input": "advice"}
_ESCONV = {
    "Question": "question", "Restatement or Paraphrasing": "reflection", "Reflection of feelings": "reflection",
    "Self-disclosure": "disclosure", "Affirmation and Reassurance": "validation", "Providing Suggestions": "advice",
    "Providing Suggestions or Information": "advice",
}  # fmt: skip


def annomi(folder: Path) -> Rows:
    """AnnoMI-full.csv: the therapist's turns, each after the client's last."""
    before = ""
    with (folder / "AnnoMI-full.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            text, part = row["utterance_text"], row.get("main_therapist_behaviour", "")
            if row["interlocutor"] == "client":
                before = text
            elif part in _ANNOMI:
                yield text, before, _ANNOMI[part]


def esconv(folder: Path) -> Rows:
    """ESConv.json: the supporter's turns, each after the seeker's last."""
    for dialogue in json.loads((folder / "ESConv.json").read_text("utf-8")):
        before = ""
        for turn in dialogue["dialog"]:
            family = _ESCONV.get(turn.get("annotation", {}).get("strategy", ""))
            if turn["speaker"] == "seeker":
                before = turn["content"].strip()
            elif family:
                yield turn["content"].strip(), before, family


def plain(folder: Path) -> Rows:
    """lines.jsonl: your own, an object a line with ``text``, ``family`` and perhaps ``before``."""
    for line in (folder / "lines.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        yield row["text"], row.get("before") or "", row["family"]


READERS: dict[str, Callable[[Path], Rows]] = {"AnnoMI-full.csv": annomi, "ESConv.json": esconv, "lines.jsonl": plain}


def read(folder: Path) -> list[tuple[str, str, str]]:
    """The lines of one corpus. Raises SystemExit where no file in the folder is known."""
    name = next((name for name in READERS if (folder / name).is_file()), None)
    if name is None:
        raise SystemExit(f"{folder} has none of: {', '.join(READERS)}.")
    return list(READERS[name](folder))


def ear(text: str, before: str) -> dict[str, float]:
    """The chance of each move, as Harken hears it."""
    moves, values, temperature = raw(text, before)
    return dict(zip(moves, softmax(values, temperature), strict=True))


def table(
    corpora: dict[str, list[tuple[str, str, str]]], hearers: dict[str, list[list[dict[str, float]]]]
) -> list[str]:
    """Accuracy and macro-F1 of each hearer, whose chances come corpus by corpus, among the families of each corpus."""
    heads = [f"{name}: accuracy | macro-F1" for name in hearers]
    out = ["| corpus | lines | families | " + " | ".join(heads) + " |", "|---" * (3 + 2 * len(heads)) + "|"]
    pooled: dict[str, list[tuple[str, str]]] = {name: [] for name in hearers}
    means: dict[str, list[float]] = {name: [] for name in hearers}
    for at, (corpus, rows) in enumerate(corpora.items()):
        there = sorted({family for _, _, family in rows})
        cells = []
        for name, chances in hearers.items():
            pairs = [(row[2], likeliest(chance, there)) for row, chance in zip(rows, chances[at], strict=True)]
            pooled[name] += pairs
            means[name].append(_macro(pairs))
            cells.append(f"{_right(pairs):.3f} | {means[name][-1]:.3f}")
        out.append(f"| {corpus} | {len(rows)} | {', '.join(there)} | " + " | ".join(cells) + " |")
    cells = [f"{_right(pairs):.3f} | {_macro(pairs):.3f}" for pairs in pooled.values()]
    out.append(f"| all together | {sum(map(len, corpora.values()))} | | " + " | ".join(cells) + " |")
    cells = [f"| {sum(one) / len(one):.3f}" for one in means.values()]
    return [*out, "| mean of the corpora | | | " + " | ".join(cells) + " |"]


def likeliest(chance: dict[str, float], among: list[str]) -> str:
    """The likeliest family of those that the corpus has."""
    return max(among, key=lambda family: sum(chance.get(move, 0.0) for move in FAMILIES[family]))


def _right(pairs: list[tuple[str, str]]) -> float:
    return sum(true == said for true, said in pairs) / len(pairs)


def _macro(pairs: list[tuple[str, str]]) -> float:
    there = sorted({true for true, _ in pairs})
    return sum(_f1(pairs, family) for family in there) / len(there)


def _f1(pairs: list[tuple[str, str]], family: str) -> float:
    both = sum(true == said == family for true, said in pairs)
    either = sum(true == family for true, _ in pairs) + sum(said == family for _, said in pairs)
    return 2 * both / either if either else 0.0
