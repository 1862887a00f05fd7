"""What a server counts, in Prometheus' text format. Numbers alone: no label holds a word, a name or an address.

By hand and not with prometheus-client: it is this page and the format is lines of text, while the library brings a
global registry and figures of the process (its start, its memory) that would differ between two equal sessions.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator

CODES = ("moved-on", "not-on-offer", "too-long", "malformed", "over", "trouble", "care")
"""The wire's reasons to refuse: the only values the label ``code`` has."""
SIGN_INS = ("in", "new", "wrong", "slowed", "busy")
"""How a sign-in went: the only values the label ``how`` has."""
BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
"""Upper bounds, in seconds, of the classes an answer's time is counted in."""


class Measures:
    """Counts of one process. ``clock`` gives seconds; only differences of it are used."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self.clock = clock
        self.windows = 0
        self.keeps = 0
        self._answers: Counter[str] = Counter()
        self._refused: Counter[str] = Counter()
        self._signed: Counter[str] = Counter()
        self._classes: Counter[float] = Counter()
        self._seconds = 0.0

    def answered(self, kind: str, seconds: float) -> None:
        """A message of this kind (open, begin, breathe) was answered in so many seconds."""
        self._answers[kind] += 1
        self._seconds += seconds
        self._classes[next((bound for bound in BOUNDS if seconds <= bound), float("inf"))] += 1

    def refused(self, code: str) -> None:
        """A message was refused; ``code`` is the wire's."""
        self._refused[code if code in CODES else "trouble"] += 1

    def signed(self, how: str) -> None:
        """Somebody tried to sign in; ``how`` is one of SIGN_INS."""
        self._signed[how] += 1

    def text(self) -> str:
        """The page at /metrics."""
        return "\n".join([*self._lines(), ""])

    def _lines(self) -> Iterator[str]:
        yield from _family("harken_answers_total", "counter", "Messages answered, by kind.")
        yield from (f'harken_answers_total{{kind="{k}"}} {self._answers[k]}' for k in ("open", "begin", "breathe"))
        yield from _family("harken_refused_total", "counter", "Messages refused with nothing written, by code.")
        yield from (f'harken_refused_total{{code="{code}"}} {self._refused[code]}' for code in CODES)
        yield from _family("harken_sign_ins_total", "counter", "Sign-ins, by how they went.")
        yield from (f'harken_sign_ins_total{{how="{how}"}} {self._signed[how]}' for how in SIGN_INS)
        yield from _family("harken_windows", "gauge", "Sockets open in this process.")
        yield f"harken_windows {self.windows}"
        yield from _family("harken_open_keeps", "gauge", "Keeps unlocked in this process's memory.")
        yield f"harken_open_keeps {self.keeps}"
        yield from _family("harken_answer_seconds", "histogram", "Time from a message to its answer.")
        below = 0
        for bound in BOUNDS:
            below += self._classes[bound]
            yield f'harken_answer_seconds_bucket{{le="{bound}"}} {below}'
        total = sum(self._classes.values())
        yield f'harken_answer_seconds_bucket{{le="+Inf"}} {total}'
        yield f"harken_answer_seconds_sum {self._seconds:.6f}"
        yield f"harken_answer_seconds_count {total}"


def _family(name: str, kind: str, help: str) -> Iterator[str]:
    yield f"# HELP {name} {help}"
    yield f"# TYPE {name} {kind}"
