"""The keep's page over HTTP: what is shown, burned, locked, taken along and forgotten, by its own reader alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pyrage
import pytest
from hosting import PASSPHRASE, Hosted
from living import Living, Wire
from tale import SECRET

from harken.engine import events as ev
from harken.keep import Keep
from harken.keep.errors import Full
from harken.serve.door import FILE

SAID = "My mother kept bees."
OTHER = "ten letters or more"


class Page:
    """A reader at the keep's page."""

    def __init__(self, origin: str, cookie: str) -> None:
        self.client = httpx.Client(base_url=origin, headers={"Origin": origin, "Cookie": cookie}, timeout=60)

    def get(self, path: str) -> httpx.Response:
        return self.client.get(path)

    def post(self, path: str, body: Any) -> httpx.Response:
        return self.client.post(path, json=body)

    def kept(self) -> dict[str, Any]:
        answer = self.get("/keep.json")
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def said(self) -> dict[str, Any]:
        return next(entry for entry in self.kept()["entries"] if entry["kind"] == "said")


@pytest.fixture
def page(served: Living) -> Page:
    """One's own machine, after a few breaths."""
    wire = served.talk()
    talk(wire)
    return Page(served.origin, wire.cookie)


@pytest.fixture
def shared(hosted: Hosted) -> Iterator[tuple[Hosted, Page]]:
    """A reader of a shared server, after a few breaths."""
    cookie = hosted.reader("Ada")
    talk(Wire(hosted.port, cookie=cookie))
    yield hosted, Page(hosted.origin, cookie)


def talk(wire: Wire) -> None:
    wire.begin()
    for number in range(3):
        wire.breathe(f"t{number}", offer="stay")
    wire.breathe("said", text=SAID)
    wire.breathe("after", offer="stay")


def test_what_is_kept_is_shown_entry_by_entry(page: Page) -> None:
    kept = page.kept()
    assert set(kept) == {"story", "reader", "meetings", "entries", "locks", "recovery"}
    assert kept["story"] == "The Small Library" and kept["meetings"] == [{"meeting": 1, "day": None}]
    assert page.said()["text"] == [SAID] and page.said()["state"] == "kept"
    assert {entry["kind"] for entry in kept["entries"]} >= {"said", "telling"}
    assert kept["recovery"] is False and [lock["kind"] for lock in kept["locks"]] == ["key-file"]
    assert SECRET not in json.dumps(kept)


@pytest.mark.parametrize("path", ["/keep.json", "/keep/export.md"])
def test_without_a_session_nothing_is_shown(served: Living, path: str) -> None:
    assert httpx.get(served.origin + path).status_code == 401


@pytest.mark.parametrize("path", ["burn", "export", "forget", "lock"])
def test_without_a_session_or_from_elsewhere_nothing_is_done(page: Page, served: Living, path: str) -> None:
    url = f"{served.origin}/keep/{path}"
    assert httpx.post(url, json={"sure": True}, headers={"Origin": served.origin}).status_code == 401
    mine = {"Cookie": page.client.headers["Cookie"]}
    for headers in ({}, {"Origin": "http://evil.example"}, {"Origin": served.origin, "Sec-Fetch-Site": "cross-site"}):
        assert httpx.post(url, json={"sure": True}, headers={**mine, **headers}).status_code == 403
    assert page.said()["state"] == "kept"


def test_reading_the_keep_into_another_sites_page_is_refused(page: Page, served: Living) -> None:
    headers = {"Cookie": page.client.headers["Cookie"], "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}
    for path in ("/keep.json", "/keep/export.md"):
        assert httpx.get(served.origin + path, headers=headers).status_code == 403


def test_what_is_burned_is_gone_and_said_so_truthfully(page: Page, served: Living) -> None:
    number = page.said()["entry"]
    answer = page.post("/keep/burn", {"entry": number})
    assert answer.status_code == 200 and answer.json()["state"] in ("burned", "scrubbed") and answer.json()["say"]
    assert page.said()["text"] == [] and page.said()["state"] == answer.json()["state"]
    assert SAID not in page.get("/keep/export.md").text
    rest = b"".join(path.read_bytes() for path in served.keep.folder.rglob("*") if path.is_file())
    assert SAID.encode() not in rest
    wire = Wire(served.port, cookie=page.client.headers["Cookie"])
    assert wire.ask({"type": "open"})["state"] == "within"
    wire.ask({"type": "begin", "turn": "back", "name": None})
    assert wire.breathe("on", offer="stay")["type"] == "breath"


@pytest.mark.parametrize("body", [{}, {"entry": "1"}, {"entry": True}, {"entry": 1.5}, {"entry": 1, "more": 2}, [], 7])
def test_a_burn_that_is_not_one_is_refused(page: Page, body: Any) -> None:
    assert page.post("/keep/burn", body).status_code == 400


def test_what_is_not_there_or_was_told_is_not_burned(page: Page, served: Living) -> None:
    assert page.post("/keep/burn", {"entry": 99_999}).status_code == 404
    told = next(entry for entry in page.kept()["entries"] if entry["kind"] == "telling")
    refused = page.post("/keep/burn", {"entry": told["entry"]})
    assert refused.status_code == 409 and "told" in refused.json()["say"]
    assert page.said()["state"] == "kept" and not any(
        entry.state == "burned" for entry in served.keep.encounter(served.story.id).entries()
    )


def test_the_keep_is_taken_along_sealed_or_plain_and_no_jar_with_it(page: Page) -> None:
    plain = page.get("/keep/export.md")
    assert (
        plain.headers["content-type"].startswith("text/markdown")
        and "attachment" in plain.headers["content-disposition"]
    )
    assert plain.text.startswith("# The Small Library") and f"> {SAID}" in plain.text
    sealed = page.post("/keep/export", {"passphrase": "carry me over"})
    assert sealed.status_code == 200 and SAID.encode() not in sealed.content
    document = json.loads(pyrage.passphrase.decrypt(sealed.content, "carry me over"))
    assert SAID in json.dumps(document)
    assert all(
        event is None or event["kind"] != "heard_once" for one in document["readings"] for event in one["events"]
    )


def test_locks_are_changed_with_a_sentence(page: Page) -> None:
    assert page.post("/keep/lock", {"remove": "key-file"}).status_code == 409
    assert page.post("/keep/lock", {"passphrase": "short"}).status_code == 409
    words = page.post("/keep/lock", {"words": True}).json()
    assert len(words["words"]) == 12 and page.kept()["recovery"]
    added = page.post("/keep/lock", {"passphrase": OTHER})
    assert added.status_code == 200 and "key file" in added.json()["say"]
    assert page.post("/keep/lock", {"remove": "key-file"}).status_code == 200
    assert {lock["kind"] for lock in page.kept()["locks"]} == {"passphrase", "words"}
    assert page.post("/keep/lock", {"remove": "key-file"}).status_code == 409
    for body in ({}, {"words": False}, {"passphrase": 1}, {"passphrase": OTHER, "words": True}, {"remove": ["x"]}):
        assert page.post("/keep/lock", body).status_code in (400, 409)


def test_forgetting_asks_to_be_sure_and_leaves_nothing(page: Page, served: Living) -> None:
    folder: Path = served.keep.folder
    for body in ({}, {"sure": False}, {"sure": "true"}, {"sure": True, "more": 1}):
        assert page.post("/keep/forget", body).status_code == 400
    assert (folder / FILE).exists()
    answer = page.post("/keep/forget", {"sure": True})
    assert answer.status_code == 200 and "Nothing of it is left" in answer.json()["say"]
    assert not folder.exists() or not any(folder.iterdir())
    assert page.get("/keep.json").status_code in (401, 503)


def test_forgetting_one_of_two_stories_leaves_the_other(page: Page, served: Living) -> None:
    other = served.keep.encounter("another")
    other.append("turn", 0, [ev.Said("something else")])
    assert "This story is forgotten" in page.post("/keep/forget", {"sure": True}).json()["say"]
    assert [one.story for one in served.keep.encounters()] == ["another"]
    assert page.kept()["entries"] == []


def test_a_new_passphrase_ends_every_other_session(shared: tuple[Hosted, Page]) -> None:
    hosted, page = shared
    other = hosted.browser().go("/").submit(name="Ada", passphrase=PASSPHRASE)
    assert other.go("/keep.json").answer.status_code == 200
    assert page.post("/keep/lock", {"passphrase": OTHER}).status_code == 200
    assert other.go("/keep.json").answer.status_code == 401 and page.said()["text"] == [SAID]
    assert hosted.browser().go("/").submit(name="Ada", passphrase=PASSPHRASE).answer.status_code == 401
    assert "player.mjs" in hosted.browser().go("/").submit(name="Ada", passphrase=OTHER).text


def test_a_reader_who_forgets_everything_was_never_here(shared: tuple[Hosted, Page]) -> None:
    hosted, page = shared
    assert page.post("/keep/forget", {"sure": True}).status_code == 200
    assert page.get("/keep.json").status_code == 401
    assert not hosted.store.knows("Ada") and hosted.measures.keeps == 0
    hosted.reader("Ada")  # the name is free again, and nothing is behind it


def test_trouble_with_the_servers_disk_names_none_of_its_files(
    shared: tuple[Hosted, Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    hosted, page = shared

    def full(*_: Any, **__: Any) -> Any:
        raise Full(f"The disk of {hosted.folder} is full.")

    monkeypatch.setattr("harken.keep.encounter.Encounter.append", full)
    monkeypatch.setattr("harken.keep.encounter.Encounter.burn", full)
    wire = Wire(hosted.port, cookie=page.client.headers["Cookie"])
    assert wire.ask({"type": "open"})["state"] == "within"
    wire.ask({"type": "begin", "turn": "back", "name": None})
    refused = wire.breathe("lost?", text="Do not lose this.")
    assert refused["type"] == "refused" and refused["code"] == "trouble" and refused["turn"] == "lost?"
    burn = page.post("/keep/burn", {"entry": page.said()["entry"]})
    assert burn.status_code == 503
    assert str(hosted.folder) not in json.dumps(refused) + burn.text
    monkeypatch.undo()
    assert wire.breathe("lost?", text="Do not lose this.")["type"] == "breath"  # the same turn, once there is room


def test_on_ones_own_machine_a_full_disk_is_said_in_the_keeps_own_words(
    served: Living, monkeypatch: pytest.MonkeyPatch
) -> None:
    wire = served.talk()
    wire.begin()
    monkeypatch.setattr(
        "harken.keep.encounter.Encounter.append", lambda *_, **__: (_ for _ in ()).throw(Full("The disk is full."))
    )
    refused = wire.breathe("a", text="Do not lose this.")
    assert (refused["code"], refused["say"]) == ("trouble", "The disk is full.")
    monkeypatch.undo()
    assert wire.breathe("a", text="Do not lose this.")["type"] == "breath"


def test_an_open_page_finds_its_way_back_after_a_new_start(served: Living) -> None:
    wire = served.talk()
    wire.begin()
    assert (served.keep.folder / FILE).stat().st_mode & 0o777 == 0o600
    held = (served.keep.folder / FILE).read_text()
    assert wire.cookie.partition("=")[2] not in held  # what lies there opens nothing
    served.stop()
    served.start()
    assert served.talk(cookie=wire.cookie).ask({"type": "open"})["state"] == "within"
    for odd in ("", "{", "[]", '{"sessions": 3}', '{"sessions": {"x": "y"}}', '{"sessions": {"x": 99999999999}}'):
        served.stop()
        (served.keep.folder / FILE).write_text(odd)
        served.start()
        answer = httpx.post(served.origin + "/enter", json={}, headers={"Origin": served.origin, "Cookie": wire.cookie})
        assert answer.status_code == 401


def test_a_keep_with_a_door_beside_it_is_still_a_keep(tmp_path: Path) -> None:
    Keep.open(tmp_path / "keep", lock="key-file").close()
    (tmp_path / "keep" / FILE).write_text("{}")
    Keep.open(tmp_path / "keep").close()
