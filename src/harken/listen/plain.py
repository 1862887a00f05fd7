"""Typed text made plain: bounded, one width of every letter, small letters, words apart."""

from __future__ import annotations

import re
import unicodedata

HEAD, TAIL = 900, 300
"""Characters that are looked at: from the start, and from the end, of a long text."""

_ALIKE = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "…": "...", "—": " - "})
_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)?|\.\.+|[^\w\s]")
_STRETCHED = re.compile(r"(\w)\1{2,}")


def plain(text: str) -> str:
    """The text as it is listened to. Of a text longer than 1,200 characters only its start and its end."""
    if len(text) > HEAD + TAIL:
        text = f"{text[:HEAD]} {text[-TAIL:]}"
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.translate(_ALIKE))[: HEAD + TAIL]
        text = text.translate(_ALIKE).encode("utf-8", "ignore").decode()
    return _STRETCHED.sub(r"\1\1", " ".join(text.casefold().split()))


def tokens(text: str) -> list[str]:
    """The words and signs of a plain text, in order; at most 300."""
    return _TOKEN.findall(text)[:300]
