"""What each head was made from, and what came of it: so that text that changes without training is seen.

``listening/learned.json`` is written by ``listening.train`` and compared by a test. Nothing here needs scipy.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from harken.listen.features import features
from listening.generate import lines

LEARNED = Path(__file__).parent / "learned.json"
EAR = Path(__file__).parent.parent / "src/harken/listen"
EVERY = 100
"""Of so many lines one is looked at as the ear sees it."""


def learned(language: str) -> dict[str, str]:
    """The sums of every line that is learned from, of what the ear sees in some of them, of the head and its lines."""
    text, seen = sha256(), sha256()
    for number, line in enumerate(lines(language)):
        text.update(repr(line).encode("utf-8", "surrogatepass"))
        if number % EVERY == 0:
            found = features(line.text, line.before, language)
            seen.update(repr((sorted(found.words), sorted(found.chars))).encode())
    made = {"head": EAR / "weights" / f"{language}.bin", "everyday": EAR / "everyday" / f"{language}.txt"}
    sums = {name: sha256(path.read_bytes()).hexdigest() for name, path in made.items()}
    return {"text": text.hexdigest(), "features": seen.hexdigest(), **sums}
