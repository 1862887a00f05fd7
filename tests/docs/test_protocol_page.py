"""The worked example of docs/protocol.md runs, as it stands there, against a real server."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "serve"))

from living import Living
from tale import tale

PAGE = Path(__file__).parents[2] / "docs" / "protocol.md"


def test_the_worked_example_runs(capsys: pytest.CaptureFixture[str]) -> None:
    found = re.search(r"^```python example\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert found
    served = Living(*tale())
    try:
        exec(compile(found[1], str(PAGE), "exec"), {"ADDRESS": served.url})
    finally:
        served.stop()
    said = capsys.readouterr().out
    assert "You did not run" in said and said.rstrip().endswith("next")
