"""The client holds a meeting over a socket and over HTTP, and finds its way back when the line breaks."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from living import Living

from harken.client import AsyncClient, Breath, Client, MovedOn, NotLetIn, NotOnOffer, Over, Refused, TooLong
from harken.client import client as module
from harken.client.address import Address
from harken.engine import events as ev

WAYS = pytest.mark.parametrize("http", [False, True], ids=["socket", "http"])


def stay(breath: Breath) -> str:
    return next(offer.id for offer in breath.offers if offer.move == "stay")


@WAYS
def test_a_whole_meeting(served: Living, http: bool) -> None:
    with Client(served.url, http=http) as reader:
        threshold = reader.open()
        assert (threshold.title, threshold.state, threshold.meeting) == ("The Small Library", "new", 1)
        breath = reader.begin(name="Ada")
        assert breath.breath == 0 and breath.lines and not breath.resumed
        while not breath.over:
            breath = reader.breathe(stay(breath))
        assert breath.clock == 1.0 and breath.beats[-1]["kind"] == "wake"
        with pytest.raises(Over):
            reader.say("hello?")
        assert reader.open().state == "next"
        assert reader.begin().meeting == 2


@WAYS
def test_words_and_refusals(served: Living, http: bool) -> None:
    with Client(served.url, http=http) as reader:
        reader.begin(name="Ada")
        said = reader.say("It is warm in here.")
        assert said.breath == 1 and said.json["breath"]["confidence"] is not None
        with pytest.raises(NotOnOffer):
            reader.breathe("ask_open scar")
        with pytest.raises(TooLong):
            reader.say("x" * (64 * 1024 + 1))
        with pytest.raises(Refused):
            reader.begin(name="n" * 500)
        assert sum(isinstance(event, ev.Said) for event in served.log) == 1


@WAYS
def test_another_window_went_on(served: Living, http: bool) -> None:
    with Client(served.url, http=http) as one, Client(served.url) as two:
        one.begin(name="Ada")
        ahead = two.begin()
        two.breathe(stay(ahead))
        with pytest.raises(MovedOn):
            one.say("late")
        one.open()
        assert one.begin().breath == 1


@WAYS
def test_a_server_that_was_started_again_is_gone_back_to_and_no_breath_is_doubled(served: Living, http: bool) -> None:
    waited: list[float] = []

    def sleep(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == 2:
            served.start()

    with Client(served.url, http=http, sleep=sleep) as reader:
        reader.begin(name="Ada")
        served.stop()
        breath = reader.say("Are you still there?")
        assert breath.breath == 1 and len(waited) == 2
        assert sum(isinstance(event, ev.Said) for event in served.log) == 1


def test_an_answer_that_was_lost_is_asked_for_again_under_the_same_turn(
    served: Living, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Client(served.url, sleep=lambda _: None) as reader:
        begun = reader.begin(name="Ada")
        asked = module.SocketLine.ask
        lost: list[Any] = []

        def losing(line: module.SocketLine, message: dict[str, Any]) -> dict[str, Any]:
            answer = asked(line, message)
            if message["type"] == "breathe" and not lost:
                lost.append(answer)
                raise ConnectionResetError
            return answer

        monkeypatch.setattr(module.SocketLine, "ask", losing)
        again = reader.breathe(stay(begun))
        assert again.resumed and again.json == {**lost[0], "resumed": True}
        assert again.breath == 1


def test_a_server_that_stays_away_is_given_up_and_said_so(served: Living) -> None:
    waited: list[float] = []
    with Client(served.url, sleep=waited.append) as reader:
        reader.begin(name="Ada")
        served.stop()
        with pytest.raises(ConnectionError, match="meeting waits"):
            reader.say("hello")
        assert len(waited) == module.TRIES
        served.start()


def test_the_wrong_key_is_not_let_in(served: Living) -> None:
    with pytest.raises(NotLetIn, match="not of this start"):
        Client(f"{served.origin}/#wrong")
    with pytest.raises(NotLetIn):
        Client(served.origin, cookie=f"harken-{served.port}=forged").open()
    with pytest.raises(ValueError, match="not the address"):
        Client("ftp://127.0.0.1/")


def test_an_address_is_an_origin_and_a_key() -> None:
    address = Address.of("https://stories.example/#the-key")
    assert (address.origin, address.socket, address.key) == (
        "https://stories.example",
        "wss://stories.example/meeting",
        "the-key",
    )


def test_the_same_with_await(served: Living) -> None:
    async def whole() -> int:
        async with AsyncClient(served.url) as reader:
            assert (await reader.open()).state == "new"
            breath = await reader.begin(name="Ada")
            breath = await reader.say("It is warm in here.")
            while not breath.over:
                breath = await reader.breathe(stay(breath))
            with pytest.raises(Over):
                await reader.say("hello?")
            return breath.breath

    assert asyncio.run(whole()) > 3
