"""The map: every telling stands on it once, nothing written becomes markup, and it needs no network."""

from __future__ import annotations

import json
import os
import re
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from harken.check import map as drawing
from harken.check.map.chart import Chart
from harken.check.readers import reach
from harken.cli.simulating import map_command
from making import document, generated, line, story, telling
from sealed import QUIET

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '</script></style><script>document.title="caught"</script><img src=x onerror=alert(1)>'
VERDICTS = [
    {"promise": "reached", "subject": "t0", "verdict": "proved", "holds": True, "because": "it needs nothing"},
    {"promise": "reached", "subject": "t1", "verdict": "cannot", "holds": False, "because": HOSTILE},
    {"promise": "reached", "subject": "t2", "verdict": "undecided", "holds": None, "because": "searched 5 meetings"},
    {"promise": "reached", "subject": "t2", "verdict": "proved", "holds": True, "because": "floor"},
]


def charted(count: int = 40) -> Chart:
    of = story(generated(3, count))
    return drawing.chart_of(of, reach(of, 20), VERDICTS)


def nodes(svg: str) -> dict[str, ET.Element]:
    root = ET.fromstring(svg)
    return {g.attrib["data-id"]: g for g in root.iter(f"{SVG}g") if "data-id" in g.attrib}


@pytest.mark.parametrize("count", [1, 40, 400])
def test_every_telling_stands_on_it_once_and_none_on_another(count: int) -> None:
    chart = charted(count)
    drawn = nodes(drawing.as_svg(chart))
    assert set(drawn) == set(chart.story.tellings)
    places = {(node.x, node.y) for node in chart.nodes}
    assert len(places) == len(chart.nodes)
    for node in chart.nodes:
        band = chart.layers[node.telling.depth]
        assert band.at < node.y < band.at + band.size
        assert 0 < node.x < chart.wide


def test_every_need_is_a_line() -> None:
    chart = charted()
    lines = {(path.get("data-from"), path.get("data-to"), path.get("class"))
             for path in ET.fromstring(drawing.as_svg(chart)).iter(f"{SVG}path") if path.get("data-from")}  # fmt: skip
    wanted = {
        (name, telling.id, kind)
        for telling in chart.story.tellings.values()
        for clause in telling.guard
        for kind in ("told", "untold")
        for name in getattr(clause, kind)
    }
    assert lines == wanted
    assert wanted


def test_rings_are_the_share_of_readers() -> None:
    chart = charted()
    drawn = nodes(drawing.as_svg(chart))
    assert chart.found
    for name, node in drawn.items():
        ring = node.find(f"{SVG}circle[@class='ring']")
        share = chart.found.reached.get(name, 0) / chart.found.readers
        assert ("never" in node.attrib["class"]) == (share == 0)
        assert (ring is None) == (share == 0)
        if ring is not None:
            assert ring.attrib["stroke-dasharray"] == f"{100 * share:.1f} 100"


def test_verdicts_are_marks() -> None:
    drawn = nodes(drawing.as_svg(charted()))
    marks = {name: drawn[name].attrib["class"].split() for name in ("t0", "t1", "t2", "t3")}
    assert "holds" in marks["t0"]
    assert "broken" in marks["t1"]
    assert "open" in marks["t2"], "what is not decided is not hidden by what is proved"
    assert not {"holds", "broken", "open"} & set(marks["t3"])


def test_a_story_of_many_threads_is_no_ribbon() -> None:
    doc = generated(3, 120)
    for number, one in enumerate(doc["tellings"]):
        one["thread"] = f"thread-{number}" if number % 2 else "river"
    chart = drawing.chart_of(story(doc))
    assert 0.5 < chart.wide / chart.high < 3


def hostile() -> Chart:
    odd = telling("t1", title=HOSTILE, body=[line(HOSTILE)], thread="a&b<c>")
    of = story(document([telling("t0"), odd, telling("t2")], title=HOSTILE))
    return drawing.chart_of(of, None, VERDICTS)


def test_nothing_that_is_written_becomes_markup() -> None:
    chart = hostile()
    ET.fromstring(drawing.as_svg(chart))
    page = drawing.as_page(chart)
    assert HOSTILE not in page
    assert page.count("<script") == 3
    assert "<img" not in page
    data = re.search(r'<script type="application/json" id="about">(.*?)</script>', page, re.DOTALL)
    assert data
    assert [one["title"] for one in json.loads(data[1])][1] == HOSTILE


def test_the_page_names_no_other_file() -> None:
    page = drawing.as_page(charted())
    assert not re.findall(r'(?:src|href)="(?!data:,|#)', page)
    assert not re.findall(r"url\(|@import|https?://(?!www\.w3\.org/2000/svg)", page)


@pytest.mark.parametrize("form", ["html", "svg"])
def test_the_command_writes_it(form: str, tmp_path: Path) -> None:
    path = tmp_path / f"map.{form}"
    asked = ["the-kettle", "-o", str(path), "--count", "10", *(["--svg"] if form == "svg" else [])]
    result = CliRunner().invoke(map_command, asked, standalone_mode=False)
    assert result.exception is None
    text = path.read_text("utf-8")
    assert ("<!doctype html>" in text) == (form == "html")
    assert "The Kettle" in text


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    executable = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if executable is None:
        pytest.skip("Chromium is not installed: apt-get install chromium, or set CHROMIUM to its path")
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="playwright is not installed: pip install playwright"
    )
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=executable, args=[QUIET])
        yield opened
        opened.close()


@pytest.mark.chromium
def test_it_works_in_a_browser(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "map.html"
    path.write_text(drawing.as_page(charted()), encoding="utf-8")
    page = browser.new_page()
    wrong, asked = [], []
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    page.locator('[data-id="t2"] .label').click()
    panel = page.locator("aside")
    assert panel.locator("h2").inner_text() == "Title of t2"
    assert "WORDS-OF-t2" in panel.inner_text()
    assert "searched 5 meetings" in panel.inner_text()
    page.keyboard.press("Escape")
    assert panel.is_hidden()
    page.keyboard.press("/")
    page.keyboard.type("words-of-t17")
    assert page.locator("#found").inner_text() == "1 found"
    page.keyboard.press("Enter")
    assert panel.locator("h2").inner_text() == "Title of t17"
    before = page.evaluate("document.activeElement.dataset.id")
    for key in ("ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.dataset.id") != before or page.locator(".node").count() == 1
    assert not wrong
    assert [url for url in asked if not url.startswith("data:")] == [path.as_uri()]


@pytest.mark.chromium
def test_hostile_words_run_nothing_in_a_browser(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "map.html"
    path.write_text(drawing.as_page(hostile()), encoding="utf-8")
    page = browser.new_page()
    page.goto(path.as_uri())
    page.locator('[data-id="t1"]').dispatch_event("click")
    assert page.locator("aside h2").inner_text() == HOSTILE
    assert page.title() != "caught"
    assert page.locator("img").count() == 0


def test_a_verdict_marks_every_telling_that_it_concerns() -> None:
    """A variant, a fact and a claim are not called as a telling is; their marks stand at the tellings all the same."""
    of = story(document([telling("a", effects={"sets": [["way", "left"]]}), telling("b")], facts={"way": ["left"]}))
    said = {"verdict": "undecided", "holds": None, "because": ""}
    for promise, subject, marked in (
        ("variant", "a #1", {"a"}),
        ("fact", "way is left", {"a"}),
        ("claim", "never a before b", {"a", "b"}),
        ("told", "b", {"b"}),
        ("earned", "every telling", set()),
    ):
        chart = drawing.chart_of(of, verdicts=[{"promise": promise, "subject": subject, **said}])
        assert {node.telling.id for node in chart.nodes if node.mark == "open"} == marked
