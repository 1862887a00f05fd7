"""The docs cannot drift: every command is named, the tutorial's files are the story's, the schemas fit the stories."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml

from harken.cli import cli
from harken.engine import events
from harken.engine.moves import MOVES, TEMPERAMENT
from harken.story import load, shipped

ROOT = Path(__file__).parents[2]
FORMAT = (ROOT / "docs" / "format.md").read_text("utf-8")


def test_every_command_has_help_and_every_option_too() -> None:
    for name, command in cli.commands.items():
        assert command.help, name
        assert all(getattr(option, "help", "-") for option in command.params if option.param_type_name == "option"), (
            name
        )


def test_the_format_page_names_every_move_and_the_moves_have_a_temperament() -> None:
    assert all(f"{move}" in FORMAT for move in MOVES) and set(TEMPERAMENT) == set(MOVES)


def test_every_kind_of_beat_is_on_the_architecture_page() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    source = (ROOT / "src/harken/engine/beats.py").read_text("utf-8")
    kinds = set(re.findall(r'"kind": "([a-z]+)"', source)) | {"answer", "study", "talk", "line", "promise"}
    assert all(f"`{kind}`" in page for kind in kinds)
    assert events.KINDS


def test_the_tutorial_builds_the_story_that_is_shipped() -> None:
    page = (ROOT / "docs" / "first-story.md").read_text("utf-8")
    snippets = re.findall(r"^```\w* file=(\S+)\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert len(snippets) >= 10
    for name, text in snippets:
        whole = (ROOT / "stories" / "the-kettle" / name).read_text("utf-8")
        assert text.strip() in whole, f"{name}: {text[:80]}"


@pytest.mark.parametrize("name", ["story", "confider"])
def test_the_schemas_for_editors_fit_every_shipped_story(name: str) -> None:
    schema = json.loads((ROOT / "docs" / "schema" / f"{name}.schema.json").read_text("utf-8"))
    folders = [*shipped().values(), ROOT / "src" / "harken" / "starter"]
    for folder in folders:
        settings = json.loads(json.dumps(yaml.load((folder / f"{name}.yaml").read_text("utf-8"), yaml.BaseLoader)))
        jsonschema.validate(_numbers(settings), schema)


def _numbers(value):
    """The settings as an editor sees them: text that is a number or yes/no is one, where the schema has one."""
    if isinstance(value, dict):
        return {key: item if key == "lang" else _numbers(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_numbers(item) for item in value]
    if re.fullmatch(r"-?\d+", value):
        return int(value)
    return {"yes": True, "no": False}.get(value, value)


def test_every_shipped_story_has_no_mistake_and_no_warning() -> None:
    assert set(shipped()) >= {"hollow-library", "the-middle-watch", "the-kettle"}
    for folder in shipped().values():
        assert load(folder).problems == ()
