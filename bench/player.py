"""``python -m bench.player``: how soon the first words stand in the browser, and how long its main thread is held.

Needs the ``dev`` extra and a Chromium. Timings are of this machine: the tests count, and never time.
"""

from __future__ import annotations

import statistics
import sys
from pathlib import Path
from typing import Any

ROUNDS = 5
REST = 2000  # ms between visits: the last one's picture, drawn in software here, must be quite gone from the browser
WATCH = """
  window.longest = 0;
  const long = ({ duration }) => (window.longest = Math.max(window.longest, duration));
  const add = (list) => list.getEntries().forEach(long);
  new PerformanceObserver(add).observe({ type: 'longtask', buffered: true });
"""
PAINTED = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
BARS = {"first words, ms": 300, "longest hold of the main thread, ms": 100}


def once(browser: Any, url: str, throttled: int) -> dict[str, float]:
    """One cold visit: to the threshold, in, and three breaths on."""
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    context.add_init_script(WATCH)
    page = context.new_page()
    if throttled > 1:
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": throttled})
    page.goto(url)
    page.wait_for_selector(".step > button:enabled")
    page.wait_for_function(f"() => ({PAINTED})() !== undefined")
    painted = page.evaluate(PAINTED)
    page.click(".step > button")
    for _ in range(3):
        page.wait_for_selector("harken-offers:not(.waiting) [data-move=stay]")
        page.click("[data-move=stay]")
    page.wait_for_timeout(2000)
    longest = page.evaluate("() => window.longest")
    page.goto("about:blank")
    page.wait_for_timeout(REST)
    context.close()
    return dict(zip(BARS, (painted, longest), strict=True))


def main() -> int:
    """Print the medians beside what they are held to."""
    tests = Path(__file__).parents[1] / "tests"
    sys.path[:0] = [str(tests / room) for room in ("player", "serve", "engine", ".")]
    from living import Living
    from playwright.sync_api import sync_playwright
    from tale import tale

    from conftest import ARGS, SOFTWARE_GL, chromium_path

    living = Living(*tale())
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium_path(), args=[*ARGS, *SOFTWARE_GL])
        for throttled in (1, 4):
            visits = [once(browser, living.url, throttled) for _ in range(ROUNDS)]
            for what, most in BARS.items():
                median = statistics.median(visit[what] for visit in visits)
                print(f"processor slowed {throttled} times: {what}: {median:.0f} (held to {most} unslowed)")
        browser.close()
    living.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
