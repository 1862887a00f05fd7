"""Group commit: whatever waits to be written becomes durable together, with one wait for the disk.

Whoever comes leads: it takes all that waits, its own turn among it, through one transaction. With threads of its own
(``start``) those lead, and everybody else only waits for their answer. A turn that fails takes nothing with it: the
others are then written one by one.
"""

from __future__ import annotations

import contextlib
import queue
import threading
from collections.abc import Callable, Sequence

from harken.keep.turns import Answer, Sealed

MOST = 512
"""Turns in one transaction."""

IDLE = 1.0
"""Seconds."""


class Group:
    """Takes turns in from any thread, and has them written many at once."""

    def __init__(self, write: Callable[[Sequence[Sealed]], list[int]], between: Callable[[], object]) -> None:
        """``write`` makes these turns durable, all or none, and answers as ``turns.write_turn`` does. ``between`` is
        called by a thread of its own after each transaction, and every second while it waits.
        """
        self._write, self._between = write, between
        self._waiting: queue.SimpleQueue[tuple[Sealed, Answer] | None] = queue.SimpleQueue()
        self._leading = threading.Lock()
        self._threads: list[threading.Thread] = []

    def start(self, threads: int = 1) -> None:
        """From now on these threads do all the writing."""
        self._threads = [
            threading.Thread(target=self._lead_on, name=f"harken-keep-{n}", daemon=True) for n in range(threads)
        ]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Write what waits, then end the threads."""
        for _ in self._threads:
            self._waiting.put(None)
        for thread in self._threads:
            thread.join()
        self._threads = []

    def submit(self, turn: Sealed, answer: Answer) -> None:
        """``answer`` is called once the turn is durable. Without threads of its own, the caller writes it now."""
        self._waiting.put((turn, answer))
        if not self._threads:
            with self._leading:
                self._lead(self._taken([]))

    def _lead_on(self) -> None:
        last = False
        while not last:
            with contextlib.suppress(queue.Empty):
                first = self._waiting.get(timeout=IDLE)
                if first is None:
                    return
                batch = self._taken([first])
                last = len(batch) > 0 and batch[-1] is None
                self._lead([piece for piece in batch if piece is not None])
            self._between()

    def _taken(self, batch: list[tuple[Sealed, Answer] | None]) -> list[tuple[Sealed, Answer] | None]:
        with contextlib.suppress(queue.Empty):
            while len(batch) < MOST and (not batch or batch[-1] is not None):
                batch.append(self._waiting.get_nowait())
        return batch

    def _lead(self, batch: Sequence[tuple[Sealed, Answer] | None]) -> None:
        turns = [piece for piece in batch if piece is not None]
        if not turns:
            return
        try:
            answers = self._write([turn for turn, _ in turns])
        except BaseException as error:
            if len(turns) == 1:
                turns[0][1](error)
            else:
                for piece in turns:
                    self._lead([piece])
            return
        for (_, answer), answered in zip(turns, answers, strict=True):
            answer(answered)
