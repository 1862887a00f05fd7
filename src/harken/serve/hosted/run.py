"""A shared server as a process: its store and sessions opened, its limits set, its end announced and then kept to."""

from __future__ import annotations

import contextlib
import gc
import json
import os
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import uvicorn

from harken.engine import Story, story_from
from harken.errors import HarkenError
from harken.keep import open_store
from harken.meeting import Meeting
from harken.serve import logs
from harken.serve.hosted.app import Standing, create_hosted
from harken.serve.hosted.readers import Readers
from harken.serve.hosted.sessions import PostgresRows, Sessions, SqliteRows
from harken.serve.measures import Measures
from harken.serve.run import Server, bound, configured
from harken.serve.security import origins_of

DATABASE, SESSIONS, RINGS = "harken.sqlite3", "sessions.sqlite3", "harken.rings"
"""What lies in a folder of keeps."""


class CannotServe(HarkenError):
    """What was asked for cannot be served like this."""


class Served(NamedTuple):
    """How a shared server is run. Exactly one of ``folder`` (SQLite, one process) and ``database`` (PostgreSQL) is set.

    ``origins`` are the addresses readers type (none: this machine's own); ``proxies`` are the addresses of balancers
    whose word about a client's address is taken; ``drain`` is the seconds between the wish to end and the end.
    """

    folder: Path | None
    database: str | None
    rings: Path | None = None
    host: str = "127.0.0.1"
    port: int = 7411
    origins: tuple[str, ...] = ()
    proxies: tuple[str, ...] = ()
    newcomers: bool = True
    drain: float = 0.0
    metrics_key: str | None = None


def serve_many(story: Story, compiled: bytes | None, served: Served) -> int:
    """Serve until told to end. The exit code. Raises CannotServe, KeepError."""
    logs.write_to(sys.stderr)
    _limits()
    taken = _listening(served)
    port: int = taken.getsockname()[1]
    origins = _origins(served, port)
    with contextlib.closing(taken), _opened(served) as (store, sessions):
        measures = Measures()

        def open_meeting(keep: Any) -> Meeting:
            return Meeting(story, keep.encounter(story.id), compiled=compiled)

        def told(language: str) -> Story:
            return story_from(json.loads(compiled), story.edition, language) if compiled else story

        secure = all(origin.startswith("https:") for origin in origins)
        cookie = "__Host-harken" if secure else f"harken-serve-{port}" if not served.origins else "harken"
        readers = Readers(store, sessions, open_meeting, measures, cookie=cookie, newcomers=served.newcomers)
        app = create_hosted(readers, store, story, measures, origins=origins, metrics_key=served.metrics_key, told=told)
        config = configured(
            app,
            lifespan="on",
            proxy_headers=bool(served.proxies),
            forwarded_allow_ips=list(served.proxies),
            timeout_graceful_shutdown=10,
            log_config=None,
        )
        gc.freeze()  # the story stays: it is not looked through again for what could go
        gc.set_threshold(20_000, 20, 50)
        print(f"{story.title} is open to readers at {' and '.join(origins[:1])}", flush=True)
        SharedServer(config, app.state.standing, served.drain).run(sockets=[taken])
    return 0


class SharedServer(Server):
    """The server, which says that it will end before it does: /readyz fails at once, readers are let go after."""

    def __init__(self, config: uvicorn.Config, standing: Standing, drain: float) -> None:
        super().__init__(config, lambda: logs.tell("started"))
        self._standing, self._drain, self._end = standing, drain, float("inf")

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """The wish to end: the first one drains, a second one ends at once."""
        if self._standing.ending or not self._drain:
            super().handle_exit(sig, frame)
        self._standing.ending = True
        self._end = min(self._end, time.monotonic() + self._drain)

    async def on_tick(self, counter: int) -> bool:
        """uvicorn asks ten times a second whether to end."""
        if time.monotonic() >= self._end:
            self.should_exit = True
        return await super().on_tick(counter)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take nobody new, finish what is being answered, let go of the keeps."""
        self._standing.ending = True
        logs.tell("ending")
        await super().shutdown(sockets)
        logs.tell("ended")


@contextlib.contextmanager
def _opened(served: Served) -> Iterator[tuple[Any, Sessions]]:
    """The store of keeps and the sessions beside it."""
    with contextlib.ExitStack() as held:
        if served.database is not None:
            store = open_store(served.database, served.rings)
            held.callback(store.close)
            yield store, Sessions(PostgresRows(held.enter_context(_pool(served.database))))
            return
        assert served.folder is not None
        try:
            served.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise CannotServe(f"{served.folder} cannot be made: {error.strerror}.") from None
        store = open_store(served.folder / DATABASE, served.rings or served.folder / RINGS)
        held.callback(store.close)
        sessions = Sessions(SqliteRows(served.folder / SESSIONS))
        held.callback(sessions.close)
        yield store, sessions


def _pool(database: str) -> Any:
    from psycopg_pool import ConnectionPool

    return ConnectionPool(database, min_size=1, max_size=4, open=True)


def _listening(served: Served) -> socket.socket:
    try:
        return bound(served.port, served.host, 2048)
    except (OSError, OverflowError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise CannotServe(f"{served.host} port {served.port} cannot be listened at: {why}.") from None


def _origins(served: Served, port: int) -> tuple[str, ...]:
    """The addresses readers type. Raises CannotServe for one that a passphrase must not travel to."""
    if not served.origins:
        if served.host not in ("127.0.0.1", "localhost", "::1"):
            raise CannotServe("Say with --origin at which address readers come, for instance https://stories.example.")
        return origins_of(port)
    for origin in served.origins:
        parts = urlsplit(origin)
        if parts.scheme not in ("http", "https") or not parts.netloc or f"{parts.scheme}://{parts.netloc}" != origin:
            raise CannotServe(f"`{origin}` is not an origin; write it like https://stories.example, without a path.")
        if parts.scheme == "http" and parts.hostname not in ("127.0.0.1", "localhost", "::1"):
            raise CannotServe(
                f"Readers would send their passphrases to {origin} in the clear. Put a balancer with TLS in front, and "
                f"give its address: --origin https://{parts.netloc}."
            )
    return served.origins


def _limits() -> None:
    """As many sockets as this process may have, and no core dump that would hold a key."""
    if os.name == "posix":
        import resource

        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
