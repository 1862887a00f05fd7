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


def scored(folder: Path) -> list[str]:
    """A table of one corpus: accuracy and macro-F1 over the families it has. Raises SystemExit where none is known."""
    name = next((name for name in READERS if (folder / name).is_file()), None)
    if name is None:
        raise SystemExit(f"{folder} has none of: {', '.join(READERS)}.")
    rows = list(READERS[name](folder))
    there = sorted({family for _, _, family in rows})
    pairs = [(true, heard(text, before, there)) for text, before, true in rows]
    f1 = [_f1(pairs, family) for family in there]
    right = sum(true == said for true, said in pairs) / len(pairs)
    return [
        f"| {folder.name}/{name} | accuracy | macro-F1 | " + " | ".join(f"F1 of {family}" for family in there) + " |",
        "|---" * (3 + len(there)) + "|",
        f"| {len(rows)} lines | {right:.3f} | {sum(f1) / len(f1):.3f} | "
        + " | ".join(f"{one:.3f}" for one in f1)
        + " |",
    ]


def heard(text: str, before: str, among: list[str]) -> str:
    """The likeliest family of those that the corpus has."""
    moves, values, temperature = raw(text, before)
    chance = dict(zip(moves, softmax(values, temperature), strict=True))
    return max(among, key=lambda family: sum(chance[move] for move in FAMILIES[family]))


def _f1(pairs: list[tuple[str, str]], family: str) -> float:
    both = sum(true == said == family for true, said in pairs)
    either = sum(true == family for true, _ in pairs) + sum(said == family for _, said in pairs)
    return 2 * both / either if either else 0.0
