"""How the picture moves: as often as it may, not in vain, without a flash, and not at all where it costs too much."""

from __future__ import annotations

from typing import Any

import look
import numpy as np
import pytest
from looking import SHOWN, flashes, luminance, pixels

AWAY = """(away) => {
  Object.defineProperty(document, 'hidden', { configurable: true, get: () => away });
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
}"""
DRAWN = "() => Number(document.querySelector('harken-scene').dataset.drawn ?? 0)"
QUICK, DEAR = "() => 0", "() => (now += 60)"
"""A clock of the thread on which no frame costs anything, and one on which each costs more than it may."""


def clocked(visit: Any, clock: str, **more: Any) -> Any:
    """A page whose picture is drawn by this clock."""
    visitor = visit(picture=None, go=False, **more)

    def with_clock(route: Any) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=f"let now = 0; performance.now = {clock};\n{answer.text()}")

    visitor.page.context.route("**/scenes/worker.mjs", with_clock)
    visitor.page.goto(visitor.living.url)
    return visitor


def test_frames_that_cost_too_much_give_way_to_stills_and_others_do_not(visit: Any) -> None:
    dear = clocked(visit, DEAR, width=240, height=160).page
    dear.wait_for_selector('harken-scene[data-mode="stills"]', state="attached", timeout=60_000)
    dear.wait_for_function(SHOWN, arg="library", timeout=60_000)
    assert float(dear.get_attribute("harken-scene", "data-ms")) > 50
    assert dear.evaluate(DRAWN) <= 8, "a few frames, and then the stills"
    quick = clocked(visit, QUICK, width=240, height=160).page
    quick.wait_for_function(f"() => ({DRAWN})() > 20", timeout=60_000)
    assert quick.get_attribute("harken-scene", "data-mode") == "live"


def test_it_is_drawn_thirty_times_a_second_at_most_and_not_at_all_while_nobody_sees_it(visit: Any) -> None:
    visitor = visit(picture="live", width=120, height=80)
    page = visitor.page
    page.wait_for_function(f"() => ({DRAWN})() > 4", timeout=60_000)
    drawn, seconds = page.evaluate(
        f"""async () => {{
          const [drawn, from] = [({DRAWN})(), performance.now()];
          await new Promise((done) => setTimeout(done, 2000));
          return [({DRAWN})() - drawn, (performance.now() - from) / 1000];
        }}"""
    )
    assert 3 < drawn <= 31 * seconds + 2
    page.evaluate(AWAY, True)
    page.wait_for_timeout(400)  # what was under way arrives
    before = page.evaluate(DRAWN)
    page.wait_for_timeout(800)
    assert page.evaluate(DRAWN) == before, "hidden"
    page.evaluate(AWAY, False)
    page.wait_for_function(f"(before) => ({DRAWN})() > before + 2", arg=before, timeout=60_000)


PLAYED = """async ([mood, how]) => {
  const { Stage } = await import('/player/scenes/stage.mjs');
  const { Pace } = await import('/player/pace.mjs');
  const json = async (name) => (await fetch(`/player/art/${name}.json`)).json();
  const light = await (await fetch('/player/art/light.glsl')).text();
  const moth = new OffscreenCanvas(8, 8);
  moth.getContext('2d').fillRect(0, 0, 8, 8);
  const [palettes, scenes] = [await json('palettes'), await json('scenes')];
  const stage = new Stage(new OffscreenCanvas(96, 54), { palettes, scenes, light, moth }, json);
  stage.size(96, 54, 1);
  Object.assign(stage.mood, mood);
  await stage.ready();
  const { width: w, height: h } = stage.canvas;
  const data = new Uint8Array(w * h * 4);
  const pace = Object.assign(new Pace(), { light: 0.4 });
  return Array.from({ length: 60 }, (_, i) => {
    const part = i / 60;
    // held and let go within the three seconds, and answered in between
    pace.held = how === 'breath' && part < 0.6;
    if (i === 30) pace.swell = 1;
    const now = how === 'unravelling' ? { unravel: part } : how === 'waking' ? { reveal: part } : {};
    stage.draw(7 + i / 20, pace.step(1 / 20), { unravel: stage.unravel, ...now });
    stage.gl.readPixels(0, 0, w, h, stage.gl.RGBA, stage.gl.UNSIGNED_BYTE, data);
    const blocks = Array(12).fill(0);
    for (let y = 0; y < h; y++) for (let x = 0; x < w; x++) {
      const at = (y * w + x) * 4;
      const [r, g, b] = [0, 1, 2].map((k) => (data[at + k] / 255) ** 2.2);
      blocks[((y * 3) / h | 0) * 4 + ((x * 4) / w | 0)] += 0.2126 * r + 0.7152 * g + 0.0722 * b;
    }
    return blocks.map((sum) => sum / (w * h / 12));
  });
}"""


@pytest.mark.parametrize(
    ("how", "view"),
    [
        ("breath", "library"),
        ("breath", "desert"),
        ("breath", "palms"),
        ("unravelling", "unravelling"),
        ("waking", "waking"),
    ],
)
def test_nothing_flashes_while_it_breathes_comes_apart_or_wakes(visit: Any, how: str, view: str) -> None:
    """Relative luminance over three seconds, in each twelfth of the picture: never more than three flashes a second
    (WCAG 2.3.1)."""
    page = visit().page
    lights = np.array(page.evaluate(PLAYED, [look.MOODS[view], how]))
    assert lights.shape == (60, 12) and lights.max() > 0.002
    if how != "waking":
        assert np.ptp(lights.mean(axis=1)) > 0.01, "it does change"
    for second in range(3):
        for block in lights[second * 20 : second * 20 + 20].T:
            assert flashes(list(block)) <= 3, (how, view, second)


def test_from_the_last_breath_to_waking_the_page_does_not_flash(visit: Any) -> None:
    """What is seen, as fast as it can be looked at, while one picture goes over into the next."""
    visitor = visit(picture="stills", width=240, height=160)
    page = visitor.page
    visitor.step_in()
    page.wait_for_function(SHOWN, arg="library", timeout=60_000)
    seen = []
    page.evaluate("() => document.querySelector('nav [data-do=wake]').click()")
    for _ in range(60):
        seen.append(float(luminance(pixels(page)).mean()))
        if len(seen) > 12 and page.evaluate(SHOWN, "waking") and max(seen[-5:]) - min(seen[-5:]) < 0.002:
            break
    assert page.evaluate(SHOWN, "waking")
    assert flashes(seen, 0.05) <= 1, seen
