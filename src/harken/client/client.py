"""A meeting from Python, synchronously: over a socket, or message by message over HTTP."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from http.client import HTTPConnection, HTTPException
from types import TracebackType
from typing import Protocol, Self
from uuid import uuid4

from websockets.exceptions import InvalidStatus, WebSocketException
from websockets.sync.client import connect
from websockets.typing import Origin

from harken.client import wire
from harken.client.address import Address, enter, headers
from harken.client.wire import Breath, Json, NotLetIn, Threshold

MESSAGE_MOST = 16 * 1024 * 1024
TRIES = 6
"""How often a line that broke is taken up again before the client gives up; it waits 0.2 s, then twice as long."""


def let_in_no_more(refused: InvalidStatus) -> Exception:
    """What a socket that was refused means: a session that is over, or a server in trouble (worth another try)."""
    if refused.response.status_code in (401, 403):
        return NotLetIn("The server lets nobody in with this session any more.")
    return ConnectionError(f"The server answered {refused.response.status_code}.")


class Line(Protocol):
    """One way to the server. Raises OSError, HTTPException or WebSocketException when it breaks."""

    def ask(self, message: Json) -> Json:
        """The answer to one message."""

    def close(self) -> None:
        """Hang up."""


class SocketLine:
    """Over the socket at /meeting."""

    def __init__(self, address: Address, cookie: str, timeout: float) -> None:
        self._timeout = timeout
        self._held = ExitStack()
        try:
            self._socket = self._held.enter_context(
                connect(
                    address.socket,
                    origin=Origin(address.origin),
                    additional_headers={"Cookie": cookie},
                    max_size=MESSAGE_MOST,
                    open_timeout=timeout,
                    compression=None,
                    proxy=None,
                )
            )
        except InvalidStatus as refused:
            raise let_in_no_more(refused) from refused

    def ask(self, message: Json) -> Json:
        """The answer to one message."""
        self._socket.send(json.dumps(message))
        answer: Json = json.loads(self._socket.recv(timeout=self._timeout))
        return answer

    def close(self) -> None:
        """Hang up."""
        self._held.close()


class HttpLine:
    """Over POST /meeting."""

    def __init__(self, address: Address, cookie: str, timeout: float) -> None:
        self._headers = headers(address, cookie)
        self._http: HTTPConnection = address.connect(timeout)

    def ask(self, message: Json) -> Json:
        """The answer to one message."""
        self._http.request("POST", "/meeting", json.dumps(message), self._headers)
        answer = self._http.getresponse()
        said = json.loads(answer.read())
        if "type" not in said:
            raise NotLetIn(said.get("say", "The server let nobody in."))
        return dict(said)

    def close(self) -> None:
        """Hang up."""
        self._http.close()


class Client:
    """One reader's meeting. ``url`` is the server's address, with its key behind # on one's own machine; on a shared
    server ``reader`` and ``passphrase`` sign in, and ``new`` makes the reader's keep.

    ``http`` speaks over HTTP instead of a socket; ``timeout`` is in seconds, for each answer. Raises NotLetIn when
    nobody is let in, and Refused (one of its children) where a message was refused; ConnectionError when the server
    stays away.
    """

    def __init__(
        self,
        url: str,
        reader: str | None = None,
        passphrase: str | None = None,
        *,
        new: bool = False,
        http: bool = False,
        timeout: float = 30.0,
        cookie: str | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._address, self._http, self._timeout, self._sleep = Address.of(url), http, timeout, sleep
        self.cookie = cookie or enter(self._address, reader, passphrase, new, timeout)
        self._line: Line | None = None

    def open(self) -> Threshold:
        """Where the meeting stands."""
        return wire.threshold(self._ask(wire.open_message()))

    def begin(
        self,
        *,
        name: str | None = None,
        pronoun: str | None = None,
        veiled: list[str] | None = None,
        locale: str | None = None,
    ) -> Breath:
        """Step in: a first meeting, the next one, or back into this one. None is as it was."""
        return wire.breath(self._ask(wire.begin_message(uuid4().hex, name, pronoun, veiled, locale)))

    def breathe(self, offer: str) -> Breath:
        """Do one of the things on offer."""
        return wire.breath(self._ask(wire.breathe_message(uuid4().hex, offer, None)))

    def say(self, text: str) -> Breath:
        """Say something, in words."""
        return wire.breath(self._ask(wire.breathe_message(uuid4().hex, None, text)))

    def close(self) -> None:
        """Hang up. The meeting waits."""
        if self._line is not None:
            with suppress(OSError, HTTPException, WebSocketException):
                self._line.close()
            self._line = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _ask(self, message: Json) -> Json:
        for attempt in range(TRIES):
            try:
                if self._line is None:
                    self._line = self._opened(message)
                return self._line.ask(message)
            except (OSError, HTTPException, WebSocketException):
                self.close()
                self._sleep(0.2 * 2**attempt)
        raise ConnectionError(f"The server at {self._address.origin} stays away. The meeting waits where it was.")

    def _opened(self, message: Json) -> Line:
        """A new line, on which the meeting has been opened, as it is after every break."""
        line: Line = (HttpLine if self._http else SocketLine)(self._address, self.cookie, self._timeout)
        if message["type"] != "open":
            line.ask(wire.open_message())
        return line
