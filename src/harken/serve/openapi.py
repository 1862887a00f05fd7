"""The API in OpenAPI 3.1: ``python -m harken.serve.openapi`` writes what stands in docs/openapi.json.

What a socket at /meeting carries is the same as what POST /meeting takes and gives.
"""

from __future__ import annotations

import json
from typing import Any

import harken
from harken.engine.moves import PRONOUNS
from harken.serve.protocol import ID_MOST, LOCALE_MOST, NAME_MOST, TEXT_MOST, VEILS_MOST
from harken.serve.talking import STATUS

Schema = dict[str, Any]


def describe() -> Schema:
    """The whole description."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Harken",
            "version": harken.__version__,
            "summary": "A meeting with someone who opens up to you, and the keep of what they said.",
            "description": "Every request carries the Host of the server, and every POST its Origin. "
            "docs/protocol.md explains the conversation.",
            "license": {"name": "Apache-2.0"},
        },
        "security": [{"session": []}],
        "paths": _paths(),
        "components": {
            "securitySchemes": {"session": {"type": "apiKey", "in": "cookie", "name": "harken"}},
            "schemas": _SCHEMAS,
        },
    }


def _paths() -> Schema:
    answers = {"200": _json("The answer.", _one("Threshold", "Breath"))}
    for status in sorted(set(STATUS.values())):
        codes = ", ".join(code for code, of in STATUS.items() if of == status)
        answers[str(status)] = _json(f"Nothing was written: {codes}.", _ref("Refused"))
    answers |= {"429": _json("Too fast: try again in a moment.", _ref("Say")), **_OUT}
    return {
        "/sign-in": {
            "post": {
                "summary": "Sign in on a shared server",
                "security": [],
                "requestBody": _body(_ref("SignIn")),
                "responses": {
                    "200": _json("The session's cookie is set. `words` open a new keep too.", _ref("SignedIn")),
                    "401": _json("The passphrase does not fit.", _ref("Say")),
                    "404": _json("Nobody of that name has been here.", _ref("Say")),
                    "409": _json("There is a reader of that name already.", _ref("Say")),
                    "422": _json("The name or the passphrase cannot be taken.", _ref("Say")),
                    "429": _json("Too many tries: wait, as Retry-After says.", _ref("Say")),
                    "503": _json("Nobody can be let in just now.", _ref("Say")),
                    **_BROKEN,
                },
            }
        },
        "/sign-out": {
            "post": {
                "summary": "End this session, or all of the reader's",
                "requestBody": _body(
                    _object({"everywhere": {"type": "boolean"}}, required=[]),
                ),
                "responses": {"200": _json("Ended.", _ref("Say")), **_BROKEN},
            }
        },
        "/meeting": {
            "post": {
                "summary": "One message of the meeting: open, begin or breathe",
                "requestBody": _body(_one("Open", "Begin", "Breathe")),
                "responses": answers,
            }
        },
        "/keep.json": {"get": {"summary": "What is kept", "responses": {"200": _json("It.", _ref("Keep")), **_OUT}}},
        "/keep/burn": {
            "post": {
                "summary": "Burn an entry",
                "requestBody": _body(_object({"entry": {"type": "integer", "minimum": 0}})),
                "responses": {
                    "200": _json("How far it is gone.", _ref("Burnt")),
                    "404": _json("There is no such entry.", _ref("Say")),
                    "409": _json("It cannot be burned now.", _ref("Say")),
                    **_OUT,
                    **_BROKEN,
                },
            }
        },
        "/keep/lock": {
            "post": {
                "summary": "Add a lock, take one away, or make recovery words",
                "requestBody": _body(_ref("Lock")),
                "responses": {
                    "200": _json("Done.", _ref("Locked")),
                    "409": _json("That cannot be done.", _ref("Say")),
                    "429": _json("Too many at once.", _ref("Say")),
                    **_OUT,
                    **_BROKEN,
                },
            }
        },
        "/keep/export.md": {
            "get": {"summary": "The keep as Markdown", "responses": {"200": _file("text/markdown"), **_OUT}}
        },
        "/keep/export": {
            "post": {
                "summary": "The keep as one file of age",
                "requestBody": _body(_object({"passphrase": {"type": "string", "minLength": 1, "maxLength": 400}})),
                "responses": {
                    "200": _file("application/octet-stream"),
                    "429": _json("Too many at once.", _ref("Say")),
                    **_OUT,
                    **_BROKEN,
                },
            }
        },
        "/keep/forget": {
            "post": {
                "summary": "Forget everything",
                "requestBody": _body(_object({"sure": {"const": True}})),
                "responses": {"200": _json("Nothing is left.", _ref("Say")), **_OUT, **_BROKEN},
            }
        },
        "/healthz": {"get": {"summary": "Alive", "security": [], "responses": {"200": _file("text/plain")}}},
        "/readyz": {
            "get": {
                "summary": "Takes readers",
                "security": [],
                "responses": {"200": _file("text/plain"), "503": _file("text/plain")},
            }
        },
    }


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _one(*names: str) -> Schema:
    return {"oneOf": [_ref(name) for name in names]}


def _object(properties: Schema, required: list[str] | None = None) -> Schema:
    needed = list(properties) if required is None else required
    made: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**made, "required": needed} if needed else made


def _json(what: str, schema: Schema) -> Schema:
    return {"description": what, "content": {"application/json": {"schema": schema}}}


def _file(kind: str) -> Schema:
    return {"description": "A file.", "content": {kind: {}}}


def _body(schema: Schema) -> Schema:
    return {"required": True, "content": {"application/json": {"schema": schema}}}


_OUT: Schema = {"401": _json("Nobody is signed in.", {"$ref": "#/components/schemas/Say"})}
_BROKEN: Schema = {
    status: {"description": what, "content": {"text/plain": {}, "application/json": {}}}
    for status, what in (("400", "It could not be read."), ("413", "It is too much at once."))
}

_ID: Schema = {"type": "string", "minLength": 1, "maxLength": ID_MOST}
_TEXT: Schema = {"type": "string"}
_MAYBE: Schema = {"type": ["string", "null"]}
_TEXTS: Schema = {"type": "array", "items": _TEXT}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_PART: Schema = {"type": "number", "minimum": 0, "maximum": 1}
_HELP: Schema = _object(
    {
        "title": _TEXT,
        "text": _TEXTS,
        "lines": {
            "type": "array",
            "items": _object({"name": _TEXT, "contact": _TEXT, "hours": _TEXT, "checked": _TEXT}),
        },
        "back": _TEXT,
    }
)
_BREATH_KEYS = (
    *("meeting", "breath", "phase", "move", "target", "confidence", "beats", "state", "told", "owed", "offers"),
    *("scene", "things", "name", "over"),
)

_SCHEMAS: Schema = {
    "Say": {"type": "object", "properties": {"say": _TEXT}, "required": ["say"]},
    "SignIn": _object(
        {
            "reader": {"type": "string", "minLength": 1, "maxLength": NAME_MOST},
            "passphrase": {"type": "string", "minLength": 1, "maxLength": 400},
            "words": {"type": "string", "minLength": 1, "maxLength": 400},
            "new": {"type": "boolean"},
        },
        required=["reader"],
    ),
    "SignedIn": {"type": "object", "properties": {"say": _TEXT, "words": _TEXTS}, "required": ["say"]},
    "Open": _object(
        {"type": {"const": "open"}, "locale": {"type": ["string", "null"], "maxLength": LOCALE_MOST}}, required=["type"]
    ),
    "Begin": _object(
        {
            "type": {"const": "begin"},
            "turn": _ID,
            "name": {"type": ["string", "null"], "maxLength": NAME_MOST},
            "pronoun": {"enum": [*PRONOUNS, None]},
            "veiled": {
                "type": ["array", "null"],
                "maxItems": VEILS_MOST,
                "items": {"type": "string", "maxLength": ID_MOST},
            },
            "locale": {"type": ["string", "null"], "maxLength": LOCALE_MOST},
            "older": {"type": ["boolean", "null"]},
        },
        required=["type", "turn"],
    ),
    "Breathe": {
        "oneOf": [
            _object({"type": {"const": "breathe"}, "turn": _ID, "offer": {"type": "string", "maxLength": ID_MOST * 2}}),
            _object({"type": {"const": "breathe"}, "turn": _ID, "text": {"type": "string", "maxLength": TEXT_MOST}}),
        ]
    },
    "Help": _HELP,
    "Threshold": _object(
        {
            "type": {"const": "threshold"},
            "title": _TEXT,
            "opening": _TEXTS,
            "notes": _TEXTS,
            "meeting": _COUNT,
            "state": {"enum": ["new", "next", "within"]},
            "name": _MAYBE,
            "help": _ref("Help"),
            "veils": {"type": "array", "items": _object({"id": _TEXT, "label": _TEXT})},
            "veiled": _TEXTS,
            "pronouns": {"type": "boolean"},
            "older_name": {"type": "boolean"},
            "pronoun": _MAYBE,
            "language": _TEXT,
            "locales": _TEXTS,
            "locale": _MAYBE,
            "older": {"type": "boolean"},
        }
    ),
    "Breath": _object(
        {
            "type": {"const": "breath"},
            "turn": _MAYBE,
            "breath": {"type": "object", "required": list(_BREATH_KEYS)},
            "shelf": {"type": "array", "items": {"type": "object", "required": ["book", "veil", "near", "still"]}},
            "clock": _PART,
            "resumed": {"type": "boolean"},
            "place": {
                "oneOf": [
                    {"type": "null"},
                    _object({"art": _TEXT, "light": _PART, "sound": _MAYBE, "motion": _PART}),
                ]
            },
        }
    ),
    "Refused": _object(
        {
            "type": {"const": "refused"},
            "turn": _MAYBE,
            "code": {"enum": list(STATUS)},
            "say": _TEXT,
            "page": _ref("Help"),
        },
        required=["type", "turn", "code", "say"],
    ),
    "Keep": _object(
        {
            "story": _TEXT,
            "reader": _MAYBE,
            "meetings": {"type": "array", "items": _object({"meeting": _COUNT, "day": _MAYBE})},
            "entries": {"type": "array", "items": _ref("Entry")},
            "locks": {"type": "array", "items": _object({"kind": _TEXT, "since": _MAYBE})},
            "recovery": {"type": "boolean"},
        }
    ),
    "Entry": _object(
        {
            "entry": _COUNT,
            "meeting": _COUNT,
            "breath": _COUNT,
            "kind": {"enum": ["telling", "said", "jar", "promise", "scar", "vow"]},
            "id": _MAYBE,
            "title": _MAYBE,
            "text": _TEXTS,
            "strokes": {"type": "array"},
            "state": {"enum": ["kept", "burned", "scrubbed"]},
        },
        required=["entry", "meeting", "breath", "kind", "id", "title", "text", "state"],
    ),
    "Burnt": _object({"state": {"enum": ["burned", "scrubbed"]}, "say": _TEXT}),
    "Lock": {
        "oneOf": [
            _object({"passphrase": {"type": "string", "minLength": 1, "maxLength": 400}}),
            _object({"remove": {"type": "string", "minLength": 1, "maxLength": 40}}),
            _object({"words": {"const": True}}),
        ]
    },
    "Locked": {"type": "object", "properties": {"say": _TEXT, "words": _TEXTS}, "required": ["say"]},
}


if __name__ == "__main__":
    print(json.dumps(describe(), indent=1, ensure_ascii=False))
