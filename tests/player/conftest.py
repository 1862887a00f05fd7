"""A real Chromium, a real server, and a visitor who writes down everything that happens on the page."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "serve")]

from living import Living  # noqa: E402
from tale import tale  # noqa: E402

HELP = [{"name": "Telefonseelsorge", "contact": "0800 111 0 111", "hours": "day and night", "checked": "2026-11-20"}]


def asking_tale() -> tuple[Any, bytes]:
    """The tale, which asks who you are and what you would rather not hear, and has lines of help."""
    doc = {"themes": [["war", "war"], ["children", "children who die"], ["leaving", "being left"]]}
    return tale(**doc, help=HELP, asks_pronoun=True, locales={"de": {}})


ARGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
SOFTWARE_GL = ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
NO_GL = ["--disable-software-rasterizer"]


def chromium_path() -> str | None:
    """Where Chromium is on this machine, or None."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


class Visitor:
    """One page, and what was seen on it: ``frames`` over sockets, ``errors``, requests ``elsewhere``."""

    def __init__(self, context: Any, origin: str) -> None:
        self.page = context.new_page()
        self.origin = origin
        self.frames: list[tuple[str, str]] = []
        self.errors: list[str] = []
        self.elsewhere: list[str] = []
        self.page.on("console", lambda m: self.errors.append(m.text) if m.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", lambda r: None if r.url.startswith((origin, "blob:")) else self.elsewhere.append(r.url))
        self.page.on("websocket", self._listen)

    def _listen(self, socket: Any) -> None:
        socket.on("framesent", lambda payload: self.frames.append(("sent", str(payload))))
        socket.on("framereceived", lambda payload: self.frames.append(("received", str(payload))))

    def at(self, where: str) -> None:
        """Wait until the page is at the threshold, in talk, or waking."""
        self.page.wait_for_selector(f'.page[data-at="{where}"]')

    def step_in(self, name: str = "Ada") -> None:
        self.page.wait_for_selector(".step > button:enabled")
        self.page.fill("input[name=name]", name)
        self.page.click(".step > button")
        self.at("talk")

    def idle(self) -> None:
        """Wait until no turn is under way."""
        self.page.wait_for_function("() => !document.querySelector('harken-offers.waiting')")

    def choose(self, move: str) -> None:
        before = self.breath()
        self.page.click(f'[data-move="{move}"]')
        self.answered(before)

    def say(self, text: str) -> None:
        before = self.breath()
        self.page.fill("textarea", text)
        self.page.press("textarea", "Enter")
        self.answered(before)

    def answered(self, before: Any) -> None:
        self.page.wait_for_function(
            "(before) => document.querySelector('harken-player').now?.breath !== before", arg=before
        )
        self.idle()

    def breath(self) -> Any:
        return self.page.evaluate("() => document.querySelector('harken-player').now?.breath")

    def words(self) -> str:
        return str(self.page.inner_text("harken-log"))


@pytest.fixture(scope="session")
def browsers() -> Iterator[Callable[..., Any]]:
    """Opens Chromium with further arguments; each kind is opened once."""
    path = chromium_path()
    if path is None:
        pytest.skip("no Chromium is on this machine: the page cannot be tried")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        opened: dict[tuple[str, ...], Any] = {}

        def get(*more: str) -> Any:
            if more not in opened:
                opened[more] = driver.chromium.launch(executable_path=path, args=[*ARGS, *more])
            return opened[more]

        yield get
        for browser in opened.values():
            browser.close()


@pytest.fixture
def served() -> Iterator[Living]:
    """A real server on loopback, with the tale and a keep in memory."""
    living = Living(*tale())
    yield living
    living.stop()


@pytest.fixture
def visit(browsers: Callable[..., Any], served: Living) -> Iterator[Callable[..., Visitor]]:
    """Opens the page: ``picture`` is none, stills, live, or None to let the page decide."""
    contexts: list[Any] = []

    def open_page(
        living: Living | None = None,
        *,
        picture: str | None = "none",
        width: int = 1280,
        height: int = 720,
        gl: bool = True,
        script: str = "",
        go: bool = True,
        **more: Any,
    ) -> Visitor:
        living = living or served
        context = browsers(*(SOFTWARE_GL if gl else NO_GL)).new_context(
            viewport={"width": width, "height": height}, **more
        )
        contexts.append(context)
        if picture:
            context.add_init_script(f"try {{ sessionStorage.setItem('harken:picture', '{picture}') }} catch {{}}")
        if script:
            context.add_init_script(script)
        visitor = Visitor(context, living.origin)
        if go:
            visitor.page.goto(living.url)
        return visitor

    yield open_page
    for context in contexts:
        context.close()
