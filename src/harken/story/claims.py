"""``claims:`` of ``story.yaml``: what a writer says of the whole story, for ``harken check`` to decide.

    never ID before ID                              never ID in meeting NUMBER
    someone who listens hears ID within NUMBER meetings
    a reader who runs (once | twice | NUMBER times) can still hear ID
    secret: WORDS                                   (with of: ID, the telling they belong to)

The engine does not look at them. docs/checking.md says what each one means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from harken.story.draft import Draft
from harken.story.fields import Fields, Name
from harken.story.tree import Map, Node, Scalar

_ID = r"(?P<{}>\S+)"
_NUMBER = r"(?P<number>[0-9]{1,3})"
_FORMS = {
    "before": rf"never {_ID.format('telling')} before {_ID.format('other')}",
    "meeting": rf"never {_ID.format('telling')} in meeting {_NUMBER}",
    "hears": rf"someone who listens hears {_ID.format('telling')} within {_NUMBER} meetings?",
    "ran": rf"a reader who runs (?P<times>once|twice|{_NUMBER} times) can still hear {_ID.format('telling')}",
}
_TIMES = {"once": 1, "twice": 2}
_NESTED = ("body", "answers", "promise", "instead")


def read_claims(fields: Fields, draft: Draft) -> list[dict[str, Any]]:
    """The claims of a story, compiled; what cannot be read is noted."""
    claims = []
    for node in fields.items("claims"):
        claim = _secret(node, draft) if isinstance(node, Map) else _sentence(fields, node, draft)
        if claim is not None:
            claims.append(claim)
    return claims


def _sentence(fields: Fields, node: Node, draft: Draft) -> dict[str, Any] | None:
    scalar = fields.as_scalar(node, "claims")
    if scalar is None:
        return None
    text = " ".join(scalar.text.split())
    for kind, form in _FORMS.items():
        found = re.fullmatch(form, text)
        if found is not None:
            return _claim(kind, {k: v for k, v in found.groupdict().items() if v is not None}, scalar, draft)
    draft.found.add("not-a-claim", scalar.at, text=text)
    return None


def _claim(kind: str, parts: dict[str, str], scalar: Scalar, draft: Draft) -> dict[str, Any]:
    claim: dict[str, Any] = {"kind": kind, "text": " ".join(scalar.text.split()), "telling": parts["telling"]}
    for name in ("telling", "other"):
        if name in parts:
            draft.refer("claimed", parts[name], _where(scalar, parts[name], last=name == "other"))
    if kind == "before":
        claim["other"] = parts["other"]
        if parts["other"] == parts["telling"]:
            draft.found.add("claim-of-itself", scalar.at, name=parts["telling"])
        return claim
    number = _TIMES.get(parts.get("times", "")) or int(parts["number"])
    if (kind == "meeting" and not number >= 1) or not number:
        draft.found.add("claim-number", scalar.at)
    elif kind != "ran" and number > draft.head.get("meetings", number):
        draft.found.add("claim-beyond", scalar.at, value=number, meetings=draft.head["meetings"])
    return {**claim, "number": number}


def _where(scalar: Scalar, name: str, last: bool) -> Any:
    at = scalar.text.rfind(name) if last else scalar.text.find(name)
    return scalar.passage.at(at)


def _secret(node: Map, draft: Draft) -> dict[str, Any] | None:
    inner = Fields(node, ("secret", "of"), "a claim", draft)
    phrase, of = inner.need("secret", node.at), inner.id("of")
    if of is not None:
        draft.refer("claimed", of.text, of.at)
    if not isinstance(phrase, Scalar) or not phrase.text.strip():
        return None
    words = " ".join(phrase.text.split())
    draft.refer("secret", words, phrase.at, of.text if isinstance(of, Name) else None)
    return {"kind": "secret", "text": f"secret: {words}", "phrase": words, "of": of.text if of else None}


def check_claims(draft: Draft) -> None:
    """A secret is told somewhere: by the telling it is said to belong to, or by any."""
    if draft.unsure.intersection({"telling"}):
        return
    for ref in draft.refs["secret"]:
        known = {entry.doc["id"] for entry in draft.tellings}
        if ref.more is not None and ref.more not in known:
            continue
        told = [e.doc for e in draft.tellings if ref.more in (None, e.doc["id"])]
        if not any(says(ref.name, part) for doc in told for part in texts(doc, _NESTED)):
            draft.found.add(
                "secret-nowhere", ref.at, phrase=ref.name, where=f"`{ref.more}`" if ref.more else "this story"
            )


def says(phrase: str, text: str) -> bool:
    """Whether this text has the phrase in it, however it is wrapped, capitalised or quoted."""
    return plain(phrase) in plain(text)


def plain(text: str) -> str:
    """A text as it is compared: small letters, straight quotes, single spaces."""
    return " ".join(text.casefold().replace("’", "'").replace("‘", "'").split())


def texts(doc: dict[str, Any], keys: tuple[str, ...]) -> Iterator[str]:
    """Everything that these parts of a compiled telling can say: each line, and each of its variants' words."""
    for key in keys:
        part = doc.get(key)
        if part:
            yield from spoken(part)


def spoken(part: Any) -> Iterator[str]:
    """The words in compiled lines: whole where nothing varies, and each stretch between what does."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        if "say" in part:
            yield _flat(part["say"])
        for key, inner in part.items():
            if key not in ("if", "by", "voice", "name", "grammar", "recall"):
                yield from spoken(inner)
    elif isinstance(part, list):
        if part and all(isinstance(node, str) or (isinstance(node, dict) and "say" not in node) for node in part):
            yield _flat(part)
        for inner in part:
            yield from spoken(inner)


def _flat(nodes: Any) -> str:
    """The words of some nodes in a row, stress taken off; what varies breaks the row."""
    if isinstance(nodes, str):
        return nodes
    if isinstance(nodes, list):
        return "".join(_flat(node) for node in nodes)
    return _flat(nodes["em"]) if isinstance(nodes, dict) and "em" in nodes else "\0"
