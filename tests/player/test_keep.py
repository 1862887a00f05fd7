"""The keep's page: the desert and the list, and what its owner can do there. The server is a mock (states.Keep)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from states import KEPT, Keep, keep, talk

SCENE = """() => {
  const scene = document.querySelector('harken-scene');
  window.walked = [];
  scene.shardBoxes = () => [0, 1, 2, 3, 4, 5].map((i) => ({ x: 700 + 70 * i, y: 400, w: 60, h: 80 }));
  scene.walk = (...step) => window.walked.push(step);
  scene.visit = (i) => window.walked.push(i);
}"""
SAID = "() => document.querySelector('harken-keep .state').textContent.includes('%s')"


def test_everything_kept_is_a_list_by_meetings_and_a_desert_to_walk(visit: Any) -> None:
    visitor = visit()
    page = visitor.page
    page.evaluate(SCENE)
    keep(visitor)
    assert page.evaluate("() => document.activeElement.textContent") == "What is kept"
    assert page.locator(".kept h3").all_inner_texts() == [
        "Meeting 1 · November 20, 2026",
        "Meeting 2 · November 22, 2026",
    ]
    assert page.locator(".kept cite").count() == len(KEPT["entries"])
    for key in ("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"):
        page.keyboard.press(key)
    assert page.evaluate("() => window.walked") == [[-1, 0], [1, 0], [0, 1], [0, -1]]
    page.mouse.click(700 + 70 * 3 + 30, 440)
    assert page.get_attribute(".kept [data-entry='3']", "open") is not None
    assert "This one I told myself" in page.inner_text(".kept [data-entry='3']")
    assert page.evaluate("() => document.activeElement.parentElement.dataset.entry") == "3"
    page.keyboard.press("Escape")
    visitor.at("talk")
    assert visitor.errors == []


def test_burning_says_what_became_of_it_and_takes_the_words_off_the_page(visit: Any) -> None:
    visitor = visit()
    page = visitor.page
    mock = Keep(page)
    talk(visitor)
    page.keyboard.press("Escape")
    page.click("dialog [data-do=keep]")
    assert page.locator("[data-entry='0'] form").count() == 0, "what was told goes only with all the rest"
    page.click(".kept summary >> nth=1")
    piece = page.locator(".kept [data-entry='1']")
    piece.get_by_role("button", name="Burn this").click()
    assert ("keep/burn", {"entry": 2}) not in mock.asked, "not before it was said twice"
    piece.get_by_role("checkbox").check()
    piece.get_by_role("button", name="Burn this").click()
    page.wait_for_function(SAID % "It is burned")
    assert mock.asked[-1] == ("keep/burn", {"entry": 2})
    assert "burned: its key is gone" in piece.inner_text() and "stairs" not in page.inner_text("harken-keep")
    assert page.evaluate("() => document.activeElement.closest('[data-entry]').dataset.entry") == "1"


def test_locking_recovery_export_and_forgetting(visit: Any, tmp_path: Path) -> None:
    visitor = visit()
    page = visitor.page
    mock = Keep(page)
    talk(visitor)
    page.keyboard.press("Escape")
    page.click("dialog [data-do=keep]")
    for summary in page.locator(".ways summary").all():
        summary.click()
    page.fill("[data-post='/keep/lock'] [name=passphrase]", "salt rain")
    page.click("text=Lock it with this passphrase")
    page.wait_for_function(SAID % "Done")
    assert ("keep/lock", {"passphrase": "salt rain"}) in mock.asked
    page.click("text=Give me recovery words")
    page.wait_for_function(SAID % "lamp river seven orchard")
    page.click("text=Remove this lock")
    page.wait_for_function(SAID % "Done")
    assert ("keep/lock", {"remove": "passphrase"}) in mock.asked
    page.fill("[data-post='/keep/export'] [name=passphrase]", "salt rain")
    with page.expect_download() as export:
        page.click("text=Save everything, locked")
    assert Path(export.value.path()).read_text().startswith("age-encryption")
    page.check("[data-post='/keep/forget'] [name=sure]")
    page.click("[data-post='/keep/forget'] button")
    visitor.at("threshold")
    assert mock.asked[-1] == ("keep/forget", {"sure": True})
    assert page.inner_text("harken-log") == "" and visitor.errors == []


def test_where_the_keep_cannot_be_opened_it_says_so_and_one_key_leads_back(visit: Any) -> None:
    visitor = visit()
    page = visitor.page
    Keep(page, broken=True)
    talk(visitor)
    page.keyboard.press("Escape")
    page.click("dialog [data-do=keep]")
    page.wait_for_function(SAID % "cannot be opened just now")
    page.keyboard.press("Escape")
    visitor.at("talk")
    visitor.choose("stay")


def test_a_scar_is_drawn_and_can_be_saved_as_a_drawing_and_a_picture(visit: Any) -> None:
    visitor = visit()
    page = visitor.page
    keep(visitor)
    page.click(".kept summary >> nth=5")
    piece = page.locator(".kept [data-entry='5']")
    assert piece.locator("svg path").count() == 2 * len(KEPT["entries"][5]["strokes"])
    with page.expect_download() as svg:
        piece.get_by_text("SVG").click()
    drawn = Path(svg.value.path()).read_text("utf-8")
    assert drawn.startswith("<svg") and drawn.count("<path") == 6 and 'xmlns="http://www.w3.org/2000/svg"' in drawn
    assert "three that leave it" in drawn
    with page.expect_download() as png:
        piece.get_by_text("PNG").click()
    from PIL import Image

    with Image.open(png.value.path()) as picture:
        assert picture.size == (1760, 2000)
        colours = [picture.getpixel((x, 500))[:3] for x in range(0, 1760, 2)]
    assert (9, 7, 20) in colours and any(sum(colour) > 600 for colour in colours)
    assert visitor.errors == []
