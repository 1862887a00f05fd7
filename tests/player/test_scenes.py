"""The pictures: each is drawn, breathes, answers the meeting, stays as it was looked at, and never flashes."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

import look
import numpy as np
import pytest
from looking import BREATHE, STILL, flashes, worst_contrasts
from PIL import Image
from visiting import SOFTWARE_GL

SCENES = look.PLAYER / "scenes"
ART = look.PLAYER / "art"


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    with look.serving() as where:
        yield where


@pytest.fixture(scope="module")
def browser(browsers: Any) -> Any:
    return browsers(*SOFTWARE_GL)


def pictures(browser: Any, origin: str, size: tuple[int, int] = look.SMALL, **mood: Any) -> dict[str, Any]:
    base = look.MOODS[mood.pop("of", mood.get("view", "library"))]
    shots = look.stills(browser, origin, {**base, **mood}, size)
    return {name: np.asarray(Image.open(io.BytesIO(shot)).convert("RGB"), float) / 255 for name, shot in shots.items()}


def test_every_scene_looks_as_it_did_when_it_was_looked_at(browser: Any, origin: str) -> None:
    """Pixel for pixel nearly where the Chromium is the same; by its statistics where it is another."""
    now = np.asarray(look.golden(browser, origin), float) / 255
    exact = look.GOLDENS / f"chromium-{browser.version.split('.')[0]}.webp"
    kept = exact if exact.exists() else max(look.GOLDENS.glob("*.webp"))
    then = np.asarray(Image.open(kept).convert("RGB"), float) / 255
    assert now.shape == then.shape
    (w, h), off = look.THUMB, []
    for row, view in enumerate(look.MOODS):
        for column, breath in enumerate(look.BREATHS):
            a, b = (sheet[row * h : (row + 1) * h, column * w : (column + 1) * w] for sheet in (now, then))
            if exact.exists():
                good = np.abs(a - b).mean() < 0.02 and (np.abs(a - b).max(axis=2) > 0.16).mean() < 0.02
            else:
                good = np.allclose(a.mean((0, 1)), b.mean((0, 1)), atol=0.04) and abs(a.std() - b.std()) < 0.04
            if not good:
                off.append((view, breath, round(float(np.abs(a - b).mean()), 4)))
    assert off == [], "look at them (make look); where they are meant to be so: look.py --goldens"


def test_every_scene_goes_from_indigo_to_gold_and_is_not_another_one() -> None:
    sheet = np.asarray(Image.open(max(look.GOLDENS.glob("*.webp"))).convert("RGB"), float) / 255
    (w, h), seen = look.THUMB, []
    for row, view in enumerate(look.MOODS):
        cold, _, warm = (sheet[row * h : (row + 1) * h, i * w : (i + 1) * w] for i in range(3))
        assert (warm[..., 0] - warm[..., 2]).mean() > (cold[..., 0] - cold[..., 2]).mean() + 0.05, view
        assert (cold[..., 2] - cold[..., 0]).mean() > 0, f"{view}: indigo is blue"
        assert all(np.abs(warm - other).mean() > 0.02 for other in seen), f"{view} is a picture of its own"
        seen.append(warm)


def test_the_figure_comes_out_of_its_silhouette_as_the_two_are_closer(browser: Any, origin: str) -> None:
    nobody = pictures(browser, origin, view="library", here=False)["gold"]
    inked = []
    for closeness in (1, 3):
        someone = pictures(browser, origin, view="library", here=True, closeness=closeness)["gold"]
        inked.append(float(np.abs(someone - nobody).max(axis=2).sum()))
    assert inked[1] > inked[0] > 50, "they are there, and then more so"


def test_a_scar_that_is_touched_glows_and_a_jar_that_dissolves_is_another(browser: Any, origin: str) -> None:
    scars = look.MOODS["palms"]["scars"]
    plain = pictures(browser, origin, view="palms", scars=[{**scar, "touched": False} for scar in scars])["indigo"]
    touched = pictures(browser, origin, view="palms")["indigo"]
    brighter = touched.sum(axis=2) - plain.sum(axis=2)
    assert 20 < (brighter > 0.3).sum() < brighter.size * 0.05
    full = pictures(browser, origin, view="jar")["gold"]
    gone = pictures(browser, origin, view="jar", jar={"hum": 1, "dissolve": 1})["gold"]
    inside = (slice(110, 190), slice(290, 350))
    assert np.abs(full - gone)[inside].mean() > 0.03


def test_things_come_apart_little_by_little(browser: Any, origin: str) -> None:
    whole, half, nearly = (
        pictures(browser, origin, view="unravelling", phase=phase, clock=clock, here=False)["gold"]
        for phase, clock in (("talk", 0.5), ("unravelling", 0.75), ("unravelling", 0.99))
    )
    first, second = np.abs(half - whole).mean(), np.abs(nearly - whole).mean()
    assert 0.005 < first < second


@pytest.fixture
def page(browser: Any, origin: str) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    context.add_init_script("sessionStorage.setItem('harken:picture', 'none')")
    opened = context.new_page()
    opened.goto(origin)
    opened.wait_for_selector("harken-scene[data-mode]", state="attached")
    yield opened
    context.close()


def test_shards_can_be_found_and_walked_to_without_a_picture(page: Any) -> None:
    seen = page.evaluate(
        """(mood) => {
          const scene = document.querySelector('harken-scene');
          let walked = 0;
          scene.addEventListener('walked', () => walked++);
          scene.set(mood);
          const boxes = scene.shardBoxes();
          const hits = boxes.map((box) => scene.shardAt(box.x + box.w / 2, box.y + box.h / 2));
          scene.visit(5);
          const near = scene.shardBoxes()[5];
          for (let i = 0; i < 99; i++) scene.walk(1, 1);
          return { boxes, hits, near, walked, end: scene.here, miss: scene.shardAt(2, 2) };
        }""",
        look.MOODS["desert"],
    )
    assert len(seen["boxes"]) == len(look.SHARDS)
    assert seen["hits"][0] == 0 and all(hit >= 0 for hit in seen["hits"]) and seen["miss"] == -1
    assert seen["near"]["h"] > seen["boxes"][5]["h"] * 1.5 and seen["near"]["near"]
    assert seen["walked"] == 100 and seen["end"] == {"x": 4, "z": 9}
    assert all(0 < box["x"] + box["w"] / 2 < 1280 for box in seen["boxes"]), "all are in view from the start"


def test_what_is_looked_at_follows_from_the_wire(page: Any) -> None:
    base = {
        "phase": "talk", "beats": [], "target": None, "things": [], "state": {"closeness": 2, "ache": 1}, "owed": []
    }  # fmt: skip
    scar = {"thing": "scar-lock", "form": "scar", "label": "The short scar"}
    jar = {"thing": "the-jar", "form": "jar", "label": "The jar"}
    shard = {"thing": "shard-door", "form": "shard", "label": "A shard"}
    line = [{"kind": "line", "telling": "x", "form": "talk", "text": "y"}]
    cases = [
        (base, "library", "library"),
        ({**base, "phase": "arrival", "state": {"closeness": 7, "ache": 0}}, "library", "library"),
        ({**base, "state": {"closeness": 5, "ache": 0}}, "library", "bench"),
        ({**base, "things": [scar], "target": "scar-lock"}, "library", "palms"),
        ({**base, "things": [scar], "target": "scar-lock"}, "kitchen", "plain"),
        ({**base, "beats": [{"kind": "line", "form": "jar"}]}, "library", "jar"),
        ({**base, "things": [jar], "beats": line}, "library", "library"),
        ({**base, "things": [shard], "target": "shard-door"}, "desert", "desert"),
        ({**base, "phase": "unravelling", "things": [scar], "target": "scar-lock"}, "library", "unravelling"),
    ]
    ask = """async ([breath, art, before]) => (await import('/player/scenes/focus.mjs'))
      .focus({ breath, shelf: [{ near: 2, still: false }], clock: 0.5, place: { art, light: 0.4 } }, before)"""
    for breath, art, view in cases:
        assert page.evaluate(ask, [breath, art, None])["view"] == view, (breath, art)
    palms = page.evaluate(ask, [cases[3][0], "library", None])
    assert palms["scars"] == [{"id": "scar-lock", "touched": True}] and palms["books"] == [[2, False]]
    stays = page.evaluate(ask, [{**base, "things": [scar]}, "library", palms])
    assert stays["view"] == "palms" and stays["scars"][0]["touched"], "an answer does not look away"
    assert page.evaluate(ask, [{**base, "things": [scar], "beats": line}, "library", palms])["view"] == "library"
    outside = page.evaluate("async () => (await import('/player/scenes/focus.mjs')).threshold('desert', '.5')")
    assert outside["view"] == "desert" and outside["scars"] == outside["shards"] == [], "nothing there to be touched"
    gone = {**base, "beats": [{"kind": "dissolve", "thing": "the-jar", "form": "jar"}]}
    assert page.evaluate(ask, [gone, "library", None])["jar"]["dissolve"] == 1


def test_no_scene_flashes_more_than_three_times_a_second(page: Any) -> None:
    """A flash is a tenth of full brightness up and down again (WCAG 2.3.1); here over the whole picture."""
    for view, mood in look.MOODS.items():
        lights = page.evaluate(
            """async (mood) => {
              const { Stage } = await import('/player/scenes/stage.mjs');
              const json = async (name) => (await fetch(`/player/art/${name}.json`)).json();
              const light = await (await fetch('/player/art/light.glsl')).text();
              const moth = new OffscreenCanvas(8, 8);
              moth.getContext('2d');
              const stage = new Stage(new OffscreenCanvas(96, 54), { palettes: await json('palettes'),
                scenes: await json('scenes'), light, moth }, json);
              stage.size(96, 54, 1);
              Object.assign(stage.mood, mood);
              await stage.ready();
              const [w, h] = [stage.canvas.width, stage.canvas.height];
              const data = new Uint8Array(w * h * 4);
              return Array.from({ length: 40 }, (_, i) => {
                stage.draw(7 + i / 20, 0.5, { unravel: stage.unravel });
                stage.gl.readPixels(0, 0, w, h, stage.gl.RGBA, stage.gl.UNSIGNED_BYTE, data);
                return data.reduce((sum, v, k) => (k % 4 === 3 ? sum : sum + v), 0) / (w * h * 3 * 255);
              });
            }""",
            mood,
        )
        assert min(lights) > 0.004, view
        assert flashes(lights) <= 6, f"{view}: over two seconds"


def test_a_flash_would_be_seen() -> None:
    assert flashes([0.1, 0.5] * 20) > 6 and flashes([0.1, 0.12] * 20) == 0


@pytest.mark.parametrize("size", look.SIZES)
def test_text_can_be_read_where_something_is_near(visit: Any, size: str) -> None:
    width, height = look.SIZES[size]
    visitor = visit(picture="stills", width=width, height=height, device_scale_factor=0.5)
    visitor.step_in()
    visitor.choose("stay")
    for view in ("bench", "palms", "jar"):
        visitor.page.evaluate("(mood) => document.querySelector('harken-scene').set(mood)", look.MOODS[view])
        visitor.page.wait_for_function(look.SHOWN, arg=view, timeout=90_000)
        for breath in (0, 0.5, 1):
            visitor.page.evaluate(BREATHE, breath)
            for contrast, least in (("no-preference", 4.5), ("more", 7)):
                visitor.page.emulate_media(contrast=contrast)
                visitor.page.evaluate(STILL)
                worst = worst_contrasts(visitor.page)
                assert len(worst) > 5
                weak = sorted(worst.items(), key=lambda item: item[1])[:3]
                assert weak[0][1] >= least, (view, breath, contrast, weak)


def test_scenes_are_made_of_what_is_there_and_stay_within_their_share() -> None:
    scenes = json.loads((ART / "scenes.json").read_text(encoding="utf-8"))
    palettes = json.loads((ART / "palettes.json").read_text(encoding="utf-8"))
    scenes.pop("about")
    sets = scenes.pop("sets")
    assert set(scenes) == set(look.MOODS) and {scene["set"] for scene in scenes.values()} == set(sets)
    for name, scene in scenes.items():
        assert {"frame", "indigo", "rose", "gold", "ash"} == set(palettes[scene["palette"]]), name
        assert all((ART / f"{cast['art']}.json").exists() for cast in scene.get("cast", ())), name
    assert sum(path.stat().st_size for path in SCENES.glob("*.mjs")) <= 52 * 1024
    assert sum(path.stat().st_size for path in look.GOLDENS.iterdir()) < 1_500_000
    used = {cast["art"] for scene in scenes.values() for cast in scene.get("cast", ())}
    assert {path.stem for path in ART.glob("*.json")} == used | {"scenes", "palettes", "hall", "room"}, "no dead art"


COUNTED = """async ([moods, frames]) => {
  const [{ Stage }, art] = await Promise.all([
    import('/player/scenes/stage.mjs'),
    Promise.all(['palettes.json', 'scenes.json'].map(async (name) => (await fetch(`/player/art/${name}`)).json())),
  ]);
  const light = await (await fetch('/player/art/light.glsl')).text();
  const moth = new ImageData(256, 256);
  const fetched = async (name) => (await fetch(`/player/art/${name}.json`)).json();
  const stage = new Stage(new OffscreenCanvas(16, 16), { palettes: art[0], scenes: art[1], light, moth }, fetched);
  const { gl } = stage, counts = {};
  const asked = ['drawArraysInstanced', 'texImage2D', 'bufferData', 'linkProgram', 'createTexture', 'deleteTexture'];
  for (const name of [...asked, 'createBuffer', 'deleteBuffer']) {
    const really = gl[name].bind(gl);
    counts[name] = 0;
    gl[name] = (...how) => {
      counts[name] += 1;
      if (name === 'drawArraysInstanced') counts.corners = (counts.corners ?? 0) + how[2] * how[3];
      return really(...how);
    };
  }
  const found = {};
  stage.size(320, 180, 1);
  for (const [name, mood] of [...Object.entries(moods), ...Object.entries(moods)]) {
    Object.assign(stage.mood, mood);
    await stage.ready();
    stage.draw(0, 0);
    const before = { ...counts };
    for (let i = 0; i < frames; i++) stage.draw(i / 30, 0.5);
    found[name] = Object.fromEntries(Object.entries(counts).map(([what, n]) => [what, (n - before[what]) / frames]));
    found[name].textures = counts.createTexture - counts.deleteTexture;
    found[name].buffers = counts.createBuffer - counts.deleteBuffer;
  }
  return found;
}"""
DRAWS_MOST, CORNERS_MOST = 24, {"desert": 600_000}
"""Of one frame: what is drawn, and with how many corners (the desert's sand is broken mirrors, each with its faces)."""


def test_a_frame_of_any_scene_draws_little_and_makes_nothing(page: Any) -> None:
    """What a frame costs is bounded by what it asks of the graphics; the unravelling asks for its moths and no more."""
    found = page.evaluate(COUNTED, [look.MOODS, 5])
    assert set(found) == set(look.MOODS)
    for view, frame in found.items():
        assert 3 <= frame["drawArraysInstanced"] <= DRAWS_MOST, (view, frame)
        assert frame["corners"] <= CORNERS_MOST.get(view, 2000), (view, frame)
        made = {what: frame[what] for what in ("texImage2D", "bufferData", "linkProgram", "createTexture")}
        assert not any(made.values()), f"{view} makes something in every frame: {made}"
    assert found["unravelling"]["drawArraysInstanced"] <= found["library"]["drawArraysInstanced"] + 1
