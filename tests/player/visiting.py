"""A visitor who writes down everything that happens on the page, and what they bring: a browser, a tale that asks."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from typing import Any

from living import Living
from tale import tale

from making import story
from sealed import QUIET

HELP = [{"name": "Telefonseelsorge", "contact": "0800 111 0 111", "hours": "day and night", "checked": "2026-11-20"}]


def asking_tale() -> tuple[Any, bytes]:
    """The tale, which asks who you are and what you would rather not hear, says your older name, and has help."""
    doc = {"themes": [["war", "war"], ["children", "children who die"], ["leaving", "being left"]]}
    _, compiled = tale(**doc, help=HELP, asks_pronoun=True, locales={"de": GERMAN})
    document = json.loads(compiled)
    document["tellings"][0]["body"][0]["say"].append({"name": "older", "else": ["you"]})
    return story(document), json.dumps(document, separators=(",", ":")).encode()


GERMAN = {
    "title": "Eine Küche am Ende der Nacht",
    "asks_pronoun": True,
    "confider": {"moves": {}, "looks": {}, "answers": {}, "grammar": {}},
    "themes": {"war": "Krieg"},
    **{part: {} for part in ("gestures", "scenes", "sections", "things", "tellings")},
}
"""A translation of the tale's title and of one theme."""
ARGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    QUIET,
]
SOFTWARE_GL = ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
NO_GL = ["--disable-software-rasterizer"]


def chromium_path() -> str | None:
    """Where Chromium is on this machine, or None."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def until(page: Any, condition: Callable[[], bool], seconds: float = 20) -> None:
    """Wait until something has come to pass outside the page."""
    for _ in range(int(seconds * 50)):
        if condition():
            return
        page.wait_for_timeout(20)
    raise AssertionError("it never came to pass")


class Visitor:
    """One page, and what was seen on it: ``frames`` over sockets, ``errors``, requests ``elsewhere``."""

    def __init__(self, context: Any, living: Living) -> None:
        self.page = context.new_page()
        self.living, origin = living, living.origin
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
