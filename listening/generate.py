"""Training lines from the readable text: every line is grown by its own alternatives, then roughed up as people type.

Seeded by the line itself, so that the same text always gives the same lines, and a changed line changes only its own.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

HERE = Path(__file__).parent
MOVES = (
    "stay", "encourage", "reflect", "name_feeling", "ask_open", "ask_closed", "validate", "comfort", "confide",
    "reassure", "advise", "judge", "deflect", "joke", "touch", "run", "unclear",
)  # fmt: skip
GROWN = 6
"""The most lines that one written line grows into by its alternatives."""
_CHOICE = re.compile(r"\{([^{}]*)\}")
_CHAT = {
    "en": {"you": "u", "are": "r", "your": "ur", "you're": "ur", "because": "bc", "to": "2", "though": "tho", "please": "pls",
           "something": "smth", "right now": "rn", "i'm": "im", "don't": "dont", "it's": "its", "going": "goin", "and": "n", "what": "wat",
           "that's": "thats", "can't": "cant", "didn't": "didnt", "really": "rly", "people": "ppl", "with": "w", "about": "abt"},
    "de": {"ich": "i", "nicht": "ned", "habe": "hab", "ist": "is", "etwas": "was", "eine": "ne", "einen": "nen", "vielleicht": "vllt",
           "auch": "auch", "nichts": "nix", "mal": "ma", "bitte": "pls", "das": "des", "für": "fuer", "schön": "schoen", "über": "ueber", "müssen": "muessen"},
}  # fmt: skip
_FILLERS = {
    "en": ("oh", "oh,", "ok", "ok so", "well,", "hmm", "hey,", "look,", "listen,", "wow,", "i mean", "honestly", "god,", "ah,", "hm.", "my friend,", "um", "uh", "like"),
    "de": ("oh", "oh,", "ok", "na ja,", "hm", "hey,", "schau,", "hör mal,", "wow,", "also ich mein", "ehrlich", "gott,", "ach,", "hm.", "äh", "naja"),
}  # fmt: skip
_AFTER = {
    "en": (" tbh", " lol", " you know", " my friend", " love", "...", "!", " tho", " ok", " honestly", " i think", ", truly"),
    "de": (" ehrlich", " weißt du", " mein freund", "...", "!", " halt", " ok", " echt", " glaub ich", " irgendwie", " ja"),
}  # fmt: skip
_EMOJI = ("😢", "❤️", "🥺", "😔", "💔", "🙏", "😭", "💙", "🙂", "😕", "✨", "😟")
_KEPT_PLAIN = ("unclear", "joke", "judge", "deflect", "stay")
"""Moves that an emoji added at random would turn into another."""


class Line(NamedTuple):
    """One training line. ``group`` is the written line that it comes of; ``before`` what it answers, or empty."""

    text: str
    move: str
    before: str
    group: str


def lines(language: str, rough: bool = True) -> Iterator[Line]:
    """All training lines of a language, in a fixed order. ``rough`` false gives the written lines alone, grown."""
    written = [line for move in MOVES for line in _written(language, move)]
    heads = sorted({line.before for line in written if line.before})
    by_fold: dict[tuple[str, int], list[Line]] = {}
    for line in written:
        by_fold.setdefault((line.move, fold(line.group)), []).append(line)
    for line in written:
        dice = random.Random(crc32(f"{line.move}|{line.group}".encode()))
        for text in _grown(line.text, dice):
            yield line._replace(text=text, before=line.before or (dice.choice(heads) if dice.random() < 0.4 else ""))
            if rough:
                others = by_fold[line.move, fold(line.group)]
                yield from _roughed(line._replace(text=text), others, heads, language, dice)


def dev(language: str) -> Iterator[Line]:
    """The dev batch, which never trains; ``group`` is the persona that types."""
    before = who = ""
    for line in (HERE / "dev" / f"{language}.txt").read_text(encoding="utf-8").splitlines():
        move, tab, text = line.partition("\t")
        if tab:
            yield Line(text, move, before, who)
        elif line.startswith("> "):
            before = line[2:]
        elif line.startswith("# who: "):
            who = line[7:]


def fold(group: str, folds: int = 5) -> int:
    """The fold that a written line is in, with all that comes of it."""
    return crc32(group.encode()) % folds


def _written(language: str, move: str) -> Iterator[Line]:
    before = ""
    for raw in (HERE / language / f"{move}.txt").read_text(encoding="utf-8").splitlines():
        line = raw.strip()
        if line.startswith("> "):
            before = line[2:]
        elif line and not line.startswith("# "):
            yield Line(line, move, before, line)


def _grown(line: str, dice: random.Random) -> list[str]:
    choices = 1
    for found in _CHOICE.finditer(line):
        choices *= found[1].count("|") + 1
    many = min(GROWN, choices)
    made = {_choose(line, dice) for _ in range(3 * many)}
    return sorted(made, key=lambda text: crc32(text.encode()))[:many]


def _choose(line: str, dice: random.Random) -> str:
    chosen = _CHOICE.sub(lambda found: dice.choice(found[1].split("|")), line)
    return " ".join(chosen.replace(" .", ".").replace(" ,", ",").split())


def _roughed(line: Line, others: list[Line], heads: list[str], language: str, dice: random.Random) -> Iterator[Line]:
    def again(text: str) -> Line:
        return line._replace(text=text, before=line.before or (dice.choice(heads) if dice.random() < 0.4 else ""))

    text = line.text
    if dice.random() < 0.5:
        yield again(_misspelt(text.lower(), dice))
    if dice.random() < 0.35:
        yield again(_chat(text.lower(), language, dice))
    if dice.random() < 0.4:
        yield again(text.lower().rstrip(".!").replace("'", "" if dice.random() < 0.7 else "'").replace(",", ""))
    if dice.random() < 0.3:
        yield again(text[:1].upper() + text[1:] + ("" if text[-1:] in ".!?*…" else "."))
    if line.move != "unclear":
        if dice.random() < 0.25:
            yield again(f"{dice.choice(_FILLERS[language])} {text}")
        if dice.random() < 0.2:
            yield again(text.rstrip(".") + dice.choice(_AFTER[language]))
        if dice.random() < 0.35 and len(text) > 12:
            yield again(
                " ".join(
                    _choose(part.text, dice).rstrip(".") + "."
                    for part in (line, *dice.sample(others, min(len(others), dice.choice((1, 1, 2)))))
                )
            )
    if line.move not in _KEPT_PLAIN and dice.random() < 0.15:
        yield again(f"{text} {dice.choice(_EMOJI)}")


def _misspelt(text: str, dice: random.Random) -> str:
    letters = list(text)
    for _ in range(1 + len(text) // 25):
        at = dice.randrange(len(letters)) if letters else 0
        if not letters or not letters[at].isalpha():
            continue
        how = dice.randrange(4)
        if how == 0:
            letters[at] = ""
        elif how == 1:
            letters[at] *= 2
        elif how == 2 and at + 1 < len(letters):
            letters[at], letters[at + 1] = letters[at + 1], letters[at]
        else:
            letters[at] = dice.choice("aeinorstl")
    return "".join(letters) or text


def _chat(text: str, language: str, dice: random.Random) -> str:
    table = _CHAT[language]
    return " ".join(table.get(word, word) if dice.random() < 0.8 else word for word in text.split())
