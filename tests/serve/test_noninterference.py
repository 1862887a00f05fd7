"""Change the words of everything a reader has not earned, and not one byte changes of what leaves the server: HTTP and
socket messages, log lines and metrics. Secrets, turn ids, ports and clocks are injected.
"""

from __future__ import annotations

import copy
import io
import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from hosting import PASSPHRASE, Hosted
from living import Living, Wire
from tale import document_of

from harken.engine import events as ev
from harken.engine import shelf
from harken.serve import logs, protocol
from harken.serve.hosted import readers as readers_module
from harken.serve.measures import Measures
from making import compiled, line, story

Document = dict[str, Any]
BREATHS = 7
SAID = "My mother kept bees, and I miss her."


def with_other_words(doc: Document, log: list[Any]) -> Document:
    """The story with the words of every telling replaced, except those this reading has earned."""
    told = {event.telling for event in log if isinstance(event, ev.Told)}
    promised = {event.telling for event in log if isinstance(event, ev.Promised)}
    other = copy.deepcopy(doc)
    replaced = 0
    for telling in other["tellings"]:
        if telling["id"] not in told:
            telling["title"] = "Quite another title, and a longer one than before"
            telling["body"] = [line("Something else altogether."), line("At length.", "place"), line("And more.")]
            replaced += 1
        if "promise" in telling and telling["id"] not in promised:
            telling["promise"] = [line("Another promise.")]
            telling["instead"] = [line("Another way out."), line("Twice.")]
    assert told and replaced >= 2, "there is nothing told or nothing unearned here: the test could see nothing"
    return other


class Heard:
    """Everything that left a server in one session, in order."""

    def __init__(self) -> None:
        self.all: list[bytes] = []

    def http(self, answer: httpx.Response) -> httpx.Response:
        kept = sorted((name, value) for name, value in answer.headers.items() if name != "date")
        self.all += [f"{answer.status_code} {kept}".encode(), answer.content]
        return answer

    def talk(self, wire: Wire) -> Iterator[None]:
        """A conversation with trouble in it: everything that is answered is noted."""

        def ask(message: Any) -> Any:
            wire.socket.send(json.dumps(message) if isinstance(message, dict) else message)
            answer = wire.socket.recv(timeout=20)
            self.all.append(answer.encode() if isinstance(answer, str) else answer)
            return json.loads(answer)

        ask({"type": "open"})
        answer = ask({"type": "begin", "turn": "begin", "name": "Ada"})
        for number in range(BREATHS):
            offers = [offer["id"] for offer in answer["breath"]["offers"] if offer["kind"] != "leave"]
            if number == 2:
                answer = ask({"type": "breathe", "turn": f"turn-{number}", "text": SAID})
            elif number == 4:
                answer = ask({"type": "breathe", "turn": f"turn-{number}", "offer": offers[-1]})
            else:
                answer = ask({"type": "breathe", "turn": f"turn-{number}", "offer": "stay"})
            yield
        for odd in ("{", {"type": "dance"}, {"type": "breathe", "turn": "x", "offer": "ask_open nowhere"}):
            ask(odd)
        ask({"type": "breathe", "turn": "turn-1", "offer": "stay"})
        ask({"type": "open"})


@pytest.fixture
def log_lines() -> Iterator[io.StringIO]:
    """The server's own log, as it is written, at a clock that stands still."""
    names = ("harken", "uvicorn", "websockets", "asyncio", "starlette")
    before = {name: (logging.getLogger(name).handlers, logging.getLogger(name).propagate) for name in names}
    levels = {name: logging.getLogger(name).level for name in names}
    written = io.StringIO()
    logs.write_to(written, now=lambda: 0.0)
    yield written
    for name, (handlers, propagate) in before.items():
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = handlers, propagate
        logger.setLevel(levels[name])


Session = Callable[[Document, Path, int], tuple[Heard, list[Any], int]]


def own_session(doc: Document, folder: Path, port: int) -> tuple[Heard, list[Any], int]:
    """A session on one's own machine. What left, the log of the keep, and the port."""
    served = Living(story(doc), compiled(doc), port=port)
    heard = Heard()
    try:
        with httpx.Client(base_url=served.origin, headers={"Origin": served.origin}) as client:
            heard.http(client.get("/"))
            wire = served.talk()
            client.headers["Cookie"] = wire.cookie
            for _ in heard.talk(wire):
                heard.http(client.get("/keep.json"))
            heard.http(client.get("/keep/export.md"))
            heard.http(client.post("/meeting", json={"type": "open"}))
            heard.http(client.post("/keep/burn", json={"entry": 9999}))
        return heard, served.log, served.port
    finally:
        served.stop()


def shared_session(doc: Document, folder: Path, port: int) -> tuple[Heard, list[Any], int]:
    """A session on a shared server, with its door, its log and its metrics."""
    folder.mkdir()
    host = Hosted(folder, (story(doc), compiled(doc)), port=port)
    heard = Heard()
    try:
        with httpx.Client(base_url=host.origin, headers={"Origin": host.origin}) as client:
            heard.http(client.get("/"))
            heard.http(client.post("/sign-in", data={"name": "Ada", "passphrase": PASSPHRASE}))
            fields = {"name": "Ada", "passphrase": PASSPHRASE, "again": PASSPHRASE}
            cookie = heard.http(client.post("/sign-in", data=fields)).headers["set-cookie"].split(";")[0]
            client.headers["Cookie"] = cookie
            heard.http(client.get("/"))
            for _ in heard.talk(Wire(host.port, cookie=cookie)):
                heard.http(client.get("/keep.json"))
                heard.http(client.get("/metrics"))
            heard.http(client.get("/keep/export.md"))
            heard.http(client.post("/sign-out", data={}))
            heard.http(client.get("/metrics"))
        keep = host.store.open("Ada", PASSPHRASE)
        log = list(keep.encounter(host.story.id).events())
        keep.close()
        return heard, log, host.port
    finally:
        host.close()


def sessions(session: Session, tmp_path: Path, written: io.StringIO) -> tuple[list[bytes], list[bytes]]:
    """What left in the same session of the story and of the story with other words."""
    doc = document_of()
    first, log, port = session(doc, tmp_path / "first", 0)
    lines = written.getvalue()
    written.truncate(0)
    written.seek(0)
    second, _, _ = session(with_other_words(doc, log), tmp_path / "second", port)
    return [*first.all, lines.encode()], [*second.all, written.getvalue().encode()]


@pytest.fixture(autouse=True)
def still(monkeypatch: pytest.MonkeyPatch, cheap: None) -> None:
    """What is drawn by lot or read from a clock, injected."""
    monkeypatch.setattr(readers_module, "new_secret", lambda: "s" * 43)
    monkeypatch.setattr("harken.keep.store.Keep.recovery_words", lambda keep: ["abandon"] * 12)
    monkeypatch.setattr("secrets.token_urlsafe", lambda size=32: "t" * 43)
    monkeypatch.setattr("harken.serve.app.Measures", lambda: Measures(clock=lambda: 0.0))


BOTH = pytest.mark.parametrize("session", [own_session, shared_session], ids=["own machine", "shared server"])


@BOTH
def test_words_not_yet_earned_change_no_byte_that_leaves(
    session: Session, tmp_path: Path, log_lines: io.StringIO
) -> None:
    first, second = sessions(session, tmp_path, log_lines)
    assert first == second
    assert len(first) > 20 and any(SAID.encode() in part for part in first)


def _title(of: Any) -> str:
    return " ".join(telling.title for telling in of.tellings.values())


SLIPS = {
    "a book's veil": lambda m: m.setattr(
        shelf, "_veils", lambda story, number: [(list(story.tellings.values())[number].title, "en")]
    ),
    "the length of a message": lambda m: m.setattr(
        protocol, "threshold", lambda shown, name: {"type": "threshold", "pad": "x" * _length(), "state": "new"}
    ),
}
_LENGTHS = iter(range(10_000))


def _length() -> int:
    return next(_LENGTHS)


@BOTH
@pytest.mark.parametrize("slip", SLIPS)
def test_the_test_sees_it_when_something_slips(
    session: Session, slip: str, tmp_path: Path, log_lines: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    SLIPS[slip](monkeypatch)
    first, second = sessions(session, tmp_path, log_lines)
    assert first != second


def test_the_test_sees_a_log_line_and_a_metric_that_slip(
    tmp_path: Path, log_lines: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = protocol.breath

    def telling(breath: Any, turn: Any) -> Any:
        logs.tell("breath", titles=len(_title(breath.story)))
        return shown(breath, turn)

    monkeypatch.setattr(protocol, "breath", telling)
    first, second = sessions(shared_session, tmp_path, log_lines)
    assert first[:-1] == second[:-1] and first[-1] != second[-1]
    monkeypatch.setattr(protocol, "breath", shown)
    text = Measures.text
    monkeypatch.setattr(Measures, "text", lambda self: text(self) + str(_length()))
    (tmp_path / "again").mkdir()
    first, second = sessions(shared_session, tmp_path / "again", log_lines)
    assert first[:-1] != second[:-1]
