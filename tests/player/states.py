"""The states of the interface, each reached as a reader would: for the tests of all of them, and to be looked at."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

STROKES = [
    [[500, 60], [470, 170], [560, 280], [500, 400], [590, 520], [480, 650], [540, 780], [500, 930]],
    [[560, 280], [650, 262], [760, 310]],
    [[590, 520], [690, 500], [790, 560]],
]
RAIN = "In the city I mean the rain tastes of salt, and the streets fill with what people have forgotten."


def _entry(entry: int, kind: str, title: str, text: list[str], meeting: int = 1, **more: Any) -> dict[str, Any]:
    made = {"entry": entry, "meeting": meeting, "breath": entry, "kind": kind, "id": f"{kind}-{entry}"}
    return {**made, "title": title, "text": text, "state": "kept", **more}


KEPT: dict[str, Any] = {
    "story": "small-library",
    "reader": "Ada",
    "meetings": [{"meeting": 1, "day": "2026-11-20"}, {"meeting": 2, "day": "2026-11-22"}],
    "entries": [
        _entry(1, "telling", "The rain in that city", [RAIN, "Children sail paper boats on it."]),
        _entry(2, "said", "", ["My grandmother counted the stairs aloud."]),
        _entry(3, "jar", "The jar under the bed", [], state="burned"),
        _entry(4, "telling", "What was buried in the orchard", ["This one I told myself every morning."], 2),
        _entry(5, "promise", "The rest of it", ["Next time I will tell you the rest of this one."], 2),
        _entry(6, "scar", "A line that goes down, and three that leave it", [], 2, strokes=STROKES),
    ],
    "locks": [{"kind": "passphrase", "since": "2026-11-20"}],
    "recovery": False,
}


class Keep:
    """A keep for a page whose server has none: answers as serve/ does, and writes down what was asked."""

    def __init__(self, page: Any, broken: bool = False) -> None:
        self.asked: list[tuple[str, Any]] = []
        self.kept = json.loads(json.dumps(KEPT))
        self.broken = broken
        page.route("**/keep.json", self._answer)
        page.route("**/keep/**", self._answer)

    def _answer(self, route: Any) -> None:
        path = route.request.url.split("/", 3)[3]
        body = route.request.post_data_json if route.request.method == "POST" else None
        self.asked.append((path, body))
        if self.broken:
            route.fulfill(status=503, json={})
        elif path == "keep.json":
            route.fulfill(json=self.kept)
        elif path == "keep/burn":
            entry = next(entry for entry in self.kept["entries"] if entry["entry"] == body["entry"])
            entry.update(state="burned", text=[], strokes=None)
            route.fulfill(json={"state": "burned", "say": "It is burned. Its key is gone."})
        elif path == "keep/export":
            route.fulfill(body=b"age-encryption.org/v1", content_type="application/octet-stream")
        elif path == "keep/export.md":
            route.fulfill(body="# Kept", content_type="text/markdown", headers={"Content-Disposition": "attachment"})
        elif path == "keep/lock" and body.get("words"):
            route.fulfill(json={"say": "Write these down.", "words": "lamp river seven orchard"})
        else:
            route.fulfill(json={"say": "Done."})


def threshold(visitor: Any) -> None:
    visitor.page.wait_for_selector(".step > button:enabled")


def asking(visitor: Any) -> None:
    threshold(visitor)
    visitor.page.click(".asks summary")


def settled(visitor: Any) -> None:
    """All lines are here, and nothing fades any more."""
    visitor.page.evaluate("() => document.querySelector('harken-log').finish()")
    over = "(all) => all.map((one) => one.effect.getTiming().iterations < 9 && one.finish())"
    visitor.page.evaluate(f"() => new Promise(requestAnimationFrame).then(() => ({over})(document.getAnimations()))")


def talk(visitor: Any) -> None:
    visitor.step_in()
    for move in ("stay", "reflect", "stay"):
        visitor.choose(move)
    settled(visitor)


def more(visitor: Any) -> None:
    talk(visitor)
    visitor.page.click(".more")
    visitor.page.mouse.move(900, 300)


def refused(visitor: Any) -> None:
    talk(visitor)
    visitor.page.fill("textarea", "What I wanted to say")
    visitor.page.evaluate(
        "() => document.querySelector('harken-player').talk.hearer.refused({ code: 'too-long' }, null)"
    )


def menu(visitor: Any) -> None:
    talk(visitor)
    visitor.page.click("nav [data-do=menu]")


def care(visitor: Any) -> None:
    talk(visitor)
    visitor.page.click("nav [data-do=help]")


def books(visitor: Any) -> None:
    menu(visitor)
    visitor.page.click("dialog [data-do=books]")


def transcript(visitor: Any) -> None:
    menu(visitor)
    visitor.page.click("dialog [data-do=transcript]")


def keep(visitor: Any) -> None:
    Keep(visitor.page)
    menu(visitor)
    visitor.page.click("dialog [data-do=keep]")
    visitor.page.wait_for_selector(".kept details")


def piece(visitor: Any) -> None:
    keep(visitor)
    visitor.page.click(".kept details >> nth=0 >> summary")


def ways(visitor: Any) -> None:
    keep(visitor)
    for summary in visitor.page.locator(".ways summary").all():
        summary.click()


def waking(visitor: Any) -> None:
    visitor.step_in()
    visitor.choose("stay")
    for _ in range(30):
        if visitor.page.get_attribute(".page", "data-at") == "waking":
            break
        visitor.choose("stay")
    visitor.at("waking")
    settled(visitor)


def lost(visitor: Any) -> None:
    talk(visitor)
    visitor.page.evaluate("() => document.querySelector('harken-player').talk.hearer.line('lost')")


STATES: dict[str, Callable[[Any], None]] = {
    state.__name__: state
    for state in (
        *(threshold, asking, talk, more, refused, lost, menu, care, books, transcript, keep, piece, ways, waking),
    )
}
"""How to come to each."""

SIZES = {"wide": (1280, 720), "tall": (390, 844), "small": (320, 640)}


FADED = """() => {
  const scene = document.querySelector('harken-scene');
  const fading = scene.getAnimations({ subtree: true }).length;
  return scene.dataset.shown === scene.dataset.art && !fading;
}"""
"""True once the picture is that of the place the reader is in, and no other shines through."""


def main(arguments: list[str]) -> None:
    """Pictures of every state: ``states.py [FOLDER [STATES [SIZES [none|stills]]]]``."""
    tests = Path(__file__).parents[1]
    sys.path[:0] = [str(tests / room) for room in ("player", "serve", "engine", ".")]
    from living import Living
    from looking import SHOWN
    from playwright.sync_api import sync_playwright
    from visiting import ARGS, SOFTWARE_GL, Visitor, asking_tale, chromium_path

    out = Path(arguments[0] if arguments else tempfile.mkdtemp(prefix="harken-states-"))
    out.mkdir(parents=True, exist_ok=True)
    names = arguments[1].split(",") if len(arguments) > 1 else list(STATES)
    sizes = arguments[2].split(",") if len(arguments) > 2 else list(SIZES)
    picture = arguments[3] if len(arguments) > 3 else "stills"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium_path(), args=[*ARGS, *SOFTWARE_GL])
        for name in names:
            for size in sizes:
                living = Living(*asking_tale())
                width, height = SIZES[size]
                context = browser.new_context(viewport={"width": width, "height": height})
                context.add_init_script(f"sessionStorage.setItem('harken:picture', '{picture}')")
                visitor = Visitor(context, living)
                visitor.page.goto(living.url)
                STATES[name](visitor)
                if picture != "none":
                    visitor.page.wait_for_function(FADED, timeout=60_000)
                visitor.page.wait_for_timeout(1200)
                visitor.page.screenshot(path=str(out / f"{name}-{size}.png"))
                print(name, size, visitor.errors)
                context.close()
                living.stop()
        browser.close()
    assert SHOWN
    print(out)


if __name__ == "__main__":
    main(sys.argv[1:])
