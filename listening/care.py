"""Train the care head from the readable lines in ``listening/care``. The same lines give the same bytes on one platform.

python -m listening.care            # writes src/harken/listen/weights/care.bin
python -m listening.care --folds    # what is found and wrongly shown of batches that were held out; nothing written
"""

from __future__ import annotations

import json
import random
import re
import sys
from functools import cache
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from harken.listen.care import cues, passages
from harken.listen.care_head import ROWS, features
from listening.care_lines import LANGUAGES, read, written
from listening.generate import lines

OUT = Path(__file__).parent.parent / "src/harken/listen/weights/care.bin"
STEPS, DECAY = 150, 0.01
WRONG_MOST, ORDINARY_MOST = 0.05, 0.0004
"""The parts of held-out other lines, and of everyday lines, that may be shown wrongly: where the threshold is set."""
GROWN, GROWN_WEIGHT, VARIED, ORDINARY, EVERYDAY = 60, 6.0, 0.5, 0.5, 12000
"""The most lines that one with alternatives grows into, and their weight together against one of ours; the weights of a
line typed otherwise and of a line of everyday listening text; how many of those are taken."""
SLIPS = 0.35
"""The part of the longer words that have a slip in a line with many."""
MEASURED = 20_000
"""Everyday lines that never train, for the threshold."""
AROUND = {
    "en": ("honestly ", "*sighs* ", "you know, ", "i don't know who else to tell. ", "ok so ", "can i be honest? "),
    "de": ("ehrlich gesagt ", "*seufzt* ", "weißt du, ", "ich weiß nicht wem ich es sonst sagen soll. ", "also ", "darf ich ehrlich sein? "),
}  # fmt: skip
AFTER = ("", "", "...", " 😔", ".", " idk", " tbh", "!!")
LINKS, JOINED = (" and ", ", ", " but ", " "), 0.5
"""What joins short lines to long ones, and the part of the other lines that are joined."""
_CHOICE = re.compile(r"\{([^{}]*)\}")


class Line(NamedTuple):
    """A line to learn from."""

    text: str
    help: bool
    language: str
    weight: float
    batch: str
    """Who wrote it and when: the part of its file's name that is its own, ``first`` where there is none."""
    written: bool
    """Whether it stands in the file as it is."""


def varied(line: str, language: str) -> list[str]:
    """The line as others would type it: with something before and after, with a letter missing, and with many slips."""
    chance = crc32(line.encode())
    before = AROUND[language][chance % len(AROUND[language])]
    at = 1 + chance // 7 % max(1, len(line) - 2)
    shortened = [line[:at] + line[at + 1 :], slipped(line)] if len(line) > 14 else []
    return [before + line + AFTER[chance // 11 % len(AFTER)], *shortened]


def slipped(line: str) -> str:
    """The line with a slip in about every third longer word, always the same: a letter missing, doubled, swapped or left
    out as those who type fast do."""
    dice, words = random.Random(crc32(line.encode())), line.lower().replace("'", "").split(" ")
    for number, word in enumerate(words):
        if len(word) > 3 and dice.random() < SLIPS:
            at = dice.randrange(1, len(word) - 1)
            words[number] = dice.choice(
                (
                    word[:at] + word[at + 1 :],
                    word[:at] + word[at] + word[at:],
                    word[:at] + word[at + 1] + word[at] + word[at + 2 :],
                    word[0] + re.sub("[aeiou]", "", word[1:], count=1),
                )
            )
    return " ".join(words)


def grown(line: str) -> list[str]:
    """What a line with alternatives in braces grows into, always the same; the line itself where it has none."""
    many = int(np.prod([found[1].count("|") + 1 for found in _CHOICE.finditer(line)], dtype=np.int64))
    out = set()
    for number in range(min(GROWN, many)):
        dice = random.Random(crc32(f"{line}{number}".encode()))
        text = _CHOICE.sub(lambda found, dice=dice: dice.choice(found[1].split("|")), line)
        out.add(re.sub(r"\s+", " ", text).strip())
    return sorted(out)


def own(language: str) -> list[Line]:
    """Every line of ours in one language, with what comes of it."""
    out = []
    for kind in ("help", "other"):
        for line, batch in read(language, kind):
            texts = grown(line)
            if len(texts) == 1:
                out.append(Line(line, kind == "help", language, 1.0, batch, True))
                out += [Line(text, kind == "help", language, VARIED, batch, False) for text in varied(line, language)]
            else:
                each = GROWN_WEIGHT / len(texts)
                out += [Line(text, kind == "help", language, each, batch, False) for text in texts]
    return out


@cache
def everyday(language: str) -> list[str]:
    """Everyday listening text, in an order of its own; the first of it trains, the rest never does."""
    return sorted({one.text for one in lines(language)}, key=lambda text: crc32(text.encode()))


def ordinary(language: str) -> list[Line]:
    """Everyday lines, as they are."""
    return [Line(text, False, language, ORDINARY, "everyday", False) for text in everyday(language)[:EVERYDAY]]


def joined(taught: list[Line], language: str) -> list[Line]:
    """Long lines out of short ones: what is help with everyday words around it, and much that is not, one after another."""
    calm = everyday(language)[:EVERYDAY]
    dice = random.Random(language)
    out = [
        one._replace(
            text=dice.choice(LINKS).join(dice.sample([one.text, dice.choice(calm)], 2)), weight=VARIED, written=False
        )
        for one in taught
        if one.written and one.help
    ]
    for one in [one for one in taught if not one.help and dice.random() < JOINED]:
        many = dice.choice((1, 2, 3))
        texts = dice.sample([one.text, *dice.sample(calm, many)], many + 1)
        out.append(one._replace(text=dice.choice(LINKS).join(texts), weight=ORDINARY, written=False))
    for _ in range(EVERYDAY // 2):
        texts = dice.sample(calm, dice.choice((2, 3, 4)))
        out.append(Line(dice.choice(LINKS).join(texts), False, language, ORDINARY, "everyday", False))
    return out


@cache
def rows_of(text: str, language: str) -> list[list[int]]:
    """The features of each passage."""
    return [features(passage, language, cues(passage, language)) for passage in passages(text, language)]


def matrix(found: list[list[int]]) -> csr_matrix:
    ends = np.cumsum([0] + [len(rows) for rows in found])
    columns = np.array([row for rows in found for row in rows], dtype=np.int32)
    values = np.repeat([1 / np.sqrt(max(1, len(rows))) for rows in found], [len(rows) for rows in found])
    return csr_matrix((values, columns, ends), shape=(len(found), ROWS))


def fitted(x: csr_matrix, y: np.ndarray, weight: np.ndarray) -> tuple[np.ndarray, float]:
    """Logistic regression with decay, by L-BFGS."""
    turned = x.T.tocsr()
    total = weight.sum()

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        z = x @ flat[:-1] + flat[-1]
        chance = 1 / (1 + np.exp(-z))
        error = (chance - y) * weight
        value = float((weight * np.logaddexp(0, np.where(y, -z, z))).sum() + DECAY * flat[:-1] @ flat[:-1] / 2)
        return value / total, np.append(turned @ error + DECAY * flat[:-1], error.sum()) / total

    best = minimize(loss, np.zeros(x.shape[1] + 1), jac=True, method="L-BFGS-B", options={"maxiter": STEPS}).x
    return best[:-1], float(best[-1])


def train(taught: list[Line]) -> tuple[np.ndarray, float]:
    """Weights and bias. Of several passages, the longest is what makes a line help."""
    found, y, weight, spoken = [], [], [], []
    for line in taught:
        pieces = rows_of(line.text, line.language) or [[]]
        for piece in sorted(pieces, key=len)[-1:] if line.help else pieces:
            found.append(piece)
            y.append(line.help)
            weight.append(line.weight)
            spoken.append(line.language)
    helps, weights, languages = np.array(y), np.array(weight), np.array(spoken)
    for language in LANGUAGES:
        here = languages == language
        balance = weights[here & ~helps].sum() / weights[here & helps].sum()
        weights[here & helps] *= balance**0.7
    return fitted(matrix(found), helps, weights)


def best(text: str, language: str, weights: np.ndarray, bias: float) -> float:
    """The score of the passage that is most like help."""
    return max(
        (bias + weights[rows].sum() / np.sqrt(max(1, len(rows))) for rows in rows_of(text, language)), default=-9.0
    )


def held_out(every: list[Line]) -> dict[tuple[str, str], tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """By language and batch, scores by heads that saw no line of the batch: of help, of other, of everyday lines.

    Of a batch that has no line of one kind as it is written, nothing is measured. A batch is held out in every language
    at once.
    """
    out = {}
    helped, other = ({line.batch for line in every if line.written and line.help is kind} for kind in (True, False))
    for batch in sorted(helped & other):
        head = train([line for line in every if line.batch != batch])
        for language in LANGUAGES:
            here = [line for line in every if line.written and line.batch == batch and line.language == language]
            helps, others = (
                np.array([best(one.text, language, *head) for one in here if one.help is kind])
                for kind in (True, False)
            )
            calm = np.array([best(text, language, *head) for text in everyday(language)[EVERYDAY:][:MEASURED]])
            if len(helps) and len(others):
                out[language, batch] = helps, others, calm
    return out


def enough(scores: list[tuple[np.ndarray, np.ndarray, np.ndarray]]) -> float:
    """The score that few enough of the other lines reach, as the mean of the batches, and few enough everyday lines."""
    others = float(np.mean([np.quantile(other, 1 - WRONG_MOST) for _, other, _ in scores]))
    calm = float(np.mean([np.quantile(calm, 1 - ORDINARY_MOST) for _, _, calm in scores]))
    return max(others, calm)


def main() -> None:
    every = []
    for language in LANGUAGES:
        ours = own(language)
        every += ours + ordinary(language) + joined(ours, language)
    scores = held_out(every)
    level = {
        spoken: enough([one for (language, _), one in scores.items() if language == spoken]) for spoken in LANGUAGES
    }
    for (language, batch), (helps, others, calm) in scores.items():
        at = level[language]
        print(
            f"{language}, batch {batch} held out: found {np.mean(helps >= at):.3f} of {len(helps)}, wrongly shown "
            f"{np.mean(others >= at):.3f} of {len(others)}, and {np.sum(calm >= at)} of {len(calm)} everyday lines",
            flush=True,
        )
    if "--folds" in sys.argv:
        return
    weights, bias = train(every)
    scale = float(np.abs(weights).max() / 127)
    about = {"scale": scale, "bias": bias, "enough": level, "text": written()}
    OUT.write_bytes(
        json.dumps(about).encode() + b"\n" + bytes((np.rint(weights / scale).astype(int) + 128).astype(np.uint8))
    )


if __name__ == "__main__":
    main()
