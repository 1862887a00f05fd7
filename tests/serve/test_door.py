"""Who may come in, and what is sent to those who have not: over ASGI, without a network."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import anyio
import httpx
import pytest
from starlette.requests import Request
from tale import OPENING, SECRET, tale

from harken.serve.app import create_app
from harken.serve.opening import Opening
from harken.serve.security import HEADERS

PORT = 4321
HERE = f"http://127.0.0.1:{PORT}"
TOKEN = "the-token"
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'"
)


def apart(run: Callable[[], Any]) -> Any:
    """On a thread of its own: a browser's driver may have a loop on this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(anyio.run, run).result()


def never() -> Any:
    raise AssertionError("no meeting is opened for a request without a socket")


@pytest.fixture
def ask() -> Callable[..., httpx.Response]:
    app = create_app(never, tale()[0], port=PORT, token=TOKEN)
    transport = httpx.ASGITransport(app=app)
    jar = httpx.Cookies()

    def asked(method: str, path: str, base: str = HERE, **more: Any) -> httpx.Response:
        async def run() -> httpx.Response:
            async with httpx.AsyncClient(transport=transport, base_url=base, cookies=jar) as client:
                answer = await client.request(method, path, **more)
                jar.update(client.cookies)
                return answer

        return apart(run)

    return asked


def post(ask: Any, body: Any, origin: str | None = HERE, **headers: str) -> httpx.Response:
    sent = {**({"Origin": origin} if origin else {}), **headers}
    return ask("POST", "/enter", json=body, headers=sent)


def test_the_page_has_the_opening_words_the_notes_and_nothing_told(ask: Any) -> None:
    page = ask("GET", "/")
    assert page.status_code == 200 and page.headers["content-type"].startswith("text/html")
    assert OPENING in page.text and "a childhood without care" in page.text and '<html lang="en">' in page.text
    assert SECRET not in page.text and "arch" not in page.text


@pytest.mark.parametrize(
    ("asked", "accepted", "told"),
    [
        ("", "", "en"), ("", "de", "de"), ("", "fr, de-CH;q=0.8, en;q=0.5", "de"), ("", "de;q=0.2, en-GB;q=0.9", "en"),
        ("", "de;q=x, ;q=, *;q=0", "de"), ("?in=en", "de", "en"), ("?in=de", "en", "de"), ("?in=xx", "de", "de"),
        ("?in=../../de", "", "en"),
    ],
)  # fmt: skip
def test_the_page_comes_in_the_language_that_is_asked_for(asked: str, accepted: str, told: str) -> None:
    story = SimpleNamespace(language="en", locales=("de",))
    opening = Opening(story, lambda language: SimpleNamespace(language=language))  # type: ignore[arg-type]
    opening._page = lambda language: language  # type: ignore[method-assign]
    query = asked.removeprefix("?").encode()
    scope = {"type": "http", "query_string": query, "headers": [(b"accept-language", accepted.encode())]}
    answer = opening.answer(Request(scope))
    assert answer.body.decode() == told == answer.headers["content-language"]
    assert answer.headers["vary"] == "Accept-Language"


@pytest.mark.parametrize("path", ["/", "/player/player.mjs", "/player/player.css", "/nothing", "/player/nothing.mjs"])
def test_every_answer_carries_the_strict_headers(ask: Any, path: str) -> None:
    answer = ask("GET", path)
    assert answer.headers["content-security-policy"] == CSP
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    assert answer.headers["cache-control"] in ("no-store", "no-cache")
    assert not any(name.startswith("access-control") for name in answer.headers)


def test_the_page_is_not_stored_and_files_are_of_their_kind(ask: Any) -> None:
    assert ask("GET", "/").headers["cache-control"] == "no-store"
    kinds = {
        "player.mjs": "text/javascript",
        "player.css": "text/css",
        "fonts/latin.woff2": "font/woff2",
        "art/moth.svg": "image/svg+xml",
        "art/palettes.json": "application/json",
    }
    for path, kind in kinds.items():
        assert ask("GET", f"/player/{path}").headers["content-type"].startswith(kind)


@pytest.mark.parametrize(
    "path",
    [
        "/player/",
        "/player/index.html",
        "/player/types.d.ts",
        "/player/fonts/LICENSE",
        "/player/../serve/app.py",
        "/player/%2e%2e/serve/app.py",
        "/docs",
    ],
)
def test_nothing_else_is_served(ask: Any, path: str) -> None:
    answer = ask("GET", path)
    assert answer.status_code == 404 and "Traceback" not in answer.text


@pytest.mark.parametrize(
    "base",
    [
        "http://evil.example",
        f"http://evil.example:{PORT}",
        "http://127.0.0.1:1",
        "http://[::1]:4321",
        f"http://127.0.0.1.evil.example:{PORT}",
    ],
)
def test_another_host_is_refused(ask: Any, base: str) -> None:
    answer = ask("GET", "/", base=base)
    assert answer.status_code == 403 and OPENING not in answer.text


def test_two_hosts_in_one_request_are_refused(ask: Any) -> None:
    answer = ask("GET", "/", headers=[("Host", f"127.0.0.1:{PORT}"), ("Host", "evil.example")])
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "origin",
    [None, "null", "http://evil.example", f"https://127.0.0.1:{PORT}", "http://127.0.0.1", f"http://localhost:{PORT}"],
)
def test_the_key_is_not_taken_from_another_origin(ask: Any, origin: str | None) -> None:
    assert post(ask, {"token": TOKEN}, origin).status_code == 403


def test_the_key_is_not_taken_from_another_site(ask: Any) -> None:
    assert post(ask, {"token": TOKEN}, **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert post(ask, {"token": TOKEN}, **{"Sec-Fetch-Site": "same-origin"}).status_code == 204


def test_the_key_is_swapped_for_a_cookie_of_this_port(ask: Any) -> None:
    answer = post(ask, {"token": TOKEN})
    assert answer.status_code == 204 and answer.content == b""
    cookie = answer.headers["set-cookie"]
    name, _, rest = cookie.partition("=")
    assert name == f"harken-{PORT}" and TOKEN not in rest and len(rest.split(";")[0]) > 40
    assert "httponly" in rest.lower() and "samesite=strict" in rest.lower() and "path=/" in rest.lower()
    assert "domain" not in rest.lower()
    again = post(ask, {})
    assert again.status_code == 204 and "set-cookie" not in again.headers


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"token": ""},
        {"token": "wrong"},
        {"token": None},
        {"token": 7},
        {"token": ["the-token"]},
        [],
        "the-token",
        None,
        {"token": "x" * 4000},
        {"token": "é"},
    ],
)
def test_without_the_key_nobody_is_let_in(ask: Any, body: Any) -> None:
    answer = post(ask, body)
    assert answer.status_code == 401 and "set-cookie" not in answer.headers


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 5000, b"x" * 100_000])
def test_a_broken_body_is_refused_and_no_more_of_it_is_read_than_needed(ask: Any, body: bytes) -> None:
    answer = ask("POST", "/enter", content=body, headers={"Origin": HERE})
    assert answer.status_code == 401 and "Traceback" not in answer.text


@pytest.mark.parametrize("cookie", [f"harken-{PORT}=forged", "harken-1=x", 'harken-4321="\\', "=;;=", "\u00e9=1"])
def test_a_forged_cookie_opens_nothing(ask: Any, cookie: str) -> None:
    answer = ask("POST", "/enter", json={}, headers={"Origin": HERE, "Cookie": cookie.encode()})
    assert answer.status_code == 401


def test_a_story_cannot_write_markup_into_the_page() -> None:
    made, _ = tale(title='<img src=x onerror="alert(1)">', notes=["</p><script>alert(1)</script>"], language='en"><b')
    app = create_app(never, made, port=PORT, token=TOKEN)

    async def run() -> str:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=HERE) as client:
            return (await client.get("/")).text

    page = apart(run)
    assert "<img src=x" not in page and "<script>alert" not in page and 'lang="en"><b' not in page
