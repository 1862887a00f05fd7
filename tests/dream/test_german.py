"""The dream in German: whole, told as it is in English, and as silent about what is not told yet."""

from __future__ import annotations

import json
from itertools import count
from typing import Any

import pytest

from harken.engine import Story, story_from
from harken.keep.memory import MemoryKeep
from harken.meeting import Meeting, Said, service
from harken.story import find, load

SECRETS = ("Tamsin", "Ich war nicht das Kind", "Gehören Sie zur Familie")
REEL = "Speed the Plough"
ENGLISH = (" the ", " they ", " and ", " you ", " with ", " of ")


@pytest.fixture(scope="module")
def loaded() -> Any:
    return load(find("hollow-library"))


@pytest.fixture(scope="module")
def german(loaded: Any) -> Story:
    return story_from(loaded.document, "e", "de")


def words_of(nodes: Any) -> str:
    """All the words in compiled nodes, whatever they depend on."""
    if isinstance(nodes, str):
        return nodes
    if isinstance(nodes, dict):
        return " ".join(words_of(value) for key, value in nodes.items() if key not in ("if", "by", "voice"))
    return " ".join(map(words_of, nodes)) if isinstance(nodes, list | tuple) else ""


def test_everything_is_translated(loaded: Any) -> None:
    assert [problem.code for problem in loaded.problems if problem.code.startswith("HK85")] == []
    assert loaded.story.locales == ("de",)


def test_no_english_is_left(german: Story) -> None:
    own = words_of(
        [
            [telling.title, telling.body, *telling.answers.values()]
            for telling in map(german.tellings.get, german.tellings)
        ]
    )
    place = words_of([[line for _, line in section.lines] for section in german.sections])
    answers = words_of([lines for pool in german.confider.answers.values() for _, lines in pool])
    for word in ENGLISH:
        for text in (own, place, answers, words_of(list(german.confider.grammar.values()))):
            assert word not in text.replace(REEL, "").lower(), word
    assert len(own.split()) > 30_000


def test_every_telling_keeps_its_variants_and_its_marks(loaded: Any, german: Story) -> None:
    def shape(nodes: Any) -> list[str]:
        kinds = [key for node in nodes if isinstance(node, dict) for key in node if key in ("if", "recall", "grammar")]
        return sorted(kinds)

    for name in loaded.story.tellings:
        english = [shape(line.get("say", ())) for line in loaded.story.tellings[name].body]
        other = [shape(line.get("say", ())) for line in german.tellings[name].body]
        assert sorted(map(str, english)) == sorted(map(str, other)), name
        marks = [[line.get("voice") for line in story.tellings[name].body] for story in (loaded.story, german)]
        assert marks[0] == marks[1], name


def test_the_unnamed_stays_unnamed_in_german(loaded: Any, german: Story) -> None:
    after = {name for name, telling in german.tellings.items() if all("unnamed" in c.told for c in telling.guard)}
    after |= {"third-boots", "third-ask"}
    for secret in SECRETS:
        for name, telling in german.tellings.items():
            said = words_of([telling.title, telling.body, telling.promise, telling.instead, *telling.answers.values()])
            assert secret not in said or name == "unnamed" or name in after, (secret, name)
        place = words_of(
            [
                [line for _, line in section.lines]
                for section in german.sections
                if not section.needs or "told" not in str(section.needs)
            ]
        )
        labels = words_of([[thing.label, [line for _, line in thing.look]] for thing in german.things.values()])
        assert secret not in place + labels + words_of([telling.title for telling in german.tellings.values()])


def test_a_meeting_is_told_in_german_from_the_arch_to_waking(loaded: Any) -> None:
    turns = count()
    meeting = Meeting(loaded.story, MemoryKeep().encounter("hollow-library"), compiled=loaded.compiled)
    breath = meeting.begin(f"t{next(turns)}", "Ada", 5, locale="de")
    said = [breath.as_json()]
    for words in ("was ist das für ein ort?", "", "das muss einsam gewesen sein", "*nickt*", "erzähl mir mehr davon"):
        breath = meeting.breathe(Said(f"t{next(turns)}", text=words))
        said.append(breath.as_json())
    while not breath.over:
        breath = meeting.breathe(Said(f"t{next(turns)}", offer="stay"))
        said.append(breath.as_json())
    text = json.dumps(said, ensure_ascii=False)
    assert "Der Baum ist hohl" in text and "Es ist dein Name" in text and "Bleiben und mit ihnen atmen" in text
    assert not any(word in text.replace(REEL, "") for word in ENGLISH)
    moves = [one["move"] for one in said]
    assert {"ask_open", "name_feeling"} & set(moves)


def test_readers_told_in_german_share_one_story_that_is_made_once(loaded: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    service._told.cache_clear()
    monkeypatch.setattr(service, "story_from", lambda *given: made.append(given[2]) or story_from(*given))
    for _ in range(3):
        meeting = Meeting(loaded.story, MemoryKeep().encounter("a"), compiled=loaded.compiled)
        assert meeting.threshold("de").title == "Die hohle Bibliothek"
        meeting.begin("0", locale="de")
        assert meeting.story.language == "de"
    assert made == ["de"]
