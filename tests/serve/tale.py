"""A small tale for the player's tests: every kind of beat, all three drawings, a promise, a scar, several scripts."""

from __future__ import annotations

from typing import Any

from making import Document, compiled, document, line, story, telling

SECRET = "UNEARNED-WORDS-THAT-NOBODY-EARNS"
OPENING = (
    "It is a library, and it is the inside of a tree. A river goes through it where an aisle would be, and there "
    "are stars in the river, and they are moving."
)


BOOKS = "The books have no spines. They stand with their pages to you, and they are warm."
GLASS = "The sand is broken mirror. In each piece it is another year."


def _said(text: str, voice: list[str] | None = None, by: str = "tell") -> dict[str, Any]:
    made = line(text, by)
    return {**made, "voice": voice} if voice else made


def document_of(**more: Any) -> Document:
    """The compiled document of the tale; ``more`` replaces parts of it."""
    base = document([])
    tellings = [
        telling(
            "comes",
            arc="arrival",
            again=True,
            body=[
                _said("Somebody is standing in the arch, and was standing there before you looked.", by="place"),
                _said("“You are where you left off,” they say. You feel it in your ribs before you hear it.", ["low"]),
            ],
        ),
        telling(
            "rain",
            title="The rain in that city",
            body=[
                _said(
                    "“In the city I mean,” they say, “the rain tastes of salt, and the streets fill with what "
                    "people have forgotten. Children sail paper boats on it.”"
                ),
                {"by": "pause"},
                _said("The shelves let out a breath.", by="place"),
            ],
        ),
        telling(
            "palms",
            title="Both palms",
            depth=1,
            form="scar",
            effects={"appear": ["scar"]},
            body=[
                _said(
                    "They turn their hands over. The scars are fine and many, and they shine as a snail’s way shines."
                ),
            ],
        ),
        telling(
            "orchard",
            title="What was buried in the orchard",
            depth=1,
            form="scar",
            on="scar",
            body=[
                _said("“This one I told myself every morning,” they say, “until it grew.”", ["low", "slow"]),
                _said("Something in your own side answers it.", by="place"),
            ],
            promise=[line("“Next time I will tell you the rest of this one.”")],
            instead=[line("“Not yet,” they say.")],
        ),
        telling(
            "jar",
            title="The jar under the bed",
            depth=1,
            form="jar",
            body=[
                _said("“I kept the noise in jars,” they whisper, “for when they left.”", ["whisper"]),
            ],
        ),
        telling("glass", arc="moment", title="The glass", body=[_said(GLASS)]),
        telling("never", depth=5, seal=3, title=SECRET, body=[_said(SECRET)]),
        telling("goodbye", arc="unravelling", again=True, body=[_said("“You did not run,” they say.", ["break"])]),
    ]
    looks = [["k-look", line("Under your hand a book beats.", "place")]]
    doc = document(
        tellings,
        title="The Small Library",
        notes=["grief", "a childhood without care"],
        clock=[12],
        unravelling=3,
        wander=1,
        moment={"needs": [{"told": ["palms"]}], "after": 6, "length": 2, "scene": "desert"},
        opening="library",
        veils=[
            ["sale e pioggia", "it"],
            ["снег в июле", "ru"],
            ["ἡ τελευταία ἐπιστολή", "el"],
            ["雨の手紙", "ja"],
            ["ملح البحر", "ar"],
            ["an litir", "ga"],
        ],
        scenes=[
            {"id": "library", "title": "The library", "art": "library", "light": 0.1, "sound": None},
            {"id": "desert", "title": "The desert", "art": "desert", "light": 0.9, "sound": None},
        ],
        sections=[
            {
                "id": "sight",
                "scene": "library",
                "on": [["enter", ""]],
                "needs": [{}],
                "again": True,
                "cool": 0,
                "lines": [
                    ["k-1", line(OPENING, "place")],
                    ["k-2", line(BOOKS, "place")],
                ],
            },
            {
                "id": "sand",
                "scene": "desert",
                "on": [["enter", ""]],
                "needs": [{}],
                "again": True,
                "cool": 0,
                "lines": [["k-3", line("There is no tree. There is sand, and the sand is glass.", "place")]],
            },
            {
                "id": "look",
                "scene": None,
                "on": [["look", ""]],
                "needs": [{}],
                "again": False,
                "cool": 0,
                "lines": looks,
            },
        ],
        things=[
            {
                "id": "scar",
                "scene": "library",
                "kind": "scar",
                "label": "the long scar",
                "moves": ["ask_open", "touch"],
                "here": False,
                "look": [],
            }
        ],
        confider={
            **base["confider"],
            "moves": [
                ["stay", "Stay, and breathe with them", False],
                ["reflect", "Say back what you heard", False],
                ["name_feeling", "Name what you think they feel", False],
                ["ask_open", "Ask them to go on", False],
                ["confide", "Tell them something of yours", False],
                ["comfort", "Comfort them", True],
                ["advise", "Tell them what they should do", True],
                ["judge", "Tell them it was their own doing", True],
                ["joke", "Make light of it", True],
                ["run", "Run", True],
            ],
        },
    )
    return {**doc, **more}


def tale(**more: Any) -> tuple[Any, bytes]:
    """The tale as a story, and its compiled bytes."""
    doc = document_of(**more)
    return story(doc), compiled(doc)
