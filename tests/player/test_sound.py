"""Sound: what a line sounds like, rendered without a speaker; and that it is never there unasked."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

LINE = "They set the jar down between you, and it hums. Is it yours? It is."
RENDER = """async ({ text, marks, volume, place, hum, seconds }) => {
  const [{ Chorus }, { prosody }] = await Promise.all(['chorus', 'prosody'].map((n) => import(`/player/${n}.mjs`)));
  const context = new OfflineAudioContext(1, 16000 * seconds, 16000);
  const chorus = new Chorus(context);
  chorus.volume(volume);
  chorus.scene(place, hum);
  if (text) chorus.say(prosody(text, marks), 0.3);
  if (!text) chorus.sigh(0.3);
  return [...(await context.startRendering()).getChannelData(0)].map((x) => Math.round(x * 1e5) / 1e5);
}"""
COUNTING = """
  window.made = 0; window.trembled = [];
  const Real = window.AudioContext;
  window.AudioContext = class extends Real {
    constructor(...how) { super(...how); window.made += 1; window.context = this; }
  };
  navigator.vibrate = (pattern) => window.trembled.push(pattern);
"""


@pytest.fixture
def render(visit: Any) -> Any:
    page = visit().page

    def rendered(text: str = "", marks: tuple[str, ...] = (), **more: Any) -> Any:
        asked = {"text": text, "marks": marks, "volume": 0.6, "place": "none", "hum": 0, "seconds": 5, **more}
        return np.array(page.evaluate(RENDER, asked))

    return rendered


def pitch(sound: Any) -> float:
    """The strongest partial, in hertz."""
    power = np.abs(np.fft.rfft(sound * np.hanning(sound.size)))
    return float(np.argmax(power) * 16000 / sound.size)


def test_the_voice_is_low_and_lower_where_it_is_marked(render: Any) -> None:
    plain, low = pitch(render(LINE)), pitch(render(LINE, ("low",)))
    assert 80 < plain < 105 and 66 < low < 0.92 * plain


def test_a_whisper_has_breath_in_place_of_a_voice(render: Any) -> None:
    def voiced(sound: Any) -> float:
        power = np.abs(np.fft.rfft(sound)) ** 2
        hertz = np.fft.rfftfreq(sound.size, 1 / 16000)
        return float(power[(hertz > 70) & (hertz < 400)].sum() / power[(hertz > 700) & (hertz < 2500)].sum())

    assert voiced(render(LINE)) > 5 * voiced(render(LINE, ("whisper",)))


def test_slow_lines_take_longer_and_questions_rise(visit: Any) -> None:
    page = visit().page
    asked = "async ([text, marks]) => (await import('/player/prosody.mjs')).prosody(text, marks)"
    plain, slow = (page.evaluate(asked, [LINE, marks]) for marks in ([], ["slow"]))
    assert slow[-1]["at"] > 1.3 * plain[-1]["at"]
    says, asks = (page.evaluate(asked, [f"You were there{sign}", []]) for sign in ".?")
    assert says[-1]["pitch"] < says[0]["pitch"] and asks[-1]["pitch"] > asks[0]["pitch"]
    assert page.evaluate(asked, ["", []]) == [] and page.evaluate(asked, ["…", []]) is not None
    assert page.evaluate(asked, ["river " * 9000, []])[-1]["at"] < 15, "however long a line is"
    hands = page.evaluate("async (s) => (await import('/player/prosody.mjs')).tremor(s)", plain)
    assert hands and all(isinstance(one, int) and 0 <= one < 1000 for one in hands)


def test_nothing_is_ever_clipped_even_all_at_once_and_loudest(render: Any) -> None:
    for place in ("river", "glass"):
        loudest = render("No! No! No! Never, never, never!", volume=1, place=place, hum=1)
        assert 0.05 < np.abs(loudest).max() < 0.98


def test_off_is_silence(render: Any) -> None:
    assert np.abs(render(LINE, volume=0, place="river", hum=1)).max() == 0


def test_a_jar_hums_at_its_own_pitch_and_the_place_sighs(render: Any) -> None:
    humming = render("", hum=1, place="glass", seconds=6)[48_000:]
    assert 170 < pitch(humming) < 184
    sigh = render("")
    assert sigh[16_000:24_000].std() > 1.5 * sigh[72_000:].std()


def test_there_is_no_sound_before_a_gesture_and_none_when_it_is_off(visit: Any) -> None:
    visitor = visit(script=COUNTING + "localStorage.setItem('harken:pace', 'whole');")
    page = visitor.page
    page.wait_for_selector(".step > button:enabled")
    assert page.evaluate("() => window.made") == 0
    visitor.step_in()
    visitor.choose("stay")
    visitor.choose("reflect")
    assert page.evaluate("() => window.made") == 1 and page.evaluate("() => window.context.state") == "running"
    assert page.evaluate("() => window.trembled.length") > 0
    page.keyboard.press("Escape")
    page.check("[name=silent]")
    page.wait_for_function("() => window.context.state === 'suspended'")
    page.uncheck("[name=touch]")
    page.click("dialog [data-do=close]")
    page.evaluate("() => (window.trembled.length = 0)")
    visitor.choose("stay")
    assert page.evaluate("() => window.trembled.length") == 0
    page.reload()
    visitor.at("talk")
    visitor.choose("stay")
    assert page.evaluate("() => window.made") == 0 and visitor.errors == []


def test_where_sound_is_refused_the_meeting_is_whole(visit: Any) -> None:
    visitor = visit(script="window.AudioContext = class { constructor() { throw new DOMException('no') } };")
    visitor.step_in()
    visitor.choose("stay")
    visitor.choose("stay")
    assert visitor.breath() == 2 and visitor.errors == []


def test_what_is_only_heard_or_felt_is_written_down_too(visit: Any) -> None:
    visitor = visit()
    page = visitor.page
    visitor.step_in()
    visitor.choose("stay")
    shown = []
    for _ in range(6):
        visitor.choose("stay")
        if page.is_visible(".caption"):
            shown.append(page.inner_text(".caption"))
    assert any("low voice" in caption for caption in shown) or any("whisper" in caption for caption in shown)
    page.keyboard.press("Escape")
    page.uncheck("[name=captions]")
    page.click("dialog [data-do=close]")
    assert not page.is_visible(".caption")
