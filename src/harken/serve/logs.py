"""The server's log: one JSON object a line, and never a word that was told, typed or named.

Our own lines are an event and fields of our making. Of another library's line only the template is written, without
what was filled into it, and of an error its kind and where it came from, without its text: both could hold anything.
"""

from __future__ import annotations

import json
import logging
import sys
import time
import traceback
from collections.abc import Callable
from typing import Any, TextIO

log = logging.getLogger("harken.serve")
_FOREIGN = ("uvicorn", "websockets", "asyncio", "starlette")


def tell(event: str, level: int = logging.INFO, **fields: str | int | float) -> None:
    """Write a line. ``fields`` are numbers and words of the program's own."""
    log.log(level, "%s", event, extra={"fields": fields})


def trouble(event: str, error: BaseException) -> None:
    """Write that something failed, and where; never what the error says."""
    log.error("%s: %s", event, where(error), extra={"fields": {"error": where(error)}, "event": event})


def where(error: BaseException) -> str:
    """The kind of an error and the lines it came through: never its text, which could hold what was told."""
    frames: list[Any] = traceback.extract_tb(error.__traceback__)[-3:]
    return f"{type(error).__name__} at " + ", ".join(f"{frame.name}:{frame.lineno}" for frame in frames)


class Lines(logging.Formatter):
    """A record as one line of JSON. ``now`` gives seconds since 1970."""

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        super().__init__()
        self._now = now

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        ours = record.name.startswith("harken")
        said: dict[str, Any] = {
            "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(self._now())),
            "level": record.levelname.lower(),
            "event": getattr(record, "event", None) or (record.getMessage() if ours else str(record.msg).strip()),
        }
        if not ours:
            said["from"] = record.name
        said |= getattr(record, "fields", {})
        if record.exc_info and record.exc_info[1] is not None:
            said["error"] = where(record.exc_info[1])
        return json.dumps(said, ensure_ascii=False)


def write_to(stream: TextIO = sys.stderr, now: Callable[[], float] = time.time) -> None:
    """Send the server's log, and what the libraries under it warn of, to ``stream``."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Lines(now))
    for name, level in (("harken", logging.INFO), *((name, logging.WARNING) for name in _FOREIGN)):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(level)
