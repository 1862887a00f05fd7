"""Whether the reader's own words sound like real self-harm. May miss it, and may be wrong; nothing is promised of it.

A small head (``care_head``) weighs a few sentences at a time. Among what it weighs are cue rules: a clause counts where
it says something of the typist's own wish or deed (``said``), unless what stands around it takes that back
(``unsaid``): a no before it, somebody else's words, an idiom, a game, a time that is past. The words of each language
are data (``care_words``, ``care_kinds``). It says nothing of how a line lands, and a story never learns of it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from harken.engine.moves import TEXT_UNDERSTOOD
from harken.listen import care_words
from harken.listen.care_head import care_head, features, score

_PIECE = 600
"""Characters that are looked at together, so that no pattern ever meets a long text."""
_TOGETHER = 3
"""Sentences that are looked at together."""
_LETTERS = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
_LOOKS_LIKE = str.maketrans({"1": "i", "!": "i", "0": "o", "@": "a", "$": "s", "3": "e"})
_DISGUISED = re.compile(r"(?<=[a-z])[1!0@$3](?=[a-z])")
_STRETCHED = re.compile(r"([a-z])\1{2,}")
_MISSPELT = (
    (re.compile(r"\bw(?:na|a)nt?a?a?\b(?= (?:to|too|die|be|end|kill))|\bwnat\b|\bwhant\b"), "want"),
    (re.compile(r"\bwan+a+\b"), "wanna"),
    (re.compile(r"\bk(?:il|lil|ili|iil)l?(?=\b|ing)(?!ing)"), "kill"),
    (re.compile(r"\b(?:my ?s(?:lef|elff|lf|efl)|mysel|meself|ma ?self)\b"), "myself"),
    (re.compile(r"\b(?:die?|dei|dy|dye)(?=\W*$)"), "die"),
    (re.compile(r"\bdieing\b"), "dying"),
    (re.compile(r"\bs(?:ui|iu|u)[cs]+[iy]?d(?:ie|el)\b"), "suicide"),
    (re.compile(r"\b(?:aliv|alve|alvie|a live)\b"), "alive"),
    (re.compile(r"\b(?:liv|leev|lif)\b"), "live"),
    (re.compile(r"\b(?:any ?mor|nomore|anymoar|any more)\b"), "anymore"),
    (re.compile(r"\b(?:dont|donot|do'nt|dnt|don t)\b"), "don't"),
    (re.compile(r"\bi (m|ve|d|ll)\b"), r"i'\1"),
)  # fmt: skip
_ENDS = re.compile(r"(?<=[.!?;\n…])\s+|\n+")


class _Patterns(NamedTuple):
    said: re.Pattern[str]
    plain: re.Pattern[str]
    unsaid: re.Pattern[str]
    no: re.Pattern[str]
    quoted: re.Pattern[str]


@cache
def _patterns(language: str) -> _Patterns:
    words = care_words.LANGUAGES.get(language, care_words.LANGUAGES["en"])
    return _Patterns(
        *(
            re.compile("|".join(f"(?:{part})" for part in parts))
            for parts in (words.said, words.plain, words.unsaid, words.no, words.quoted)
        )
    )


def sounds_like_help(text: str, language: str = "en") -> bool:
    """Whether this typed line, in this language, sounds like the typist's own self-harm or wish to die.

    Any text, of any length; no more than the first 16 Ki characters are looked at. Languages without words of their
    own are looked at as English.
    """
    spoken = language if language in care_words.LANGUAGES else "en"
    head = care_head(spoken)
    return any(
        score(head, features(passage, spoken, cues(passage, spoken))) >= head.enough
        for passage in passages(text, spoken)
    )


def cues(sentence: str, language: str) -> tuple[bool, ...]:
    """What the cue rules find in a plain passage: in all, then each kind of words by itself."""
    patterns = _patterns(language)
    return (
        _own(sentence, patterns),
        patterns.said.search(sentence) is not None,
        patterns.plain.search(sentence) is not None,
        patterns.unsaid.search(sentence) is not None,
    )


def passages(text: str, language: str) -> list[str]:
    """The plain passages of a typed line that are looked at: a few sentences together, the last of one in the next.

    "My brother did it. I think about following" is only understood whole. None is looked at twice.
    """
    whole = _pieces(text[:TEXT_UNDERSTOOD], language)
    found: dict[str, None] = {}
    at = 0
    while at < len(whole):
        taken = 1
        while taken < _TOGETHER and at + taken < len(whole) and sum(map(len, whole[at : at + taken + 1])) <= _PIECE:
            taken += 1
        found[" ".join(whole[at : at + taken])] = None
        at += taken if at + taken >= len(whole) else max(1, taken - 1)
    return list(found)


def _pieces(text: str, language: str) -> list[str]:
    """The text's sentences, made plain; where a sentence does not end, pieces that overlap."""
    step = _PIECE - 100
    raw = [text[at : at + _PIECE] for at in range(0, max(1, len(text)), step)]
    return [sentence for part in raw for sentence in _ENDS.split(_plain(part, language)) if sentence.strip()]


def _plain(text: str, language: str) -> str:
    unfolded = unicodedata.normalize("NFKC", text)[: 2 * _PIECE]  # no words unfold further than that
    text = "".join(c for c in unfolded if unicodedata.category(c) not in ("Cf", "Mn", "Cs"))
    text = _DISGUISED.sub(lambda found: found[0].translate(_LOOKS_LIKE), text.translate(_LETTERS).lower())
    for wrong, right in _MISSPELT if language == "en" else ():
        text = wrong.sub(right, text)
    return re.sub(r"[ \t]+", " ", _STRETCHED.sub(r"\1", text).replace("*", " ").replace("_", " "))


def _own(sentence: str, patterns: _Patterns) -> bool:
    sentence = patterns.quoted.sub(" ", sentence)
    if patterns.plain.search(sentence):
        return not patterns.unsaid.search(sentence)
    found = next(
        (hit for hit in patterns.said.finditer(sentence) if not patterns.no.search(sentence[: hit.start()])), None
    )
    return found is not None and not patterns.unsaid.search(sentence)
