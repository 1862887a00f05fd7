"""The house holds: the pure rooms need the standard library alone, and a command imports only what it uses."""

import subprocess
import sys
from pathlib import Path

import pytest

import harken

SOURCE = Path(harken.__file__).parent.parent
HEAVY = {"yaml", "markdown_it", "cryptography", "starlette", "uvicorn", "prompt_toolkit", "websockets", "numpy"}


def bare(code: str) -> str:
    """What the code prints in an interpreter without site packages (-S, -I), with only Harken's source on its path."""
    code = f"import sys; sys.path.insert(0, {str(SOURCE)!r}); {code}"
    run = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return run.stdout


def loaded_by(arguments: list[str]) -> set[str]:
    """The top-level packages that a command imported."""
    code = f"import sys; sys.argv = {['harken', *arguments]!r}\n"
    code += "from harken.cli import main\ntry: main()\nexcept SystemExit: pass\n"
    code += "try: main()\nexcept SystemExit: pass\n"
    code += "print('@@', *{name.split('.')[0] for name in sys.modules})"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, input="")
    return set(run.stdout.rpartition("@@")[2].split())


@pytest.mark.parametrize("room", ["harken.engine", "harken.listen", "harken.meeting"])
def test_the_pure_rooms_import_with_the_standard_library_alone(room: str) -> None:
    assert bare(f"import {room}; print('ok')").strip() == "ok"


def test_a_compiled_story_plays_with_the_standard_library_alone() -> None:
    tests = str(Path(__file__).parent.parent)
    code = (
        f"sys.path.insert(0, {tests!r}); from making import generated, story; from reading import read; "
        "print(list(read(story(generated(3)), 3))[-1].after.over)"
    )
    assert bare(code).strip() == "True"


def test_help_imports_nothing_heavy() -> None:
    assert not loaded_by(["--help"]) & HEAVY


def test_a_script_needs_no_server_and_no_terminal_interface() -> None:
    loaded = loaded_by(["play", "--terminal", "--script", "-"])
    assert not loaded & {"starlette", "uvicorn", "websockets", "prompt_toolkit", "numpy"}
