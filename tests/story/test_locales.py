"""A translation holds words by the story's ids: told whole in its language, what it lacks in the story's own."""

from __future__ import annotations

import json
import shutil
from itertools import count
from pathlib import Path

import pytest

from harken.engine import story_from
from harken.keep.memory import MemoryKeep
from harken.meeting import Meeting, Said
from harken.story import compile_folder, explain, load

SMALL, GERMAN = Path(__file__).parent / "small", Path(__file__).parent / "small_de"
TURNS = count()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    story = tmp_path / "small"
    shutil.copytree(SMALL, story)
    shutil.copytree(GERMAN, story / "locale" / "de")
    return story


def turn() -> str:
    return f"turn-{next(TURNS)}"


def said_in(meeting: Meeting, **begin) -> str:
    breath = meeting.begin(turn(), "Ada", 3, **begin)
    shown = [breath.as_json()]
    while not breath.over:
        breath = meeting.breathe(Said(turn(), offer="stay"))
        shown.append(breath.as_json())
    return json.dumps(shown, ensure_ascii=False)


def test_what_is_not_translated_is_counted_and_shown_in_the_storys_own_words(folder: Path) -> None:
    loaded = load(folder)
    assert loaded.story is not None
    (said,) = [problem for problem in loaded.problems if problem.code == "HK857"]
    assert said.severity == "warning" and "pieces are not in de yet" in said.says
    german = story_from(loaded.document, "e", "de")
    assert german.tellings["net"].title == "Das Netz" and german.language == "de"
    assert [scene.title for scene in german.scenes.values()] == [scene.title for scene in loaded.story.scenes.values()]


def test_guards_effects_and_ids_are_the_storys_own(folder: Path) -> None:
    loaded = load(folder)
    own, german = loaded.story, story_from(loaded.document, "e", "de")
    assert own is not None and list(own.tellings) == list(german.tellings)
    for name, telling in own.tellings.items():
        words = ("title", "body", "answers", "promise", "instead")
        rules = telling._replace(**dict.fromkeys(words, None))
        assert rules == german.tellings[name]._replace(**dict.fromkeys(words, None))
        assert set(telling.answers) == set(german.tellings[name].answers)


def test_a_meeting_is_told_in_the_language_asked_for_resumes_in_it_and_can_change(folder: Path) -> None:
    loaded, kept = load(folder), MemoryKeep().encounter("small")

    def meeting() -> Meeting:
        return Meeting(loaded.story, kept, compiled=loaded.compiled)

    assert meeting().threshold().locales == ("en", "de")
    first = meeting().begin(turn(), "Ada", 3, locale="de")
    meeting().breathe(Said(turn(), offer="stay"))
    resumed = meeting().begin(turn())
    assert resumed.resumed and "Die Netze ansehen" in json.dumps(resumed.as_json(), ensure_ascii=False)
    assert first.as_json()["offers"] != [] and meeting().threshold().locale == "de"
    rest = meeting()
    while not rest.state.over:
        rest.breathe(Said(turn(), offer="stay"))
    german = said_in(meeting())
    assert "Sie faltet das Netz." in german and "She folds" not in german
    english = said_in(meeting(), locale="en")
    assert "She folds the net." in english and "Sie faltet" not in english


def test_a_language_that_is_not_there_is_the_storys_own(folder: Path) -> None:
    loaded = load(folder)
    assert "She folds the net." in said_in(
        Meeting(loaded.story, MemoryKeep().encounter("small"), compiled=loaded.compiled), locale="fr"
    )


def test_a_packed_story_has_its_translations_and_a_broken_one_is_refused(folder: Path, tmp_path: Path) -> None:
    loaded = load(folder)
    packed = tmp_path / "packed.json"
    packed.write_bytes(loaded.compiled or b"")
    assert load(packed).story is not None and load(packed).story.locales == ("de",)
    document = json.loads(loaded.compiled or b"")
    document["locales"]["de"]["tellings"]["net"]["body"] = [{"say": [{"odd": 1}], "by": "tell"}]
    packed.write_text(json.dumps(document))
    assert [problem.code for problem in load(packed).problems] and load(packed).story is None


WRONG = (
    ("tellings/nets.md", "id: net", "id: nett", "HK852", "There is no telling `nett` in the story"),
    ("tellings/nets.md", "    id: sea", "    id: sea\n    depth: 2", "HK853", "`depth` belongs to the story"),
    ("tellings/nets.md", "    id: under\n", "", "HK854", "cannot be known without its id"),
    ("tellings/nets.md", "id: under", "id: sea", "HK856", "`sea` is translated at"),
    ("tellings/nets.md", "{closeness >= 3: ", "{told(nett): ", "HK802", "nett"),
    ("confider.yaml", "[Sie atmet aus, wenn du es tust.]", "[Sie atmet., Sie nickt.]", "HK855", "has 2 of these lines"),
    ("confider.yaml", "looks: {nets:", "looks: {boats:", "HK852", "There is no look `boats`"),
    ("confider.yaml", "bis {hour}", "bis {ours}", "HK816", "ours"),
    ("story.yaml", "title:", "clock: 20\ntitle:", "HK853", "`clock` belongs to the story"),
    ("story.yaml", "hold-on", "hold", "HK852", "There is no gesture `hold`"),
)


@pytest.mark.parametrize(("name", "was", "now", "code", "says"), WRONG)
def test_what_is_wrong_in_a_translation_is_said_where_it_stands(
    folder: Path, name: str, was: str, now: str, code: str, says: str
) -> None:
    path = folder / "locale" / "de" / name
    text = path.read_text(encoding="utf-8")
    assert was in text
    path.write_text(text.replace(was, now), encoding="utf-8")
    problems = compile_folder(folder).problems
    found = [p for p in problems if p.file == f"locale/de/{name}" and p.code.startswith(code) and says in p.says]
    assert found, explain(problems)
    assert found[0].line


def test_a_folder_that_is_no_language_is_passed_over_and_said(folder: Path) -> None:
    (folder / "locale" / "german language").mkdir()
    (folder / "locale" / "de" / "notes.txt").write_text("nothing")
    codes = {problem.code: problem.file for problem in compile_folder(folder).problems}
    assert codes["HK851"] == "locale/german language" and "locale/de/notes.txt" in codes.values()
