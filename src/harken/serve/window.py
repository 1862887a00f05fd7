"""One open window: a socket, the meeting behind it, and the lock that all windows share."""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Callable
from typing import Any

import anyio
from anyio import to_thread
from starlette.websockets import WebSocket, WebSocketDisconnect

from harken.meeting import Breath, Meeting, MovedOn, Refused, Said
from harken.serve import protocol
from harken.serve.protocol import Asked, Json

log = logging.getLogger("harken.serve")


class Window:
    """Answers one player. Meetings are called in a thread, one call at a time."""

    def __init__(
        self,
        open_meeting: Callable[[], Meeting],
        lock: anyio.Lock,
        name: str | None = None,
        seed: int | None = None,
    ) -> None:
        self._open, self._lock, self._name, self._seed = open_meeting, lock, name, seed
        self._meeting: Meeting | None = None
        self._seen: tuple[int, int] | None = None

    async def converse(self, socket: WebSocket) -> None:
        """Answer messages until the player is gone."""
        try:
            while True:
                message = await socket.receive()
                if message["type"] == "websocket.disconnect":
                    return
                text = message.get("text")
                answer = await self.answer(text if isinstance(text, str) else "")
                await socket.send_text(json.dumps(answer))
        except (WebSocketDisconnect, RuntimeError):
            return  # gone in the middle: the turn is kept, and is answered when it is asked again

    async def answer(self, message: str) -> Json:
        """The answer to one message. Whatever goes wrong is a sentence, and no log holds what was said."""
        try:
            asked = protocol.read(message)
            async with self._lock:
                return await to_thread.run_sync(self._do, asked)
        except Refused as why:
            return protocol.refused(why, protocol.turn_of(message))
        except Exception as error:
            log.error("a breath failed: %s", _where(error))
            trouble = Refused("Something went wrong on the way. Nothing was lost; please try again.")
            return protocol.refused(trouble, protocol.turn_of(message))

    def _do(self, asked: Asked) -> Json:
        if asked.kind == "open" or self._meeting is None:
            self._meeting, self._seen = self._open(), None
        meeting = self._meeting
        if asked.kind == "open":
            return protocol.threshold(meeting.threshold(), self._name)
        assert asked.turn is not None
        if asked.kind == "begin":
            return self._shown(meeting.begin(asked.turn, name=asked.name, seed=self._seed), asked)
        if self._seen not in (None, (meeting.state.meeting, meeting.state.breath)):
            raise MovedOn("This meeting went on in another window. Here is where it stands now.")
        return self._shown(meeting.breathe(Said(asked.turn, offer=asked.offer, text=asked.text)), asked)

    def _shown(self, breath: Breath, asked: Asked) -> Json:
        self._seen = (breath.state.meeting, breath.state.breath)
        return protocol.breath(breath, asked.turn)


def _where(error: BaseException) -> str:
    """The kind of an error and the lines it came through: never its text, which could hold what was told."""
    frames: list[Any] = traceback.extract_tb(error.__traceback__)[-3:]
    return f"{type(error).__name__} at " + ", ".join(f"{frame.name}:{frame.lineno}" for frame in frames)
