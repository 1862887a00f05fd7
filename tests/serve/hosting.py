"""A shared server for tests: the real one, in a thread, on a folder of its own; and a browser without a screen."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import httpx
from tale import tale

from harken.keep import open_store
from harken.meeting import Meeting
from harken.serve.hosted.app import create_hosted
from harken.serve.hosted.readers import Readers
from harken.serve.hosted.sessions import Sessions, SqliteRows
from harken.serve.measures import Measures
from harken.serve.run import Server, bound, configured

PASSPHRASE = "four unrelated garden words"


class Hosted:
    """Serves a story to many readers. ``clock`` is the time its sessions see."""

    def __init__(self, folder: Path, doc: tuple[Any, bytes] | None = None, **more: Any) -> None:
        self.folder, self.more = folder, more
        self.story, self.compiled = doc or tale()
        self.clock = 1_000_000.0
        self.store = open_store(folder / "keeps.sqlite3")
        self.sessions = Sessions(SqliteRows(folder / "sessions.sqlite3"))
        self._sockets: list[socket.socket] = []
        self.port = more.get("port", 0)
        self.start()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def meeting(self, keep: Any) -> Meeting:
        return Meeting(self.story, keep.encounter(self.story.id), compiled=self.compiled)

    def start(self) -> None:
        taken = bound(self.port)
        self.port = taken.getsockname()[1]
        self.measures = Measures(clock=lambda: 0.0)
        newcomers = self.more.get("newcomers", True)
        self.readers = Readers(
            self.store, self.sessions, self.meeting, self.measures, newcomers=newcomers, now=lambda: self.clock
        )
        app = create_hosted(
            self.readers,
            self.store,
            self.story,
            self.measures,
            origins=[self.origin],
            metrics_key=self.more.get("metrics_key"),
        )
        self.standing = app.state.standing
        up = threading.Event()
        self._server = Server(configured(app, lifespan="on"), up.set)
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [taken]}, daemon=True)
        self._thread.start()
        assert up.wait(10), "the server did not start"
        self._sockets.append(taken)

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(30)
        self._sockets.pop().close()

    def close(self) -> None:
        with suppress(IndexError):
            self.stop()
        self.sessions.close()
        self.store.close()

    def browser(self) -> Browser:
        return Browser(self.origin)

    def reader(self, name: str, passphrase: str = PASSPHRASE) -> str:
        """A new reader's cookie."""
        answer = httpx.post(
            f"{self.origin}/sign-in",
            json={"reader": name, "passphrase": passphrase, "new": True},
            headers={"Origin": self.origin},
        )
        assert answer.status_code == 200, answer.text
        return str(answer.headers["set-cookie"]).split(";")[0]


class Browser:
    """Submits forms as a browser without scripts does: follows redirects, keeps cookies, sends its Origin."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.client = httpx.Client(base_url=origin, follow_redirects=True)
        self.answer: httpx.Response

    def go(self, path: str) -> Browser:
        self.answer = self.client.get(path)
        return self

    def submit(self, number: int = 0, **fields: str) -> Browser:
        """Fill in the page's form of this number and send it. Every field must be one of the form's."""
        form = _Forms.of(self.answer.text)[number]
        assert set(fields) <= set(form["fields"]), (fields, form)
        sent = {**form["fields"], **fields}
        self.answer = self.client.post(form["action"], data=sent, headers={"Origin": self.origin})
        return self

    @property
    def text(self) -> str:
        return self.answer.text

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.client.cookies.items())


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, Any]] = []

    @classmethod
    def of(cls, page: str) -> list[dict[str, Any]]:
        parser = cls()
        parser.feed(page)
        return parser.forms

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "form":
            self.forms.append({"action": found["action"], "fields": {}})
        elif tag == "input" and self.forms:
            self.forms[-1]["fields"][found["name"]] = found.get("value") or ""
