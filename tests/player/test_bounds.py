"""What must hold for everybody, however long it goes on and however bad the line is."""

from __future__ import annotations

import json
from typing import Any

import pytest
from living import Living
from looking import SHOWN
from states import STATES
from tale import tale
from visiting import until

COUNTING = """
  window.counts = { timers: new Set(), loops: 0, listeners: 0, nodes: 0, sent: 0, sockets: 0 };
  const { counts } = window;
  const [later, never, every] = [setTimeout, clearTimeout, setInterval];
  window.setTimeout = (run, wait, ...more) => {
    const id = later(() => { counts.timers.delete(id); run(...more); }, wait);
    counts.timers.add(id);
    return id;
  };
  window.clearTimeout = (id) => { counts.timers.delete(id); never(id); };
  window.setInterval = (...all) => { counts.loops += 1; return every(...all); };
  const listen = EventTarget.prototype.addEventListener;
  EventTarget.prototype.addEventListener = function (...all) {
    if (this === window || this === document || this === document.documentElement) counts.listeners += 1;
    return listen.apply(this, all);
  };
  for (const made of ['GainNode', 'OscillatorNode', 'AudioBufferSourceNode', 'BiquadFilterNode']) {
    const Node = window[made];
    window[made] = class extends Node { constructor(...all) { super(...all); counts.nodes += 1; } };
  }
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (...all) { counts.sent += 1; return post.apply(this, all); };
  const Real = WebSocket;
  window.WebSocket = class extends Real { constructor(...all) { super(...all); counts.sockets += 1; } };
"""
COUNTS = "() => ({ ...window.counts, timers: window.counts.timers.size })"
TO_TOP = "() => { document.querySelector('harken-log').finish(); document.activeElement.blur(); }"


def meeting(visitor: Any) -> int:
    """A whole meeting from the threshold to waking; how many breaths it took."""
    visitor.step_in()
    for number in range(40):
        if visitor.page.get_attribute(".page", "data-at") == "waking":
            return number
        visitor.choose("stay")
    raise AssertionError("they never woke")


def listening(page: Any) -> dict[str, float]:
    """What Chromium itself counts, once what nobody holds is gone."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    session.send("HeapProfiler.enable")
    session.send("HeapProfiler.collectGarbage")
    metrics = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    session.detach()
    return {name: metrics[name] for name in ("JSEventListeners", "Nodes", "AudioHandlers")}


@pytest.mark.parametrize(
    "how",
    [
        pytest.param({"picture": None, "gl": False}, id="no canvas"),
        pytest.param(
            {"script": "window.AudioContext = class { constructor() { throw new Error('no') } };"}, id="no sound"
        ),
        pytest.param({"picture": None, "reduced_motion": "reduce"}, id="reduced motion"),
        pytest.param({"width": 320, "height": 640}, id="320 px"),
        pytest.param({"picture": "stills", "slow": 4, "width": 480, "height": 320}, id="slowed four times"),
    ],
)
def test_a_whole_meeting_is_there_for_everybody(visit: Any, how: dict[str, Any]) -> None:
    slow = how.pop("slow", 1) if "slow" in (how := dict(how)) else 1
    visitor = visit(**how)
    visitor.page.context.new_cdp_session(visitor.page).send("Emulation.setCPUThrottlingRate", {"rate": slow})
    assert meeting(visitor) > 5
    assert "You wake." in visitor.page.inner_text(".waking") and visitor.page.locator(".scar path").count() > 0
    assert visitor.errors == [] and visitor.elsewhere == []


def test_however_many_breaths_there_are_nothing_piles_up(visit: Any) -> None:
    visitor = visit(picture="stills", width=240, height=160, script=COUNTING)
    page = visitor.page
    found, breaths = [], 0
    for _ in range(4):
        sent = page.evaluate(COUNTS)["sent"]
        breaths = meeting(visitor)
        page.evaluate(TO_TOP)
        found.append({**page.evaluate(COUNTS), **listening(page)})
        assert found[-1]["sent"] - sent <= 12 * (breaths + 2), "a few words to the picture for each breath"
        page.click(".again")
        visitor.at("threshold")
    assert found[0]["nodes"] > 5, "there was sound"
    first, last = found[1], found[-1]
    for what in ("loops", "listeners", "nodes", "sockets", "AudioHandlers"):
        assert last[what] == first[what], (what, found)
    assert last["loops"] == 0 and last["timers"] <= first["timers"] + 2, found
    assert last["JSEventListeners"] <= first["JSEventListeners"] + 12, found
    assert last["Nodes"] <= first["Nodes"] * 1.2 + 60, found


def test_while_the_line_is_down_one_wait_goes_on_however_often_the_reader_comes_back(
    visit: Any, served: Living
) -> None:
    visitor = visit(script=COUNTING)
    page = visitor.page
    STATES["threshold"](visitor)
    page.route("**/enter", lambda route: route.abort())
    served.stop()
    page.wait_for_selector('harken-player[data-line="lost"]')
    before = page.evaluate(COUNTS)["timers"]
    for _ in range(20):
        with page.expect_event("requestfailed", timeout=20_000):
            page.evaluate("() => dispatchEvent(new Event('focus'))")
    page.wait_for_function("() => !document.hidden")
    assert page.evaluate(COUNTS)["timers"] <= before + 1


def test_a_leak_would_be_found(visit: Any) -> None:
    visitor = visit(script=COUNTING)
    STATES["threshold"](visitor)
    before = {**visitor.page.evaluate(COUNTS), **listening(visitor.page)}
    visitor.page.evaluate(
        """() => { for (let i = 0; i < 50; i++) { setTimeout(() => {}, 1e6); addEventListener('blur', () => i); } }"""
    )
    after = {**visitor.page.evaluate(COUNTS), **listening(visitor.page)}
    assert all(after[what] == before[what] + 50 for what in ("timers", "listeners", "JSEventListeners"))


TRACED = ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline"]


def longest_task(trace: bytes, origin: str) -> float:
    """The most processor time, in milliseconds, that one task took of the main thread of a page from there. The browser
    has pages of its own, which are none of ours."""
    events = json.loads(trace)["traceEvents"]
    shown = [
        one["args"]["data"] for one in events if one["name"] in ("TracingStartedInBrowser", "FrameCommittedInBrowser")
    ]
    frames = [frame for data in shown for frame in data.get("frames", [data])]
    ours = {frame["processId"] for frame in frames if frame.get("url", "").startswith(origin) and "processId" in frame}
    names = {(one["pid"], one["tid"]): one["args"]["name"] for one in events if one["name"] == "thread_name"}
    tasks = [
        one["tdur"] / 1000
        for one in events
        if one["name"].endswith("RunTask")
        and "tdur" in one
        and one["pid"] in ours
        and names[one["pid"], one["tid"]] == "CrRendererMain"
    ]
    assert len(tasks) > 20
    return float(max(tasks))


def opened(visit: Any) -> float:
    """The longest task of opening, stepping in and two breaths."""
    living = Living(*tale())  # every try is a first one
    visitor = visit(living, picture=None, width=800, height=600, go=False)
    page, browser = visitor.page, visitor.page.context.browser
    browser.start_tracing(page=page, categories=TRACED)
    page.goto(living.url)
    visitor.step_in()
    visitor.choose("stay")
    visitor.choose("reflect")
    page.wait_for_function(SHOWN, arg="library", timeout=60_000)
    longest = longest_task(browser.stop_tracing(), living.origin)
    page.context.close()
    living.stop()
    return longest


def test_the_page_is_never_held_up_for_long(visit: Any) -> None:
    """No task takes over 100 ms. What others do on the machine can only add to one, so three tries are given."""
    assert any(opened(visit) <= 100 for _ in range(3))


def test_a_page_that_is_held_up_would_be_found(visit: Any, served: Living) -> None:
    page = visit().page
    page.context.browser.start_tracing(page=page, categories=TRACED)
    page.evaluate(
        "() => new Promise((done) => setTimeout(() => { const a = Date.now(); while (Date.now() < a + 900); done() }))"
    )
    page.evaluate("async () => { for (let i = 0; i < 200; i++) await new Promise((done) => setTimeout(done)) }")
    assert longest_task(page.context.browser.stop_tracing(), served.origin) > 100


def cut(page: Any) -> dict[str, Any]:
    """A line that can be cut: what the page says, and what it is told, goes through here."""
    line: dict[str, Any] = {"open": True, "sockets": [], "answers": True}

    def relay(socket: Any) -> None:
        if not line["open"]:
            return socket.close()
        server = socket.connect_to_server()
        socket.on_message(lambda message: server.send(message) if line["open"] else None)
        server.on_message(lambda message: socket.send(message) if line["open"] and line["answers"] else None)
        line["sockets"].append(socket)
        return None

    page.route_web_socket("**/meeting", relay)
    page.route("**/enter", lambda route: route.continue_() if line["open"] else route.abort())
    return line


@pytest.mark.parametrize("lost", ["what was said", "the answer"])
def test_where_the_network_is_cut_the_meeting_goes_on_and_nothing_is_doubled(
    visit: Any, served: Living, lost: str
) -> None:
    visitor = visit(go=False)
    page = visitor.page
    line = cut(page)
    page.goto(served.url)
    visitor.step_in()
    visitor.choose("stay")
    line["answers"] = lost != "the answer"
    line["open"] = lost != "what was said"
    page.fill("textarea", "I was there too.")
    page.press("textarea", "Enter")
    if lost == "the answer":
        until(page, lambda: bool(served.said))
    line["open"] = False
    for socket in line["sockets"]:
        socket.close()
    page.wait_for_selector('harken-player[data-line="lost"]')
    assert page.input_value("textarea") == "I was there too." and "The line is down" in page.inner_text(".note")
    line.update(open=True, answers=True)
    page.wait_for_function("() => document.querySelector('harken-player').now?.breath === 2", timeout=20_000)
    assert page.input_value("textarea") == "" and visitor.words().count("I was there too.") == 1
    visitor.choose("stay")
    assert served.said == ["I was there too."]
    assert visitor.breath() == 3


def test_the_back_button_out_of_the_page_and_in_again_finds_the_same_breath(visit: Any, served: Living) -> None:
    visitor = visit()
    page = visitor.page
    visitor.step_in()
    visitor.choose("stay")
    visitor.choose("reflect")
    before, kept = visitor.breath(), len(served.log)
    for _ in range(3):
        page.goto(served.origin + "/player/words/en.json")
        page.go_back()
        visitor.at("talk")
        page.wait_for_function("(before) => document.querySelector('harken-player').now?.breath === before", arg=before)
    assert len(served.log) == kept, "coming back says nothing"
    visitor.choose("stay")
    assert visitor.breath() == before + 1
