"""The same client with ``await``, over a socket: for games with a loop, and for many readers in one program."""

from __future__ import annotations

import asyncio
import json
from contextlib import AsyncExitStack, suppress
from types import TracebackType
from typing import Self
from uuid import uuid4

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidStatus, WebSocketException
from websockets.typing import Origin

from harken.client import wire
from harken.client.address import Address, enter
from harken.client.client import MESSAGE_MOST, TRIES, let_in_no_more
from harken.client.wire import Breath, Json, Threshold


class AsyncClient:
    """One reader's meeting: see ``Client``. Signing in happens when it is entered (``async with``)."""

    def __init__(
        self,
        url: str,
        reader: str | None = None,
        passphrase: str | None = None,
        *,
        new: bool = False,
        timeout: float = 30.0,
        cookie: str | None = None,
    ) -> None:
        self._address, self._timeout, self.cookie = Address.of(url), timeout, cookie
        self._who = (reader, passphrase, new)
        self._socket: ClientConnection | None = None
        self._held = AsyncExitStack()

    async def open(self) -> Threshold:
        """Where the meeting stands."""
        return wire.threshold(await self._ask(wire.open_message()))

    async def begin(
        self,
        *,
        name: str | None = None,
        pronoun: str | None = None,
        veiled: list[str] | None = None,
        locale: str | None = None,
    ) -> Breath:
        """Step in: a first meeting, the next one, or back into this one. None is as it was."""
        return wire.breath(await self._ask(wire.begin_message(uuid4().hex, name, pronoun, veiled, locale)))

    async def breathe(self, offer: str) -> Breath:
        """Do one of the things on offer."""
        return wire.breath(await self._ask(wire.breathe_message(uuid4().hex, offer, None)))

    async def say(self, text: str) -> Breath:
        """Say something, in words."""
        return wire.breath(await self._ask(wire.breathe_message(uuid4().hex, None, text)))

    async def close(self) -> None:
        """Hang up. The meeting waits."""
        if self._socket is not None:
            with suppress(OSError, WebSocketException):
                await self._held.aclose()
            self._socket = None

    async def __aenter__(self) -> Self:
        if self.cookie is None:
            self.cookie = await asyncio.to_thread(enter, self._address, *self._who, self._timeout)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self.close()

    async def _ask(self, message: Json) -> Json:
        for attempt in range(TRIES):
            try:
                if self._socket is None:
                    self._socket = await self._opened()
                    if message["type"] != "open":
                        await self._said(wire.open_message())
                return await self._said(message)
            except (OSError, WebSocketException):
                await self.close()
                await asyncio.sleep(0.2 * 2**attempt)
        raise ConnectionError(f"The server at {self._address.origin} stays away. The meeting waits where it was.")

    async def _opened(self) -> ClientConnection:
        dialled = connect(
            self._address.socket,
            origin=Origin(self._address.origin),
            additional_headers={"Cookie": self.cookie or ""},
            max_size=MESSAGE_MOST,
            open_timeout=self._timeout,
            compression=None,
            proxy=None,
        )
        try:
            return await self._held.enter_async_context(dialled)
        except InvalidStatus as refused:
            raise let_in_no_more(refused) from refused

    async def _said(self, message: Json) -> Json:
        assert self._socket is not None
        await self._socket.send(json.dumps(message))
        answer: Json = json.loads(await asyncio.wait_for(self._socket.recv(), self._timeout))
        return answer
