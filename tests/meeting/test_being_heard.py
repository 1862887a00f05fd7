"""What a reader can rely on when they type: a misreading costs nothing, what they veil stays veiled, care steps out."""

from __future__ import annotations

from itertools import count

import pytest

from harken.engine import Heard
from harken.engine import events as ev
from harken.engine.moves import NOT_MEANT
from harken.keep.memory import MemoryKeep
from harken.meeting import CARE_REST, Care, Meeting, NotOnOffer, Said
from making import document, generated, line, story, telling

TURNS = count()
SIX = ("trust", "closeness", "ache", "wound", "mended")

PLENTY = story(document([telling(f"t{n}", depth=n % 4) for n in range(12)], start=[10, 1, 0]))


def turn() -> str:
    return f"turn-{next(TURNS)}"


def ear_of(move: str, soft: bool = False):
    return lambda text, story, state: Heard(move, None, text, 700, soft)


def numbers(meeting: Meeting) -> tuple[object, ...]:
    return tuple(getattr(meeting.state, name) for name in SIX)


@pytest.mark.parametrize("move", ["judge", "reflect", "stay", "comfort", "joke"])
@pytest.mark.parametrize("seed", range(12))
def test_what_was_not_meant_is_undone_and_costs_no_breath(seed: int, move: str) -> None:
    made = story(generated(seed)) if seed else PLENTY
    meeting = Meeting(made, MemoryKeep().encounter("small"), ear=ear_of(move))
    meeting.begin(turn(), seed=seed)
    undone = 0
    while not meeting.state.over:
        before = numbers(meeting)
        breath = meeting.breathe(Said(turn(), text="words"))
        on_offer = NOT_MEANT in [offer.id for offer in breath.offers()]
        landed = next((event for event in breath.events if isinstance(event, ev.Landed)), None)
        if breath.over:
            assert not on_offer
            break
        changes = landed and any((landed.trust, landed.closeness, landed.ache, landed.wound, landed.mended))
        assert on_offer == bool(changes)
        if not on_offer:
            continue
        ache_of_hearing = sum(event.ache for event in breath.events if isinstance(event, ev.Told))
        told, at = meeting.state.told, meeting.state.breath
        back = meeting.breathe(Said(turn(), offer=NOT_MEANT))
        undone += 1
        assert back.as_json()["move"] == NOT_MEANT and back.beats == [{"kind": "taken_back"}]
        assert (meeting.state.told, meeting.state.breath) == (told, at)
        after = list(numbers(meeting))
        after[2] -= min(ache_of_hearing, after[2])
        if before[2] + ache_of_hearing <= 10:
            assert tuple(after) == before
        with pytest.raises(NotOnOffer):
            meeting.breathe(Said(turn(), offer=NOT_MEANT))
    if made is PLENTY and move != "joke":
        assert undone


def test_a_gesture_cannot_be_taken_back() -> None:
    meeting = Meeting(story(generated(3)), MemoryKeep().encounter("small"))
    breath = meeting.begin(turn(), seed=3)
    while not breath.over:
        assert NOT_MEANT not in [offer.id for offer in breath.offers()]
        breath = meeting.breathe(Said(turn(), offer="stay"))


def test_an_uncertain_run_is_only_studied() -> None:
    meeting = Meeting(story(generated(3)), MemoryKeep().encounter("small"), ear=ear_of("run", soft=True))
    meeting.begin(turn(), seed=3)
    meeting.breathe(Said(turn(), offer="stay"))
    breath = meeting.breathe(Said(turn(), text="i have to run this by you"))
    assert breath.as_json()["move"] == "unclear" and not breath.over


def veilable():
    tellings = [
        telling("crows", themes=["birds"]),
        telling("war", themes=["war"], promise=[line("I will tell you of the war.")], instead=[line("Not the war.")]),
        telling("after", themes=["war", "birds"]),
        telling("bread"),
    ]
    return story(document(tellings, themes=[["war", "War and its dead"]]))


@pytest.mark.parametrize("seed", range(20))
def test_a_veiled_theme_is_never_told_nor_promised_and_the_veil_can_be_lifted(seed: int) -> None:
    made, kept = veilable(), MemoryKeep().encounter("small")
    meeting = Meeting(made, kept)
    assert meeting.threshold().veils == (("war", "War and its dead"),)
    for veiled, open_to in ((["war"], {"crows", "bread"}), (None, {"crows", "bread"})):
        breath = meeting.begin(turn(), seed=seed, veiled=veiled)
        while not breath.over:
            assert not any(isinstance(event, ev.Promised) for event in breath.events)
            breath = meeting.breathe(Said(turn(), offer="stay"))
        assert set(meeting.state.told) <= {*open_to, "plain-waking"}
    assert meeting.threshold().veiled == ("war",)
    breath = meeting.begin(turn(), seed=seed, veiled=[])
    while not breath.over:
        breath = meeting.breathe(Said(turn(), offer="stay"))
    assert set(meeting.state.told) == {"crows", "war", "after", "bread", "plain-waking"}


def test_care_steps_out_writes_nothing_and_rests_for_a_while() -> None:
    kept = MemoryKeep().encounter("small")
    meeting = Meeting(story(generated(3)), kept)
    meeting.begin(turn(), seed=3)
    meeting.breathe(Said(turn(), offer="stay"))
    before, size = meeting.state, len(kept.events())
    with pytest.raises(Care) as stepped_out:
        meeting.breathe(Said(turn(), text="i want to kill myself"))
    assert stepped_out.value.page == meeting.threshold().help and stepped_out.value.code == "care"
    assert [line["name"] for line in stepped_out.value.page["lines"]] == ["Find A Helpline"]
    assert meeting.state == before and len(kept.events()) == size
    meeting.breathe(Said(turn(), text="i want to kill myself"))
    assert len(kept.events()) > size
    assert CARE_REST > 1


def test_a_name_can_be_given_kept_and_taken_away_again() -> None:
    meeting = Meeting(story(generated(3)), MemoryKeep().encounter("small"))
    for given, known in (("Ada", "Ada"), (None, "Ada"), ("", None), (None, None)):
        breath = meeting.begin(turn(), given, 3)
        assert breath.state.name == known
        meeting.breathe(Said(turn(), offer="wake"))
