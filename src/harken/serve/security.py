"""Who may come in: this machine's own browser, at this address, with the key of this start.

Every request and every socket is checked for its Host (against rebinding), and everything that could do something
for its Origin (against other sites). The key stands behind # in the printed address, is swapped for a cookie once,
and is kept here only as a hash.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
_SAFE = frozenset({"GET", "HEAD"})
_SESSIONS_MOST = 64


class Door:
    """The key of this start, and the sessions it has opened."""

    def __init__(self, port: int, token: str | None = None) -> None:
        self.token = token or secrets.token_urlsafe(32)
        self.cookie = f"harken-{port}"
        self._sessions: dict[str, None] = {}

    def enter(self, token: object) -> str | None:
        """A new session for whoever has the key."""
        if not isinstance(token, str) or not hmac.compare_digest(token.encode(), self.token.encode()):
            return None
        session = secrets.token_urlsafe(32)
        self._sessions[_hash(session)] = None
        while len(self._sessions) > _SESSIONS_MOST:
            del self._sessions[next(iter(self._sessions))]
        return session

    def knows(self, headers: Headers) -> bool:
        """Whether a request carries the cookie of a session."""
        try:
            morsel = SimpleCookie(headers.get("cookie", "")).get(self.cookie)
        except CookieError:
            return False
        return morsel is not None and _hash(morsel.value) in self._sessions


class Guard:
    """Refuses other hosts and other origins, and puts the security headers on every answer."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str]) -> None:
        self.app = app
        self.hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request or a socket through, or refuse it."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        if self._lets(scope):
            await self.app(scope, receive, guarded)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008, "reason": ""})
        else:
            refusal = PlainTextResponse("Harken answers only at its own address.\n", status_code=403)
            await refusal(scope, receive, guarded)

    def _lets(self, scope: Scope) -> bool:
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0] not in self.hosts:
            return False
        if scope["type"] == "http" and scope["method"] in _SAFE:
            return True
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return False
        return headers.getlist("origin") == [f"http://{hosts[0]}"]


def hosts_of(port: int) -> tuple[str, ...]:
    """The names this server answers to."""
    return (f"127.0.0.1:{port}", f"localhost:{port}")


def _hash(session: str) -> str:
    return hashlib.sha256(session.encode()).hexdigest()
