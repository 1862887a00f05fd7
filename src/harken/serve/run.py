"""The server itself: a socket on loopback, an address that is said, a browser that is opened, a quiet end."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable, Generator
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from harken.engine import Story
from harken.meeting import Meeting
from harken.serve.app import create_app
from harken.serve.protocol import MESSAGE_MOST

PORT = 7411
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def serve(
    open_meeting: Callable[[], Meeting],
    story: Story,
    *,
    port: int | None = None,
    name: str | None = None,
    seed: int | None = None,
    open_browser: bool = True,
    token: str | None = None,
    say: Callable[[str], None] | None = None,
    keep: Any = None,
    told: Callable[[str], Story] | None = None,
    locale: str | None = None,
) -> int:
    """Serve until interrupted. See ``harken.serve.run``."""
    tell = say or _said
    taken = bind(port, tell)
    number: int = taken.getsockname()[1]
    app = create_app(
        open_meeting, story, port=number, token=token, name=name, seed=seed, keep=keep, told=told, locale=locale
    )
    address = f"http://127.0.0.1:{number}/#{app.state.door.token}"

    def up() -> None:
        tell(f"{story.title} is open at {address}")
        if open_browser and has_display():
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
        else:
            tell("Open that address in a browser on this machine. Ctrl-C closes it.")

    with contextlib.closing(taken):
        Server(configured(app), up).run(sockets=[taken])
    tell("Closed. The meeting waits where you left it.")
    return 0


def configured(app: ASGIApp, **more: Any) -> uvicorn.Config:
    """How it is served: quietly, with messages bounded. Nothing is compressed: sizes would tell of what is told."""
    settings: dict[str, Any] = {
        "access_log": False,
        "log_level": "error",
        "lifespan": "off",
        "server_header": False,
        "proxy_headers": False,
        "ws": "websockets-sansio",
        "ws_max_size": MESSAGE_MOST * 8,
        "ws_per_message_deflate": False,
        "timeout_graceful_shutdown": 2,
    }
    return uvicorn.Config(app, **{**settings, **more})


def bind(port: int | None, tell: Callable[[str], None]) -> socket.socket:
    """A socket on loopback: at ``port`` (or the usual one) where it is free, else at any other."""
    wanted = PORT if port is None else port
    try:
        return bound(wanted)
    except (OSError, OverflowError):
        other = bound(0)
        tell(f"Port {wanted} cannot be had on this machine just now; {other.getsockname()[1]} is taken instead.")
        return other


def has_display() -> bool:
    """Whether a browser could show itself here."""
    return sys.platform in ("darwin", "win32") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def bound(port: int, host: str = "127.0.0.1", backlog: int = 128) -> socket.socket:
    """A socket that listens there. Raises OSError, OverflowError."""
    made = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    try:
        if os.name == "posix":
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((host, port))
        made.listen(backlog)
    except BaseException:
        made.close()
        raise
    return made


def _said(line: str) -> None:
    with contextlib.suppress(OSError):  # nobody reads it any more
        print(line, flush=True)


class Server(uvicorn.Server):
    """uvicorn, which says when it is up, and ends with exit code 0 when it is told to end."""

    def __init__(self, config: uvicorn.Config, up: Callable[[], None]) -> None:
        super().__init__(config)
        self._up = up

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and say so."""
        await super().startup(sockets)
        self._up()

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Take Ctrl-C and SIGTERM as the wish to end, and nothing more."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {number: signal.signal(number, self.handle_exit) for number in _SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
