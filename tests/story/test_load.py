"""Loading: from folders, from the cache, from compiled files; and which story a name means."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from folders import SMALL, folder

from harken.errors import HarkenError
from harken.story import StoryNotFound, compile_folder, dump, edition_of, explain, find, load
from harken.story import cache as cache_of_stories
from harken.story import shelf as shelves


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HARKEN_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def in_a_fresh_interpreter(code: str, *arguments: str) -> str:
    path = os.pathsep.join(sys.path)
    run = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, env={**os.environ, "PYTHONPATH": path}
    )
    assert run.returncode == 0, run.stderr
    return run.stdout


def said(path: Path) -> str:
    loaded = load(path)
    assert loaded.story is None and loaded.document is None and loaded.compiled is None
    return explain(loaded.problems)


def test_cold_and_warm_are_the_same(cache: Path, tmp_path: Path) -> None:
    story = folder(tmp_path, {"tellings/notes.txt": "x"})
    cold = load(story)
    warm = load(story)
    assert cold.story is not None and warm.story is not None
    assert cold.compiled == warm.compiled == dump(cold.document or {})
    assert cold.document == warm.document
    assert cold.story.edition == warm.story.edition == edition_of(cold.document or {})
    assert [problem.code for problem in cold.problems] == ["HK008"]
    assert cold.problems == warm.problems
    assert len(list(cache.iterdir())) == 1


def test_a_warm_load_imports_no_parser(tmp_path: Path) -> None:
    code = "import sys; from pathlib import Path; from harken.story import load, find, explain\n"
    code += "assert load(Path(sys.argv[1])).story; print(*sys.modules)"
    story = str(folder(tmp_path))
    cold = in_a_fresh_interpreter(code, story).split()
    warm = in_a_fresh_interpreter(code, story).split()
    assert "yaml" in cold
    assert not {"yaml", "markdown_it", "difflib", "harken.story.compile", "platformdirs"} & set(warm)


def test_a_changed_file_is_compiled_again(tmp_path: Path, cache: Path) -> None:
    story = folder(tmp_path)
    first = load(story)
    nets = story / "tellings" / "nets.md"
    nets.write_text(nets.read_text(encoding="utf-8").replace("She folds the net.", "She leaves it."), encoding="utf-8")
    second = load(story)
    assert first.compiled != second.compiled
    assert b"She leaves it." in (second.compiled or b"")
    assert len(list(cache.iterdir())) == 1
    (story / "place" / "boat.md").rename(story / "place" / "a.md")
    assert load(story).document is not None


@pytest.mark.parametrize("damage", [b"", b"x", b"{}", b"[1]\n{}", b'{"fingerprint": 1}\n', b"\xff" * 99])
def test_a_damaged_cache_is_passed_over(damage: bytes, tmp_path: Path, cache: Path) -> None:
    story = folder(tmp_path)
    good = load(story)
    (file,) = cache.iterdir()
    file.write_bytes(damage)
    assert load(story).compiled == good.compiled


def test_a_cache_with_other_words_is_passed_over(tmp_path: Path, cache: Path) -> None:
    story = folder(tmp_path)
    good = load(story)
    (file,) = cache.iterdir()
    file.write_bytes(file.read_bytes().replace(b"She folds the net.", b"She folds the sea."))
    assert load(story).compiled == good.compiled


def test_another_compiler_compiles_again(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    story = folder(tmp_path)
    load(story)
    before = next(cache.iterdir()).read_bytes()
    monkeypatch.setattr(cache_of_stories, "version", lambda: "another")
    assert load(story).story is not None
    assert next(cache.iterdir()).read_bytes() != before


def test_no_cache_is_no_matter(tmp_path: Path, cache: Path) -> None:
    cache.write_text("a file where a folder should be", encoding="utf-8")
    assert load(folder(tmp_path)).story is not None


def test_a_wrong_story_is_not_kept(tmp_path: Path, cache: Path) -> None:
    story = folder(tmp_path, {"story.yaml": "id: x"})
    assert "HK123" in said(story)
    assert not cache.exists()


# what is no story: one plain sentence or two, that name the thing


def test_missing_and_empty_and_other_things(tmp_path: Path) -> None:
    missing = tmp_path / "nowhere"
    assert said(missing) == f"{missing}: There is no folder here. Look at the path once more. (HK001)"
    (tmp_path / "empty").mkdir()
    assert said(tmp_path / "empty").startswith(f"{tmp_path / 'empty'}: This folder is empty.")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "README.md").write_text("# Other", encoding="utf-8")
    assert said(tmp_path / "other").startswith(f"{tmp_path / 'other'}: There is no `story.yaml` in this folder")
    (tmp_path / "note.txt").write_text("x", encoding="utf-8")
    assert "HK002" in said(tmp_path / "note.txt")


def test_links_and_odd_files(tmp_path: Path) -> None:
    story = folder(tmp_path)
    (tmp_path / "secret.md").write_text("# S\n", encoding="utf-8")
    (story / "tellings" / "link.md").symlink_to(tmp_path / "secret.md")
    assert said(story) == (
        "tellings/link.md: This is a link to something outside of the story's folder, and is not followed. "
        "Copy what it leads to into the folder. (HK010)"
    )
    (story / "tellings" / "link.md").unlink()
    (story / "tellings" / "round.md").symlink_to(story / "tellings" / "round.md")
    assert "HK009" in said(story)
    (story / "tellings" / "round.md").unlink()
    os.mkfifo(story / "tellings" / "pipe.md")
    assert "HK011" in said(story)
    (story / "tellings" / "pipe.md").unlink()
    (story / "tellings" / "folder.md").mkdir()
    assert "HK011" in said(story) or "HK009" in said(story)


def test_names_of_files(tmp_path: Path) -> None:
    story = folder(tmp_path)
    long = "x" * 200
    for end in "ab":
        (story / "tellings" / f"{long}{end}.md").write_text(
            f"## T\n\n    id: t-{end}\n\nWords {end}.\n", encoding="utf-8"
        )
    loaded = load(story)
    assert loaded.story is not None and {"t-a", "t-b"} <= set(loaded.story.tellings)
    (story / "tellings" / "a\nb.md").write_text("", encoding="utf-8")
    assert said(story).startswith("tellings/a b.md: The name of this file has characters that cannot be seen.")


def test_a_file_that_is_not_read_is_said_when_it_comes(tmp_path: Path) -> None:
    story = folder(tmp_path)
    assert load(story).problems == ()
    (story / "tellings" / "x.txt").write_text("x", encoding="utf-8")
    assert [problem.code for problem in load(story).problems] == ["HK008"]


def test_a_link_inside_the_folder_is_followed(tmp_path: Path) -> None:
    story = folder(tmp_path)
    (story / "tellings" / "nets.md").rename(story / "nets.md")
    (story / "tellings" / "nets.md").symlink_to("../nets.md")
    assert load(story).story is not None
    (tmp_path / "link").symlink_to(story)
    assert load(tmp_path / "link").story is not None


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    story, real = folder(tmp_path), os.open

    def refusing(path: Any, *arguments: Any, **more: Any) -> int:
        if str(path).endswith("story.yaml"):
            raise PermissionError(13, "Permission denied")
        return real(path, *arguments, **more)

    monkeypatch.setattr(os, "open", refusing)
    assert said(story) == (
        "story.yaml: This cannot be read: Permission denied. See that it is there and that you may open it. (HK009)"
    )


# compiled files


@pytest.fixture
def compiled(tmp_path: Path) -> Path:
    document = compile_folder(SMALL).document
    assert document is not None
    path = tmp_path / "small.json"
    path.write_bytes(dump(document))
    return path


def test_a_compiled_file_is_a_story(compiled: Path) -> None:
    loaded = load(compiled)
    assert loaded.story is not None
    assert loaded.compiled == compiled.read_bytes()
    assert loaded.story.edition == load(SMALL).story.edition  # type: ignore[union-attr]
    compiled.write_text(json.dumps(json.loads(compiled.read_bytes()), indent=4), encoding="utf-8")
    assert load(compiled).compiled == loaded.compiled


def test_files_that_are_no_compiled_story(tmp_path: Path, compiled: Path) -> None:
    assert "HK018" in said(tmp_path / "nowhere.json")
    for content in ("", "x", "[]", "{}", '"harken"', "[" * 100_000, '{"harken": NaN, "x": "\\ud800"}'):
        compiled.write_text(content, encoding="utf-8")
        assert "HK019" in said(compiled) or "HK020" in said(compiled)
    compiled.write_text('{"harken": 2}', encoding="utf-8")
    assert said(compiled) == (
        f"{compiled}: This story was compiled in format `2`, and this Harken reads format 1. "
        "Compile it again from its folder, or use the Harken that made it. (HK020)"
    )


def set_in(document: Any, path: str, value: Any) -> None:
    *steps, last = path.split(".")
    for step in steps:
        document = document[int(step) if step.isdecimal() else step]
    document[int(last) if last.isdecimal() else last] = value


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("meetings", "3"), ("clock", []), ("clock.0", 10**9), ("floors", [1]), ("opening", "nowhere"), ("title", None),
        ("moment.scene", "nowhere"), ("moment.needs", 3), ("confider.small_talk", "nothing"), ("confider", []),
        ("confider.grammar.hour", [[{"grammar": "weather"}]]), ("confider.grammar.hour", []),
        ("confider.grammar.hour", [[{"any": []}]]), ("confider.temperament", {"sing": {}}),
        ("tellings.0.depth", 6), ("tellings.0.arc", "now"), ("tellings.0.effects", {"appear": ["nothing"]}),
        ("tellings.0.body", [{"say": [{"grammar": "nothing"}], "by": "tell"}]), ("tellings.0.body", [{"say": [1]}]),
        ("tellings.0.needs", [{"trust": "9"}]), ("tellings.0.id", "net"), ("sections.0.scene", "nowhere"),
        ("tellings", {}), ("tellings.0.body", [{"say": [{"what": 1}], "by": "tell"}]),
    ],
)  # fmt: skip
def test_damaged_compiled_files(path: str, value: Any, compiled: Path) -> None:
    document = json.loads(compiled.read_bytes())
    set_in(document, path, value)
    compiled.write_text(json.dumps(document), encoding="utf-8")
    assert "HK021" in said(compiled)


def test_a_compiled_file_of_a_great_many_values(compiled: Path) -> None:
    compiled.write_bytes(b"[" + b"[]," * 3_000_000 + b"[]]")
    assert "there is more in it than in any story" in said(compiled)


def test_a_compiled_file_that_would_never_end(compiled: Path) -> None:
    document = json.loads(compiled.read_bytes())
    grammar = {f"s{n}": [[{"grammar": f"s{n + 1}"}, {"grammar": f"s{n + 1}"}]] for n in range(20)}
    document["confider"]["grammar"] |= grammar | {"s20": [["so"]]}
    compiled.write_text(json.dumps(document), encoding="utf-8")
    assert "says too much" in said(compiled)
    deep: list[Any] = ["x"]
    for _ in range(200):
        deep = [{"em": deep}]
    document = json.loads(dump(compile_folder(SMALL).document or {}))
    document["tellings"][0]["body"][0]["say"] = deep
    compiled.write_text(json.dumps(document), encoding="utf-8")
    assert "nested too deeply" in said(compiled)


# names


def test_a_path_that_exists_is_that_path(tmp_path: Path) -> None:
    assert find(str(tmp_path)) == tmp_path


def test_shipped_stories_are_found_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    story = folder(tmp_path).rename(shelf / "hollow-library")
    monkeypatch.setattr(shelves, "SHELVES", (tmp_path / "nowhere", shelf))
    assert find("hollow-library") == story
    with pytest.raises(StoryNotFound, match=r"no story, and no folder or file, called `holow-library`\. Did you mean"):
        find("holow-library")
    with pytest.raises(StoryNotFound, match=r"called `zebra`\. There are: hollow-library\."):
        find("zebra")
    with pytest.raises(StoryNotFound, match=r"There is no folder or file called `a/b`\."):
        find("a/b")
    with pytest.raises(StoryNotFound):
        find("x\x00y")
    with pytest.raises(StoryNotFound):
        find("")
    assert issubclass(StoryNotFound, HarkenError)


def test_the_shelf_of_a_checkout_is_looked_at() -> None:
    assert shelves.SHELVES[1] == Path(__file__).resolve().parents[2] / "stories"
