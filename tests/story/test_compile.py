"""What is written compiles to what docs/compiled.md says, and the examples of docs/format.md are right."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from folders import SMALL, compiled_telling, folder, telling

from harken.engine import story_from
from harken.story import compile_folder, dump, edition_of, explain
from harken.story.words import key

FORMAT = Path(__file__).parents[2] / "docs" / "format.md"


def say(*nodes: object, by: str = "tell", **more: object) -> dict:
    return {"say": list(nodes), "by": by, **more}


@pytest.fixture(scope="module")
def small() -> dict:
    made = compile_folder(SMALL)
    assert made.document is not None, explain(made.problems)
    return made.document


def one(parts: list[dict], name: str) -> dict:
    return next(part for part in parts if part["id"] == name)


def test_the_head(small: dict) -> None:
    assert small["harken"] == 1
    assert small["clock"] == [16, 20]
    assert small["start"] == [2, 1, 0]
    assert small["moment"] == {"needs": [{"trust": 5, "told": ["net"]}], "after": 6, "length": 3, "scene": "boat"}
    assert small["facts"] == {"brother": ["alive", "dead"]}
    assert small["counters"] == {"knots": 3}
    assert small["gestures"] == [
        {"id": "hold-on", "move": "confide", "target": "rope", "label": "Take the other end", "phase": "unravelling"}
    ]
    assert small["veils"] == [["sale pioggia", "it"]]
    assert small["renamed"] == {"old-net": "net"}
    assert small["gone"] == ["the-gull"]


def test_the_confider(small: dict) -> None:
    confider = small["confider"]
    assert confider["pronouns"] == ["she", "her", "her", "herself"]
    assert confider["moves"][-1] == ["judge", "Tell her it was her fault", True]
    assert confider["temperament"] == {
        "joke": {"light": [0, 1, 0], "middle": [0, 0, 0], "deep": [-1, 0, 0], "then": ["tell", "tell", "hold"]}
    }
    assert confider["mends"] == ["comfort", "stay"]
    words = "She looks at you: kindly, and *long*."
    assert confider["answers"]["unclear"] == [
        [key(words), [say("She looks at you: kindly, and ", {"em": ["long"]}, ".")]]
    ]
    assert confider["answers"]["wake"] == [[key("She lifts one hand."), [say("She lifts one hand.")]]]
    assert confider["grammar"]["hour"] == [["noon"], ["the ", {"any": [["first"], ["second"]]}, " bell"]]


def test_the_place(small: dict) -> None:
    assert small["scenes"] == [
        {"id": "boat", "title": "Under the boat", "art": "none", "light": 0.2, "sound": None, "motion": 0.5},
        {"id": "shore", "title": "The shore", "art": "shore", "light": 0.5, "sound": "sea", "motion": 0.5},
    ]
    hang = one(small["sections"], "nets-hang")
    assert hang["on"] == [["look", "nets"], ["silence", ""]]
    assert (hang["scene"], hang["needs"], hang["again"], hang["cool"]) == ("shore", [{}], False, 2)
    assert hang["lines"][1] == [key("A float knocks against wood."), say("A float knocks against wood.", by="place")]
    sight = one(small["sections"], "first-sight")["lines"]
    assert [line["by"] for _, line in sight] == ["place", "pause", "place"]
    assert sight[0][1]["say"] == ["A shore, and a woman on an upturned boat."]
    assert one(small["sections"], "dark")["needs"] == [{"closeness": 2}]
    needle = small["things"][0]
    assert (needle["scene"], needle["kind"], needle["label"]) == ("shore", "jar", "The needle")
    assert (needle["moves"], needle["here"]) == (["ask_open", "touch"], True)


def test_a_telling_holds_only_what_differs(small: dict) -> None:
    net = one(small["tellings"], "net")
    assert set(net) == {"id", "title", "body", "depth", "thread", "themes", "on", "effects", "answers"}
    assert net["body"] == [
        say("“It was ", {"em": ["his"]}, " net, ", {"name": "older", "else": ["you"]}, ".”", voice=["low"]),
        say("A wave draws back.", by="place"),
    ]
    assert net["answers"]["stay"] == net["answers"]["comfort"] == [say("She ties a knot.")]
    assert net["answers"]["judge"] == [say("“Yes.”"), say("She cuts it loose.")]
    assert net["effects"] == {"raises": ["knots"]}


def test_a_whole_telling(small: dict) -> None:
    sea = one(small["tellings"], "sea")
    assert sea["needs"] == [
        {"told": ["net"], "untold": ["the-gull"], "counters": {"knots": 1}},
        {"told": ["net"], "untold": ["the-gull"], "trust": 5},
    ]
    assert sea["landing"] == {"judge": -3, "comfort": 1}
    assert sea["effects"] == {"sets": [["brother", "dead"]], "lengthen": 2}
    assert sea["body"][1] == {"say": [], "by": "pause"}
    assert sea["body"][0]["say"][1] == {"recall": True, "else": ["Somebody"]}
    assert sea["promise"] and sea["instead"]


def test_wakings_know_their_ways(small: dict, tmp_path: Path) -> None:
    assert one(small["tellings"], "goes")["by"] == ["clock", "wake", "run"]
    assert compiled_telling(tmp_path, "“So.”", "arc: waking")["by"] == ["clock"]
    assert compiled_telling(tmp_path, "“So.”", "arc: waking\nby: wake, run")["by"] == ["run", "wake"]


def test_a_thread_gives_its_tellings_their_defaults(tmp_path: Path) -> None:
    files = {
        "tellings/other.md": "## Alone\n\n    id: alone\n\nWords.\n\n# Deep\n\n    depth: 3\n    needs: trust >= 9\n\n"
        "## One\n\n    id: one\n\nWords.\n\n## Two\n\n    id: two\n    depth: 1\n    needs: told(one)\n\nWords.\n"
    }
    made = compile_folder(folder(tmp_path, files))
    assert made.document is not None
    alone, first, second = (one(made.document["tellings"], name) for name in ("alone", "one", "two"))
    assert (alone["thread"], first["thread"]) == ("other", "other")
    assert (first["depth"], first["needs"]) == (3, [{"trust": 9}])
    assert (second["depth"], second["needs"]) == (1, [{"told": ["one"]}])


@pytest.mark.parametrize(
    ("words", "nodes"),
    [
        ("Plain — “words”, it’s so…", ["Plain — “words”, it’s so…"]),
        ("One\ntwo   three", ["One two three"]),
        (r"\{brace\} \*star\* \_ \| a \b", ["{brace} *star* _ | a \\b"]),
        ("5 * 3 | 2", ["5 * 3 | 2"]),
        ("some_file_name and _", ["some_file_name and _"]),
        ("*one* and *two {name}*", [{"em": ["one"]}, " and ", {"em": ["two ", {"name": "name"}]}]),
        ("{name | dear *you*}", [{"name": "name", "else": ["dear ", {"em": ["you"]}]}]),
        ("{~ a | b {hour} | }", [{"any": [["a"], ["b ", {"grammar": "hour"}], []]}]),
        (
            "{trust >= 5 and told(net): us | you}",
            [{"if": [{"told": ["net"], "trust": 5}], "then": ["us"], "else": ["you"]}],
        ),
        ("I {ache >= 2: truly} know", ["I ", {"if": [{"ache": 2}], "then": ["truly "], "else": []}, "know"]),
        ("I know{ache >= 2: : it hurts}.", ["I know", {"if": [{"ache": 2}], "then": [": it hurts"], "else": []}, "."]),
        ("I know {ache >= 2: it}.", ["I know", {"if": [{"ache": 2}], "then": [" it"], "else": []}, "."]),
        ("{trust >= 2: Yes.} No.", [{"if": [{"trust": 2}], "then": ["Yes. "], "else": []}, "No."]),
        (
            "{ran >= 1: a | {~ b | c}}",
            [{"if": [{"counters": {"ran": 1}}], "then": ["a"], "else": [{"any": [["b"], ["c"]]}]}],
        ),
        ("{remembered | that}", [{"recall": True, "else": ["that"]}]),
        ("{closeness >= 1: a | b}", [{"if": [{}], "then": ["a"], "else": ["b"]}]),
    ],
)  # fmt: skip
def test_inside_a_line(words: str, nodes: list, tmp_path: Path) -> None:
    assert compiled_telling(tmp_path, words)["body"] == [say(*nodes)]


def test_voices_and_silences(tmp_path: Path) -> None:
    body = compiled_telling(tmp_path, "{low} {slow} “One.”\n\n---\n\n> {whisper} A shelf\n> sighs.\n\n***")["body"]
    assert body == [
        say("“One.”", voice=["low", "slow"]),
        say(by="pause"),
        say("A shelf sighs.", by="place", voice=["whisper"]),
        say(by="pause"),
    ]


def test_answers_of_several_paragraphs_in_yaml(tmp_path: Path) -> None:
    confider = (SMALL / "confider.yaml").read_text(encoding="utf-8")
    block = "wake: |\n    She lifts\n    one hand.\n\n    > The sea\n    > does too.\n\n    ---\n\n    *So.*"
    made = compile_folder(folder(tmp_path, {"confider.yaml": confider.replace("wake: She lifts one hand.", block)}))
    assert made.document is not None, explain(made.problems)
    ((_, lines),) = made.document["confider"]["answers"]["wake"]
    assert lines == [
        say("She lifts one hand."), say("The sea does too.", by="place"), say(by="pause"), say({"em": ["So."]})
    ]  # fmt: skip


def test_a_line_keeps_its_key_when_it_is_wrapped_otherwise() -> None:
    assert key("One  two\nthree ") == key("One two three") != key("One two three.")
    assert re.fullmatch("[0-9a-f]{10}", key("One"))


def test_renamed_twice_leads_to_the_last_name(tmp_path: Path) -> None:
    head = (SMALL / "story.yaml").read_text(encoding="utf-8").replace("{old-net: net}", "{older: old, old: net}")
    made = compile_folder(folder(tmp_path, {"story.yaml": head}))
    assert made.document is not None
    assert made.document["renamed"] == {"older": "net", "old": "net"}


def test_without_the_parser_in_c_the_story_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    small = compile_folder(SMALL)
    monkeypatch.setattr("harken.story.yaml.LOADER", yaml.SafeLoader)
    assert compile_folder(SMALL) == small


def test_compiling_is_deterministic(tmp_path: Path) -> None:
    first = compile_folder(SMALL).document
    again = compile_folder(folder(tmp_path, {})).document
    assert first is not None and again is not None
    assert dump(first) == dump(again)
    assert edition_of(json.loads(dump(first))) == edition_of(first)
    assert len(edition_of(first)) == 32
    assert story_from(first, edition_of(first)).edition == edition_of(first)


def test_comments_and_layout_are_no_new_edition(tmp_path: Path) -> None:
    nets = (SMALL / "tellings" / "nets.md").read_text(encoding="utf-8")
    other = nets.replace("    depth: 1\n", "    depth:   '1'   # light\n").replace("\n\n## ", "\n\n\n\n## ")
    other = other.replace("\n", "\r\n")
    made = compile_folder(folder(tmp_path, {"tellings/nets.md": other}))
    small = compile_folder(SMALL)
    assert made.document is not None and small.document is not None
    assert edition_of(made.document) == edition_of(small.document)


def test_the_examples_of_the_format_are_right(tmp_path: Path) -> None:
    """The documented files make a story, once what they leave open is there."""
    text = FORMAT.read_text(encoding="utf-8")
    head, confider = re.findall(r"```yaml\n(id: .*?)```", text, re.DOTALL)[:2]
    place, tellings = re.findall(r"```markdown\n(.*?)```", text, re.DOTALL)[:2]
    confider = confider.replace("  run: [...]", "  run: [They go.]").replace("  wake: [...]", "  wake: [They nod.]")
    place += "\n## A river\n\n    thing: scar-river\n\nA scar.\n"
    place += "\n## Looking\n\n    id: looking\n    on: look books, look river\n\nBooks.\n"
    desert = "# The desert\n\n    id: desert\n"
    more = "# Other things\n\n" + "".join(
        f"## Title of {name}\n\n    id: {name}\n{meta}\nWords of {name}.\n\n"
        for name, meta in (
            ("palms", "    appear: scar-orchard\n    on: vow\n"), ("jar-screams", "    raises: crows\n"),
            ("comes", "    arc: arrival\n    again: yes\n"), ("goes", "    arc: waking\n    again: yes\n"),
            ("shard", "    arc: moment\n"), ("new-id", ""),
        )
    )  # fmt: skip
    for name, content in {
        "story.yaml": head, "confider.yaml": confider, "place/library.md": place, "place/desert.md": desert,
        "tellings/a.md": tellings, "tellings/b.md": more,
    }.items():  # fmt: skip
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    made = compile_folder(tmp_path)
    assert explain(made.problems) == ""
    assert made.document is not None
    orchard = one(made.document["tellings"], "orchard")
    assert orchard["needs"] == [{"trust": 5, "told": ["palms"]}]
    assert orchard["form"] == "scar" and orchard["thread"] == "palms"


def test_a_warning_can_be_silenced_with_a_reason(tmp_path: Path) -> None:
    place = (SMALL / "place" / "shore.md").read_text(encoding="utf-8")
    quiet = place.replace("    here: yes", "    # quiet HK825: it comes with the next edition")
    assert compile_folder(folder(tmp_path, {"place/shore.md": quiet})).problems == ()
    confider = (SMALL / "confider.yaml").read_text(encoding="utf-8")
    above = confider.replace("grammar:\n", "grammar:\n  # quiet HK828: for later\n  sky: [grey]\n")
    assert compile_folder(folder(tmp_path, {"confider.yaml": above})).problems == ()
    beside = confider.replace("grammar:\n", "grammar:\n  sky: [grey]  # quiet HK828: for later\n")
    assert compile_folder(folder(tmp_path, {"confider.yaml": beside})).problems == ()
    far = confider.replace("id: mender\n", "id: mender # quiet HK828: for later\n").replace(
        "grammar:\n", "grammar:\n  sky: [grey]\n"
    )
    codes = [problem.code for problem in compile_folder(folder(tmp_path, {"confider.yaml": far})).problems]
    assert codes == ["HK902", "HK828"]


def test_mistakes_are_not_silenced(tmp_path: Path) -> None:
    files = {"tellings/nets.md": telling("“Words.”", "depth: 9  # quiet HK128: deeper than deep")}
    codes = {problem.code for problem in compile_folder(folder(tmp_path, files)).problems}
    assert codes == {"HK128", "HK902"}
