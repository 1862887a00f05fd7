"""The first ear: plain cases are understood, the rest is unclear, and nothing typed can make it fail or hang."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harken.engine import State
from harken.engine.moves import MOVES, UNCLEAR
from harken.listen import listen
from harken.listen.rules import understand
from making import document, story

PLAIN = [
    ("", "stay"), ("...", "stay"), ("I sit with them", "stay"), ("*says nothing*", "stay"), ("I'm still here.", "stay"),
    ("mm-hm", "encourage"), ("go on", "encourage"), ("I see.", "encourage"),
    ("So you buried it in a lie.", "reflect"), ("So nobody came for you", "reflect"),
    ("you carried that alone", "reflect"),
    ("You must have been so lonely", "name_feeling"), ("that sounds unbearable", "name_feeling"),
    ("you sound tired", "name_feeling"),
    ("What happened then?", "ask_open"), ("tell me about the crows", "ask_open"), ("How did it feel", "ask_open"),
    ("Did you lie to her?", "ask_closed"), ("how old were you?", "ask_closed"), ("was it your fault?", "ask_closed"),
    ("Of course you did. Anyone would.", "validate"), ("it wasn't your fault", "validate"), ("No wonder.", "validate"),
    ("I'm so sorry", "comfort"), ("you're safe here", "comfort"),
    ("My brother died when I was nine", "confide"), ("I lied about it too", "confide"), ("me too", "confide"),
    ("it's going to be okay", "reassure"), ("don't worry", "reassure"), ("at least you had her", "reassure"),
    ("You should write to her", "advise"), ("have you tried sleeping?", "advise"),
    ("if I were you I'd leave", "advise"),
    ("that's your own fault", "judge"), ("you're a coward", "judge"), ("shame on you", "judge"),
    ("anyway", "deflect"), ("let's talk about something else", "deflect"),
    ("haha", "joke"), ("lol", "joke"), ("I laugh", "joke"),
    ("I lean closer", "touch"), ("*takes their hand*", "touch"),
    ("I run", "run"), ("goodbye", "run"),
]  # fmt: skip
UNKNOWN = ["purple", "the cat sat", "zxcvb qwerty", "ответь мне", "؟", "1234", "🐦", "lorem ipsum dolor sit amet"]
STORY = story(document([]))


@pytest.mark.parametrize(("text", "move"), PLAIN, ids=[text or "nothing" for text, _ in PLAIN])
def test_plain_words_are_understood(text: str, move: str) -> None:
    assert listen(text, STORY, State()).move == move


@pytest.mark.parametrize("text", UNKNOWN)
def test_what_is_not_known_is_unclear(text: str) -> None:
    assert listen(text, STORY, State()).move == UNCLEAR


def test_the_vow_is_heard_only_where_the_story_offers_it() -> None:
    gesture = {"id": "vow", "move": "confide", "target": "vow", "label": "Stay", "phase": "unravelling"}
    made = story(document([], gestures=[gesture]))
    assert listen("I will stay, I promise", made, State(phase="unravelling")).target == "vow"
    assert listen("I will stay, I promise", made, State(phase="talk")).target is None


def test_what_is_confided_has_themes() -> None:
    heard = listen("My mother left when I was small and I felt ashamed", STORY, State())
    assert {"mother", "leaving", "shame"} <= set(heard.themes) and heard.disclosure == 3


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=300))
def test_anything_typed_is_some_move_and_is_kept_verbatim(text: str) -> None:
    heard = listen(text, STORY, State(phase="talk"))
    assert heard.move in (*MOVES, UNCLEAR) and 0 <= heard.confidence <= 1000
    assert (heard.text or "") == text


@pytest.mark.parametrize("text", ["a" * 65536, "e" + "\u0301" * 60000, "you feel " * 7000, "so " * 20000, "*" * 60000])
def test_hostile_text_takes_no_time_to_speak_of(text: str) -> None:
    started = time.process_time()
    understand(text)
    assert time.process_time() - started < 1.0, "the rules look at a bounded part of the text"
