"""A compiled story in another language: the same ids and rules, other words.

A translation holds words only, by the permanent ids of what they translate; what it lacks is told in the story's own
language. So a reading can change its language between meetings, and nothing of it is lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Document = dict[str, Any]
_PLAIN = ("title", "blurb", "notes", "help")


def translated(document: Document, locale: str) -> Document:
    """The compiled document with the words of one of its translations; itself where it has no such translation."""
    words = document.get("locales", {}).get(locale)
    if words is None:
        return document
    return {
        **document,
        **{key: words[key] for key in _PLAIN if key in words},
        "language": locale,
        "ear": words.get("ear"),
        "asks_pronoun": document.get("asks_pronoun", False) or words["asks_pronoun"],
        "themes": [[theme, words["themes"].get(theme, label)] for theme, label in document.get("themes", ())],
        "gestures": [{**one, "label": words["gestures"].get(one["id"], one["label"])} for one in document["gestures"]],
        "confider": _confider(document["confider"], words["confider"]),
        "scenes": [{**one, "title": words["scenes"].get(one["id"], one["title"])} for one in document["scenes"]],
        "sections": [_lines(one, "lines", words["sections"].get(one["id"])) for one in document["sections"]],
        "things": [_thing(one, words["things"].get(one["id"])) for one in document["things"]],
        "tellings": [_telling(one, words["tellings"].get(one["id"])) for one in document["tellings"]],
    }


def _confider(confider: Document, words: Mapping[str, Any]) -> Document:
    moves, looks = words["moves"], words["looks"]
    return {
        **confider,
        "name": words.get("name", confider["name"]),
        "pronouns": words.get("pronouns", confider["pronouns"]),
        "moves": [[move, moves.get(move, label), quiet] for move, label, quiet in confider["moves"]],
        "looks": [[target, looks.get(target, label)] for target, label in confider["looks"]],
        "answers": {move: _each(pool, words["answers"].get(move)) for move, pool in confider["answers"].items()},
        "grammar": {**confider["grammar"], **words["grammar"]},
    }


def _each(pool: list[list[Any]], words: list[Any] | None) -> list[list[Any]]:
    """A pool of lines under their own keys, so that what was said in one language is not said again in another."""
    return pool if words is None else [[key, said] for (key, _), said in zip(pool, words, strict=True)]


def _lines(one: Document, key: str, words: list[Any] | None) -> Document:
    return {**one, key: _each(one[key], words)}


def _thing(thing: Document, words: Mapping[str, Any] | None) -> Document:
    if words is None:
        return thing
    return {**_lines(thing, "look", words.get("look")), "label": words["label"]}


def _telling(telling: Document, words: Mapping[str, Any] | None) -> Document:
    if words is None:
        return telling
    answers = {**telling.get("answers", {}), **words.get("answers", {})}
    return {**telling, **words, **({"answers": answers} if answers else {})}
