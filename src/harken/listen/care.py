"""Whether the reader's own words sound like real self-harm. May miss it, and may be wrong; nothing is promised of it."""

from __future__ import annotations

import re

_OWN = re.compile(
    r"\b(i|i'm|i am) (really |just |still )?(want|wanna|going|gonna|plan|need) (to )?(die|kill myself|end (it|my life))\b"
    r"|\bkill(ing)? myself\b|\bi (don'?t|do not) want to (live|be alive|wake up)\b",
    re.IGNORECASE,
)


def sounds_like_help(text: str, language: str = "en") -> bool:
    """Whether this typed line, in this language, sounds like the typist's own self-harm or wish to die."""
    return bool(_OWN.search(text[:4000].replace("’", "'")))
