"""Every state of the interface, for those who hear the page, need strong contrast, or have a small window."""

from __future__ import annotations

from typing import Any

import pytest
from living import Living
from looking import BREATHE, STILL, VIOLATIONS, unmoving, worst_contrasts
from states import STATES
from visiting import asking_tale

PAPER = "() => document.querySelector('dialog[open]')?.getBoundingClientRect().toJSON()"


@pytest.fixture
def asking() -> Any:
    living = Living(*asking_tale())
    yield living
    living.stop()


@pytest.mark.parametrize("state", STATES)
def test_nobody_is_shut_out_of_any_state(visit: Any, asking: Living, state: str) -> None:
    """axe finds nothing; text stands out by 4.5, and by 7 where that is wished; nothing leaves the origin; the policy
    is kept; the console is quiet; 320 px are enough."""
    from axe_playwright_python.sync_playwright import Axe

    visitor = visit(asking, script=VIOLATIONS, device_scale_factor=0.5)
    page = visitor.page
    STATES[state](visitor)
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found] == []
    for contrast, least in (("no-preference", 4.5), ("more", 7)):
        page.emulate_media(contrast=contrast, reduced_motion="reduce")
        worst = worst_contrasts(page)
        assert len(worst) > 3 and min(worst.values()) >= least, sorted(worst.items(), key=lambda item: item[1])[:3]
    assert visitor.errors == [] and visitor.elsewhere == []
    assert page.evaluate("() => window.violations") == []
    page.set_viewport_size({"width": 320, "height": 640})
    wide = "() => [document.documentElement, ...document.querySelectorAll('dialog[open]')].map((e) => e.scrollWidth)"
    assert max(page.evaluate(wide)) <= 320
    assert page.evaluate("() => document.activeElement !== document.body") or state in ("threshold", "lost")


def test_on_a_small_page_a_short_waking_needs_no_scrolling(visit: Any, asking: Living) -> None:
    visitor = visit(asking, width=320, height=640)
    STATES["waking"](visitor)
    low = "() => Math.max(...[...document.querySelectorAll('.waking *')].map((e) => e.getBoundingClientRect().bottom))"
    assert 400 < visitor.page.evaluate(low) <= 640


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (390, 844), (320, 640)])
def test_text_can_be_read_at_every_breath_of_every_scene(visit: Any, width: int, height: int) -> None:
    visitor = visit(picture="stills", width=width, height=height, device_scale_factor=0.5)
    page = visitor.page
    STATES["talk"](visitor)
    for view in ("library", "desert", "unravelling"):
        page.evaluate("(view) => document.querySelector('harken-scene').set({view, art: view, here: true})", view)
        page.wait_for_function(
            "(view) => document.querySelector('harken-scene').dataset.shown === view", arg=view, timeout=60_000
        )
        for breath in (0, 0.5, 1):
            page.evaluate(BREATHE, breath)
            for contrast, least in (("no-preference", 4.5), ("more", 7)):
                page.emulate_media(contrast=contrast)
                page.evaluate(STILL)
                worst = worst_contrasts(page)
                assert len(worst) > 5
                weak = sorted(worst.items(), key=lambda item: item[1])[:3]
                assert weak[0][1] >= least, (view, breath, contrast, weak)


def test_where_colours_are_forced_everything_has_an_edge(visit: Any) -> None:
    visitor = visit(forced_colors="active")
    STATES["talk"](visitor)
    edges = "() => [...document.querySelectorAll('.offer')].map((e) => getComputedStyle(e).borderTopStyle)"
    assert set(visitor.page.evaluate(edges)) == {"solid"}


def test_a_slow_machine_still_has_a_whole_meeting(visit: Any) -> None:
    visitor = visit(picture=None, width=480, height=320)
    visitor.page.context.new_cdp_session(visitor.page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    STATES["waking"](visitor)
    assert "You wake." in visitor.page.inner_text(".waking") and visitor.errors == []


@pytest.mark.parametrize("state", ["talk", "waking"])
def test_reduced_motion_keeps_every_page_byte_for_byte(visit: Any, state: str) -> None:
    visitor = visit(reduced_motion="reduce", width=640, height=480)
    STATES[state](visitor)
    visitor.page.evaluate("() => document.activeElement.blur()")
    first = unmoving(visitor.page)
    visitor.page.wait_for_timeout(1500)
    assert visitor.page.screenshot() == first
