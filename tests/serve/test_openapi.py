"""The description of the API fits the server: written down as it is, true of real answers, and nothing thrown at the
server by schemathesis brings it down or is answered otherwise than described. HARKEN_FUZZ (in seconds elsewhere) sets
how much is thrown.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest
import schemathesis
from hosting import Hosted
from hypothesis import HealthCheck, Phase, given, settings
from living import Wire
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from harken.exporting import sealed
from harken.serve import protocol, visitor
from harken.serve.hosted.readers import Paces
from harken.serve.openapi import describe
from harken.serve.talking import STATUS

ROOT = Path(__file__).parents[2]
FUZZ = os.environ.get("HARKEN_FUZZ")
COUNT = int(float(FUZZ or "12") * 2)
CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance, status_code_conformance]


@pytest.fixture
def roomy(monkeypatch: pytest.MonkeyPatch, cheap: None) -> None:
    """No pace and no cost: what is tried here is what is answered."""
    monkeypatch.setattr(visitor, "BREATHS_AT_ONCE", 1e9)
    monkeypatch.setattr(sealed, "seal", lambda document, passphrase: b"age-encryption.org/v1 " + document)


def test_the_description_in_the_docs_is_the_one_that_is_made() -> None:
    written = json.loads((ROOT / "docs" / "openapi.json").read_text("utf-8"))
    assert written == json.loads(json.dumps(describe())), "run: python -m harken.serve.openapi > docs/openapi.json"


def test_every_route_is_described_and_nothing_else() -> None:
    page = (ROOT / "docs" / "protocol.md").read_text("utf-8")
    for path, ways in describe()["paths"].items():
        for way in ways:
            assert f"{way.upper()} {path}" in page, f"docs/protocol.md does not name {way.upper()} {path}"
    assert all(f"`{code}`" in page for code in STATUS)
    assert all(re.search(f'[`"]{name}[`"]', page) for fields in protocol.FIELDS.values() for name in fields - {"type"})


def test_what_the_socket_sends_is_what_is_described(hosted: Hosted) -> None:
    root = describe()
    wire = Wire(hosted.port, cookie=hosted.reader("Ada"))

    def fits(message: dict[str, Any], name: str) -> dict[str, Any]:
        jsonschema.Draft202012Validator({**root, "$ref": f"#/components/schemas/{name}"}).validate(message)
        return message

    fits(wire.ask({"type": "open"}), "Threshold")
    answer = fits(wire.ask({"type": "begin", "turn": "b", "name": "Ada"}), "Breath")
    while not answer["breath"]["over"]:
        answer = fits(wire.breathe(f"t{answer['breath']['breath']}", offer="stay"), "Breath")
    fits(wire.breathe("late", offer="stay"), "Refused")
    fits(wire.ask({"type": "begin", "turn": "c", "name": None}), "Breath")
    care = fits(wire.breathe("care", text="I am going to kill myself tonight"), "Refused")
    assert care["code"] == "care" and care["page"]["lines"]
    assert wire.breathe("on", offer="stay")["breath"]["breath"] == 1  # no breath had passed


@pytest.mark.parametrize(
    "path", [path for path in describe()["paths"] if path not in ("/keep/forget", "/sign-out", "/metrics")]
)
def test_schemathesis_finds_nothing(path: str, hosted: Hosted, roomy: None) -> None:
    hosted.readers._paces = Paces(1e9, 1e9)
    cookie = hosted.reader("Ada")
    Wire(hosted.port, cookie=cookie).begin()
    schema = schemathesis.openapi.from_dict(describe())
    headers = {"Origin": hosted.origin, "Cookie": cookie}
    for method in describe()["paths"][path]:
        operation = schema[path][method]

        @given(case=operation.as_strategy())
        @settings(
            max_examples=COUNT, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate],
            database=None, derandomize=FUZZ is None,
        )  # fmt: skip
        def thrown(case: Any) -> None:
            case.call_and_validate(base_url=hosted.origin, headers=headers, checks=CHECKS, timeout=30)

        thrown()
    assert httpx.get(hosted.origin + "/healthz").status_code == 200


def test_schemathesis_sees_an_answer_that_is_not_described(hosted: Hosted, roomy: None, monkeypatch: Any) -> None:
    shown = protocol.threshold
    monkeypatch.setattr(protocol, "threshold", lambda *given: {**shown(*given), "untold": "a title that slipped"})
    with pytest.raises(BaseExceptionGroup) as found:
        test_schemathesis_finds_nothing("/meeting", hosted, roomy)
    found_in = [str(one) for one in found.value.exceptions]
    assert any("schema" in said.lower() for said in found_in), found_in
