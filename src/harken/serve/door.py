"""The door of one's own machine: the key of this start, and the sessions it has opened.

The key stands behind # in the printed address, is swapped for a cookie once, and is kept here only as it came. A
session is kept as a hash, here and in a file beside the keep (``door``, readable by its owner alone), so that a page
that is open finds its way back by itself when the server was started again at the same port. What lies in the file
opens nothing: a hash cannot be shown at the door.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import os
import secrets
import time
from collections.abc import Callable
from pathlib import Path

from starlette.datastructures import Headers

from harken.serve.security import cookie_of
from harken.serve.visitor import Visitor

FILE = "door"
"""The name of the file beside the keep."""
LASTS = 7 * 24 * 3600
"""Seconds a session outlives the start that opened it."""
_SESSIONS_MOST = 64


class Door:
    """Lets in whoever has the key of this start, or came in before with one. All of them are the one reader."""

    def __init__(
        self,
        port: int,
        visitor: Visitor,
        token: str | None = None,
        kept: Path | None = None,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.token = token or secrets.token_urlsafe(32)
        self.cookie = f"harken-{port}"
        self._one, self._kept, self._now = visitor, kept, now
        self._sessions: dict[str, int] = _read(kept, now()) if kept else {}

    def enter(self, token: object) -> str | None:
        """A new session for whoever has the key."""
        if not isinstance(token, str) or not hmac.compare_digest(token.encode(errors="replace"), self.token.encode()):
            return None
        session = secrets.token_urlsafe(32)
        self._sessions[_hash(session)] = int(self._now()) + LASTS
        while len(self._sessions) > _SESSIONS_MOST:
            del self._sessions[next(iter(self._sessions))]
        if self._kept:
            _write(self._kept, self._sessions)
        return session

    def knows(self, headers: Headers) -> bool:
        """Whether a request carries the cookie of a session."""
        session = cookie_of(headers, self.cookie)
        return session is not None and _hash(session) in self._sessions

    async def visitor(self, headers: Headers) -> Visitor | None:
        """The reader, for whoever carries the cookie of a session."""
        return self._one if self.knows(headers) else None

    async def relocked(self, visitor: Visitor, headers: Headers) -> None:
        """The reader changed their passphrase: only the window it was done in stays open without the key."""
        session = cookie_of(headers, self.cookie)
        kept = _hash(session) if session else ""
        self._sessions = {id: until for id, until in self._sessions.items() if id == kept}
        if self._kept:
            _write(self._kept, self._sessions)

    async def forgotten(self, visitor: Visitor) -> None:
        """Leave no file beside the keep. The windows that are open stay so, with nothing behind them."""
        if self._kept:
            self._kept.unlink(missing_ok=True)
            self._kept = None


def _hash(session: str) -> str:
    return hashlib.sha256(session.encode(errors="replace")).hexdigest()


def _read(path: Path, now: float) -> dict[str, int]:
    """The sessions of earlier starts that still hold; none when the file is not there or not readable as one."""
    try:
        kept = json.loads(path.read_bytes()[:65536])
        return {
            session: until
            for session, until in kept["sessions"].items()
            if isinstance(until, int) and now < until <= now + LASTS
        }
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}


def _write(path: Path, sessions: dict[str, int]) -> None:
    """Whole or not at all. On a disk that takes nothing, sessions last as long as the program."""
    new = path.with_name(path.name + ".new")
    with contextlib.suppress(OSError):
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump({"sessions": sessions}, file)
        new.replace(path)
