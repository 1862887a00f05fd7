"""Limits are held, counted with a clock that is handed in; and a probe, a page or an answer never waits for them."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from hosting import Hosted
from living import Living, Wire
from tale import tale
from websockets.exceptions import ConnectionClosed

from harken.serve import talking
from harken.serve.limits import BREATHS_A_SECOND, BREATHS_AT_ONCE, WINDOWS_A_READER, Pace, Paces
from harken.serve.measures import BOUNDS, Measures


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_pace_lets_a_burst_through_and_then_one_at_a_time() -> None:
    clock = Clock()
    pace = Pace(2.0, 3, clock)
    assert [pace.take() for _ in range(5)] == [0, 0, 0, 0.5, 1.0]
    clock.now += 1.0
    assert pace.take() == 0.5
    clock.now += 100.0
    assert [pace.take() for _ in range(4)] == [0, 0, 0, 0.5]


def test_paces_are_apart_cost_nothing_when_refused_and_are_bounded_in_number() -> None:
    clock = Clock()
    paces = Paces(1.0, 1, clock, most=10)
    assert paces.wait("a") == 0 and [paces.wait("a") for _ in range(5)] == [1.0] * 5
    assert paces.wait("b") == 0
    for number in range(1000):
        paces.wait(str(number))
    assert len(paces._paces) == 10


def test_limits_are_held(served: Living, monkeypatch: pytest.MonkeyPatch) -> None:
    first = served.talk()
    windows = [first, *(served.talk(cookie=first.cookie) for _ in range(WINDOWS_A_READER - 1))]
    assert all(window.ask({"type": "open"})["type"] == "threshold" for window in windows)
    one_more = served.talk(cookie=first.cookie)
    with pytest.raises(ConnectionClosed) as closed:
        one_more.ask({"type": "open"})
    assert closed.value.rcvd is not None and closed.value.rcvd.code == talking.TRY_LATER
    assert first.ask({"type": "open"})["type"] == "threshold"


def test_a_process_takes_so_many_windows_and_asks_the_next_to_come_back(
    hosted: Hosted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(talking, "WINDOWS_MOST", 1)
    one = Wire(hosted.port, cookie=hosted.reader("Ada"))
    assert one.ask({"type": "open"})["type"] == "threshold"
    with pytest.raises(ConnectionClosed):
        Wire(hosted.port, cookie=hosted.reader("Ben")).ask({"type": "open"})


def test_a_program_that_sends_without_pause_over_http_is_asked_to_slow_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("harken.serve.visitor.Pace", lambda rate, most: Pace(rate, most, Clock()))
    served = Living(*tale())
    headers = {"Origin": served.origin, "Cookie": served.talk().cookie}
    with httpx.Client(base_url=served.origin, headers=headers) as client:
        answers = [client.post("/meeting", json={"type": "open"}) for _ in range(int(BREATHS_AT_ONCE) + 5)]
        codes = [answer.status_code for answer in answers]
        assert codes == [200] * int(BREATHS_AT_ONCE) + [429] * 5 and BREATHS_A_SECOND > 1
        assert answers[-1].headers["retry-after"] and "again" in answers[-1].json()["say"]
        assert client.get("/keep.json").status_code == 429 and client.get("/").status_code == 200
    served.stop()


def test_figures_are_in_prometheus_format_and_add_up() -> None:
    measures = Measures(clock=lambda: 0.0)
    for seconds in (0.001, 0.02, 0.3, 60.0):
        measures.answered("breathe", seconds)
    measures.refused("over")
    measures.refused("words of somebody's")
    text = measures.text()
    values: dict[str, Any] = dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    buckets = [int(values[f'harken_answer_seconds_bucket{{le="{bound}"}}']) for bound in BOUNDS]
    assert buckets == sorted(buckets) and buckets[0] == 1 and buckets[-1] == 3
    assert values['harken_answer_seconds_bucket{le="+Inf"}'] == values["harken_answer_seconds_count"] == "4"
    assert values['harken_refused_total{code="over"}'] == "1" and "somebody" not in text
    kinds = [line for line in text.splitlines() if line.startswith("# TYPE ")]
    assert len(kinds) == len(set(kinds)) == 6 and text.endswith("\n")
