"""Train the heads from the readable text: ``make listen-train``. The same text gives the same bytes on one platform.

python -m listening.train            # writes src/harken/listen/weights/*.bin
python -m listening.train --folds    # five folds by written line, and nothing written
"""

from __future__ import annotations

import json
import sys
import zlib
from math import log
from pathlib import Path
from zlib import crc32

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, hstack

from harken.listen.features import ROWS, features
from harken.listen.head import loads, scores, softmax
from listening.generate import MOVES, Line, dev, fold, lines
from listening.learned import LEARNED, learned

EAR = Path(__file__).parent.parent / "src/harken/listen"
WEIGHTS, EVERYDAY = EAR / "weights", EAR / "everyday"
HELD = 40
"""Written lines of each move that hold the rest in place when a story adds words of its own (``listen/fitting.py``)."""
DECAY = 0.6
STEPS = 120
SMOOTHED = 0.04
TEMPERATURES = [round(0.3 + 0.05 * step, 2) for step in range(15)]
"""Tried on the dev batch (``listening/dev``); the likeliest is kept. Never on the second writer's lines."""


def matrix(data: list[Line], language: str) -> csr_matrix:
    """One row a line; the two tables side by side, each weighed by one over the root of its features."""
    parts = []
    found = [features(line.text, line.before, language) for line in data]
    for bag in ([one.words for one in found], [one.chars for one in found]):
        ends = np.cumsum([0] + [len(rows) for rows in bag])
        columns = np.array([row for rows in bag for row in sorted(rows)], dtype=np.int32)
        values = np.repeat([1 / np.sqrt(max(1, len(rows))) for rows in bag], [len(rows) for rows in bag])
        parts.append(csr_matrix((values, columns, ends), shape=(len(data), ROWS)))
    return hstack(parts, format="csr")


def fitted(x: csr_matrix, y: np.ndarray, weight: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Multinomial logistic regression with decay, by L-BFGS. Returns weights (rows x moves) and bias."""
    rows, width = x.shape[1], len(MOVES)
    turned = x.T.tocsr()
    target = np.full((len(y), width), SMOOTHED / width)
    target[np.arange(len(y)), y] += 1 - SMOOTHED
    total = weight.sum()

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        w, b = flat[:-width].reshape(rows, width), flat[-width:]
        z = x @ w + b
        z -= z.max(axis=1, keepdims=True)
        log = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        error = (np.exp(log) - target) * weight[:, None]
        gradient = np.concatenate([(turned @ error + DECAY * w).ravel(), error.sum(axis=0)])
        value = -(weight[:, None] * target * log).sum() + DECAY / 2 * (w * w).sum()
        return float(value / total), gradient / total

    done = minimize(loss, np.zeros((rows + 1) * width), jac=True, method="L-BFGS-B", options={"maxiter": STEPS})
    return done.x[:-width].reshape(rows, width), done.x[-width:]


def packed(w: np.ndarray, b: np.ndarray, temperature: float) -> bytes:
    """The head as bytes: signed bytes plus 128, each table in its own unit."""
    tables, scales = [], []
    for table in (w[:ROWS], w[ROWS:]):
        scale = float(np.abs(table).max()) / 127 or 1.0
        scales.append(scale)
        tables.append((np.rint(table / scale) + 128).astype(np.uint8).tobytes())
    about = {"moves": MOVES, "scales": scales, "bias": [round(float(v), 6) for v in b], "temperature": temperature}
    return json.dumps(about, separators=(",", ":")).encode() + b"\n" + zlib.compress(b"".join(tables), 9)


def learn(data: list[Line], language: str) -> bytes:
    """A head from these lines, every move weighing the same."""
    y = np.array([MOVES.index(line.move) for line in data])
    count = np.bincount(y, minlength=len(MOVES))
    weight = (len(y) / len(MOVES) / np.maximum(1, count))[y]
    w, b = fitted(matrix(data, language), y, weight)
    return packed(w, b, temperature(packed(w, b, 1.0), language))


def temperature(made: bytes, language: str) -> float:
    """How sure the head may be: the temperature at which the dev batch is likeliest."""
    seen = judged(made, list(dev(language)), language)

    def unlikely(heat: float) -> float:
        return -sum(log(softmax(scored, heat)[MOVES.index(true)]) for _, _, true, _, scored in seen)

    return min(TEMPERATURES, key=unlikely)


def judged(data: bytes, test: list[Line], language: str) -> list[tuple[bool, float, str, str, list[float]]]:
    """Of each line: whether right, how sure, the true move, the one heard, the scores."""
    weights, out = loads(data), []
    for line in test:
        raw = scores(weights, features(line.text, line.before, language))
        p = softmax(raw, weights.temperature)
        best = max(range(len(p)), key=p.__getitem__)
        out.append((MOVES[best] == line.move, p[best], line.move, MOVES[best], raw))
    return out


def folds(language: str) -> None:
    """Print how well held-out written lines (grown, not roughed) are heard, by five folds."""
    rough, clean = list(lines(language)), list(lines(language, rough=False))
    print(language, "training lines", len(rough), "written and grown", len(clean))
    seen = []
    for number in range(5):
        made = learn([line for line in rough if fold(line.group) != number], language)
        seen += judged(made, [line for line in clean if fold(line.group) == number], language)
    right = sum(one[0] for one in seen) / len(seen)
    sure = sorted(seen, key=lambda one: -one[1])[: int(0.7 * len(seen))]
    print("accuracy", round(right, 4), "surest 70 %", round(sum(one[0] for one in sure) / len(sure), 4))
    for move in MOVES:
        mine = [one for one in seen if one[2] == move]
        wrong = [one[3] for one in mine if not one[0]]
        top = sorted({w: wrong.count(w) for w in wrong}.items(), key=lambda kv: -kv[1])[:3]
        print(f"  {move:13s} {sum(one[0] for one in mine) / len(mine):.3f}", top)


def everyday(language: str) -> str:
    """Some lines of each move, one of a written line, in a fixed order that is nobody's choice."""
    first: dict[tuple[str, str], str] = {}
    for line in lines(language, rough=False):
        first.setdefault((line.move, line.group), line.text)
    chosen = []
    for move in MOVES:
        mine = [text for (of, _), text in first.items() if of == move]
        chosen += sorted(mine, key=lambda text: (crc32(text.encode()), text))[:HELD]
    return "\n".join(chosen) + "\n"


def main() -> None:
    """Train, or measure."""
    told = json.loads(LEARNED.read_text("utf-8")) if LEARNED.exists() else {}
    for language in [one for one in ("en", "de") if one in sys.argv] or ("en", "de"):
        if "--folds" in sys.argv:
            folds(language)
            continue
        WEIGHTS.mkdir(exist_ok=True)
        EVERYDAY.mkdir(exist_ok=True)
        (EVERYDAY / f"{language}.txt").write_text(everyday(language), encoding="utf-8")
        made = learn(list(lines(language)), language)
        (WEIGHTS / f"{language}.bin").write_bytes(made)
        told[language] = learned(language)
        LEARNED.write_text(json.dumps(told, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        print(language, len(made), "bytes", len(zlib.decompress(made.partition(b"\n")[2])), "unpacked")


if __name__ == "__main__":
    main()
