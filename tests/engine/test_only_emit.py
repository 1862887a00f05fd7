"""Nothing outside ``emit`` can tell a telling: no other code makes a ``Told``, or reads a telling's body."""

import ast
from pathlib import Path

import harken

SOURCE = Path(harken.__file__).parent


def makers(name: str) -> set[str]:
    """Files in which ``name(...)`` is called."""
    found = set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == name:
                found.add(path.relative_to(SOURCE).as_posix())
    return found


def readers(attribute: str) -> set[str]:
    """Files of the engine in which ``.attribute`` is read."""
    return {
        path.relative_to(SOURCE).as_posix()
        for path in (SOURCE / "engine").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == attribute
    }


def test_only_emit_makes_a_told_event() -> None:
    assert makers("Told") == {"engine/emit.py"}
    assert makers("HeardOnce") == {"engine/emit.py"}


def test_only_emit_reads_the_body_of_a_telling() -> None:
    assert readers("body") == {"engine/emit.py"}
