"""The socket at /meeting, on a real server: who is heard, what is refused, what is answered twice the same."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from living import Living, enter
from tale import SECRET
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from harken.meeting import Meeting

KIB = 1024


def refused_at_the_door(served: Living, **headers: str) -> None:
    origin = headers.pop("Origin", served.origin)
    more = {"Cookie": enter(served.port), **headers}
    with pytest.raises((InvalidStatus, ConnectionClosed)):  # noqa: SIM117
        with connect(f"ws://127.0.0.1:{served.port}/meeting", origin=origin or None, additional_headers=more) as socket:  # type: ignore[arg-type]
            socket.send('{"type": "open"}')
            socket.recv(timeout=5)


def test_a_socket_from_another_origin_or_without_a_session_is_refused(served: Living) -> None:
    refused_at_the_door(served, Origin="http://evil.example")
    refused_at_the_door(served, Origin="null")
    refused_at_the_door(served, Origin="")
    refused_at_the_door(served, Origin=f"http://localhost:{served.port}")
    refused_at_the_door(served, Cookie="harken=none")
    refused_at_the_door(served, **{"Sec-Fetch-Site": "cross-site"})
    assert served.opened == 0


def test_a_whole_meeting_over_the_wire(served: Living) -> None:
    wire = served.talk()
    threshold = wire.ask({"type": "open"})
    care = threshold.pop("help")
    opening = threshold.pop("opening")
    assert len(opening) == 2 and opening[0].startswith("It is a library")
    assert threshold == {
        "type": "threshold",
        "title": "The Small Library",
        "notes": ["grief", "a childhood without care"],
        "meeting": 1,
        "state": "new",
        "name": None,
        "veils": [],
        "veiled": [],
        "pronouns": False,
        "older_name": False,
        "pronoun": None,
        "language": "en",
        "locales": ["en"],
        "locale": None,
        "older": True,
    }
    assert set(care) == {"title", "text", "lines", "back"} and care["lines"]
    assert all(set(line) == {"name", "contact", "hours", "checked"} for line in care["lines"])
    answer = wire.ask({"type": "begin", "turn": "a", "name": "Ada"})
    assert answer["type"] == "breath" and answer["turn"] == "a" and answer["breath"]["breath"] == 0
    assert answer["place"] == {"art": "library", "light": 0.1, "sound": None, "motion": 0.5}
    seen = json.dumps(answer)
    for number in range(30):
        if answer["breath"]["over"]:
            break
        offers = answer["breath"]["offers"]
        answer = wire.breathe(f"t{number}", offer=next(o["id"] for o in offers if o["move"] == "stay"))
        assert answer["type"] == "breath" and 0 <= answer["clock"] <= 1
        seen += json.dumps(answer)
    assert answer["breath"]["over"] and answer["breath"]["beats"][-1]["kind"] == "wake"
    assert SECRET not in seen and all(not book.get("title") or book["still"] for book in answer["shelf"])
    assert wire.ask({"type": "open"})["state"] == "next"
    assert wire.breathe("late", offer="stay")["code"] == "over"


def test_a_retry_under_the_same_turn_is_answered_with_the_same_breath(served: Living) -> None:
    wire = served.talk()
    wire.begin()
    first = wire.breathe("once", text="It is warm in here.")
    size = len(served.log)
    wire.close()
    other = served.talk()
    assert other.ask({"type": "open"})["state"] == "within"
    again = other.breathe("once", text="It is warm in here.")
    assert again == {**first, "resumed": True} and len(served.log) == size
    assert len(served.said) == 1
    back = other.ask({"type": "begin", "turn": "back", "name": None})
    assert back["resumed"] and back["turn"] == "back" and back["breath"] == first["breath"]


def test_two_windows_the_one_that_was_overtaken_is_told_and_goes_on(served: Living) -> None:
    one, two = served.talk(), served.talk()
    one.begin("one")
    assert two.ask({"type": "open"})["state"] == "within"
    assert two.ask({"type": "begin", "turn": "two", "name": None})["resumed"]
    ahead = one.breathe("ahead", offer="stay")
    late = two.breathe("late", text="my words")
    assert (late["type"], late["code"], late["turn"]) == ("refused", "moved-on", "late")
    assert two.ask({"type": "open"})["state"] == "within"
    assert two.ask({"type": "begin", "turn": "again", "name": None})["breath"] == ahead["breath"]
    assert two.breathe("late-2", text="my words")["breath"]["breath"] == ahead["breath"]["breath"] + 1
    assert one.breathe("one-late", offer="stay")["code"] == "moved-on"


def test_windows_that_share_one_meeting_overtake_each_other_as_well(served: Living) -> None:
    shared = served.meeting()
    served.meeting = lambda: shared  # type: ignore[method-assign]
    served.stop()
    served.start()
    one, two = served.talk(), served.talk()
    one.begin("one")
    two.ask({"type": "open"})
    two.ask({"type": "begin", "turn": "two", "name": None})
    one.breathe("ahead", offer="stay")
    assert two.breathe("late", offer="stay")["code"] == "moved-on"
    two.ask({"type": "open"})
    assert two.ask({"type": "begin", "turn": "again", "name": None})["breath"]["breath"] == 1
    assert two.breathe("now", offer="stay")["breath"]["breath"] == 2


def test_what_is_not_on_offer_is_refused_and_writes_nothing(served: Living) -> None:
    wire = served.talk()
    wire.begin()
    size = len(served.log)
    answer = wire.breathe("x", offer="ask_open scar")
    assert answer["code"] == "not-on-offer" and answer["turn"] == "x" and answer["say"] and len(served.log) == size


def test_64_kib_are_kept_and_more_is_refused_with_its_turn(served: Living) -> None:
    wire = served.talk()
    wire.begin()
    fits = "é" * (32 * KIB)
    assert wire.breathe("fits", text=fits)["type"] == "breath"
    assert served.said == [fits]
    size = len(served.log)
    for text in ("x" * (64 * KIB + 1), "é" * (32 * KIB + 1), "\u0001" * (70 * KIB), "x" * (1024 * KIB)):
        answer = wire.breathe("long", text=text)
        assert answer["type"] == "refused" and answer["code"] == "too-long" and len(served.log) == size
    escaped = json.dumps({"type": "breathe", "turn": "esc", "text": "\u0001" * (64 * KIB)})
    assert wire.ask(escaped)["type"] == "breath"
    assert wire.breathe("after", offer="stay")["type"] == "breath"


MALFORMED: list[Any] = [
    "",
    "{",
    "null",
    "7",
    '"open"',
    "[]",
    "{}",
    '{"type": 3}',
    '{"type": "dance"}',
    '{"type": "begin"}',
    '{"type": "breathe"}',
    '{"type": "begin", "turn": ""}',
    '{"type": "begin", "turn": 5}',
    '{"type": "begin", "turn": "a", "name": 5}',
    '{"type": "begin", "turn": "a", "name": "' + "x" * 200 + '"}',
    '{"type": "breathe", "turn": "a"}',
    '{"type": "breathe", "turn": "a", "offer": "stay", "text": "both"}',
    '{"type": "breathe", "turn": "a", "offer": ["stay"]}',
    '{"type": "breathe", "turn": "a", "text": {"x": 1}}',
    '{"type": "breathe", "turn": "' + "t" * 200 + '", "offer": "stay"}',
    "[" * 100_000,
    '{"type": "breathe", "turn": "a", "offer": "' + "o" * 500 + '"}',
    b"\x00\x01\x02",
    '{"type": NaN}',
    '{"type": {}}',
    '{"type": "open", "more": 1}',
    '{"type": "begin", "turn": "a", "seed": 1}',
    '{"type": "begin", "turn": "a", "pronoun": "it"}',
    '{"type": "begin", "turn": "a", "pronoun": ["he"]}',
    '{"type": "begin", "turn": "a", "veiled": "grief"}',
    '{"type": "begin", "turn": "a", "veiled": [1]}',
    '{"type": "begin", "turn": "a", "veiled": [' + ",".join(['"x"'] * 65) + "]}",
    '{"type": "begin", "turn": "a", "locale": "' + "d" * 36 + '"}',
    '{"type": "breathe", "turn": "a", "offer": "stay", "page": 1}',
]


def test_a_malformed_message_is_a_sentence_and_never_a_traceback(served: Living) -> None:
    wire = served.talk()
    wire.begin()
    size = len(served.log)
    for message in MALFORMED:
        answer = wire.ask(message)
        assert answer["type"] == "refused" and answer["code"] == "malformed", message
        assert answer["say"].endswith(".") and "Traceback" not in answer["say"] and "Error" not in answer["say"]
    assert len(served.log) == size
    assert wire.breathe("fine", offer="stay")["type"] == "breath"


def test_lone_surrogates_and_odd_characters_are_heard_as_they_are(served: Living) -> None:
    wire = served.talk()
    wire.begin()
    for number, text in enumerate(["\ud800", "\u202e\u2066abc", "\x00", "👩‍👩‍👧 שלום 你好", "<script>", "ﷺ" * 500]):
        answer = wire.ask(json.dumps({"type": "breathe", "turn": f"odd{number}", "text": text}))
        assert answer["type"] in ("breath", "refused") and "Traceback" not in answer.get("say", "")


def test_trouble_is_a_sentence_and_no_log_line_holds_what_was_told_or_typed(
    served: Living, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    wire = served.talk()
    wire.begin("begin", "Zephyrine")
    wire.breathe("one", text="my mother was called Ottilie")

    def broken(*_: Any) -> Any:
        raise RuntimeError("Ottilie and WORDS that were told")

    monkeypatch.setattr(Meeting, "breathe", broken)
    answer = wire.breathe("two", text="Ottilie again")
    assert answer["type"] == "refused" and answer["code"] == "trouble" and answer["turn"] == "two"
    monkeypatch.undo()
    assert wire.breathe("three", offer="stay")["type"] == "breath"
    out, err = capfd.readouterr()
    ours = "".join(record.getMessage() for record in caplog.records if not record.name.startswith("websockets"))
    for private in ("Ottilie", "Zephyrine", "WORDS", "salt", "ribs"):
        assert private not in ours + out + err
    assert "RuntimeError" in ours


def test_a_name_can_be_suggested_and_is_the_readers_once_known(served: Living) -> None:
    served.stop()
    served.more = {"name": "Suggested"}
    served.start()
    wire = served.talk()
    assert wire.ask({"type": "open"})["name"] == "Suggested"
    wire.ask({"type": "begin", "turn": "b", "name": "Ada"})
    assert wire.ask({"type": "open"})["name"] == "Ada"
