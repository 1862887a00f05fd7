"""Looking at a page: its pixels, and how well each piece of text stands out from what is really behind it."""

from __future__ import annotations

import io
import re
from typing import Any

import numpy as np
from PIL import Image

SHOWN = "(art) => document.querySelector('harken-scene').dataset.shown === art"
"""True once the picture of this scene is on the page."""

BREATHE = """(value) => {
  const scene = document.querySelector('harken-scene');
  scene.pace.step = () => value;
  scene.style.setProperty('--breath', value);
  for (const pair of scene.querySelectorAll('.pair')) pair.style.transition = 'none';
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  return frame().then(frame).then(frame);
}"""
"""Holds the breath of the stills at a value, and waits until that is on the page."""

STILL = """async () => {
  document.querySelector('harken-log')?.finish();
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  await frame();
  const ends = document.getAnimations().filter(({ effect }) => effect.getComputedTiming().endTime < 1e5);
  await Promise.all(ends.map(({ finished }) => finished.catch(() => {})));
  await frame();
  await frame();
  const log = document.querySelector('harken-log');
  for (let at = -1, same = 0; log && same < 8; at = log.scrollTop) {
    await frame();
    same = log.scrollTop === at ? same + 1 : 0;
  }
}"""
"""Waits until nothing fades or draws itself any more, and that is on the page."""

VIOLATIONS = """
  window.violations = [];
  const add = (event) => window.violations.push(event.violatedDirective + ' ' + event.blockedURI);
  document.addEventListener('securitypolicyviolation', add);
"""

SHIFTS = """
  window.shift = 0;
  const add = (list) => list.getEntries().forEach((entry) => (window.shift += entry.value));
  new PerformanceObserver(add).observe({ type: 'layout-shift', buffered: true });
"""

_PIECES = """() => {
  const found = [];
  const page = document.querySelector('dialog[open], harken-player:not(:has(dialog[open]))');
  const walk = document.createTreeWalker(page, NodeFilter.SHOW_TEXT);
  for (let node; (node = walk.nextNode()); ) {
    const parent = node.parentElement;
    const text = node.textContent.trim();
    if (!text || parent.closest('[hidden], noscript, svg') || !parent.checkVisibility()) continue;
    const area = parent.closest('harken-log')?.getBoundingClientRect();
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const r of range.getClientRects()) {
      if (area && (r.top < area.top + 56 || r.bottom > area.bottom)) continue;
      if (r.width < 2 || r.top < 0 || r.bottom > innerHeight) continue;
      const colour = getComputedStyle(parent).color;
      found.push({ text: text.slice(0, 30), colour, x: r.x, y: r.y, w: r.width, h: r.height });
    }
  }
  return found;
}"""

_HIDE = """(hide) => {
  const sheet = new CSSStyleSheet();
  const hidden = hide ? 'color: transparent !important;' : '';
  sheet.replaceSync(`harken-player * { ${hidden} transition: none !important }`);
  document.adoptedStyleSheets = [sheet];
}"""


def unmoving(page: Any) -> bytes:
    """The page, once two looks at it that are most of a second apart are the same, byte for byte."""
    shots = [page.screenshot()]
    for _ in range(30):
        page.wait_for_timeout(700)
        shots.append(page.screenshot())
        if shots[-1] == shots[-2]:
            return shots[-1]
    raise AssertionError("it never keeps still")


def pixels(page: Any) -> Any:
    """What is on the page: rows, columns, and red, green, blue from 0 to 1."""
    return np.asarray(Image.open(io.BytesIO(page.screenshot())).convert("RGB"), dtype=np.float64) / 255


def luminance(colour: Any) -> Any:
    """Relative luminance, as WCAG means it."""
    linear = np.where(colour <= 0.04045, colour / 12.92, ((colour + 0.055) / 1.055) ** 2.4)
    return linear @ np.array([0.2126, 0.7152, 0.0722])


def _ratio(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def worst_contrasts(page: Any) -> dict[str, float]:
    """For every piece of text in view: its own colour against the least apt of what lies behind it."""
    pieces = page.evaluate(_PIECES)
    page.evaluate(_HIDE, True)
    behind = luminance(pixels(page))
    page.evaluate(_HIDE, False)
    scale = behind.shape[1] / page.viewport_size["width"]
    worst: dict[str, float] = {}
    for piece in pieces:
        x, y = max(0, int(piece["x"] * scale)), max(0, int(piece["y"] * scale))
        area = behind[y : y + int(piece["h"] * scale), x : x + int(piece["w"] * scale)]
        if not area.size:
            continue
        colour = np.array([float(value) / 255 for value in re.findall(r"[\d.]+", piece["colour"])[:3]])
        ratio = min(_ratio(float(luminance(colour)), float(np.quantile(area, part))) for part in (0.01, 0.99))
        worst[piece["text"]] = min(worst.get(piece["text"], 99.0), ratio)
    return worst


def flashes(lights: list[float], least: float = 0.1) -> int:
    """How often brightness went up and down again by as much."""
    turns, way, last = 0, 0, lights[0]
    for light in lights:
        if (way >= 0 and light < last - least) or (way <= 0 and light > last + least):
            way, turns, last = (-1 if light < last else 1), turns + 1, light
        elif (light - last) * way > 0:
            last = light
    return turns // 2
