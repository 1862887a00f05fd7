"""Whatever is thrown at what reads from outside ends in an answer or a known refusal, never in a hang or a traceback:
the wire, forms and bodies, cookies and headers, the door's file, exported files. HARKEN_FUZZ (in seconds
elsewhere) sets how much is thrown.
"""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from hosting import Hosted
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from living import Living
from starlette.datastructures import Headers

from harken.engine import events as ev
from harken.exporting import carried, plain, sealed
from harken.exporting.errors import NotAnExport, WrongPassphrase
from harken.keep import MemoryKeep
from harken.meeting import Refused
from harken.serve import door, protocol
from harken.serve.security import cookie_of
from harken.serve.visitor import Visitor

FUZZ = os.environ.get("HARKEN_FUZZ")
COUNT = int(float(FUZZ or "2") * 100)
hard = settings(
    max_examples=COUNT,
    deadline=None,
    database=None,
    derandomize=FUZZ is None,  # a soak throws something else each time: pytest --hypothesis-seed=...
    suppress_health_check=list(HealthCheck),
)
scarce = settings(hard, max_examples=max(20, COUNT // 10))

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
names = st.sampled_from(["type", "turn", "name", "pronoun", "veiled", "locale", "older", "offer", "text", "seed"])
values = anything | st.sampled_from(
    ["open", "begin", "breathe", "stay", "he", "de", "t" * 101, "x" * 70_000, ["grief"]]
)
messages = (
    st.dictionaries(names, values, max_size=6).map(json.dumps)
    | anything.map(json.dumps)
    | st.text()
    | st.integers(1, 100_000).map(lambda deep: "[" * deep)
    | st.integers(1, 5000).map(lambda size: '{"type": "begin", "turn": "' + "\\ud800" * size + '"}')
)


@hard
@given(messages)
def test_the_wire(message: str) -> None:
    with contextlib.suppress(Refused):
        asked = protocol.read(message)
        assert asked.kind in protocol.FIELDS and (asked.kind == "open" or 0 < len(asked.turn) <= protocol.ID_MOST)
    turn = protocol.turn_of(message)
    assert turn is None or len(turn) <= protocol.ID_MOST


def test_the_wire_of_a_running_server(served: Living) -> None:
    wire = served.talk()
    wire.begin()

    @scarce
    @given(messages)
    def thrown(message: str) -> None:
        answer = wire.ask(message.encode("utf-8", "replace").decode())
        assert answer["type"] in ("threshold", "breath", "refused") and "Traceback" not in json.dumps(answer)
        assert answer.get("code") != "trouble"

    thrown()
    assert wire.ask({"type": "open"})["type"] == "threshold"


def test_bodies_forms_and_headers_of_a_shared_server(hosted: Hosted) -> None:
    client = httpx.Client(base_url=hosted.origin, headers={"Origin": hosted.origin})
    cookie = hosted.reader("Ada")
    paths = st.sampled_from(["/sign-in", "/sign-out", "/meeting", "/enter", "/keep/burn", "/keep/lock", "/keep/forget"])
    kinds = st.sampled_from(
        ["application/json", "application/x-www-form-urlencoded", "text/plain", "", "application/json;"]
    )
    bodies = st.binary(max_size=2000) | messages.map(lambda text: text.encode("utf-8", "replace"))
    marks = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=60)

    @scarce
    @given(paths, kinds, bodies, marks, st.booleans())
    def thrown(path: str, kind: str, body: bytes, mark: str, inside: bool) -> None:
        headers = {"Content-Type": kind, "X-Odd": mark, "Cookie": cookie if inside else f"harken={mark}"}
        answer = client.post(path, content=body, headers=headers)
        assert answer.status_code < 500 and "Traceback" not in answer.text

    thrown()
    assert httpx.get(hosted.origin + "/healthz").status_code == 200


@hard
@given(st.text(max_size=200) | st.binary(max_size=200).map(lambda raw: raw.decode("latin-1")))
def test_cookies(value: str) -> None:
    found = cookie_of(Headers(raw=[(b"cookie", value.encode("latin-1", "replace"))]), "harken")
    assert found is None or isinstance(found, str)


def test_the_doors_file(tmp_path: Path) -> None:
    visitor = Visitor(lambda: None)  # type: ignore[arg-type,return-value]

    @hard
    @given(st.binary(max_size=300) | anything.map(lambda value: json.dumps({"sessions": value}).encode()))
    def thrown(data: bytes) -> None:
        (tmp_path / door.FILE).write_bytes(data)
        made = door.Door(1, visitor, "token", tmp_path / door.FILE, now=lambda: 1000.0)
        assert not made.knows(Headers({"cookie": "harken-1=x"})) and made.enter("token") is not None

    thrown()


fields = ("meeting", "story", "text", "lines", "telling", "breath", "entries", "seed", "name")
record = st.fixed_dictionaries(
    {"kind": st.sampled_from([*ev.KINDS, "odd"]), "v": st.integers(0, 3)},
    optional=dict.fromkeys(fields, anything),
)
reading = st.fixed_dictionaries(
    {
        "story": st.text() | anything,
        "events": st.lists(st.none() | record, max_size=6) | anything,
        "edition": st.text() | anything,
        "compiled": anything,
    }
)
documents = st.fixed_dictionaries(
    {"harken": st.just("keep") | anything, "format": st.just(1) | anything},
    optional={"readings": anything | st.lists(reading, max_size=3)},
)


@hard
@given(documents.map(json.dumps).map(str.encode) | st.binary(max_size=200) | st.just(b"[" * 100_000))
def test_an_exported_document(document: bytes) -> None:
    try:
        readings = carried.unpack(document)
    except NotAnExport:
        return
    for reading in readings:
        kept = MemoryKeep().encounter(reading.story, anew=True)
        carried.take_in(reading, kept)
        assert list(kept.events()) == list(reading.log)


@hard
@given(st.binary(max_size=400) | st.binary(max_size=200).map(lambda rest: b"age-encryption.org/v1\n" + rest))
def test_a_sealed_file(data: bytes) -> None:
    with pytest.raises((NotAnExport, WrongPassphrase)):
        sealed.unseal(data, "x")


def test_a_sealed_file_that_asks_for_years_of_work_is_refused() -> None:
    made = sealed.seal(b"x", "x")
    header, rest = made.split(b"\n", 2)[1], made
    stanza, _, factor = header.rpartition(b" ")
    with pytest.raises(NotAnExport):
        sealed.unseal(rest.replace(stanza + b" " + factor, stanza + b" 40"), "x")


def test_a_file_is_opened_though_the_machine_was_too_busy_to_be_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    made, really, asked = sealed.seal(b"kept", "x"), sealed.pyrage.passphrase.decrypt, []

    def busy(data: bytes, passphrase: str) -> bytes:
        asked.append(passphrase)
        if len(asked) < 3:
            raise sealed.pyrage.DecryptError("Excessive work parameter for passphrase.\nDecryption would take ...")
        return really(data, passphrase)

    monkeypatch.setattr(sealed.pyrage, "passphrase", SimpleNamespace(decrypt=busy))
    assert sealed.unseal(made, "x") == b"kept" and len(asked) == 3


@hard
@given(st.lists(st.text(max_size=60), max_size=6))
def test_what_was_said_never_becomes_markup_in_a_plain_export(said: list[str]) -> None:
    from markdown_it import MarkdownIt

    log: list[Any] = [ev.Met(1, "s", "e", 1, "# <b>Ada", 1, 1, 1, 1), *map(ev.Said, said)]
    page = plain.markdown("A title", log)
    tokens = MarkdownIt("commonmark").parse(page)
    inline = [child.type for token in tokens for child in token.children or []]
    assert not {"html_inline", "image", "link_open", "code_inline", "em_open", "strong_open"} & set(inline)
    assert not {"html_block", "fence", "hr", "bullet_list_open", "ordered_list_open"} & {t.type for t in tokens}
    assert sum(token.type == "heading_open" for token in tokens) == 2
