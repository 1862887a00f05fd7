"""The meeting in a browser: by keys alone, by words alone, through reloads, second windows and broken lines."""

from __future__ import annotations

import json
from typing import Any

from living import Living
from tale import OPENING, SECRET, tale

MOVES = 40


def test_first_words_are_readable_with_scripts_off(visit: Any) -> None:
    visitor = visit(java_script_enabled=False)
    page = visitor.page
    assert OPENING in page.inner_text("main") and "a childhood without care" in page.inner_text(".notes")
    assert page.is_visible("h1") and "harken play --terminal" in page.inner_text("noscript, .aside >> nth=0")
    assert visitor.elsewhere == []


def test_the_key_leaves_the_address_bar_and_the_page_is_still_let_in_after_a_reload(visit: Any, served: Living) -> None:
    visitor = visit()
    visitor.page.wait_for_selector(".step > button:enabled")
    assert visitor.page.url == served.origin + "/"
    visitor.page.reload()
    visitor.page.wait_for_selector(".step > button:enabled")


def test_a_page_without_the_key_stays_at_the_door(visit: Any, served: Living) -> None:
    visitor = visit(go=False)
    visitor.page.goto(served.origin)
    visitor.page.wait_for_selector('harken-player[data-line="locked"]')
    visitor.page.wait_for_function("() => document.querySelector('.state').innerText.includes('Open the address')")
    assert visitor.page.is_disabled(".step > button")
    assert visitor.frames == []


def test_a_whole_meeting_by_keyboard_alone(visit: Any) -> None:
    visitor = visit()
    page = visitor.page
    page.wait_for_selector(".step > button:enabled")
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.name") == "name":
            break
    page.keyboard.type("Ada")
    page.keyboard.press("Enter")
    visitor.at("talk")
    for number in range(MOVES):
        if page.get_attribute(".page", "data-at") == "waking":
            break
        before = visitor.breath()
        if page.evaluate("() => document.querySelector('harken-log').busy"):
            page.keyboard.press("x")
        page.keyboard.press(str(1 + number % 3))
        visitor.answered(before)
    visitor.at("waking")
    page.wait_for_selector(".scar path", state="attached")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.textContent") == "Sleep again"
    page.keyboard.press("Enter")
    visitor.at("threshold")
    page.wait_for_selector(".step > button:enabled")
    assert page.inner_text(".step > button") == "Sleep again" and page.input_value("input[name=name]") == "Ada"
    page.keyboard.press("Enter")
    visitor.at("talk")
    assert page.evaluate("() => document.querySelector('harken-player').now.meeting") == 2


def test_a_whole_meeting_by_typed_text_alone(visit: Any) -> None:
    visitor = visit()
    visitor.step_in("")
    said = ["It is warm in here.", "I am still here.", "Does it hurt?", "zzzz", "I lost somebody too, once."]
    for number in range(MOVES):
        if visitor.page.get_attribute(".page", "data-at") == "waking":
            break
        visitor.say(said[number % len(said)])
        assert visitor.page.input_value("textarea") == ""
    visitor.at("waking")
    assert visitor.errors == []


def test_a_letter_begins_to_write_and_escape_opens_the_menu(visit: Any) -> None:
    visitor = visit()
    visitor.step_in()
    page = visitor.page
    page.evaluate("() => { document.querySelector('harken-log').finish(); document.activeElement.blur() }")
    page.keyboard.type("hello")
    assert page.input_value("textarea") == "hello"
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog[open]")
    for item in ("Go on", "The books", "Transcript", "What is kept"):
        assert page.is_visible(f"dialog >> text={item}")
    page.click("dialog >> text=The books")
    titles = page.locator(".books cite").all_inner_texts()
    assert titles and SECRET not in titles and len(set(titles)) > 3
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog:not([open])", state="attached")


def test_help_skip_and_wake_are_one_key_away_and_so_is_the_way_back(visit: Any) -> None:
    visitor = visit()
    page = visitor.page
    page.wait_for_selector(".step > button:enabled")
    page.keyboard.press("?")
    page.wait_for_selector("dialog.care[open]")
    assert page.evaluate("() => document.activeElement.textContent") == "Back to the story"
    page.keyboard.press("Escape")
    visitor.step_in()
    visitor.choose("stay")
    visitor.choose("stay")
    page.evaluate("() => document.activeElement.blur()")
    before = visitor.breath()
    page.keyboard.press("-")
    visitor.answered(before)
    assert page.evaluate("() => document.querySelector('harken-player').now.move") == "skip"
    page.fill("textarea", "half a line")
    page.keyboard.press("F1")
    page.wait_for_selector("dialog.care[open]")
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog.care:not([open])", state="attached")
    assert page.input_value("textarea") == "half a line"
    assert page.evaluate("() => document.activeElement.localName") == "textarea"
    page.evaluate("() => document.activeElement.blur()")
    page.keyboard.press("0")
    visitor.at("waking")
    assert "You wake." in page.inner_text(".waking") and visitor.errors == []


def test_holding_space_is_breathing_with_them_and_a_whole_breath_is_staying(visit: Any) -> None:
    visitor = visit()
    visitor.step_in()
    page = visitor.page
    page.evaluate("() => document.querySelector('harken-log').finish()")
    before = visitor.breath()
    page.keyboard.down(" ")
    page.wait_for_selector("harken-player.breathing")
    page.keyboard.up(" ")
    assert visitor.breath() == before and not any('"breathe"' in text for _, text in visitor.frames)
    page.keyboard.down(" ")
    page.wait_for_function("() => performance.now() - document.querySelector('harken-player').hand.held > 3100")
    page.keyboard.up(" ")
    visitor.answered(before)
    assert page.evaluate("() => document.querySelector('harken-player').now.move") == "stay"
    page.evaluate("() => document.querySelector('harken-log').finish()")
    page.mouse.move(1000, 300)
    page.mouse.down()
    page.wait_for_selector("harken-player.breathing")
    page.mouse.up()
    page.wait_for_selector("harken-player:not(.breathing)")


def test_a_reload_in_the_middle_resumes_at_the_same_breath(visit: Any) -> None:
    visitor = visit()
    visitor.step_in()
    visitor.choose("stay")
    visitor.choose("reflect")
    last = visitor.page.locator("harken-log p").last.inner_text()
    breath, offers = visitor.breath(), visitor.page.locator(".offer").all_inner_texts()
    visitor.page.reload()
    visitor.at("talk")
    visitor.page.wait_for_selector("harken-log p")
    assert visitor.breath() == breath and visitor.page.locator(".offer").all_inner_texts() == offers
    assert last in visitor.words()
    assert visitor.page.evaluate("() => document.querySelector('harken-log').busy") is False


def test_a_fresh_window_in_the_middle_asks_before_going_back_in(visit: Any) -> None:
    first = visit()
    first.step_in()
    first.choose("stay")
    second = visit()
    second.page.wait_for_selector(".step > button:enabled")
    assert second.page.inner_text(".step > button") == "Go back in"
    second.page.click(".step > button")
    second.at("talk")
    assert second.breath() == 1


def test_typed_words_stay_in_the_box_while_the_server_is_gone_and_are_said_once_when_it_is_back(
    visit: Any, served: Living
) -> None:
    visitor = visit()
    visitor.step_in()
    visitor.choose("stay")
    before = visitor.breath()
    served.stop()
    visitor.page.wait_for_selector('harken-player[data-line="lost"]')
    visitor.page.fill("textarea", "These words must not be lost.")
    visitor.page.press("textarea", "Enter")
    visitor.page.wait_for_function("() => document.querySelector('harken-player').talk.waiting?.text")
    assert visitor.page.input_value("textarea") == "These words must not be lost."
    assert "The line is down" in visitor.page.inner_text(".note")
    served.start()
    visitor.page.evaluate("() => fetch('/enter', {method: 'POST', body: JSON.stringify({token: 'a-token-for-tests'})})")
    visitor.answered(before)
    assert visitor.page.input_value("textarea") == "" and "These words must not be lost." in visitor.words()
    assert served.said == ["These words must not be lost."]


def test_two_windows_the_one_overtaken_keeps_its_words_and_catches_up(visit: Any) -> None:
    one, two = visit(), visit()
    one.step_in()
    two.page.wait_for_selector(".step > button:enabled")
    two.page.click(".step > button")
    two.at("talk")
    one.choose("stay")
    two.page.fill("textarea", "said too late")
    two.page.press("textarea", "Enter")
    two.page.wait_for_function("() => document.querySelector('harken-player').now.breath === 1")
    assert two.page.input_value("textarea") == "said too late"
    assert "another window" in two.page.inner_text(".note")
    two.page.press("textarea", "Enter")
    two.page.wait_for_function("() => document.querySelector('harken-player').now.breath === 2")
    assert two.page.input_value("textarea") == ""


def test_too_long_a_line_is_refused_here_already_and_stays(visit: Any) -> None:
    visitor = visit()
    visitor.step_in()
    visitor.page.evaluate("() => (document.querySelector('textarea').value = 'é'.repeat(33000))")
    sent = len(visitor.frames)
    visitor.page.press("textarea", "Enter")
    visitor.page.wait_for_function("() => document.querySelector('.note').textContent.includes('64 KiB')")
    assert len(visitor.page.input_value("textarea")) == 33_000 and len(visitor.frames) == sent


def test_what_is_typed_is_only_ever_text(visit: Any) -> None:
    visitor = visit()
    visitor.step_in("<b>Ada</b>\u202e")
    line = '<img src=x onerror="document.title=1"><script>document.title=2</script>\u202e\u2066 \u05d0'
    visitor.say(line)
    you = visitor.page.locator(".you bdi")
    assert (
        you.inner_text() == line
        and visitor.page.locator("harken-log img, harken-log script, harken-log b").count() == 0
    )
    assert visitor.page.title() == "The Small Library" and visitor.errors == []


def test_the_same_story_with_other_unearned_words_gives_the_same_bytes_on_the_wire(visit: Any) -> None:
    turns = "let n = 0; crypto.randomUUID = () => `turn-${n++}`;"
    seen = []
    for words in (SECRET, "altogether other, and much longer, words that nobody has earned " * 9):
        made, compiled = tale()
        text = compiled.decode().replace(SECRET, words)
        from making import story

        living = Living(story(json.loads(text)), text.encode())
        try:
            visitor = visit(living, script=turns)
            visitor.step_in()
            for _ in range(MOVES):
                if visitor.page.get_attribute(".page", "data-at") == "waking":
                    break
                visitor.choose("stay")
            visitor.at("waking")
            seen.append((visitor.frames, visitor.page.evaluate("() => document.documentElement.outerHTML")))
            assert made.title == living.story.title
        finally:
            living.stop()
    assert seen[0][0] and seen[0][0] == seen[1][0]
    assert seen[0][1].replace("blob:", "") == seen[1][1].replace("blob:", "")
    assert SECRET not in str(seen)
