"""Whether a compiled document that came from anywhere can be played: shapes, names and an end to every line.

The compiler makes only sound documents; a file may have been made by anything. What is asked here is what the engine
takes for granted: that names lead somewhere, that grammars end, and that nothing is nested without bound.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from harken.engine.index import index_of
from harken.engine.locale import translated
from harken.engine.moves import ARCS, MOVES, PRONOUNS
from harken.story.grammar import MOST_SPOKEN, MOST_SYMBOLS_DEEP, branches, size, symbols

MOST_NESTED = 24


class _Unsound(Exception):
    """What is wrong, in a few words. Never leaves this file."""


def faults(document: dict[str, Any]) -> str:
    """What is wrong with a compiled document, in a few words; empty when nothing is."""
    try:
        _look(document)
        for locale in document.get("locales", {}):
            _look(translated(document, locale))
    except _Unsound as fault:
        return str(fault)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        return f"{type(error).__name__}: {error}"
    return ""


def _need(holds: object, what: str) -> None:
    if not holds:
        raise _Unsound(what)


def _look(doc: dict[str, Any]) -> None:
    for key in ("id", "title", "language", "blurb", "opening"):
        _need(isinstance(doc[key], str), f"{key} is not text")
    for key, low, high in (("meetings", 1, 1000), ("unravelling", 1, 12), ("wander", 0, 10)):
        _need(isinstance(doc[key], int) and low <= doc[key] <= high, f"{key} is not a number from {low} to {high}")
    for key, count, low, high in (("clock", 0, 8, 200), ("floors", 6, 0, 20), ("start", 3, 0, 20)):
        numbers = doc[key]
        _need(numbers and len(numbers) == (count or len(numbers)), f"{key} has not the right length")
        _need(all(isinstance(number, int) and low <= number <= high for number in numbers), f"{key} is out of bounds")
    for key in ("scenes", "sections", "things", "tellings", "gestures", "veils", "gone", "authors", "notes"):
        _need(isinstance(doc[key], list), f"{key} is not a list")
    scenes = {scene["id"] for scene in doc["scenes"]}
    things = {thing["id"] for thing in doc["things"]}
    _need(doc["opening"] in scenes, "the opening scene is not there")
    ear = doc.get("ear")
    if ear is not None:
        _need(all(isinstance(ear[key], str) for key in ("language", "rows")), "its own words are not text")
        _need(isinstance(ear["ear"], int), "its own words are for no ear")
        pairs = [[name for name in gesture if isinstance(name, str)] for gesture in ear["gestures"]]
        _need(all(len(pair) == 2 for pair in pairs), "a gesture that is heard is no pair of names")
    moment = doc["moment"]
    if moment is not None:
        _guard(moment["needs"])
        _need(moment["scene"] in scenes, "the moment's scene is not there")
    grammar = doc["confider"]["grammar"]
    _need(all(grammar.values()), "a symbol of the grammar says nothing")
    _grammar_ends(grammar)
    small_talk = doc["confider"]["small_talk"]
    _need(small_talk is None or small_talk in grammar, "the small talk's symbol is not there")
    _need(set(doc["confider"]["temperament"]) <= set(MOVES), "there is a temper for an unknown move")
    for line in _lines(doc):
        _need(line["by"] in ("tell", "place", "pause"), "a line is said by nobody")
        _nodes(line["say"], grammar, 0)
    for section in doc["sections"]:
        _guard(section["needs"])
        _need(section["scene"] is None or section["scene"] in scenes, f"the scene of {section['id']} is not there")
    ids: set[str] = set()
    for telling in doc["tellings"]:
        _telling(telling, scenes, things)
        _need(telling["id"] not in ids, f"there are two {telling['id']}")
        ids.add(telling["id"])
    _need("index" not in doc or doc["index"] == json.loads(json.dumps(index_of(doc))), "its index is not its own")


def _telling(telling: dict[str, Any], scenes: set[str], things: set[str]) -> None:
    name = telling["id"]
    _need(isinstance(name, str) and isinstance(telling["title"], str), "a telling has no id or title")
    _need(telling.get("depth", 0) in range(6), f"the depth of {name} is out of bounds")
    _need(telling.get("arc", "talk") in ARCS, f"the arc of {name} is unknown")
    _guard(telling.get("needs", [{}]))
    effects = telling.get("effects", {})
    _need({*effects.get("appear", ()), *effects.get("dissolve", ())} <= things, f"what {name} shows is not there")
    _need(effects.get("scene") is None or effects["scene"] in scenes, f"the scene of {name} is not there")
    _need(effects.get("lengthen", 0) in range(4), f"{name} lengthens too much")


def _guard(guard: Any) -> None:
    _need(isinstance(guard, list) and len(guard) <= 64, "a guard is not a short list")
    for clause in guard:
        for number in ("trust", "meeting", "closeness", "ache"):
            _need(isinstance(clause.get(number, 0), int), "a guard does not ask for a number")
        for names in ("told", "untold", "confided"):
            _need(all(isinstance(name, str) for name in clause.get(names, ())), "a guard does not name a telling")
        _need(all(isinstance(least, int) for least in clause.get("counters", {}).values()), "a counter is not a number")
        _need(all(isinstance(value, str) for value in clause.get("facts", {}).values()), "a fact is not a word")


def _lines(doc: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for telling in doc["tellings"]:
        yield from telling["body"]
        yield from telling.get("promise", ())
        yield from telling.get("instead", ())
        for said in telling.get("answers", {}).values():
            yield from said
    for pool in doc["confider"]["answers"].values():
        for _, said in pool:
            yield from said
    for place in (*doc["sections"], *doc["things"]):
        yield from (line for _, line in place["lines" if "lines" in place else "look"])


def _nodes(nodes: Iterable[Any], grammar: dict[str, Any], depth: int) -> None:
    _need(depth <= MOST_NESTED, "a line is nested too deeply")
    for node in nodes:
        if isinstance(node, str):
            continue
        if "grammar" in node:
            _need(node["grammar"] in grammar, f"the symbol {node['grammar']} is not there")
        elif "if" in node:
            _guard(node["if"])
        elif "any" in node:
            _need(node["any"], "a shuffle holds nothing")
        elif "reader" in node:
            _need(len(node["reader"]) == len(PRONOUNS), "a form of the reader is missing")
        else:
            _need("em" in node or "name" in node or "recall" in node, "a line holds something unknown")
        for branch in branches(node):
            _nodes(branch, grammar, depth + 1)


def _grammar_ends(grammar: dict[str, Any]) -> None:
    """Every symbol is made of symbols that end sooner, and says no great deal."""
    for alternatives in grammar.values():
        for nodes in alternatives:
            _nodes(nodes, grammar, 0)
    left = {symbol: {*symbols(alternatives)} for symbol, alternatives in grammar.items()}
    sizes: dict[str, tuple[int, int]] = {}
    while left:
        ended = [symbol for symbol, inner in left.items() if inner <= sizes.keys()]
        _need(ended, "the grammar goes round in a circle")
        for symbol in ended:
            del left[symbol]
            sizes[symbol] = size(grammar[symbol], sizes)
            length, depth = sizes[symbol]
            _need(length <= MOST_SPOKEN and depth <= MOST_SYMBOLS_DEEP, f"the symbol {symbol} says too much")
