"""The application of one's own machine: the page, its files, the door, the meeting and the keep."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from harken.engine import Story
from harken.meeting import Meeting
from harken.serve import keeping, talking
from harken.serve.body import read_object
from harken.serve.door import FILE, Door
from harken.serve.files import Files
from harken.serve.measures import Measures
from harken.serve.opening import PLAYER, Opening
from harken.serve.security import Guard, origins_of
from harken.serve.visitor import Doorkeeper, Visitor


def create_app(
    open_meeting: Callable[[], Meeting],
    story: Story,
    *,
    port: int,
    token: str | None = None,
    name: str | None = None,
    seed: int | None = None,
    keep: Any = None,
    told: Callable[[str], Story] | None = None,
    locale: str | None = None,
) -> Starlette:
    """The application for a server on loopback at ``port``. Its key is ``app.state.door.token``.

    ``open_meeting`` is called when a window opens, or opens again; ``name`` is suggested on the threshold to a
    reader who is not known yet; ``seed`` is given to each meeting that begins; ``keep`` is the reader's, open, for
    the keep's page, and where it lies in a folder the door's sessions are kept beside it. ``told`` gives the story in
    one of its translations, and ``locale`` is the language of the page for whoever asks for none.
    """
    keep = keep if hasattr(keep, "locks") else None  # a keep in memory keeps nothing that a page could show
    folder: Path | None = getattr(keep, "folder", None)
    door = Door(port, Visitor(open_meeting, keep, name=name, seed=seed), token, folder / FILE if folder else None)
    opening = Opening(story, told, locale)

    async def home(request: Request) -> Response:
        return opening.answer(request)

    async def enter(request: Request) -> Response:
        if door.knows(request.headers):
            return Response(status_code=204)
        session = door.enter(await _token(request))
        if session is None:
            return PlainTextResponse("This address is not of this start of Harken.\n", status_code=401)
        answer = Response(status_code=204)
        answer.set_cookie(door.cookie, session, httponly=True, samesite="strict", path="/")
        return answer

    app = Starlette(
        routes=[Route("/", home), Route("/enter", enter, methods=["POST"]), *inner_routes(door, story, Measures())],
        middleware=[Middleware(Guard, origins=origins_of(port))],
        exception_handlers={HTTPException: missing},
    )
    app.state.door = door
    return app


def inner_routes(door: Doorkeeper, story: Story, measures: Measures) -> list[BaseRoute]:
    """What both applications serve: the meeting, the keep and the player's files."""
    return [
        *talking.routes(door, measures),
        *keeping.routes(door, story),
        Mount("/player", Files(directory=PLAYER)),
    ]


async def missing(request: Request, error: Exception) -> Response:
    """A plain answer to what is not there, is too much or is broken."""
    status = error.status_code if isinstance(error, HTTPException) else 404
    said = {400: "That could not be read.", 405: "That cannot be done here.", 413: "That is too much at once."}
    return PlainTextResponse(said.get(status, "There is nothing here.") + "\n", status_code=status)


async def _token(request: Request) -> object:
    try:
        return (await read_object(request)).get("token")
    except HTTPException:
        return None
