"""Words: compiled nodes into what is shown.

A closed inline language: names, variants, shuffles, grammar, the reader's own remembered words. Rendering is a
function of the state, the meeting's seed and the reader's words still kept; it loops over nothing that a writer
could make endless (grammars are acyclic, checked when a story compiles).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from harken.engine.chance import pick
from harken.engine.events import Line
from harken.engine.guard import guard_from, holds
from harken.engine.moves import PRONOUNS
from harken.engine.state import State

Recall = Callable[[int], str | None]
"""Looks up the reader's own words by their place in the log; None once burned."""


def nothing_recalled(entry: int) -> None:
    """The recall of someone who kept no words."""


REMEMBERED_MOST = 160
"""Characters of the reader's own words that come back in a line."""


class Scope(NamedTuple):
    """What a line may draw on while it is rendered."""

    state: State
    grammar: Mapping[str, list[Any]]
    recall: Recall
    salt: str


def render(lines: Iterable[Mapping[str, Any]], scope: Scope) -> tuple[Line, ...]:
    """The lines as shown. A line whose variants leave it empty is left out."""
    shown = []
    for number, line in enumerate(lines):
        if line["by"] == "pause":
            shown.append({"text": "", "by": "pause"})
            continue
        say = line["say"]
        if len(say) == 1 and isinstance(say[0], str):  # most lines: nothing in them depends on anything
            spans, text = [], say[0].strip()
        else:
            spans = _joined(_spans(say, scope, "", (number,)))
            text = "".join(part for _, part in spans)
        if text:
            shown.append(_line(line, text, spans))
    return tuple(shown)


def _line(line: Mapping[str, Any], text: str, spans: list[tuple[str, str]]) -> Line:
    out: Line = {"text": text, "by": line["by"]}
    if any(mark for mark, _ in spans):
        out["spans"] = [list(span) for span in spans]
    if line.get("voice"):
        out["voice"] = list(line["voice"])
    return out


def _joined(spans: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    out: list[tuple[str, str]] = []
    for mark, text in spans:
        if not text:
            continue
        if out and out[-1][0] == mark:
            out[-1] = (mark, out[-1][1] + text)
        else:
            out.append((mark, text))
    if out:
        out[0] = (out[0][0], out[0][1].lstrip())
        out[-1] = (out[-1][0], out[-1][1].rstrip())
    return [span for span in out if span[1]]


def _spans(nodes: Iterable[Any], scope: Scope, mark: str, path: tuple[int, ...]) -> Iterable[tuple[str, str]]:
    for number, node in enumerate(nodes):
        here = (*path, number)
        if isinstance(node, str):
            yield mark, node
        elif "em" in node:
            yield from _spans(node["em"], scope, "em", here)
        elif "name" in node:
            yield from _name(node, scope, mark, here)
        elif "reader" in node:
            form = PRONOUNS.index(scope.state.pronoun or PRONOUNS[-1])
            yield from _spans(node["reader"][form], scope, mark, here)
        elif "if" in node:
            chosen = node["then"] if holds(guard_from(node["if"]), scope.state) else node["else"]
            yield from _spans(chosen, scope, mark, here)
        elif "any" in node:
            number = pick(len(node["any"]), scope.state.seed, scope.state.meeting, scope.salt, here)
            yield from _spans(node["any"][number], scope, mark, here)
        elif "grammar" in node:
            alternatives = scope.grammar[node["grammar"]]
            number = pick(len(alternatives), scope.state.seed, scope.state.meeting, scope.salt, here)
            yield from _spans(alternatives[number], scope, mark, here)
        else:
            yield from _remembered(node, scope, mark, here)


def _name(node: Mapping[str, Any], scope: Scope, mark: str, path: tuple[int, ...]) -> Iterable[tuple[str, str]]:
    if scope.state.name:
        older = scope.state.older if node["name"] == "older" else None
        yield mark, older or scope.state.name
    else:
        yield from _spans(node.get("else") or ["you"], scope, mark, path)


def _remembered(node: Mapping[str, Any], scope: Scope, mark: str, path: tuple[int, ...]) -> Iterable[tuple[str, str]]:
    entry = scope.state.confided
    words = " ".join((scope.recall(entry) or "").split()) if entry is not None else ""
    if 0 < len(words) <= REMEMBERED_MOST:
        yield mark, words
    else:
        yield from _spans(node.get("else") or [], scope, mark, path)
