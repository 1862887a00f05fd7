"""The keep's page over HTTP (docs/protocol.md): only ever the keep of the session's own reader.

Nothing here knows another keep than the one the door answered with, so there is no name or number in a request by
which another reader's could be asked for.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import Any

import anyio
from anyio import to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from harken.engine import Story
from harken.errors import HarkenError
from harken.exporting import carried, plain, sealed
from harken.exporting.shown import BURNABLE, shown
from harken.keep import KeepError
from harken.keep.errors import LastLock, NoKeychain
from harken.serve import logs
from harken.serve.body import read_object
from harken.serve.visitor import Doorkeeper, Visitor

EXPORTS_WAITING = 4
"""Locks and exports that wait for their turn; each takes seconds and much memory, one at a time."""
SECRET_MOST = 400
PASSPHRASE_LEAST = 10
LOCKS = {
    "passphrase": "the passphrase",
    "keychain": "this computer's keychain",
    "key-file": "the key file",
    "words": "the recovery words",
}
SCRUBBED = "It is gone: neither its words nor a key to them are in any file of the keep."
BURNED = "Nobody can read it any more. What is left of its sealed bytes goes as soon as the files are free."

Answer = Callable[[Visitor, dict[str, Any], Request], Awaitable[Response]]


class NotDone(HarkenError):
    """Nothing was changed; the text says why."""

    def __init__(self, said: str, status: int = 409) -> None:
        super().__init__(said)
        self.status = status


class KeepPage:
    """The paths under /keep for one story, at one door."""

    def __init__(self, door: Doorkeeper, story: Story) -> None:
        self._door, self._story = door, story
        self._slow = anyio.CapacityLimiter(1)

    def routes(self) -> list[BaseRoute]:
        """All of them."""
        return [
            Route("/keep.json", self._with(self._page), methods=["GET"]),
            Route("/keep/export.md", self._with(self._markdown), methods=["GET"]),
            Route("/keep/burn", self._with(self._burn), methods=["POST"]),
            Route("/keep/export", self._with(self._export), methods=["POST"]),
            Route("/keep/forget", self._with(self._forget), methods=["POST"]),
            Route("/keep/lock", self._with(self._lock), methods=["POST"]),
        ]

    def _with(self, answer: Answer) -> Callable[[Request], Awaitable[Response]]:
        """The reader of the session and what was sent, handed to ``answer``; whatever goes wrong is a sentence."""

        async def answered(request: Request) -> Response:
            visitor = await self._door.visitor(request.headers)
            if visitor is None:
                return _said("Nobody is signed in here.", 401)
            if visitor.keep is None:
                return _said("Nothing is kept here.", 404)
            if visitor.pace.take():
                visitor.pace.give_back()
                return _said("That was very fast. Please try again in a moment.", 429)
            asked = await read_object(request) if request.method == "POST" else {}
            try:
                async with visitor.lock:
                    return await answer(visitor, asked, request)
            except NotDone as why:
                return _said(str(why), why.status)
            except (LastLock, NoKeychain) as why:
                return _said(str(why), 409)
            except KeepError as error:
                logs.trouble("the keep's page", error)
                hidden = "The keep cannot be reached just now. Nothing was changed; please try again."
                return _said(hidden if visitor.reader else str(error), 503)

        return answered

    # -- what is shown ---------------------------------------------------------------------------------------

    async def _page(self, visitor: Visitor, asked: dict[str, Any], request: Request) -> Response:
        return JSONResponse(await to_thread.run_sync(self._what_is_kept, visitor))

    def _what_is_kept(self, visitor: Visitor) -> dict[str, Any]:
        keep = visitor.keep
        entries = shown(keep.encounter(self._story.id).entries())
        locks = keep.locks()
        return {
            "story": self._story.title,
            "reader": visitor.reader,
            "meetings": [{"meeting": number, "day": None} for number in sorted({entry.meeting for entry in entries})],
            "entries": [entry.as_json() for entry in entries],
            "locks": [{"kind": lock.kind, "since": _day(lock.since_day)} for lock in locks],
            "recovery": any(lock.kind == "words" for lock in locks),
        }

    async def _markdown(self, visitor: Visitor, asked: dict[str, Any], request: Request) -> Response:
        log = await to_thread.run_sync(lambda: visitor.keep.encounter(self._story.id).events())
        page = plain.markdown(self._story.title, log).encode("utf-8", "replace")
        return Response(page, media_type="text/markdown; charset=utf-8", headers=_named(f"{self._story.id}.md"))

    # -- what is done ----------------------------------------------------------------------------------------

    async def _burn(self, visitor: Visitor, asked: dict[str, Any], request: Request) -> Response:
        number = asked.get("entry")
        if type(number) is not int or set(asked) != {"entry"}:
            raise HTTPException(400)
        state = await to_thread.run_sync(self._burned, visitor, number)
        return JSONResponse({"state": state, "say": SCRUBBED if state == "scrubbed" else BURNED})

    def _burned(self, visitor: Visitor, number: int) -> str:
        kept = visitor.keep.encounter(self._story.id)
        found = next((entry for entry in shown(kept.entries()) if entry.entry == number), None)
        if found is None:
            raise NotDone("There is no such entry in this keep.", 404)
        if found.kind not in BURNABLE:
            raise NotDone(
                "What was told to you also says that it was told, and goes only with the whole reading. "
                "Your own words and jars can be burned one by one."
            )
        return str(kept.burn([number]))

    async def _export(self, visitor: Visitor, asked: dict[str, Any], request: Request) -> Response:
        passphrase = _secret(asked, "passphrase", least=1)

        def file() -> bytes:
            return sealed.seal(carried.pack(carried.readings_of(visitor.keep)), passphrase)

        data = await self._slowly(file)
        return Response(data, media_type="application/octet-stream", headers=_named("harken-keep.age"))

    async def _forget(self, visitor: Visitor, asked: dict[str, Any], request: Request) -> Response:
        if asked != {"sure": True}:
            raise HTTPException(400)
        whole = await to_thread.run_sync(self._forgotten, visitor)
        visitor.posting = None
        if whole:
            await self._door.forgotten(visitor)
        return _said("It is forgotten. Nothing of it is left." if whole else "This story is forgotten.")

    def _forgotten(self, visitor: Visitor) -> bool:
        """Whether nothing was left: the keep goes with the only story in it."""
        others = any(one.story != self._story.id for one in visitor.keep.encounters())
        visitor.keep.forget(self._story.id if others else None)
        return not others

    async def _lock(self, visitor: Visitor, asked: dict[str, Any], request: Request) -> Response:
        keep = visitor.keep
        if set(asked) == {"words"} and asked["words"] is True:
            words = await self._slowly(keep.recovery_words)
            said = "These words open this keep. They are shown this once; write them down on paper."
            return JSONResponse({"say": said, "words": words})
        if set(asked) == {"remove"}:
            kind = asked["remove"]
            if not isinstance(kind, str) or kind not in {lock.kind for lock in keep.locks()}:
                raise NotDone("This keep has no such lock.")
            await to_thread.run_sync(keep.remove_lock, kind)
            return _said(f"The keep no longer opens by {LOCKS.get(kind, kind)}.")
        if set(asked) != {"passphrase"}:
            raise HTTPException(400)
        passphrase = _secret(asked, "passphrase", PASSPHRASE_LEAST)
        await self._slowly(lambda: keep.add_lock("passphrase", passphrase))
        await self._door.relocked(visitor, request.headers)
        return _said(_now_opens_by([lock.kind for lock in keep.locks()]))

    async def _slowly(self, work: Callable[[], Any]) -> Any:
        """Do what takes seconds, one at a time in this process."""
        if self._slow.statistics().tasks_waiting >= EXPORTS_WAITING:
            raise NotDone("Others are at this just now. Please try again in a minute.", 429)
        return await to_thread.run_sync(work, limiter=self._slow)


def routes(door: Doorkeeper, story: Story) -> list[BaseRoute]:
    """The paths under /keep."""
    return KeepPage(door, story).routes()


def _now_opens_by(kinds: list[str]) -> str:
    by_itself = [LOCKS[kind] for kind in kinds if kind in ("keychain", "key-file")]
    if not by_itself:
        return "The keep opens by this passphrase from now on."
    return (
        f"The keep opens by this passphrase from now on, and still by itself, by {' and '.join(by_itself)}. "
        "To be asked each time, take that lock away."
    )


def _secret(asked: dict[str, Any], key: str, least: int) -> str:
    value = asked.get(key)
    if not isinstance(value, str) or set(asked) != {key} or len(value) > SECRET_MOST:
        raise HTTPException(400)
    if len(value) < least:
        raise NotDone(f"A passphrase here has at least {least} characters.")
    return value


def _said(sentence: str, status: int = 200) -> Response:
    return JSONResponse({"say": sentence}, status_code=status)


def _named(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}


def _day(day: int | None) -> str | None:
    return (date(1970, 1, 1) + timedelta(days=day)).isoformat() if day is not None else None
