"""Before stepping in: what is asked, what goes to the server, and the page outside the story."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from living import Living
from looking import SHIFTS
from states import STATES
from visiting import asking_tale

PLAIN = {"type": "begin", "name": "Ada"}


@pytest.fixture
def asking() -> Any:
    living = Living(*asking_tale())
    yield living
    living.stop()


def sent(visitor: Any, kind: str) -> list[dict[str, Any]]:
    frames = [json.loads(text) for way, text in visitor.frames if way == "sent"]
    return [{key: value for key, value in one.items() if key != "turn"} for one in frames if one["type"] == kind]


def test_what_a_story_does_not_ask_is_not_asked(visit: Any) -> None:
    visitor = visit()
    STATES["threshold"](visitor)
    assert not visitor.page.is_visible(".asks")
    visitor.step_in()
    assert sent(visitor, "begin") == [PLAIN]


def test_pronoun_language_and_veils_are_asked_where_the_story_asks(visit: Any, asking: Living) -> None:
    visitor = visit(asking, script=SHIFTS)
    page = visitor.page
    STATES["threshold"](visitor)
    assert page.evaluate("() => window.shift") < 0.001
    page.click(".asks summary")
    page.check("[value=they]")
    page.check("[value=war]")
    page.check("[value=leaving]")
    visitor.step_in()
    asked = {"pronoun": "they", "veiled": ["war", "leaving"], "locale": "en"}
    assert sent(visitor, "begin") == [{**PLAIN, **asked}]
    page.reload()
    visitor.at("talk")
    assert sent(visitor, "begin")[1:] == [{"type": "begin"}], "within a meeting nothing is asked again"
    page.keyboard.press("0")
    visitor.at("waking")
    page.click(".again")
    STATES["threshold"](visitor)
    page.click(".asks summary")
    assert page.is_checked("[value=they]") and page.is_checked("[value=war]")
    assert not page.is_checked("[value=children]") and page.input_value("input[name=name]") == "Ada"


def test_an_older_form_of_the_name_is_asked_about_only_where_the_story_uses_one(visit: Any, living: Any) -> None:
    visitor = visit(living(asks_pronoun=True))
    STATES["asking"](visitor)
    page = visitor.page
    assert page.is_visible("[name=pronoun] >> nth=0") and not page.is_visible("[name=older]")
    assert page.inner_text(".asks summary") == "How you are spoken of"
    visitor.step_in()
    assert sent(visitor, "begin") == [{**PLAIN, "pronoun": None}]


def test_once_inside_in_another_language_the_page_outside_the_story_is_in_it_too(visit: Any) -> None:
    from harken.engine import story_from
    from harken.story.compile import compile_folder
    from harken.story.document import dump

    folder = Path(__file__).parents[2] / "stories" / "hollow-library"
    compiled = dump(compile_folder(folder).document or {})
    library = Living(story_from(json.loads(compiled), "an-edition"), compiled)
    try:
        visitor = visit(library)
        page = visitor.page
        STATES["asking"](visitor)
        page.check("[name=locale][value=de]")
        visitor.step_in()
        page.wait_for_function("() => document.documentElement.lang === 'de'")
        visitor.choose("stay")
        page.keyboard.press("F1")
        page.wait_for_selector("dialog.care[open]")
        assert page.inner_text("dialog.care h2") != "Outside the story"
        assert visitor.breath() == 1 and visitor.errors == []
    finally:
        library.stop()


def test_an_older_form_of_the_name_can_be_refused_and_the_refusal_is_remembered(visit: Any, asking: Living) -> None:
    visitor = visit(asking)
    page = visitor.page
    STATES["asking"](visitor)
    assert page.is_checked("[name=older]"), "as a meeting that was asked nothing has it"
    page.uncheck("[name=older]")
    visitor.step_in()
    assert sent(visitor, "begin")[0]["older"] is False
    page.evaluate("() => document.activeElement.blur()")
    page.keyboard.press("0")
    visitor.at("waking")
    page.click(".again")
    STATES["asking"](visitor)
    page.wait_for_function("() => !document.querySelector('[name=older]').checked")
    visitor.step_in()
    assert "older" not in sent(visitor, "begin")[1], "what was not changed is not said again"


def test_on_a_shared_server_a_shut_door_leads_to_signing_in(visit: Any, served: Living) -> None:
    visitor = visit(go=False)
    page = visitor.page
    page.route("**/sign-in", lambda route: route.fulfill(status=200, body="a form"))
    page.goto(served.origin)
    page.wait_for_selector("nav a:not([hidden])")
    assert page.inner_text("nav a") == "Sign in" and page.get_attribute("nav a", "href") == "/sign-in"
    assert "signed out" in page.inner_text(".state") and page.is_disabled(".step > button")
    own = visit(go=False)
    own.page.goto(served.origin)
    own.page.wait_for_function("() => document.querySelector('.state').innerText.includes('Open the address')")
    assert not own.page.is_visible("nav a")


def test_an_empty_name_takes_a_known_one_back(visit: Any) -> None:
    visitor = visit()
    visitor.step_in("Ada")
    visitor.page.keyboard.press("0")
    visitor.at("waking")
    visitor.page.click(".again")
    visitor.step_in("")
    assert [one["name"] for one in sent(visitor, "begin")] == ["Ada", ""]
    last = json.loads([text for way, text in visitor.frames if way == "received"][-1])
    assert last["breath"]["name"] is None


def test_in_another_language_everything_of_ours_is_said_in_it(visit: Any, asking: Living) -> None:
    visitor = visit(asking)
    page = visitor.page
    STATES["asking"](visitor)
    page.fill("[name=name]", "Ada")
    page.check("[name=veiled][value=war]")
    page.check("[name=locale][value=de]")
    page.wait_for_function("() => document.querySelector('.step > button').textContent === 'Eintreten'")
    assert page.inner_text("h1") == "Eine Küche am Ende der Nacht" and page.inner_text(".veils, .asks").count("Krieg")
    assert page.input_value("[name=name]") == "Ada" and page.is_checked("[name=veiled][value=war]"), "answers stay"
    assert page.inner_text("nav [data-do=help]").endswith("Hilfe")
    assert "Bevor du eintrittst" in page.inner_text(".notes")
    assert page.get_attribute("textarea", "placeholder") == "oder in deinen eigenen Worten"
    page.click(".step > button")
    visitor.at("talk")
    asked = sent(visitor, "begin")[0]
    assert asked["locale"] == "de" and asked["veiled"] == ["war"] and visitor.errors == []


def test_a_browser_that_reads_german_is_met_in_german_and_goes_on_in_it(visit: Any, asking: Living) -> None:
    visitor = visit(asking, locale="de-AT")
    page = visitor.page
    assert page.inner_text("h1") == "Eine Küche am Ende der Nacht" and page.inner_text(".name span").startswith(
        "Wie du"
    )
    STATES["asking"](visitor)
    assert page.is_checked("[name=locale][value=de]") and "Krieg" in page.inner_text(".asks")
    visitor.step_in()
    assert sent(visitor, "begin")[0]["locale"] == "de" and visitor.errors == []
    english = visit(asking, locale="en-GB")
    english.at("threshold")
    english.page.wait_for_function("() => document.querySelector('h1').textContent.startsWith('Eine Küche')")
    assert english.page.get_attribute("html", "lang") == "de", "a reading that goes on in German does, in any browser"


def test_both_tables_say_everything() -> None:
    player = Path(__file__).parents[2] / "src" / "harken" / "player"
    english, german = (json.loads((player / "words" / f"{lang}.json").read_text("utf-8")) for lang in ("en", "de"))
    assert english.keys() == german.keys() and all(english.values()) and all(german.values())
    import re

    page = (player / "index.html").read_text("utf-8")
    marked = set(re.findall(r'data-(?:word|label|hint)="([^"]+)"', page))
    assert marked <= english.keys()
    scripts = "".join(path.read_text("utf-8") for path in player.glob("*.mjs"))
    said = set(re.findall(r'\bword\("([^"]+)"', scripts))
    assert said and said <= english.keys()


def test_words_of_real_trouble_bring_the_page_outside_the_story_and_stay_in_the_box(visit: Any, asking: Living) -> None:
    visitor = visit(asking)
    page = visitor.page
    visitor.step_in()
    visitor.choose("stay")
    before, kept = visitor.breath(), len(asking.log)
    page.fill("textarea", "I want to kill myself tonight")
    page.press("textarea", "Enter")
    page.wait_for_selector("dialog.care[open]")
    assert (
        "Telefonseelsorge" in page.inner_text("dialog.care")
        and page.inner_text("dialog.care h2") == "Outside the story"
    )
    assert page.get_attribute("dialog.care a", "href") == "tel:08001110111"
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog.care:not([open])", state="attached")
    assert page.input_value("textarea") == "I want to kill myself tonight"
    assert visitor.breath() == before and len(asking.log) == kept
    assert page.evaluate("() => document.activeElement.localName") == "textarea"
    assert sorted(page.evaluate("() => Object.keys(sessionStorage)")) == ["harken:inside", "harken:picture"]


def test_help_is_there_without_the_server_too(visit: Any, served: Living) -> None:
    visitor = visit()
    STATES["threshold"](visitor)
    served.stop()
    visitor.page.wait_for_selector('harken-player[data-line="lost"]')
    visitor.page.click("nav [data-do=help]")
    assert "living know today" in visitor.page.inner_text("dialog.care")
