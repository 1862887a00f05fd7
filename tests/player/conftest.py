"""A real Chromium, a real server, and a visitor who writes down everything that happens on the page."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "serve")]

from living import Living  # noqa: E402
from tale import tale  # noqa: E402
from visiting import ARGS, NO_GL, SOFTWARE_GL, Visitor, chromium_path  # noqa: E402


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
def living() -> Iterator[Callable[..., Living]]:
    """Starts real servers on loopback, each with the tale (parts of it may be others) and a keep of its own."""
    started: list[Living] = []

    def start(**more: Any) -> Living:
        started.append(Living(*tale(**more)))
        return started[-1]

    yield start
    for one in started:
        one.stop()


@pytest.fixture
def served(living: Callable[..., Living]) -> Living:
    """A real server on loopback, with the tale and a keep of its own."""
    return living()


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
        visitor = Visitor(context, living)
        if go:
            visitor.page.goto(living.url)
        return visitor

    yield open_page
    for context in contexts:
        context.close()
