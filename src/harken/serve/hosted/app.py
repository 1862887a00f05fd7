"""The application of a shared server: the door with its pages, what every reader has, and the operator's probes."""

from __future__ import annotations

import hmac
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

import anyio
from anyio import to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route

from harken.engine import Story
from harken.serve.app import inner_routes, missing
from harken.serve.files import Files
from harken.serve.hosted.door import FORM, SharedDoor
from harken.serve.hosted.pages import PAGES, Pages
from harken.serve.hosted.readers import Readers
from harken.serve.logs import trouble
from harken.serve.measures import Measures
from harken.serve.opening import Opening
from harken.serve.security import Guard

PROBES = ("/healthz", "/readyz", "/metrics")
TIDIED = 15.0
"""Seconds between looks for readers who have left and for what is to be swept."""


class Standing:
    """Whether this process takes readers: not before its store answers, and not once it was told to end."""

    def __init__(self, health: Callable[[], str | None]) -> None:
        self.ending = False
        self._health = health

    async def ready(self) -> bool:
        """Whether a balancer should send readers here."""
        if self.ending:
            return False
        try:
            return await to_thread.run_sync(self._health) is None
        except Exception as error:
            trouble("the store does not answer", error)
            return False


def create_hosted(
    readers: Readers,
    store: Any,
    story: Story,
    measures: Measures,
    *,
    origins: Sequence[str],
    metrics_key: str | None = None,
    told: Callable[[str], Story] | None = None,
) -> Starlette:
    """The application. ``origins`` are the addresses readers type; ``metrics_key`` lets a scraper that is not on this
    machine read /metrics, as ``Authorization: Bearer KEY``; ``app.state.standing`` is what a shutdown tells first.
    ``told`` gives the story in one of its translations.
    """
    standing = Standing(store.health)
    pages = Pages(story, readers.newcomers)
    inside = Opening(story, told)

    async def home(request: Request) -> Response:
        known = await readers.visitor(request.headers)
        if known is not None:
            return inside.answer(request)
        return HTMLResponse(pages.sign_in(), headers=FORM)

    async def enter(request: Request) -> Response:
        known = await readers.visitor(request.headers)
        return Response(status_code=204 if known is not None else 401)

    async def healthz(request: Request) -> Response:
        return PlainTextResponse("alive\n")

    async def readyz(request: Request) -> Response:
        ready = await standing.ready()
        return PlainTextResponse("ready\n" if ready else "not now\n", status_code=200 if ready else 503)

    async def metrics(request: Request) -> Response:
        if not _may_measure(request, metrics_key):
            raise HTTPException(404)
        return PlainTextResponse(measures.text(), media_type="text/plain; version=0.0.4")

    @asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(_every, TIDIED, "tidying", readers.tidy)
            yield
            tasks.cancel_scope.cancel()
        await to_thread.run_sync(readers.close)

    app = Starlette(
        routes=[
            Route("/", home),
            Route("/enter", enter, methods=["POST"]),
            *SharedDoor(readers, pages, secure=all(origin.startswith("https:") for origin in origins)).routes(),
            *inner_routes(readers, story, measures),
            Mount("/pages", Files(directory=PAGES)),
            Route("/healthz", healthz),
            Route("/readyz", readyz),
            Route("/metrics", metrics),
        ],
        middleware=[Middleware(Guard, origins=origins, anyone=PROBES)],
        exception_handlers={HTTPException: missing},
        lifespan=life,
    )
    app.state.standing = standing
    return app


def _may_measure(request: Request, key: str | None) -> bool:
    """A scraper on this machine that asks this machine, or one with the key."""
    given = request.headers.get("authorization", "")
    if key and hmac.compare_digest(given.encode(errors="replace"), f"Bearer {key}".encode()):
        return True
    host = urlsplit(f"//{request.headers.get('host', '')}").hostname
    client = request.client.host if request.client else None
    forwarded = "x-forwarded-for" in request.headers or "forwarded" in request.headers
    return host in ("127.0.0.1", "localhost", "::1") and client in ("127.0.0.1", "::1") and not forwarded


async def _every(seconds: float, what: str, work: Callable[[], object]) -> None:
    while True:
        await anyio.sleep(seconds)
        try:
            await to_thread.run_sync(work)
        except Exception as error:
            trouble(f"{what} failed", error)
