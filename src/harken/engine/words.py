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
from harken.engine.guard import written_holds
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
            spans = _spans(say, scope, (number,))
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


def _spans(nodes: Iterable[Any], scope: Scope, path: tuple[int, ...]) -> list[tuple[str, str]]:
    """What these nodes say, as few ``(mark, text)`` as can be."""
    written: list[tuple[str, str]] = []
    _write(written, nodes, scope, "", path)
    out: list[tuple[str, str]] = []
    for mark, text in written:
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


def _write(out: list[tuple[str, str]], nodes: Iterable[Any], scope: Scope, mark: str, path: tuple[int, ...]) -> None:
    """Add the words of these nodes to ``out``, as ``(mark, text)``; ``path`` is where they stand, for what is drawn."""
    for number, node in enumerate(nodes):
        if isinstance(node, str):
            out.append((mark, node))
        else:
            here = (*path, number)
            part = _chosen(node, scope, here)
            _write(out, (part,) if isinstance(part, str) else part, scope, "em" if "em" in node else mark, here)


def _chosen(node: Mapping[str, Any], scope: Scope, here: tuple[int, ...]) -> Any:
    """What this node comes to: words, or nodes."""
    state = scope.state
    if "if" in node:
        return node["then"] if written_holds(node["if"], state) else node["else"]
    if "name" in node:
        if not state.name:
            return node.get("else") or ["you"]
        return (state.older if node["name"] == "older" else None) or state.name
    if "em" in node:
        return node["em"]
    if "reader" in node:
        return node["reader"][PRONOUNS.index(state.pronoun or PRONOUNS[-1])]
    alternatives = node.get("any") or ("grammar" in node and scope.grammar[node["grammar"]])
    if alternatives:
        return alternatives[pick(len(alternatives), state.seed, state.meeting, scope.salt, here)]
    words = " ".join((scope.recall(state.confided) or "").split()) if state.confided is not None else ""
    return words if 0 < len(words) <= REMEMBERED_MOST else node.get("else") or []
