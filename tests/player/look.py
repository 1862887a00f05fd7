"""The contact sheet: every scene at three breaths and two sizes, and the interface in eight states. `make look`."""

from __future__ import annotations

import functools
import http.server
import io
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

from PIL import Image

PLAYER = Path(__file__).parents[2] / "src" / "harken" / "player"
SIZES = {"wide": (1280, 720), "tall": (390, 844)}
SMALL, THUMB = (480, 270), (160, 90)
GOLDENS = Path(__file__).parent / "goldens"
IMAGES = Path(__file__).parents[2] / "docs" / "images"
PERIOD, RATE = 11, 7
"""Seconds of a breath that nobody holds (pace.mjs), and how many pictures of it the README's loop has in one."""
INTERFACE = ("threshold", "talk", "more", "menu", "books", "keep", "care", "waking")
BREATHS = {"indigo": 0, "between": 0.5, "gold": 1}
KINDS = {".mjs": "text/javascript", ".glsl": "text/plain", ".woff2": "font/woff2"}
FRAME = """<!doctype html><html lang="en"><title>A scene</title><link rel="stylesheet" href="/player/player.css">
<script type="module" src="/player/scenery.mjs"></script>
<harken-scene>"""
PAIR = '<div class="pair"><canvas></canvas><canvas class="rose"></canvas><canvas class="gold"></canvas></div>'


BOOKS = [[i % 4, i % 5 == 4] for i in range(40)]
SCARS = [{"id": f"scar-{name}", "touched": name == "lock"} for name in ("orchard", "lock", "bell", "salt", "piano")]
SHARDS = [{"id": f"shard-{i}", "touched": i == 2, "kept": i < 4} for i in range(9)]
STROKES = [
    [[500, 60], [470, 170], [560, 280], [500, 400], [590, 520], [480, 650], [540, 780], [500, 930]],
    [[560, 280], [650, 262], [760, 310]],
    [[590, 520], [690, 500], [790, 560]],
    [[480, 650], [380, 632], [270, 690]],
]
NEAR = {"here": True, "phase": "talk", "closeness": 5, "ache": 2, "clock": 0.5, "books": BOOKS, "motion": 0.5}
MOODS: dict[str, dict[str, Any]] = {
    "library": {**NEAR, "view": "library", "art": "library", "closeness": 3},
    "bench": {**NEAR, "view": "bench", "art": "library"},
    "palms": {**NEAR, "view": "palms", "art": "library", "scars": SCARS},
    "jar": {**NEAR, "view": "jar", "art": "library", "jar": {"hum": 1, "dissolve": 0}},
    "desert": {**NEAR, "view": "desert", "art": "desert", "shards": SHARDS},
    "unravelling": {**NEAR, "view": "unravelling", "art": "library", "phase": "unravelling", "clock": 0.84},
    "waking": {"view": "waking", "art": "waking", "here": False, "newScar": {"strokes": STROKES, "owed": True}},
    "plain": {**NEAR, "view": "plain", "art": "plain"},
}
"""What each scene is told, to be looked at."""

BREATHED = """(breath) => {
  const seen = document.querySelector('harken-scene').style.getPropertyValue('--breath') === breath.toFixed(3);
  window.frames_ = seen ? (window.frames_ ?? 0) + 1 : 0;
  return window.frames_ > 2;
}"""
"""True once the stills have stood at this breath for some frames."""

SHOWN = "(view) => document.querySelector('harken-scene').dataset.shown === view"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    extensions_map: ClassVar[dict[str, str]] = {**http.server.SimpleHTTPRequestHandler.extensions_map, **KINDS}

    def translate_path(self, path: str) -> str:
        return super().translate_path(path.removeprefix("/player"))

    def do_GET(self) -> None:
        if self.path != "/":
            return super().do_GET()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write((FRAME + PAIR * 2 + "</harken-scene>").encode())
        return None

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def serving() -> Iterator[str]:
    """The player's files on loopback, with a page that holds nothing but the picture."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(PLAYER)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()


@contextmanager
def chromium() -> Iterator[Any]:
    """A Chromium that draws without a graphics card."""
    from playwright.sync_api import sync_playwright
    from visiting import ARGS, SOFTWARE_GL, chromium_path

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium_path(), args=[*ARGS, *SOFTWARE_GL])
        yield browser
        browser.close()


def stills(
    browser: Any, origin: str, mood: dict[str, Any], size: tuple[int, int], dense: float = 1
) -> dict[str, bytes]:
    """The three stills of a scene, as PNG, by the name of their breath."""
    width, height = size
    context = browser.new_context(viewport={"width": width, "height": height}, device_scale_factor=dense)
    context.add_init_script("sessionStorage.setItem('harken:picture', 'stills')")
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(origin)
    try:
        page.wait_for_selector("harken-scene[data-mode]", state="attached")
        page.evaluate("(mood) => document.querySelector('harken-scene').set(mood)", mood)
        page.wait_for_function(SHOWN, arg=mood["view"], timeout=90_000)
        page.evaluate(
            "() => { for (const p of document.querySelectorAll('.pair')) p.style.transition = 'none';"
            " document.querySelector('harken-scene').pace.step = () => Number(window.breath ?? 0); }"
        )
        shots = {}
        for name, breath in BREATHS.items():
            page.evaluate("(b) => { window.breath = b; }", breath)
            page.wait_for_function(BREATHED, arg=breath)
            shots[name] = page.screenshot()
        return shots
    except Exception as error:
        why = page.evaluate("() => document.querySelector('harken-scene')?.dataset.why")
        raise RuntimeError(f"{mood['view']}: {error}; {said}; {why}") from error
    finally:
        context.close()


def golden(browser: Any, origin: str) -> Image.Image:
    """Every scene (a row) at every breath (a column), small: what the goldens hold."""
    sheet = Image.new("RGB", (len(BREATHS) * THUMB[0], len(MOODS) * THUMB[1]))
    for row, mood in enumerate(MOODS.values()):
        for column, shot in enumerate(stills(browser, origin, mood, SMALL).values()):
            small = Image.open(io.BytesIO(shot)).convert("RGB").resize(THUMB, Image.Resampling.BOX)
            sheet.paste(small, (column * THUMB[0], row * THUMB[1]))
    return sheet


def contact_sheet(folder: Path, names: list[str], columns: int, to: Path) -> None:
    """Pictures side by side, a third of their size."""
    shots = [Image.open(folder / f"{name}.png").convert("RGB") for name in names]
    shots = [shot.resize((shot.width // 3, shot.height // 3), Image.Resampling.LANCZOS) for shot in shots]
    rows = [shots[i : i + columns] for i in range(0, len(shots), columns)]
    high = [max(shot.height for shot in row) + 8 for row in rows]
    sheet = Image.new("RGB", (max(sum(shot.width + 8 for shot in row) for row in rows), sum(high)), "#111018")
    for i, row in enumerate(rows):
        for j, shot in enumerate(row):
            sheet.paste(shot, (sum(before.width + 8 for before in row[:j]), sum(high[:i])))
    sheet.save(to)


def breathing(browser: Any, origin: str, size: tuple[int, int]) -> list[Image.Image]:
    """The library through one breath, held and let go: the last meets the first."""
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    page.add_init_script("sessionStorage.setItem('harken:picture', 'live')")
    page.goto(origin)
    page.wait_for_selector("harken-scene[data-mode]", state="attached")
    page.evaluate("(mood) => document.querySelector('harken-scene').set(mood)", {**MOODS["library"], "light": 0})
    page.wait_for_function(SHOWN, arg="library", timeout=90_000)
    taken: list[Image.Image] = []
    for due in (False, True):  # once to come into step, once to be kept
        began = time.monotonic()
        for i in range(PERIOD * RATE):
            if i in (RATE, 5 * RATE):
                page.evaluate("(held) => document.querySelector('harken-scene').hold(held)", i == RATE)
            page.wait_for_timeout(max(0, 1000 * (began + i / RATE - time.monotonic())))
            if due:
                taken.append(Image.open(io.BytesIO(page.screenshot())).convert("RGB"))
    page.close()
    return taken


def for_readme() -> None:
    """The stills and the loop of the README."""
    with serving() as origin, chromium() as browser:
        for view, breath in (("jar", "indigo"), ("desert", "gold"), ("unravelling", "between"), ("palms", "gold")):
            shot = Image.open(io.BytesIO(stills(browser, origin, MOODS[view], SIZES["wide"])[breath])).convert("RGB")
            shot.resize((960, 540), Image.Resampling.LANCZOS).save(IMAGES / f"{view}.webp", quality=84, method=6)
        first, *others = breathing(browser, origin, (480, 270))
        every = {"kmin": 0, "kmax": 1}  # each picture whole: what is kept of the last one shows as squares
        how: dict[str, Any] = {"duration": round(1000 / RATE), "loop": 0, "quality": 58, "method": 6, **every}
        first.save(IMAGES / "breath.webp", save_all=True, append_images=others, **how)


def main(arguments: list[str]) -> None:
    """``look.py [FOLDER [SCENES [SIZES [BREATHS]]]]``; ``--goldens`` takes those of this Chromium anew,
    ``--readme`` the pictures of the README."""
    tests = Path(__file__).parents[1]
    sys.path[:0] = [str(tests / room) for room in ("player", "serve", "engine", ".")]
    if arguments == ["--readme"]:
        return for_readme()
    if arguments == ["--goldens"]:
        with serving() as origin, chromium() as browser:
            GOLDENS.mkdir(exist_ok=True)
            golden(browser, origin).save(
                GOLDENS / f"chromium-{browser.version.split('.')[0]}.webp", quality=94, method=6
            )
        return None
    out = Path(arguments[0] if arguments else tempfile.mkdtemp(prefix="harken-look-"))
    out.mkdir(parents=True, exist_ok=True)
    views, sizes, breaths = (
        arguments[i].split(",") if len(arguments) > i else list(all_)
        for i, all_ in ((1, MOODS), (2, SIZES), (3, BREATHS))
    )
    with serving() as origin, chromium() as browser:
        for view in views:
            for size in sizes:
                for name, shot in stills(browser, origin, MOODS[view], SIZES[size]).items():
                    if name in breaths:
                        (out / f"{view}-{size}-{name}.png").write_bytes(shot)
    if len(arguments) < 2:
        import states

        states.main([str(out), ",".join(INTERFACE), "wide", "stills"])
        names = [f"{view}-{size}-{breath}" for view in MOODS for size in SIZES for breath in BREATHS]
        contact_sheet(out, names, len(SIZES) * len(BREATHS), out / "sheet.png")
        contact_sheet(out, [f"{name}-wide" for name in INTERFACE], 4, out / "sheet-interface.png")
    print(out)
    return None


if __name__ == "__main__":
    main(sys.argv[1:])
