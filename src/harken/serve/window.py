"""One open window: a socket, the meeting behind it, and the lock that all of a reader's windows share."""

from __future__ import annotations

import json
import time

import anyio
from anyio import to_thread
from starlette.websockets import WebSocket, WebSocketDisconnect

from harken.errors import HarkenError
from harken.meeting import Breath, Meeting, MovedOn, Refused, Said
from harken.serve import logs, protocol
from harken.serve.measures import Measures
from harken.serve.protocol import Asked, Json
from harken.serve.visitor import Doorkeeper, Visitor

UNSENT_MOST = 30.0
"""Seconds a player may take to read an answer; one that reads nothing is let go, and can come back."""
LOOKED_AGAIN = 30.0
"""Seconds after which a socket's session is looked at again: one that was ended is not answered for longer."""

_WRITTEN = json.JSONEncoder(check_circular=False, separators=(",", ":")).encode
_TROUBLE = "Something went wrong on the way. Nothing was lost; please try again."
_CANNOT_KEEP = "This server cannot keep anything just now, so nothing was written. Please try again in a while."


class Window:
    """Answers one player. Meetings are called in a thread, one call at a time for each reader."""

    def __init__(self, visitor: Visitor, measures: Measures) -> None:
        self._visitor, self._measures = visitor, measures
        self._meeting: Meeting | None = None
        self._seen: tuple[int, int] | None = None

    async def converse(self, socket: WebSocket, door: Doorkeeper) -> None:
        """Answer messages until the player, or their session, is gone. One that sends too fast is read more slowly."""
        looked = time.monotonic()
        try:
            while True:
                message = await socket.receive()
                if message["type"] == "websocket.disconnect":
                    return
                await anyio.sleep(self._visitor.pace.take())
                if time.monotonic() >= looked + LOOKED_AGAIN:
                    looked = time.monotonic()
                    if await door.visitor(socket.headers) is not self._visitor:
                        await socket.close(1008)
                        return
                text = message.get("text")
                answer = await self.answer(text if isinstance(text, str) else "")
                with anyio.fail_after(UNSENT_MOST):
                    await socket.send_text(_WRITTEN(answer))
        except (WebSocketDisconnect, RuntimeError, TimeoutError):
            return  # gone in the middle: the turn is kept, and is answered when it is asked again

    async def answer(self, message: str) -> Json:
        """The answer to one message. Whatever goes wrong is a sentence, and no log holds what was said."""
        began = self._measures.clock()
        try:
            asked = protocol.read(message)
            async with self._visitor.lock:
                answer = await to_thread.run_sync(self._do, asked)
            self._measures.answered(asked.kind, self._measures.clock() - began)
            return answer
        except Refused as why:
            refused = why
        except HarkenError as known:
            logs.trouble("not kept", known)
            refused = Refused(_CANNOT_KEEP if self._visitor.reader else str(known))
        except Exception as error:
            logs.trouble("a breath failed", error)
            refused = Refused(_TROUBLE)
        self._measures.refused(refused.code)
        return protocol.refused(refused, protocol.turn_of(message))

    def _do(self, asked: Asked) -> Json:
        if asked.kind == "open" or self._meeting is None:
            self._meeting, self._seen = self._visitor.open_meeting(), None
        meeting = self._meeting
        if asked.kind == "open":
            return protocol.threshold(meeting.threshold(asked.locale), self._visitor.name)
        if asked.kind == "begin":
            return self._shown(self._begun(meeting, asked), asked)
        if self._seen not in (None, (meeting.state.meeting, meeting.state.breath)):
            raise MovedOn("This meeting went on in another window. Here is where it stands now.")
        return self._shown(meeting.breathe(Said(asked.turn, offer=asked.offer, text=asked.text)), asked)

    def _begun(self, meeting: Meeting, asked: Asked) -> Breath:
        return meeting.begin(
            asked.turn,
            name=asked.name,
            seed=self._visitor.seed,
            pronoun=asked.pronoun,
            veiled=asked.veiled,
            locale=asked.locale,
            older=asked.older,
        )

    def _shown(self, breath: Breath, asked: Asked) -> Json:
        self._seen = (breath.state.meeting, breath.state.breath)
        return protocol.breath(breath, asked.turn)
