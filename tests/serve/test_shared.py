"""A shared server: how readers come in and go, what is kept of that, and that nobody reads another's keep."""

from __future__ import annotations

import re
import sqlite3
from typing import Any

import httpx
import pytest
from hosting import PASSPHRASE, Hosted
from living import Wire
from tale import OPENING, SECRET
from websockets.exceptions import ConnectionClosed, InvalidStatus

from harken.client import Client, NotLetIn
from harken.serve import window
from harken.serve.hosted import readers as readers_module
from harken.serve.hosted import sessions
from harken.serve.hosted.readers import SWEPT
from harken.serve.hosted.sessions import Session


def come_in(hosted: Hosted, name: str = "Ada", passphrase: str = PASSPHRASE) -> Any:
    """A new reader, through the pages."""
    browser = hosted.browser().go("/").submit(name=name, passphrase=passphrase)
    assert f"Nobody called <bdi>{name}</bdi>" in browser.text
    return browser.submit(passphrase=passphrase, again=passphrase)


def wire(hosted: Hosted, browser: Any) -> Wire:
    return Wire(hosted.port, cookie=browser.cookie if hasattr(browser, "cookie") else browser)


def test_the_door_shows_the_place_and_nothing_else(hosted: Hosted) -> None:
    page = hosted.browser().go("/")
    assert page.answer.status_code == 200 and OPENING[:40] in page.text and "grief" in page.text
    assert SECRET not in page.text and "<script" not in page.text and "player.mjs" not in page.text
    assert page.answer.headers["referrer-policy"] == "same-origin"  # else browsers send Origin: null with the form
    assert "script-src 'self'" in page.answer.headers["content-security-policy"]
    for label in re.findall(r"<input[^>]*>", page.text):
        assert "autocomplete=" in label and "required" in label


def test_a_newcomer_makes_a_keep_gets_words_and_goes_in_without_a_script(hosted: Hosted) -> None:
    browser = come_in(hosted)
    words = re.findall(r"<li>(\w+)</li>", browser.text)
    assert len(words) == 12 and "shown this once" in browser.text
    assert "player.mjs" in browser.go("/").text
    again = hosted.browser().go("/").submit(name=" ADA ", passphrase=PASSPHRASE)
    assert "player.mjs" in again.text and not re.findall(r"<li>", again.text)
    by_words = hosted.browser().go("/sign-in?with=words").submit(name="ada", words=" ".join(words))
    assert "player.mjs" in by_words.text


def test_a_mistyped_name_is_never_an_empty_keep(hosted: Hosted) -> None:
    come_in(hosted)
    browser = hosted.browser().go("/").submit(name="Adda", passphrase=PASSPHRASE)
    assert "the name was spelled otherwise" in browser.text and not browser.cookie
    assert not hosted.store.knows("Adda")
    two = browser.submit(passphrase=PASSPHRASE, again=PASSPHRASE + "x")
    assert "not the same" in two.text and not hosted.store.knows("Adda")
    short = two.submit(passphrase="short", again="short")
    assert "at least 10" in short.text and not hosted.store.knows("Adda")


def test_a_meeting_is_kept_over_a_restart_and_nobody_types_anything_again(hosted: Hosted) -> None:
    browser = come_in(hosted)
    first = wire(hosted, browser)
    first.begin("begin", "Ada")
    said = first.breathe("one", text="My mother kept bees.")
    assert said["type"] == "breath"
    hosted.stop()
    hosted.start()  # the new process has no key in memory: the session's row and the cookie together give it
    back = wire(hosted, browser)
    assert back.ask({"type": "open"})["state"] == "within"
    assert back.breathe("one", text="My mother kept bees.") == {**said, "resumed": True}


def test_a_reader_reaches_their_own_keep_alone(hosted: Hosted) -> None:
    ada, ben = come_in(hosted, "Ada"), come_in(hosted, "Ben")
    one = wire(hosted, ada)
    one.begin("begin", "Ada")
    one.breathe("one", text="My mother kept bees.")
    mine, theirs = ada.go("/keep.json").answer.json(), ben.go("/keep.json").answer.json()
    assert [entry["text"] for entry in mine["entries"] if entry["kind"] == "said"] == [["My mother kept bees."]]
    assert theirs["entries"] == [] and "bees" not in ben.go("/keep/export.md").text
    assert wire(hosted, ben).ask({"type": "open"})["state"] == "new"


def test_nothing_at_rest_names_a_reader_or_opens_a_keep(hosted: Hosted) -> None:
    browser = come_in(hosted, "Zephyrine")
    talk = wire(hosted, browser)
    talk.begin("begin", "Zephyrine")
    talk.breathe("one", text="My mother was called Ottilie.")
    secret = browser.cookie.partition("=")[2]
    hosted.close()
    rest = b"".join(path.read_bytes() for path in hosted.folder.rglob("*") if path.is_file())
    for private in ("Zephyrine", "zephyrine", "Ottilie", PASSPHRASE, secret, "salt and", OPENING[:30]):
        assert private.encode() not in rest and private.encode("utf-16-le") not in rest
    rows = sqlite3.connect(hosted.folder / "sessions.sqlite3").execute("SELECT * FROM harken_session").fetchall()
    assert len(rows) == 1


def test_a_sessions_row_opens_nothing_without_its_cookie(hosted: Hosted) -> None:
    browser = come_in(hosted)
    row = hosted.sessions._rows.run("SELECT sealed FROM harken_session")[0][0]  # type: ignore[attr-defined]
    with pytest.raises(readers_module.InvalidTag):
        readers_module.unseal("another secret", row)
    ticket, name = readers_module.unseal(browser.cookie.partition("=")[2], row)
    assert name == "Ada" and len(ticket) == 32 and ticket not in row


@pytest.mark.parametrize("cookie", ["harken=forged", "harken=", "other=1", 'harken="\\', "harken=é"])
def test_a_forged_cookie_opens_nothing(hosted: Hosted, cookie: str) -> None:
    come_in(hosted)
    for path in ("/keep.json", "/keep/export.md"):
        assert httpx.get(hosted.origin + path, headers={"Cookie": cookie.encode()}).status_code == 401
    assert "player.mjs" not in httpx.get(hosted.origin, headers={"Cookie": cookie.encode()}).text


def test_signing_in_gives_a_new_session_and_ends_the_one_before(hosted: Hosted) -> None:
    browser = come_in(hosted)
    old = browser.cookie
    browser.client.get("/sign-in")
    browser.client.post("/sign-in", data={"name": "Ada", "passphrase": PASSPHRASE}, headers={"Origin": hosted.origin})
    assert browser.cookie != old
    assert httpx.get(hosted.origin + "/keep.json", headers={"Cookie": old}).status_code == 401
    assert browser.go("/keep.json").answer.status_code == 200


def test_the_cookie_is_the_readers_alone(hosted: Hosted) -> None:
    answer = httpx.post(
        hosted.origin + "/sign-in",
        json={"reader": "Ada", "passphrase": PASSPHRASE, "new": True},
        headers={"Origin": hosted.origin},
    )
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=strict" in cookie and "path=/" in cookie and "domain" not in cookie
    assert len(cookie.split("=")[1].split(";")[0]) >= 43  # 256 bits


def test_a_session_ends_when_it_is_idle_and_at_the_latest_after_two_weeks(hosted: Hosted) -> None:
    browser = come_in(hosted)
    day = 24 * 3600
    for _ in range(13):
        hosted.clock += day - 400
        assert browser.go("/keep.json").answer.status_code == 200
    hosted.clock += day + 13 * 400
    assert browser.go("/keep.json").answer.status_code == 401
    idle = hosted.browser().go("/").submit(name="Ada", passphrase=PASSPHRASE)
    hosted.clock += day + 1
    assert idle.go("/keep.json").answer.status_code == 401


def test_leaving_ends_the_session_here_or_everywhere_and_its_sockets(
    hosted: Hosted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window, "LOOKED_AGAIN", 0.0)
    one = come_in(hosted)
    two = hosted.browser().go("/").submit(name="Ada", passphrase=PASSPHRASE)
    talk = wire(hosted, two)
    talk.begin()
    one.go("/sign-in").submit(0)
    assert one.go("/keep.json").answer.status_code == 401
    assert two.go("/keep.json").answer.status_code == 200 and talk.breathe("a", offer="stay")["type"] == "breath"
    three = hosted.browser().go("/").submit(name="Ada", passphrase=PASSPHRASE)
    three.go("/sign-in").submit(1, everywhere="yes")
    assert two.go("/keep.json").answer.status_code == 401
    with pytest.raises(ConnectionClosed):
        talk.breathe("b", offer="stay")
    with pytest.raises((InvalidStatus, ConnectionClosed)):
        wire(hosted, two).ask({"type": "open"})


def test_five_wrong_passphrases_then_waiting_doubles_and_no_try_is_free(hosted: Hosted) -> None:
    come_in(hosted)

    def tried(passphrase: str) -> httpx.Response:
        hosted.readers._paces = readers_module.Paces(1000, 1000)
        body = {"reader": "ada", "passphrase": passphrase}
        return httpx.post(hosted.origin + "/sign-in", json=body, headers={"Origin": hosted.origin})

    assert [tried("wrong-passphrase").status_code for _ in range(5)] == [401] * 5
    waits = []
    for _ in range(4):
        refused = tried(PASSPHRASE)
        assert refused.status_code == 429 and "wait" in refused.json()["say"]
        waits.append(int(refused.headers["retry-after"]))
        hosted.clock += waits[-1]
        assert tried("wrong-passphrase").status_code == 401
    assert waits == [2, 4, 8, 16]
    hosted.clock += 32
    assert tried(PASSPHRASE).status_code == 200
    assert tried("wrong-passphrase").status_code == 401


def test_an_address_that_tries_very_often_is_slowed_whatever_name_it_gives(hosted: Hosted) -> None:
    codes = []
    for number in range(25):
        body = {"reader": f"nobody-{number}", "passphrase": PASSPHRASE}
        codes.append(httpx.post(hosted.origin + "/sign-in", json=body, headers={"Origin": hosted.origin}).status_code)
    assert codes[:20] == [404] * 20 and 429 in codes[20:]


def test_no_newcomers_means_none(tmp_path: Any, cheap: None) -> None:
    closed = Hosted(tmp_path, newcomers=False)
    try:
        with pytest.raises(NotLetIn, match="no new readers"):
            Client(closed.origin, "Ada", PASSPHRASE, new=True)
        page = closed.browser().go("/").submit(name="Ada", passphrase=PASSPHRASE)
        assert "Nobody of that name" in page.text and "again" not in page.text
    finally:
        closed.close()


def test_the_client_signs_in_with_a_name(hosted: Hosted) -> None:
    with Client(hosted.origin, "Ada", PASSPHRASE, new=True) as reader:
        assert reader.begin(name="Ada").breath == 0
    with Client(hosted.origin, "Ada", PASSPHRASE, http=True) as reader:
        assert reader.open().state == "within"
    with pytest.raises(NotLetIn, match="does not open"):
        Client(hosted.origin, "Ada", "not the passphrase")
    with pytest.raises(NotLetIn, match="already"):
        Client(hosted.origin, "Ada", PASSPHRASE, new=True)


def test_a_keep_is_let_go_of_a_minute_after_its_reader_left(hosted: Hosted) -> None:
    browser = come_in(hosted)
    talk = wire(hosted, browser)
    talk.begin()
    hosted.clock += 3600
    hosted.readers.tidy()
    assert hosted.measures.keeps == 1  # a window is open
    talk.close()
    for _ in range(100):
        if not hosted.measures.windows:
            break
        httpx.get(hosted.origin + "/healthz")
    hosted.readers.tidy()
    assert hosted.measures.keeps == 0
    assert browser.go("/keep.json").answer.status_code == 200 and hosted.measures.keeps == 1


def test_probes_answer_under_every_host_and_say_when_it_ends(hosted: Hosted) -> None:
    for path in ("/healthz", "/readyz"):
        assert httpx.get(hosted.origin + path, headers={"Host": "10.0.0.7:9000"}).status_code == 200
    hosted.standing.ending = True
    assert httpx.get(hosted.origin + "/readyz").status_code == 503
    assert httpx.get(hosted.origin + "/healthz").status_code == 200
    hosted.standing.ending = False
    hosted.store.health = lambda: "no"  # type: ignore[method-assign]
    hosted.standing._health = hosted.store.health
    assert httpx.get(hosted.origin + "/readyz").status_code == 503


def test_metrics_are_for_this_machine_or_for_whoever_has_the_key(tmp_path: Any, cheap: None) -> None:
    host = Hosted(tmp_path, metrics_key="scrape-me")
    try:
        seen = httpx.get(host.origin + "/metrics")
        assert seen.status_code == 200 and "harken_windows 0" in seen.text
        for headers in ({"Host": "stories.example"}, {"X-Forwarded-For": "1.2.3.4"}):
            assert httpx.get(host.origin + "/metrics", headers=headers).status_code == 404
            key = {**headers, "Authorization": "Bearer scrape-me"}
            assert httpx.get(host.origin + "/metrics", headers=key).status_code == 200
            assert httpx.get(host.origin + "/metrics", headers={**key, "Authorization": "Bearer x"}).status_code == 404
    finally:
        host.close()


def test_every_hour_rings_turn_and_sessions_that_are_over_are_swept(hosted: Hosted) -> None:
    cookie = hosted.reader("Ada")
    Wire(hosted.port, cookie=cookie).begin()
    (here,) = hosted.readers._here.values()
    kept = here.keep.encounter(hosted.story.id)
    assert kept.burn([0]) in ("burned", "scrubbed")
    ring, now = here.keep.keys.ring, int(hosted.clock)
    hosted.sessions.add(Session(b"old", b"Bea", b"sealed", now - 5000, now - sessions.IDLE + 60))
    hosted.sessions._rows.run("INSERT INTO harken_attempt VALUES (?, 3, ?)", [b"Cy", now - sessions.FORGIVEN + 60])

    def left() -> list[int]:
        tables = ("harken_session", "harken_attempt")
        return [hosted.sessions._rows.run(f"SELECT count(*) FROM {table}")[0][0] for table in tables]

    hosted.clock += SWEPT - 1
    hosted.readers.tidy()
    assert (here.keep.keys.ring, left()) == (ring, [2, 1])
    hosted.clock += 1
    hosted.readers.tidy()
    assert here.keep.keys.ring > ring and left() == [1, 0]
    assert hosted.readers._sessions.find(cookie.partition("=")[2], hosted.clock) is not None


def test_a_clock_set_back_does_not_stop_the_sweeping(hosted: Hosted, monkeypatch: pytest.MonkeyPatch) -> None:
    swept: list[float] = []
    monkeypatch.setattr(hosted.store, "sweep", lambda: swept.append(hosted.clock))
    hosted.clock -= 10 * SWEPT
    hosted.readers.tidy()
    hosted.clock += SWEPT
    hosted.readers.tidy()
    assert len(swept) == 2
