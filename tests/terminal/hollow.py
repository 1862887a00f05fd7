# ruff: noqa: E501
"""A small story with everything the terminal can draw: a library, a desert, jars, scars, a promise, an unravelling.

Run as a program it plays that story, as ``harken play --terminal`` would: ``hollow.py KEEP [--plain] [--script -] ...``.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from making import Document, compiled, document, line, story, telling

MOVES = [
    ["stay", "Breathe, and stay", False],
    ["ask_open", "Ask about it", False],
    ["reflect", "Say back what you heard", False],
    ["name_feeling", "Say what it sounds like to carry", False],
    ["confide", "Tell them something of your own", False],
    ["touch", "Lean closer", False],
    ["encourage", "Say “go on”", True],
    ["validate", "Tell them it makes sense", True],
    ["comfort", "Be kind", True],
    ["judge", "Tell them they were wrong", True],
    ["run", "Run", True],
]
VEILS = [["sale e pioggia", "it"], ["снег и соль", "ru"], ["الملح والمطر", "ar"], ["鹽與雨", "zh"], ["αλάτι", "el"],
         ["nieve en la boca", "es"], ["מלח", "he"]]  # fmt: skip
WEATHER = [
    ("The rain in that city tastes of salt, and a little of being sorry. People put out cups for it.",
     "They say it the way one gives directions."),
    ("When the streets flood it is not with water. You wade to work through somebody’s seventh birthday.",),
    ("There is a wind that comes up the stairs in the evenings and asks each door whether it is the right one.",),
    ("In March it snows letters. Nobody reads them. You shake them off your collar like anyone.",
     "“I liked March,” they say."),
    ("Fog is paid for by the hour there. The poor see everything.",),
]  # fmt: skip
DEEPER = [
    (1, "crows", "The crows", "As a child they spoke to crows, and the crows, being polite, answered.", "talk"),
    (1, "moon", "The moon", "They believed the moon was a balloon, and that a spider had the string.", "talk"),
    (2, "orchard", "The orchard", "“This one,” they say, with a finger on the silver, “is where I buried the first. "
     "Not in the ground. In a thing I told myself each morning until it had roots.”", "scar"),
    (2, "jar", "The jar", "“I used to scream into jars and put them under the bed. I thought that if I saved enough "
     "of it I could have a noise of my own, for when they left.”", "jar"),
    (3, "hurricane", "The hurricane", "“I loved someone who was weather indoors. I kept mending the window.”", "scar"),
    (3, "surviving", "The other beds", "“There were nine beds in that room. I am here. You can do the sum.”", "talk"),
    (4, "shadow", "The shadow", "“What if the true one is only the shadow, and it has corners?”", "talk"),
]  # fmt: skip


def hollow(clock: int = 16) -> Document:
    """The story as a document."""
    told = [
        telling("arrives", arc="arrival", body=[
            line("Someone is standing in the arch of ivy and thorn, and the dream has not yet decided on them.", "place"),
            line("They say your name, in a way it has not been said for some lifetimes."),
        ]),
        *[telling(f"weather-{n}", title=f"Weather {n}", body=[line(text) for text in texts])
          for n, texts in enumerate(WEATHER)],
        *[telling(id, title=title, depth=depth, form=form, body=[
            line(text), {"say": [], "by": "pause"}, line("The walls sigh, and every book turns a page.", "place")],
            effects={"appear": ["jar"]} if id == "jar" else {"appear": ["scar-orchard"]} if id == "crows" else {},
            **({"promise": [line("“When we next meet I will tell you the thing I am too afraid to name.”")],
                "instead": [line("“I said I would. I cannot yet.”")], "seal": 2} if id == "shadow" else {}))
          for depth, id, title, text, form in DEEPER],
        *[telling(f"shard-{n}", arc="moment", depth=1, form="shard", body=[line(text, "place")]) for n, text in enumerate([
            "A kiss at midnight, in a coat that belongs to neither of you.",
            "A funeral at which one person is dancing.", "A letter, burning from the signature upward."])],
        telling("parting", arc="waking", by=["clock"], body=[
            line("The ink goes out of them from the edges in.", "place"),
            line("“You are the first who did not run,” they say.")]),
    ]  # fmt: skip
    base = document(told)
    return document(
        told, id="hollow", title="The Hollow Library", clock=[clock], unravelling=4, wander=3, veils=VEILS,
        notes=["Grief, and having survived.", "A parent who left. Nothing is shown; it is spoken of."],
        moment={"needs": [{"trust": 4}], "after": 7, "length": 3, "scene": "desert"},
        confider={**base["confider"], "moves": MOVES, "looks": [["books", "Look at the books"], ["river", "Look at the river"]],
                  "answers": {"unclear": [["k-u", [line("They tilt their head, and study you as one studies a rhyme.")]]],
                              "stay": [[f"k-s{n}", [line(text)]] for n, text in enumerate([
                                  "They breathe out when you do.", "They let that stand.", "Nothing is asked of you."])]}},
        scenes=[{"id": "room", "title": "The library", "art": "library", "light": 0.4, "sound": None},
                {"id": "desert", "title": "The desert", "art": "desert", "light": 0.8, "sound": None}],
        sections=[
            {"id": "sight", "scene": "room", "on": [["enter", ""]], "needs": [{}], "again": False, "cool": 0, "lines": [
                ["k1", line("You are standing in a library that should not be: somebody has grown it inside a tree. "
                            "The roots go down into a river, and the river is starlight, running.", "place")],
                ["k2", line("The air smells of burnt honey. The books have no spines. You put your palm against one, and it is "
                            "beating.", "place")]]},
            {"id": "sands", "scene": "desert", "on": [["enter", ""]], "needs": [{}], "again": True, "cool": 0, "lines": [
                ["k3", line("Forehead to forehead; and then a desert, and all of the sand is mirrors.", "place")]]},
            {"id": "shudder", "scene": None, "on": [["phase", "unravelling"]], "needs": [{}], "again": False, "cool": 0,
             "lines": [["k4", line("The tree shudders from the root up. A book lets go of its shelf and is a moth.", "place")],
                       ["k5", line("More of them. The titles come off like ash.", "place")]]},
            {"id": "books", "scene": "room", "on": [["look", "books"], ["look", ""]], "needs": [{}], "again": False, "cool": 0,
             "lines": [["k6", line("The titles will not hold still. Under your eye one is Italian, then it is rain.", "place")]]},
        ],
        things=[
            {"id": "scar-orchard", "scene": "room", "kind": "scar", "label": "the long scar", "moves": ["ask_open"],
             "here": False, "look": [["k7", line("It runs from the wrist to the heart line, and glows.", "place")]]},
            {"id": "jar", "scene": "room", "kind": "jar", "label": "the jar", "moves": ["ask_open"], "here": False, "look": []},
        ],
        gestures=[{"id": "vow", "move": "confide", "target": "vow", "label": "Say that you will stay", "phase": "unravelling"}],
    )  # fmt: skip


ASKS = {
    "themes": [["war", "war"], ["leaving", "being left"]],
    "asks_pronoun": True,
    "help": [{"name": "Telefonseelsorge", "contact": "0800 111 0 111", "hours": "always", "checked": "2026-11-20"}],
}
"""What a story may ask before stepping in, and its own line of help."""


def meeting_in(keep: str | None, clock: int = 16, **more: Any) -> Any:
    """A meeting with this story, kept in a real keep or in memory; ``more`` replaces parts of the story."""
    from harken.meeting import Meeting

    doc = {**hollow(clock), **more}
    if keep is None:
        from harken.keep import MemoryKeep

        return Meeting(story(doc), MemoryKeep().encounter("hollow"), compiled=compiled(doc))
    from harken.keep import Keep

    return Meeting(story(doc), Keep.open(Path(keep)).encounter("hollow"), compiled=compiled(doc))


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("keep", nargs="?")
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--script")
    parser.add_argument("--name")
    parser.add_argument("--seed", type=int)
    parser.add_argument("--clock", type=int, default=16)
    parser.add_argument("--asks", action="store_true")
    given = parser.parse_args()
    from harken.errors import HarkenError
    from harken.terminal import play

    script = (
        None
        if given.script is None
        else sys.stdin.buffer
        if given.script == "-"
        else io.BytesIO(Path(given.script).read_bytes())
    )
    try:
        meeting = meeting_in(given.keep, given.clock, **(ASKS if given.asks else {}))
        code = play(meeting, script=script, json=given.json, name=given.name, seed=given.seed, plain=given.plain)
    except HarkenError as error:
        print(error, file=sys.stderr)
        code = 2
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code


if __name__ == "__main__":
    sys.exit(main())
