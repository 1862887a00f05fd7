"""A server on loopback for tests: the real one, in a thread, that can be stopped and started again where it was."""

from __future__ import annotations

import atexit
import json
import shutil
import tempfile
import threading
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

from harken.engine import events as ev
from harken.engine import story_from
from harken.keep import Keep
from harken.meeting import Meeting
from harken.serve.app import create_app
from harken.serve.run import Server, bind, configured

TOKEN = "a-token-for-tests"


class Living:
    """Serves a story on a keep in a folder of its own. ``url`` has the token behind #."""

    def __init__(self, story: Any, compiled: bytes, **more: Any) -> None:
        self.port = more.pop("port", 0)
        self.story, self.compiled, self.more = story, compiled, more
        home = Path(tempfile.mkdtemp(prefix="harken-living-"))
        atexit.register(shutil.rmtree, home, ignore_errors=True)
        self.keep = Keep.open(home / "keep", lock="key-file")
        self.opened = 0
        self.start()

    def meeting(self) -> Meeting:
        self.opened += 1
        return Meeting(self.story, self.keep.encounter(self.story.id), compiled=self.compiled)

    def told(self, language: str) -> Any:
        return story_from(json.loads(self.compiled), self.story.edition, language)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.origin}/#{TOKEN}"

    @property
    def log(self) -> list[Any]:
        return list(self.keep.encounter(self.story.id).events())

    @property
    def said(self) -> list[str]:
        """What was typed and kept, in order."""
        return [event.text for event in self.log if isinstance(event, ev.Said)]

    def start(self) -> None:
        taken = bind(self.port, _silent)
        self.port = taken.getsockname()[1]
        more = {"seed": 5, "keep": self.keep, **self.more}
        app = create_app(self.meeting, self.story, port=self.port, token=TOKEN, told=self.told, **more)
        up = threading.Event()
        self._server = Server(configured(app), up.set)
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [taken]}, daemon=True)
        self._thread.start()
        assert up.wait(10), "the server did not start"
        self._taken = taken

    def stop(self) -> None:
        self._server.should_exit = True
        self._server.force_exit = True
        self._thread.join(30)
        self._taken.close()

    def talk(self, **more: Any) -> Wire:
        """A player without a page."""
        return Wire(self.port, **more)


class Wire:
    """A socket to /meeting, with the cookie of a session."""

    def __init__(self, port: int, cookie: str | None = None) -> None:
        origin = f"http://127.0.0.1:{port}"
        self.cookie = cookie or enter(port)
        self._open = ExitStack()
        self.socket: ClientConnection = self._open.enter_context(
            connect(
                f"ws://127.0.0.1:{port}/meeting",
                origin=origin,
                additional_headers={"Cookie": self.cookie},
                max_size=None,
            )
        )

    def ask(self, message: Any) -> Any:
        self.socket.send(message if isinstance(message, str | bytes) else json.dumps(message))
        return json.loads(self.socket.recv(timeout=20))

    def breathe(self, turn: str, **more: Any) -> Any:
        return self.ask({"type": "breathe", "turn": turn, **more})

    def begin(self, turn: str = "begin", name: str | None = "Ada") -> Any:
        self.ask({"type": "open"})
        return self.ask({"type": "begin", "turn": turn, "name": name})

    def close(self) -> None:
        with suppress(Exception):
            self._open.close()


def enter(port: int) -> str:
    """The cookie that the token is swapped for."""
    import httpx

    origin = f"http://127.0.0.1:{port}"
    answer = httpx.post(f"{origin}/enter", json={"token": TOKEN}, headers={"Origin": origin})
    assert answer.status_code == 204
    return str(answer.headers["set-cookie"]).split(";")[0]


def _silent(_: str) -> None:
    """Nothing is said in tests."""


Start = Callable[..., Living]
