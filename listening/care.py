"""Train the care head from the readable lines in ``listening/care``. The same lines give the same bytes on one platform.

python -m listening.care            # writes src/harken/listen/weights/care.bin
python -m listening.care --folds    # what is found and wrongly shown of lines that were held out; nothing written
"""

from __future__ import annotations

import json
import sys
from functools import cache
from pathlib import Path
from zlib import crc32

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from harken.listen.care import cues, sentences
from harken.listen.care_head import ROWS, features
from listening.generate import lines

HERE = Path(__file__).parent / "care"
OUT = Path(__file__).parent.parent / "src/harken/listen/weights/care.bin"
LANGUAGES = ("en", "de")
FOLDS, STEPS, DECAY = 5, 200, 0.1
WRONG_MOST = 0.05
"""The part of held-out other lines that may be shown wrongly: where the threshold is set."""
ORDINARY, EVERYDAY = 0.3, 4000
"""The weight of a line of everyday listening text against a line of ours, and how many of them are taken."""
OTHERS = {
    "en": [("i'm", "you're"), ("i am", "he is"), ("i've", "she's"), ("i ", "you "), (" my ", " your "), ("myself", "yourself"), (" me ", " you ")],
    "de": [("ich ", "er "), (" mich ", " sich "), (" mir ", " sich "), (" mein", " sein"), ("will", "wollte")],
}  # fmt: skip
AROUND = {
    "en": ("honestly ", "*sighs* ", "you know, ", "i don't know who else to tell. ", "ok so ", "can i be honest? "),
    "de": ("ehrlich gesagt ", "*seufzt* ", "weißt du, ", "ich weiß nicht wem ich es sonst sagen soll. ", "also ", "darf ich ehrlich sein? "),
}  # fmt: skip
AFTER = ("", "", "...", " 😔", ".", " idk", " tbh", "!!")


def read(language: str, kind: str) -> list[str]:
    """Our lines of one kind."""
    return [line for line in (HERE / f"{language}.{kind}.txt").read_text("utf-8").splitlines() if line.strip()]


def varied(line: str, language: str) -> list[str]:
    """The line as others would type it: with something before and after, and a letter missing."""
    chance = crc32(line.encode())
    before = AROUND[language][chance % len(AROUND[language])]
    at = 1 + chance // 7 % max(1, len(line) - 2)
    return [
        line,
        before + line + AFTER[chance // 11 % len(AFTER)],
        line[:at] + line[at + 1 :] if len(line) > 14 else line,
    ]


def elsewhere(line: str, language: str) -> str:
    """The same said of somebody else, which is another matter."""
    changed = f" {line.lower()} "
    for own, other in OTHERS[language]:
        changed = changed.replace(
            f" {own}" if not own.startswith(" ") else own, f" {other}" if not own.startswith(" ") else other
        )
    return changed.strip()


def data(language: str) -> list[tuple[str, bool, float, int]]:
    """Every line with whether it is help, its weight, and the fold of the line that it was written as."""
    out = []
    for kind in ("help", "other"):
        for line in read(language, kind):
            fold = crc32(line.encode()) % FOLDS
            out += [(one, kind == "help", 1.0, fold) for one in varied(line, language)]
            if kind == "help" and elsewhere(line, language) != line.lower():
                out.append((elsewhere(line, language), False, 0.5, fold))
    everyday = sorted({one.text for one in lines(language)}, key=lambda text: crc32(text.encode()))[:EVERYDAY]
    return out + [(text, False, ORDINARY, crc32(text.encode()) % FOLDS) for text in everyday]


@cache
def rows_of(text: str, language: str) -> list[list[int]]:
    """The features of each sentence."""
    return [features(sentence, cues(sentence, language)) for sentence in sentences(text, language)]


def matrix(found: list[list[int]]) -> csr_matrix:
    ends = np.cumsum([0] + [len(rows) for rows in found])
    columns = np.array([row for rows in found for row in rows], dtype=np.int32)
    values = np.repeat([1 / np.sqrt(max(1, len(rows))) for rows in found], [len(rows) for rows in found])
    return csr_matrix((values, columns, ends), shape=(len(found), ROWS))


def fitted(x: csr_matrix, y: np.ndarray, weight: np.ndarray) -> tuple[np.ndarray, float]:
    """Logistic regression with decay, by L-BFGS."""
    turned = x.T.tocsr()
    balance = np.where(y, weight[~y].sum() / weight[y].sum(), 1.0) ** 0.7 * weight
    total = balance.sum()

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        z = x @ flat[:-1] + flat[-1]
        chance = 1 / (1 + np.exp(-z))
        error = (chance - y) * balance
        value = float((balance * np.logaddexp(0, np.where(y, -z, z))).sum() + DECAY * flat[:-1] @ flat[:-1] / 2)
        return value / total, np.append(turned @ error + DECAY * flat[:-1], error.sum()) / total

    best = minimize(loss, np.zeros(x.shape[1] + 1), jac=True, method="L-BFGS-B", options={"maxiter": STEPS}).x
    return best[:-1], float(best[-1])


def train(rows: list[tuple[str, bool, float, int]], language: str) -> tuple[np.ndarray, float]:
    """Weights and bias. Of several sentences, the longest is what makes a line help."""
    found, y, weight = [], [], []
    for text, help_, much, _ in rows:
        pieces = rows_of(text, language) or [[]]
        pieces = sorted(pieces, key=len)[-1:] if help_ else pieces
        for piece in pieces:
            found.append(piece)
            y.append(help_)
            weight.append(much)
    return fitted(matrix(found), np.array(y), np.array(weight))


def best(text: str, language: str, weights: np.ndarray, bias: float) -> float:
    """The score of the sentence that is most like help."""
    return max(
        (bias + weights[rows].sum() / np.sqrt(max(1, len(rows))) for rows in rows_of(text, language)), default=-9.0
    )


def held_out(language: str) -> tuple[list[float], list[float], list[float]]:
    """Scores by heads that never saw the line: of help, of other, and of everyday lines."""
    every, scores = data(language), ([], [], [])
    own = {kind: read(language, kind) for kind in ("help", "other")}
    for fold in range(FOLDS):
        weights, bias = train([row for row in every if row[3] != fold], language)
        for at, kind in enumerate(own):
            scores[at].extend(best(t, language, weights, bias) for t in own[kind] if crc32(t.encode()) % FOLDS == fold)
        ordinary = [row[0] for row in every if row[3] == fold and row[2] == ORDINARY]
        scores[2].extend(best(text, language, weights, bias) for text in ordinary)
    return scores


def enough(other: list[float]) -> float:
    """The score that few enough of the held-out other lines reach."""
    return float(np.quantile(other, 1 - WRONG_MOST))


def main() -> None:
    heads, tables = [], b""
    for language in LANGUAGES:
        help_, other, ordinary = held_out(language)
        at = enough(other)
        print(
            f"{language}: held out, found {np.mean(np.array(help_) >= at):.3f} of {len(help_)}, wrongly shown "
            f"{np.mean(np.array(other) >= at):.3f} of {len(other)}, and {np.sum(np.array(ordinary) >= at)} of {len(ordinary)} everyday lines"
        )
        if "--folds" in sys.argv:
            continue
        weights, bias = train(data(language), language)
        scale = float(np.abs(weights).max() / 127)
        tables += bytes((np.rint(weights / scale).astype(int) + 128).astype(np.uint8))
        heads.append([scale, bias, at])
    if heads:
        about = {"languages": list(LANGUAGES), "heads": heads}
        OUT.write_bytes(json.dumps(about).encode() + b"\n" + tables)


if __name__ == "__main__":
    main()
