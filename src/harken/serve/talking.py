"""``/meeting``: the conversation of docs/protocol.md over a socket, and message by message over POST."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket

from harken.serve import protocol
from harken.serve.body import read_body
from harken.serve.limits import WINDOWS_A_READER, WINDOWS_MOST
from harken.serve.measures import Measures
from harken.serve.visitor import Doorkeeper, Visitor
from harken.serve.window import Window

STATUS = {
    "malformed": 400,
    "too-long": 413,
    "moved-on": 409,
    "not-on-offer": 409,
    "over": 409,
    "care": 409,
    "trouble": 503,
}
"""The HTTP status of each refusal; the body is the same object as on the socket."""
TRY_LATER = 1013
"""The code a socket is closed with when this reader, or this process, has as many as it takes."""


def routes(door: Doorkeeper, measures: Measures) -> list[BaseRoute]:
    """The two ways to ``/meeting``."""

    async def meet(socket: WebSocket) -> None:
        visitor = await door.visitor(socket.headers)
        if visitor is None:
            await socket.close(1008)
            return
        await socket.accept()
        if visitor.windows >= WINDOWS_A_READER or measures.windows >= WINDOWS_MOST:
            await socket.close(TRY_LATER)
            return
        visitor.windows += 1
        measures.windows += 1
        try:
            await Window(visitor, measures).converse(socket, door)
        finally:
            visitor.windows -= 1
            measures.windows -= 1

    async def say(request: Request) -> Response:
        visitor = await door.visitor(request.headers)
        if visitor is None:
            return JSONResponse({"say": "Nobody is signed in here."}, status_code=401)
        wait = visitor.pace.take()
        if wait:
            visitor.pace.give_back()
            slow = {"say": "That was very fast. Please try again in a moment."}
            return JSONResponse(slow, status_code=429, headers={"Retry-After": str(int(wait) + 1)})
        body = await read_body(request, protocol.MESSAGE_MOST)
        answer = await _window(visitor, measures).answer(body)
        return JSONResponse(answer, status_code=STATUS.get(answer.get("code", ""), 200))

    return [WebSocketRoute("/meeting", meet), Route("/meeting", say, methods=["POST"])]


def _window(visitor: Visitor, measures: Measures) -> Window:
    """The one window that a reader's POSTs go through: what it has seen outlasts each of them."""
    if visitor.posting is None:
        visitor.posting = Window(visitor, measures)
    posting: Window = visitor.posting
    return posting
