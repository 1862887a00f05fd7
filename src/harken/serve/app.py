"""The application: the page, its files, the door, and the socket at /meeting."""

from __future__ import annotations

import json
from collections.abc import Callable

import anyio
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import Scope
from starlette.websockets import WebSocket

from harken.engine import Story
from harken.meeting import Meeting
from harken.serve.opening import PLAYER, page
from harken.serve.security import Door, Guard, hosts_of
from harken.serve.window import Window

_KINDS = {
    ".mjs": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".woff2": "font/woff2",
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".glsl": "text/plain; charset=utf-8",
}
_ENTER_MOST = 1024


def create_app(
    open_meeting: Callable[[], Meeting],
    story: Story,
    *,
    port: int,
    token: str | None = None,
    name: str | None = None,
    seed: int | None = None,
) -> Starlette:
    """The application for a server on loopback at ``port``. Its key is ``app.state.door.token``.

    ``open_meeting`` is called when a window opens, or opens again; ``name`` is suggested on the threshold to a
    reader who is not known yet; ``seed`` is given to each meeting that begins.
    """
    door = Door(port, token)
    lock = anyio.Lock()
    html = page(story)

    async def home(request: Request) -> Response:
        return HTMLResponse(html)

    async def enter(request: Request) -> Response:
        if door.knows(request.headers):
            return Response(status_code=204)
        session = door.enter(await _token(request))
        if session is None:
            return PlainTextResponse("This address is not of this start of Harken.\n", status_code=401)
        answer = Response(status_code=204)
        answer.set_cookie(door.cookie, session, httponly=True, samesite="strict", path="/")
        return answer

    async def meet(socket: WebSocket) -> None:
        if not door.knows(socket.headers):
            await socket.close(1008)
            return
        await socket.accept()
        await Window(open_meeting, lock, name, seed).converse(socket)

    async def missing(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 404
        return PlainTextResponse("There is nothing here.\n", status_code=status)

    app = Starlette(
        routes=[
            Route("/", home),
            Route("/enter", enter, methods=["POST"]),
            WebSocketRoute("/meeting", meet),
            Mount("/player", _Files(directory=PLAYER)),
        ],
        middleware=[Middleware(Guard, hosts=hosts_of(port))],
        exception_handlers={HTTPException: missing},
    )
    app.state.door = door
    return app


async def _token(request: Request) -> object:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _ENTER_MOST:
            return None
    try:
        asked = json.loads(body or b"null")
    except (ValueError, RecursionError):
        return None
    return asked.get("token") if isinstance(asked, dict) else None


class _Files(StaticFiles):
    """The player's files, of the kinds a page needs; checked anew each time, so that an upgrade is seen."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        kind = next((kind for ending, kind in _KINDS.items() if path.endswith(ending)), None)
        if kind is None:
            raise HTTPException(404)
        answer = await super().get_response(path, scope)
        answer.headers["Content-Type"] = kind
        answer.headers["Cache-Control"] = "no-cache"
        return answer
