"""Room between words: one space at a seam, none at the ends, no gap where a variant says nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Nodes = list[Any]


def say(out: Nodes, text: str) -> None:
    """Add words; room at a seam is kept to one space."""
    if not text:
        return
    if out and isinstance(out[-1], str):
        out[-1] += text[1:] if out[-1].endswith(" ") and text[0] == " " else text
    else:
        out.append(text)


def trimmed(nodes: Nodes) -> Nodes:
    """Without the room at both ends."""
    if nodes and isinstance(nodes[0], str):
        nodes[0] = nodes[0].lstrip(" ")
    if nodes and isinstance(nodes[-1], str):
        nodes[-1] = nodes[-1].rstrip(" ")
    return [node for node in nodes if node != ""]


_CLOSING = tuple(" .,;:!?…’”)")


def tidied(nodes: Nodes) -> Nodes:
    """Where a variant may leave nothing, the space beside it goes with its words: no gap is left behind."""
    for number, node in enumerate(nodes[:-1]):
        before = nodes[number - 1] if number else ""
        after = nodes[number + 1]
        if not _may_be_nothing(node) or not isinstance(after, str) or not isinstance(before, str):
            continue
        if after.startswith(" ") and (not before or before.endswith(" ")):
            nodes[number + 1] = after[1:]
            _each_branch(node, lambda branch: _joined([*branch, " "]))
        elif after.startswith(_CLOSING) and before.endswith(" "):
            nodes[number - 1] = before[:-1]
            _each_branch(node, lambda branch: _joined([" ", *branch]))
    return [node for node in trimmed(nodes) if node != ""]


def _joined(nodes: Nodes) -> Nodes:
    out: Nodes = []
    for node in nodes:
        if isinstance(node, str):
            say(out, node)
        else:
            out.append(node)
    return out


def _may_be_nothing(node: Any) -> bool:
    return isinstance(node, dict) and any(not branch for branch in _branches(node))


def _branches(node: Any) -> list[Nodes]:
    if "if" in node:
        return [node["then"], node["else"]]
    return list(node.get("any", node.get("reader", ())))


def _each_branch(node: Any, change: Callable[[Nodes], Nodes]) -> None:
    if "if" in node:
        node["then"], node["else"] = (change(branch) if branch else branch for branch in (node["then"], node["else"]))
    else:
        kind = "any" if "any" in node else "reader"
        node[kind] = [change(branch) if branch else branch for branch in node[kind]]
