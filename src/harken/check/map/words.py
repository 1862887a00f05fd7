"""Compiled words as a writer reads them: every variant, in braces, as it was written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from harken.engine.guard import Clause


def paragraphs(words: Iterable[dict[str, Any]]) -> list[dict[str, str]]:
    """``{"by", "text"}`` of each line that has words."""
    lines = [{"by": line["by"], "text": plain(line.get("say", ())).strip()} for line in words]
    return [line for line in lines if line["text"]]


def plain(nodes: Iterable[Any]) -> str:
    """Nodes as text."""
    return "".join(node if isinstance(node, str) else _of(node) for node in nodes)


def _of(node: dict[str, Any]) -> str:
    if "em" in node:
        return plain(node["em"])
    if "name" in node:
        return "{name}"
    if "if" in node:
        return _either(plain(node["then"]), plain(node["else"]))
    if "any" in node:
        return _either(*map(plain, node["any"]))
    if "reader" in node:
        return plain(node["reader"][-1])
    if "grammar" in node:
        return "{" + str(node["grammar"]) + "}"
    return "{what they confided}"


def _either(*texts: str) -> str:
    return "{" + " | ".join(texts) + "}"


def asked(clause: Clause, floor: int) -> list[str]:
    """What a clause asks for besides tellings, each as a writer would say it."""
    parts = [f"trust {clause.trust}"] if clause.trust > floor else []
    parts += [f"meeting {clause.meeting}"] if clause.meeting > 1 else []
    parts += [f"{fact} is {value}" for fact, value in clause.facts]
    parts += [f"{counter} at least {least}" for counter, least in clause.counters]
    parts += [f"{theme} confided" for theme in clause.confided]
    return parts
