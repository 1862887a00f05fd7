"""The catalogue of messages and the code that uses it do not drift apart."""

from __future__ import annotations

import re
from pathlib import Path
from string import Template

import harken.story
from harken.story.problems import catalogue, shown

ROOM = Path(harken.story.__file__).parent
CODE = "\n".join(path.read_text(encoding="utf-8") for path in ROOM.glob("*.py"))


def test_codes_and_names_are_used_once() -> None:
    titles = re.findall(r"^## (.*)$", (ROOM / "catalogue.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert all(re.fullmatch(r"HK\d{3} [a-z0-9-]+( \(warning\))?", title) for title in titles)
    codes = [title.split()[0] for title in titles]
    assert codes == sorted(set(codes))
    assert len(catalogue()) == len(titles)


def test_every_kind_is_used_and_every_name_used_is_a_kind() -> None:
    quoted = set(re.findall(r'"([a-z0-9-]+)"', CODE))
    inline = {f"inline-{group}" for group in re.findall(r"\?P<(\w+)>", (ROOM / "inline.py").read_text("utf-8"))}
    assert set(catalogue()) <= quoted | inline
    used = set(re.findall(r'(?:found\.add|refuse|odd|_known)\(\s*(?:[^"()]*, )?"([a-z0-9-]+)"', CODE))
    assert used <= set(catalogue())
    assert inline <= set(catalogue())


def test_every_message_is_whole() -> None:
    for kind in catalogue().values():
        assert kind.says.endswith((".", "$links.", "`.")), kind
        assert kind.hint and not kind.hint.startswith("Did you mean"), kind
        for part in (kind.says, kind.hint):
            assert Template(part).is_valid(), kind
            assert part.count("`") % 2 == 0, kind


def test_what_is_quoted_is_short_and_visible() -> None:
    assert shown("a\n\x00\u202eb   c") == "a b c"
    assert shown("`x`") == "'x'"
    assert shown("x" * 1000) == "x" * 59 + "…"
