"""The dream's prose by its surface: nothing that machines repeat, little that it repeats itself, right titles."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from harken.engine import Story
from harken.story import find

BANNED = (
    r"a testament to", r"something (?:shifted|shifts|loosen|stirred)", r"let out a breath", r"didn’t know (?:you|I) (?:was|were|had been) holding",
    r"\bthe weight of (?:it all|the world|words|everything|silence)", r"\bsomehow\b", r"\btapestr", r"\bdelve", r"\bwhispers? of\b",
    r"\bhold(?:ing)? space\b", r"\btrauma", r"\bhealing\b", r"\bclosure\b", r"\bvalid\b", r"\bboundaries\b", r"\bself-care\b", r"\bjourney\b",
    r"\btoxic\b", r"\bprocess(?:ing)? (?:it|your|my|the) (?:grief|feelings?|pain)", r"you are enough", r"it’s okay to", r"be gentle with yourself",
    r"everything happens for a reason", r"time heals", r"at the end of the day", r"in that moment", r"for the first time in (?:years|forever)",
    r"\bethereal\b", r"\bshimmer", r"\bluminous", r"\bancient\b", r"\btimeless\b", r"\bkaleidoscop", r"\bsymphony\b", r"\bcacophony\b",
    r"\bpalpable\b", r"\bbittersweet\b", r"\bpoignant", r"\bghosts? of a smile", r"\belectric(?:ity)? between", r"\bsilence (?:stretched|hung|fell)",
    r"\b(?:prophecy|destiny|realm|quest|magick?|spell (?:is|was) broken|portal)\b", r"\bsacred\b", r"\bstardust\b", r"\bliquid starlight\b",
    r"\bsent shivers", r"\btime stood still", r"\bheart (?:skipped|ached|swelled)", r"\bsmall victories", r"\bnot just\b[^.]{0,40}\bbut\b",
    r"\bmore than just\b", r"\blike a [^,.;]{1,40},? like a\b", r"\bas if to say\b", r"\bunspoken\b", r"\bbreath (?:caught|hitched)",
    r"\bcouldn’t help but\b", r"\ba mix(?:ture)? of\b", r"\bwave of\b", r"\bshadows? danc", r"\bI see you\b", r"\bthank you for sharing\b",
)  # fmt: skip
"""Turns that machines and cards repeat; grown from what was met. Regular expressions, any case."""

MEANT = {"you can hear what it’s for", "you put in what it cost"}
"""Sentences that are heard again on purpose: the jar's silence in the last telling; the keeper's rule, obeyed."""

OVERUSED = {
    "gently": 3,
    "softly": 1,
    "quietly": 2,
    "suddenly": 1,
    "silently": 1,
    "whisper": 4,
    "ache": 6,
    "echo": 2,
    "fragile": 1,
    "tender": 2,
}
"""Words that such prose leans on, and how often the whole dream may have them."""


def said(part: Any) -> str:
    """The words of a compiled line, markup and reader's own left out."""
    return " ".join(node for node in part if isinstance(node, str)) if isinstance(part, list | tuple) else ""


def lines(story: Story) -> Iterator[tuple[str, str]]:
    """Every line with the telling it stands in."""
    for telling in story.tellings.values():
        for line in (*telling.body, *(line for answers in telling.answers.values() for line in answers)):
            yield telling.id, said(line["say"])


def source() -> Iterator[tuple[str, str]]:
    folder = Path(find("hollow-library"))
    for path in sorted((*folder.glob("tellings/*.md"), *folder.glob("place/*.md"), folder / "confider.yaml")):
        yield path.name, path.read_text("utf-8")


def test_none_of_the_turns_that_machines_repeat_is_in_it() -> None:
    found = [
        (name, match.group(0))
        for name, text in source()
        for turn in BANNED
        for match in re.finditer(turn, text, re.IGNORECASE)
    ]
    assert not found


@pytest.mark.parametrize("turn", ["a testament to her will", "Somehow they knew", "like a moth, like a flame"])
def test_the_list_finds_such_a_turn(turn: str) -> None:
    assert any(re.search(banned, turn, re.IGNORECASE) for banned in BANNED)


def test_words_that_such_prose_leans_on_are_rare() -> None:
    words = Counter(re.findall(r"[a-z]+", " ".join(text for _, text in source()).lower()))
    assert not {word: words[word] for word, most in OVERUSED.items() if words[word] > most}


def test_few_dashes() -> None:
    text = " ".join(text for _, text in source())
    assert text.count("—") / len(text.split()) < 1 / 500


def test_no_sentence_of_six_words_comes_in_two_tellings(dream: Story) -> None:
    where: dict[str, set[str]] = {}
    for telling, text in lines(dream):
        for sentence in re.split(r"(?<=[.!?])[”’*]*\s+", text):
            plain = " ".join(re.findall(r"[\w’]+", sentence.lower()))
            if len(plain.split()) >= 6:
                where.setdefault(plain, set()).add(telling)
    assert not {
        sentence: tellings for sentence, tellings in where.items() if len(tellings) > 1 and sentence not in MEANT
    }


def test_fewer_than_one_run_of_five_words_in_a_hundred_comes_in_another_telling(dream: Story) -> None:
    where: dict[tuple[str, ...], set[str]] = {}
    for telling, text in lines(dream):
        words = re.findall(r"[\w’]+", text.lower())
        for run in zip(*(words[n:] for n in range(5)), strict=False):
            where.setdefault(run, set()).add(telling)
    repeated = [run for run, tellings in where.items() if len(tellings) > 1]
    assert len(repeated) / len(where) < 0.01
    assert not [run for run in repeated if len(where[run]) > 6]


def test_at_least_140_tellings_seven_scars_nine_shards_and_twelve_fractures(dream: Story) -> None:
    tellings = dream.tellings.values()
    assert len(tellings) >= 140
    assert len({t.on for t in tellings if t.form == "scar"}) >= 7
    assert sum(t.form == "shard" for t in tellings) >= 9
    themes = {theme for t in tellings if t.thread == "fractures" for clause in t.guard for theme in clause.confided}
    assert len(themes) >= 12


def test_the_place_answers_in_at_least_120_distinct_lines() -> None:
    folder = Path(find("hollow-library"))
    answers = set()
    for path in folder.glob("place/*.md"):
        for section in re.split(r"\n## ", path.read_text("utf-8"))[1:]:
            if "    on: " in section:
                answers |= {part.strip() for part in section.split("\n\n")[2:] if part.strip()}
    assert len(answers) >= 120


def test_the_titles_are_in_twelve_languages_and_six_scripts_and_each_is_in_its_own(dream: Story) -> None:
    scripts: dict[str, set[str]] = {}
    for text, language in dream.veils:
        scripts.setdefault(language, set()).update(unicodedata.name(c).split()[0] for c in text if c.isalpha())
    assert len(scripts) >= 12 and len(set().union(*scripts.values())) >= 6
    for language, script in {"ru": "CYRILLIC", "el": "GREEK", "he": "HEBREW", "ar": "ARABIC", "ka": "GEORGIAN"}.items():
        assert scripts[language] == {script}


@pytest.mark.parametrize(
    ("telling", "keys"),
    [
        ("unnamed", "Tamsin child funeral family stairs gate daughter ham"),
        ("jar", "scream screams name silence"),
        ("bell", "Arthur wrong figure mistake"),
        ("piano", "deaf flat tune"),
        ("salt", "soup died flask"),
        ("indoors", "Jory plates missed"),
        ("keeper-told", "egg nine"),
    ],
)
def test_no_title_gives_away_what_its_telling_keeps(dream: Story, telling: str, keys: str) -> None:
    title = set(re.findall(r"\w+", dream.tellings[telling].title.lower()))
    assert not title & set(keys.lower().split())


def test_no_heading_anywhere_says_the_secret(dream: Story) -> None:
    shown = [t.title for t in dream.tellings.values()] + [thing.label for thing in dream.things.values()]
    shown += [gesture.label for gesture in dream.gestures]
    assert not [text for text in shown if re.search("tamsin|daughter|funeral|i wasn’t the child", text.lower())]
