"""The compiled document as bytes, and back; its edition. The standard library alone."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

EDITION = 32
"""Hex digits of an edition."""


def dump(document: dict[str, Any]) -> bytes:
    """The canonical bytes of a compiled story: sorted keys, no spaces, UTF-8."""
    return json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def edition_of(document: dict[str, Any]) -> str:
    """The edition of a compiled story: the same words, the same edition."""
    return edition_of_bytes(dump(document))


def edition_of_bytes(compiled: bytes) -> str:
    """The edition of canonical bytes."""
    return sha256(compiled).hexdigest()[:EDITION]
