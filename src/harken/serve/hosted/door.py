"""``/sign-in`` and ``/sign-out``: forms for people, JSON for programs."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from harken.serve.body import read_form, read_object
from harken.serve.hosted.pages import Pages
from harken.serve.hosted.readers import NotIn, Readers, Welcome
from harken.serve.hosted.sessions import ABSOLUTE

FORM = {"Referrer-Policy": "same-origin"}
"""For pages with a form: under no-referrer browsers send ``Origin: null`` with it, which is refused."""


class SharedDoor:
    """The door of a shared server. ``secure`` when readers come over https: the cookie then goes nowhere else."""

    def __init__(self, readers: Readers, pages: Pages, *, secure: bool) -> None:
        self._readers, self._pages, self._secure = readers, pages, secure

    def routes(self) -> list[BaseRoute]:
        """The paths of the door."""
        return [
            Route("/sign-in", self._ask, methods=["GET"]),
            Route("/sign-in", self._sign_in, methods=["POST"]),
            Route("/sign-out", self._sign_out, methods=["POST"]),
        ]

    async def _ask(self, request: Request) -> Response:
        known = await self._readers.visitor(request.headers)
        if known is not None:
            return _page(self._pages.signed_in(known.reader or ""))
        return _page(self._pages.sign_in(words=request.query_params.get("with") == "words"))

    async def _sign_in(self, request: Request) -> Response:
        return await (self._program(request) if _is_json(request) else self._person(request))

    async def _person(self, request: Request) -> Response:
        form = await read_form(request)
        name, again = form.get("name", "").strip(), form.get("again")
        passphrase, words = form.get("passphrase", ""), form.get("words", "")
        if again is not None and again != passphrase:
            return _page(self._pages.newcomer(name, "The two are not the same. Please type both once more."), 422)
        try:
            welcome = await self._welcome(request, name, passphrase, words, again is not None)
        except NotIn as refused:
            return self._asked_again(refused, name, form)
        if welcome.words:
            return self._let_in(_page(self._pages.recovery(welcome.words)), welcome)
        return self._let_in(RedirectResponse("/", status_code=303), welcome)

    def _asked_again(self, refused: NotIn, name: str, form: dict[str, str]) -> Response:
        if refused.how == "unknown" and self._readers.newcomers and "words" not in form:
            return _page(self._pages.newcomer(name), refused.status)
        if refused.status == 422 and "again" in form:
            return _page(self._pages.newcomer(name, str(refused)), refused.status)
        return _page(self._pages.sign_in(name, str(refused), words="words" in form), refused.status, refused.wait)

    async def _program(self, request: Request) -> Response:
        asked = await read_object(request)
        name, new = asked.get("reader"), asked.get("new", False)
        passphrase, words = asked.get("passphrase") or "", asked.get("words") or ""
        if not all(isinstance(text, str) for text in (name, passphrase, words)) or not isinstance(new, bool):
            return JSONResponse({"say": "That is not how one signs in here; see docs/protocol.md."}, status_code=422)
        try:
            welcome = await self._welcome(request, str(name), passphrase, words, new)
        except NotIn as refused:
            return JSONResponse({"say": str(refused)}, status_code=refused.status, headers=_later(refused.wait))
        said: dict[str, Any] = {"say": "You are in."}
        return self._let_in(JSONResponse({**said, "words": list(welcome.words)} if welcome.words else said), welcome)

    async def _welcome(self, request: Request, name: str, passphrase: str, words: str, new: bool) -> Welcome:
        address = request.client.host if request.client else ""
        welcome = await self._readers.sign_in(name, passphrase=passphrase, words=words, new=new, address=address)
        await self._readers.sign_out(request.headers)  # a session that was there before is not carried on
        return welcome

    async def _sign_out(self, request: Request) -> Response:
        json = _is_json(request)
        asked: dict[str, Any] = await (read_object(request) if json else read_form(request))
        await self._readers.sign_out(request.headers, everywhere=bool(asked.get("everywhere")))
        answer = JSONResponse({"say": "Good night."}) if json else RedirectResponse("/sign-in", status_code=303)
        return self._cookie(answer, "", 0)

    def _let_in(self, answer: Response, welcome: Welcome) -> Response:
        return self._cookie(answer, welcome.secret, ABSOLUTE)

    def _cookie(self, answer: Response, value: str, lasts: int) -> Response:
        answer.set_cookie(
            self._readers.cookie, value, max_age=lasts, httponly=True, secure=self._secure, samesite="strict", path="/"
        )
        return answer


def _is_json(request: Request) -> bool:
    return request.headers.get("content-type", "").split(";")[0].strip().lower() == "application/json"


def _page(html: str, status: int = 200, wait: int = 0) -> Response:
    return HTMLResponse(html, status_code=status, headers={**FORM, **_later(wait)})


def _later(wait: int) -> dict[str, str]:
    return {"Retry-After": str(wait)} if wait else {}
