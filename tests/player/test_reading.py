"""Reading and the hand: the reader's own pace and size, the transcript, gamepads, and lines that are never lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from living import Living
from states import STATES
from visiting import until

MEANT = """() => {
  const offers = document.querySelector('harken-offers');
  const meant = { id: 'not-meant', move: 'not-meant', target: null, label: 'That is not what I meant', quiet: true };
  offers.set([...offers.offers, meant]);
}"""
COMING = "() => document.querySelectorAll('harken-log .coming').length"
SET = "localStorage.setItem('harken:{}', '{}');"
PAD = """
  window.pressed = {};
  const buttons = () => Array.from({ length: 16 }, (_, i) => ({ pressed: Boolean(window.pressed[i]) }));
  navigator.getGamepads = () => [{ buttons: buttons() }, null];
"""


def test_where_the_reader_asks_for_each_line_every_key_brings_one(visit: Any) -> None:
    visitor = visit(script=SET.format("pace", "step"))
    page = visitor.page
    page.wait_for_selector(".step > button:enabled")
    page.clock.install()
    visitor.step_in()
    page.clock.fast_forward(60_000)
    left = page.evaluate(COMING)
    assert left > 0, "no clock brings them"
    page.keyboard.press("x")
    assert page.evaluate(COMING) == left - 1
    for _ in range(left - 1):
        page.keyboard.press("x")
    assert page.evaluate(COMING) == 0 and page.input_value("textarea") == ""


def test_all_at_once_is_all_at_once_and_the_settings_are_kept(visit: Any) -> None:
    visitor = visit()
    page = visitor.page
    page.wait_for_selector(".step > button:enabled")
    page.keyboard.press("Escape")
    page.select_option("[name=pace]", "whole")
    page.fill("[name=size]", "1.3")
    page.keyboard.press("Escape")
    visitor.step_in()
    assert page.evaluate(COMING) == 0
    page.reload()
    visitor.at("talk")
    assert page.evaluate("() => document.documentElement.style.getPropertyValue('--size')") == "1.3"
    page.keyboard.press("Escape")
    assert page.input_value("[name=pace]") == "whole"


def test_the_transcript_is_plain_text_to_copy_and_to_save(visit: Any) -> None:
    visitor = visit(permissions=["clipboard-read", "clipboard-write"])
    page = visitor.page
    STATES["transcript"](visitor)
    with page.expect_download() as saved:
        page.click("text=Save as text")
    text = Path(saved.value.path()).read_text("utf-8")
    assert "a library" in text and "Stay, and breathe with them" in text and "<" not in text
    page.click("text=Copy")
    page.wait_for_selector("text=Copied.")
    assert page.evaluate("() => navigator.clipboard.readText()") == text


def test_a_line_not_answered_before_a_reload_is_said_after_it_once(visit: Any, served: Living) -> None:
    visitor = visit()
    page = visitor.page
    visitor.step_in()
    visitor.choose("stay")
    page.evaluate("() => { document.querySelector('harken-player').talk.transport.send = () => {} }")
    page.fill("textarea", "I had a brother once.")
    page.press("textarea", "Enter")
    page.reload()
    visitor.at("talk")
    page.wait_for_function("() => document.querySelector('harken-player').now?.breath === 2")
    assert page.input_value("textarea") == "" and "I had a brother once." in visitor.words()
    page.reload()
    visitor.at("talk")
    assert served.said == ["I had a brother once."]
    assert visitor.breath() == 2


def test_a_line_answered_while_the_page_was_away_is_shown_and_not_said_again(visit: Any, served: Living) -> None:
    visitor = visit()
    page = visitor.page
    visitor.step_in()
    visitor.choose("stay")
    page.evaluate("() => { document.querySelector('harken-player').talk.transport.onmessage = null }")
    page.fill("textarea", "I had a brother once.")
    page.press("textarea", "Enter")
    until(page, lambda: bool(served.said))
    page.reload()
    visitor.at("talk")
    page.wait_for_selector("text=I had a brother once.")
    assert served.said == ["I had a brother once."]
    assert visitor.breath() == 2 and page.input_value("textarea") == ""


def test_what_was_only_typed_outlasts_a_reload_and_going_back(visit: Any) -> None:
    visitor = visit()
    page = visitor.page
    visitor.step_in()
    page.fill("textarea", "half a thought")
    page.reload()
    visitor.at("talk")
    assert page.input_value("textarea") == "half a thought"
    page.goto("about:blank")
    page.go_back()
    visitor.at("talk")
    assert page.input_value("textarea") == "half a thought"
    assert page.evaluate("() => sessionStorage.getItem('harken:left')") is None, "and is not kept once it is back"


def test_words_typed_while_offline_wait_and_go_on_their_way_by_themselves(visit: Any, served: Living) -> None:
    visitor = visit()
    page = visitor.page
    visitor.step_in()
    visitor.choose("stay")
    before = visitor.breath()
    served.stop()
    page.wait_for_selector('harken-player[data-line="lost"]')
    page.fill("textarea", "Still here.")
    page.press("textarea", "Enter")
    served.start()
    page.evaluate("() => fetch('/enter', {method: 'POST', body: JSON.stringify({token: 'a-token-for-tests'})})")
    visitor.answered(before)
    assert served.said == ["Still here."]


def test_a_gamepad_chooses_breathes_and_asks_for_help(visit: Any) -> None:
    visitor = visit(script=PAD)
    page = visitor.page
    visitor.step_in()
    page.evaluate("() => document.querySelector('harken-log').finish()")
    page.evaluate("() => dispatchEvent(new Event('gamepadconnected'))")
    before = visitor.breath()
    page.evaluate("() => (window.pressed[12] = true)")
    visitor.answered(before)
    page.evaluate("() => { window.pressed = { 3: true }; document.querySelector('harken-log').finish() }")
    page.wait_for_selector("dialog.care[open]")
    page.evaluate("() => (window.pressed = { 9: true })")
    page.wait_for_selector("dialog.care:not([open])", state="attached")
    page.evaluate("() => (window.pressed = { 2: true })")
    page.wait_for_selector("harken-player.breathing")
    page.evaluate("() => (window.pressed = {})")
    page.wait_for_selector("harken-player:not(.breathing)")


def test_that_is_not_what_i_meant_stands_by_the_box_right_after_a_line_that_landed(visit: Any) -> None:
    visitor = visit()
    page = visitor.page
    visitor.step_in()
    visitor.choose("stay")
    page.evaluate(MEANT)
    assert page.is_visible("[data-move=not-meant]"), "not among the quiet ones"
    page.click("[data-move=not-meant]")
    page.wait_for_function("() => document.querySelector('.note').textContent !== ''")
    assert '"offer":"not-meant"' in [text for way, text in visitor.frames if way == "sent"][-1]


def test_a_piece_of_mirror_touched_in_the_picture_is_chosen_and_beside_it_the_picture_is_held(visit: Any) -> None:
    visitor = visit()
    page = visitor.page
    visitor.step_in()
    page.evaluate("() => document.querySelector('harken-log').finish()")
    page.evaluate(
        """() => {
          const player = document.querySelector('harken-player');
          player.offers.set([{ id: 'ask_open s', move: 'ask_open', target: 's', label: 'Look', quiet: false }]);
          player.scene.shardAt = (x) => (x > 900 ? 0 : -1);
          player.mood = { view: 'desert', shards: [{ id: 's' }] };
        }"""
    )
    page.mouse.move(800, 300)
    page.mouse.down()
    page.wait_for_selector("harken-player.breathing")
    page.mouse.up()
    page.mouse.click(1000, 300)
    page.wait_for_function("() => document.querySelector('.note').textContent !== ''")
    assert '"offer":"ask_open s"' in [text for way, text in visitor.frames if way == "sent"][-1]


PALMS = """([offers]) => {
  const player = document.querySelector('harken-player');
  player.scene.scenes = { palms: { cast: [{ at: [2, 0], to: [[0, -100], [0, -100]], k: [200, 200], depth: 2,
    slots: [[2, 1, 0, 0.2], [2.6, 1, 0, 0.2]] }] } };
  const mood = { view: 'palms', scars: [{ id: 'scar-a', touched: false }, { id: 'scar-b', touched: false }] };
  player.mood = { ...player.mood, ...mood };
  player.scene.set(mood);
  player.offers.set(offers);
  return player.scene.scarBoxes().map(({ x, y, w, h }) => [x + w / 2, y + h / 2, w]);
}"""
LIT = "() => document.querySelector('harken-scene').mood.scars.map((scar) => scar.touched)"


def test_a_scar_touched_on_the_palms_is_asked_about_and_lit_where_it_cannot_be(visit: Any) -> None:
    visitor = visit()
    page = visitor.page
    visitor.step_in()
    page.evaluate("() => document.querySelector('harken-log').finish()")
    offer = {"id": "ask scar-b", "move": "ask_open", "target": "scar-b", "label": "The long scar", "quiet": False}
    boxes = page.evaluate(PALMS, [[offer]])
    assert len(boxes) == 2 and all(box[2] >= 44 for box in boxes), "large enough for a finger"
    page.mouse.click(*boxes[0][:2])
    assert page.evaluate(LIT) == [True, False] and not any('"breathe"' in text for _, text in visitor.frames)
    assert page.locator("harken-player.breathing").count() == 0
    page.focus("[data-target=scar-b]")
    assert page.evaluate(LIT) == [False, True], "what a key would ask about is lit too"
    page.mouse.click(*boxes[1][:2])
    page.wait_for_function("() => document.querySelector('.note').textContent !== ''")
    assert '"offer":"ask scar-b"' in [text for way, text in visitor.frames if way == "sent"][-1]


def test_the_desert_of_the_meeting_is_walked_with_the_arrows(visit: Any) -> None:
    visitor = visit()
    page = visitor.page
    visitor.step_in()
    here = "() => { const { here } = document.querySelector('harken-scene'); return [here.x, here.z] }"
    page.evaluate("() => document.querySelector('harken-log').finish()")
    page.keyboard.press("ArrowRight")
    assert page.evaluate(here) == [0, 0], "only where there is a desert"
    page.evaluate("() => { document.querySelector('harken-player').mood.view = 'desert' }")
    for key in ("ArrowRight", "ArrowRight", "ArrowUp"):
        page.keyboard.press(key)
    assert page.evaluate(here) == [1, 0.5]
    page.focus("textarea")
    page.keyboard.press("ArrowRight")
    assert page.evaluate(here) == [1, 0.5], "not while writing"
