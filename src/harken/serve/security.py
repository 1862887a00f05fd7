"""Who is spoken to at all: browsers at this server's own addresses, and no other site through them.

Every request and every socket is checked for its Host (against rebinding), and everything that could do or read
something for its Origin and its Sec-Fetch-Site (against other sites). There are no CORS headers. Who the reader is
comes after this, at a door (``door`` on one's own machine, ``hosted`` for many readers).
"""

from __future__ import annotations

from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

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
_OURS = frozenset({"same-origin", "none"})


class Guard:
    """Refuses other hosts and other origins, and puts the security headers on every answer.

    ``origins`` are the addresses of this server, each ``http://host[:port]`` or ``https://...``. ``anyone`` are paths
    that say nothing about anyone and are answered under every Host: a balancer's probes.
    """

    def __init__(self, app: ASGIApp, origins: Iterable[str], anyone: Iterable[str] = ()) -> None:
        self.app = app
        self.anyone = frozenset(anyone)
        self.origins = {urlsplit(origin).netloc: origin for origin in origins}
        self.headers = dict(HEADERS)
        if self.origins and all(origin.startswith("https:") for origin in self.origins.values()):
            self.headers["Strict-Transport-Security"] = "max-age=31536000"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request or a socket through, or refuse it."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
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
        safe = scope["type"] == "http" and scope["method"] in _SAFE
        if safe and scope["path"] in self.anyone:
            return True
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0] not in self.origins:
            return False
        ours = headers.get("sec-fetch-site", "same-origin") in _OURS
        if safe:
            return ours or headers.get("sec-fetch-mode") == "navigate"
        return ours and headers.getlist("origin") == [self.origins[hosts[0]]]


def cookie_of(headers: Headers, name: str) -> str | None:
    """The value of this cookie in a request, or None."""
    try:
        morsel = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return None
    return morsel.value if morsel else None


def origins_of(port: int) -> tuple[str, ...]:
    """The addresses of a server on loopback."""
    return (f"http://127.0.0.1:{port}", f"http://localhost:{port}")
