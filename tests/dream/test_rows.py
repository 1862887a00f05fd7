"""DESIGN section 10, row by row, through the real engine on the compiled story. Rows that are seen or heard have
their tests with the player as well."""

from __future__ import annotations

import json
import unicodedata

from sitting import attentive, beats, new, sit, words

from harken.engine import Story
from harken.engine import events as ev
from harken.meeting import Meeting, Said


def test_row_1_a_library_in_a_tree_may_be_wandered_before_anyone_comes(dream: Story) -> None:
    meeting = new(dream)
    opening = meeting.begin("b", "Ada", 1)
    assert opening.state.phase == "arrival" and "tree" in words([opening]) and "river" in words([opening])
    seen = [meeting.breathe(Said(f"look{n}", offer=f"look {what}")) for n, what in enumerate(("books", "river"))]
    assert all(not breath.state.arrived and list(beats([breath], "place")) for breath in seen)


def test_row_2_holding_a_breath_is_the_move_stay_and_the_sky_goes_with_it(dream: Story) -> None:
    meeting = new(dream)
    opening = meeting.begin("b", "Ada", 1)
    assert "gold" in words([opening]) and "breathe" in words([opening])
    assert any(offer.id == "stay" and not offer.quiet for offer in opening.offers())


def test_row_3_every_untold_telling_is_a_book_that_beats_quicker_as_it_nears_and_is_still_once_told(
    dream: Story,
) -> None:
    first, *_, last = sit(new(dream))
    before, after = {b["book"]: b for b in first.shelf()}, {b["book"]: b for b in last.shelf()}
    assert all(not book["still"] for book in before.values())
    assert sum(book["still"] for book in after.values()) >= 15
    assert len({book["near"] for book in before.values()}) > 1
    assert "beating" in words([new_look(dream)])


def new_look(dream: Story):
    meeting = new(dream)
    meeting.begin("b", "Ada", 1)
    return meeting.breathe(Said("l", offer="look books"))


def test_row_4_veiled_titles_in_six_languages_and_four_scripts_give_nothing_away(dream: Story) -> None:
    shelf = new(dream).begin("b", None, 1).shelf()
    veils = [veil for book in shelf for veil in book["veil"]]
    scripts = {unicodedata.name(char).split()[0] for text, _ in veils for char in text if char.isalpha()}
    assert len({lang for _, lang in veils}) >= 6 and len(scripts) >= 4
    titles = {telling.title.lower() for telling in dream.tellings.values()}
    assert not titles & {text.lower() for text, _ in veils} and all("title" not in book for book in shelf)


def test_row_5_they_arrive_when_the_reader_is_ready(dream: Story) -> None:
    meeting = new(dream)
    meeting.begin("b", "Ada", 1)
    come = meeting.breathe(Said("s", offer="stay"))
    assert come.state.arrived and "arch" in words([come]) and "eyes" in words([come])


def test_row_7_they_say_the_readers_name_and_a_reader_may_keep_none(dream: Story) -> None:
    for name in ("Ada", None):
        meeting = new(dream)
        meeting.begin("b", name, 1)
        said = words([meeting.breathe(Said("s", offer="stay"))])
        assert ("Ada" in said) == (name is not None) and "None" not in said


def test_row_8_talk_begins_with_the_weather_of_a_city(dream: Story) -> None:
    breaths = sit(new(dream))
    first = next(beats(breaths[2:], "line"))
    assert dream.tellings[first["telling"]].depth == 0 and dream.tellings[first["telling"]].thread == "weather"
    assert len(dream.confider.grammar[dream.confider.small_talk]) >= 3


def test_row_9_what_is_not_understood_costs_nothing_and_they_study_you(dream: Story) -> None:
    meeting = new(dream)
    meeting.begin("b", "Ada", 1)
    before = meeting.breathe(Said("s", offer="stay")).state
    for n in range(8):
        breath = meeting.breathe(Said(f"n{n}", text="zxcvb qwerty"))
        assert [beat for beat in breath.beats if beat["kind"] == "study"]
        assert breath.state.trust == before.trust and breath.as_json()["move"] == "unclear"


def test_row_10_scars_can_be_chosen_and_choosing_asks_for_them(dream: Story) -> None:
    meeting = new(dream)

    def ask(breath, number):
        scars = [o.id for o in breath.offers() if (o.target or "").startswith("scar-") and o.move == "ask_open"]
        return Said(f"x{number}", offer=scars[number % len(scars)]) if scars else attentive(breath, number)

    breaths = sit(meeting, ask)
    assert len([thing for thing in dream.things.values() if thing.kind == "scar"]) >= 7
    asked = [b for b in breaths if b.as_json()["target"] and b.as_json()["target"].startswith("scar-")]
    answered = [
        b
        for b in asked
        for e in b.events
        if isinstance(e, ev.Told) and dream.tellings[e.telling].on == b.as_json()["target"]
    ]
    assert len(answered) >= 3


def test_row_12_the_place_answers_what_is_told(dream: Story) -> None:
    breaths = sit(new(dream))
    told = [b for b in breaths if any(isinstance(e, ev.Told) for e in b.events)]
    answered = [b for b in told if any(isinstance(e, ev.PlaceAnswered) for e in b.events)]
    assert len(answered) >= len(told) // 2


def test_row_13_the_child_and_the_crows_keep_their_own_order(dream: Story) -> None:
    told = list(sit(new(dream))[-1].state.told)
    crows = [t for t in told if dream.tellings[t].thread == "crows"]
    assert len(crows) >= 2 and "crow" in words(sit(new(dream))).lower() and "moon" in words(sit(new(dream)))


def test_row_14_the_jar_comes_after_the_crows_hums_dissolves_and_leaves_no_words(dream: Story) -> None:
    meeting = new(dream)
    breaths = sit(meeting)
    told = list(breaths[-1].state.told)
    assert min(told.index(t) for t in told if dream.tellings[t].thread == "crows") < told.index("jar")
    heard = next(b for b in breaths for e in b.events if isinstance(e, ev.HeardOnce))
    jar = [line["text"] for e in heard.events if isinstance(e, ev.HeardOnce) for line in e.lines]
    assert jar and any(beat["kind"] == "dissolve" for b in breaths for beat in b.beats)
    assert not any(text in repr(meeting.log) for text in jar if text)


def test_row_17_the_moment_is_another_scene_and_its_shards_are_told_one_a_breath(dream: Story) -> None:
    breaths = sit(new(dream))
    moment = [b for b in breaths if b.state.phase == "moment"]
    assert len(moment) >= 3 and {b.state.scene for b in moment} == {dream.moment.scene}
    assert all(sum(isinstance(e, ev.Told) for e in b.events) <= 1 for b in moment)
    assert all(dream.tellings[e.telling].form == "shard" for b in moment for e in b.events if isinstance(e, ev.Told))


def test_row_19_running_wounds_and_can_be_mended_and_closing_the_window_is_not_running(dream: Story) -> None:
    meeting = new(dream)
    sit(meeting, lambda b, n: Said(f"r{n}", offer="run") if n == 6 else attentive(b, n))
    assert meeting.state.wound > 0 and meeting.state.counters["ran"] == 1
    wounded = meeting.state
    back = sit(meeting, lambda b, n: Said(f"m{n}", offer="stay"))
    assert any(e.mended for b in back for e in b.events if isinstance(e, ev.Landed))
    assert meeting.state.wound < wounded.wound


def test_row_20_the_vow_is_interrupted_kept_and_answered_next_time(dream: Story) -> None:
    meeting = new(dream)

    def vow(breath, number):
        fresh = breath.state.phase == "unravelling" and "vow" not in breath.state.told
        return Said(f"v{number}", text="I will stay. I will build") if fresh else attentive(breath, number)

    sit(meeting, vow)
    assert "vow" in meeting.state.told and meeting.state.facts["vow"] == "spoken"
    assert any(isinstance(e, ev.Said) and e.text == "I will stay. I will build" for e in meeting.log)
    sit(meeting)
    answered = [t for t in meeting.state.told if any(("vow", "spoken") in c.facts for c in dream.tellings[t].guard)]
    assert answered


def test_row_21_the_unravelling_is_seen_in_the_world_and_never_as_a_number(dream: Story) -> None:
    breaths = [b for b in sit(new(dream)) if b.state.phase == "unravelling"]
    assert len(breaths) >= 2 and all(list(beats([b], "place")) for b in breaths)
    assert "moth" in words(sit(new(dream)))


def test_row_22_the_last_words_are_a_promise_and_it_is_owed_and_kept(dream: Story) -> None:
    meeting = new(dream)
    first = sit(meeting)
    made = [beat for beat in beats(first, "promise") if beat["status"] == "made"]
    assert made and made[0]["telling"] == "unnamed"
    second = sit(meeting)
    assert [beat for beat in beats(second[:1], "promise") if beat["status"] == "owed"]
    assert [beat for beat in beats(second, "promise") if beat["status"] == "kept"]


def test_row_23_the_thing_they_are_afraid_to_name_is_told_in_the_third_meeting_at_the_earliest(dream: Story) -> None:
    meeting = new(dream)
    told_in = {}
    for number in (1, 2, 3):
        for breath in sit(meeting):
            told_in |= {e.telling: number for e in breath.events if isinstance(e, ev.Told)}
    assert dream.tellings["unnamed"].seal == 3 and told_in["unnamed"] == 3


def test_row_24_a_new_scar_is_drawn_from_how_the_meeting_went(dream: Story) -> None:
    good = sit(new(dream))
    poor = sit(new(dream), lambda b, n: Said(f"j{n}", offer="judge" if n % 2 else "stay"))
    scars = [next(beats(breaths, "scar"))["strokes"] for breaths in (good, poor)]
    assert scars[0] != scars[1] and all(0 <= x <= 1000 and 0 <= y <= 1000 for s in scars for line in s for x, y in line)
    assert "glow" in words(good)


def test_row_6_a_voice_felt_in_the_ribs_carries_its_prosody_with_the_line(dream: Story) -> None:
    first, come, *_ = sit(new(dream))
    voices = {mark for beat in beats([first, come], "line") for mark in beat.get("voice", ())}
    assert "low" in voices and "ribs" in words([first, come])
    marks = {mark for telling in dream.tellings.values() for line in telling.body for mark in line.get("voice", ())}
    assert {"low", "whisper", "slow", "break"} <= marks


def test_row_11_the_ache_lands_in_the_reader_returns_in_later_lines_and_breathing_eases_it(dream: Story) -> None:
    meeting = new(dream)
    breaths = sit(meeting, lambda b, n: Said(f"f{n}", offer="name_feeling"))
    aches = [breath.state.ache for breath in breaths]
    assert max(aches) > 0 and "two of your own ribs" in words(breaths)
    worst = next(n for n, ache in enumerate(aches) if ache == max(aches))
    eased = new(dream)
    calm = sit(eased, lambda b, n: Said(f"e{n}", offer="name_feeling" if n <= worst else "stay"))
    assert calm[-1].state.ache < max(breath.state.ache for breath in calm)
    asked = [clause for section in dream.sections for clause in section.needs]
    lines = json.dumps([telling.body for telling in dream.tellings.values()])
    assert any(clause.ache for clause in asked) or '"ache":' in lines


def test_row_15_shame_guilt_and_terror_are_armour_at_depth_3_and_4_each_earned_in_order(dream: Story) -> None:
    layers = ("survived", "indoors", "outline")
    assert [dream.tellings[layer].depth for layer in layers] == [3, 4, 4]
    meeting = new(dream)
    for _ in range(3):
        sit(meeting)
    order = list(meeting.state.told)
    assert [order.index(layer) for layer in layers] == sorted(order.index(layer) for layer in layers)
    cruel = new(dream)
    for _ in range(3):
        sit(cruel, lambda b, n: Said(f"c{b.state.meeting}.{n}", offer="judge"))
    assert not set(layers) & set(cruel.state.told)


def test_row_16_what_the_reader_confides_draws_out_what_fits_and_it_is_held_at_the_next_meeting(dream: Story) -> None:
    def confiding(meeting: Meeting, line: str | None) -> set[str]:
        def choose(breath, number):
            if line and breath.state.meeting == 1 and number == 6:
                return Said(f"x{number}", text=line)
            return attentive(breath, number)

        sit(meeting, choose)
        sit(meeting, choose)
        return set(meeting.state.told)

    griever = confiding(new(dream), "I lost my brother, and I never told anyone how I miss him")
    ashamed = confiding(new(dream), "I was ashamed of it for years")
    nobody = confiding(new(dream), None)
    assert {"fracture-grief", "kept-grief"} <= griever and "fracture-shame" not in griever
    assert {"fracture-shame", "kept-fear"} <= ashamed and "fracture-grief" not in ashamed
    assert not any(telling.startswith("fracture-") for telling in nobody)


def test_row_18_someone_asks_the_keeper_to_tell_and_what_was_told_comes_round_again(dream: Story) -> None:
    def keeper(tells: bool) -> list[str]:
        def choose(breath, number):
            aimed = [o.id for o in breath.offers() if o.target == "listener" and o.kind != "look" and o.move != "look"]
            return (
                Said(f"k{breath.state.meeting}.{number}", offer=aimed[0])
                if tells and aimed
                else attentive(breath, number)
            )

        meeting = new(dream)
        for _ in range(3):
            sit(meeting, choose)
        return list(meeting.state.told)

    told, kept = keeper(True), keeper(False)
    assert told.index("keeper-asks") < told.index("keeper-told") < told.index("keeper-came-round")
    assert "keeper-kept" in kept and "keeper-told" not in kept and "keeper-came-round" not in kept


def test_row_25_the_tellers_you_slips_into_us_only_where_closeness_opens_it(dream: Story) -> None:
    near, far = new(dream), new(dream)
    close = words(sit(near, lambda b, n: Said(f"t{n}", offer="touch" if n % 2 else "stay")))
    distant = words(sit(far, lambda b, n: Said(f"a{n}", offer="ask_open" if n % 2 else "reflect")))
    slips = ("I’d have to tell us", "There’s us, then", "That’s us", "which of us was it that got us up")
    assert near.state.closeness > far.state.closeness
    assert any(slip in close for slip in slips) and not any(slip in distant for slip in slips)


def test_row_26_one_dreams_it_alone_and_wakes_and_the_next_night_they_remember(dream: Story) -> None:
    meeting = new(dream)
    last = sit(meeting)[-1]
    assert last.over and dream.tellings[list(last.state.told)[-1]].arc == "waking"
    second = sit(meeting)
    remembered = [t for t in second[-1].state.told if dream.tellings[t].thread == "arrival" or t.startswith("second-")]
    assert "second-coming" in remembered and second[0].state.meeting == 2
