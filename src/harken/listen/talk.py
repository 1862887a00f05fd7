"""What is heard beside the move: what a line is about, how much of the typist it gives, a vow, how well it was done.

Words by language, as data. Themes are few and broad, and wrong at times; nothing is ever held against anyone for one.
"""

from __future__ import annotations

import re

from harken.listen import rules
from harken.listen.plain import tokens

_GERMAN_THEMES: tuple[tuple[str, str], ...] = (
    ("grief", r"\b(gestorben|starb|tot|tod|todes\w*|beerdig\w*|begraben|grab|verloren|trauer\w*|vermiss\w*|verstorben\w*|fehlt mir)\b"),
    ("leaving", r"\b(verlassen|verließ|weggegangen|gegangen|ging weg|fortgegangen|ausgezogen|weggelaufen|abgehauen|abschied)\b"),
    ("shame", r"\b(sch[aä]m\w*|geschämt|scham|peinlich\w*|blamier\w*|gedemütigt|demütig\w*)\b"),
    ("guilt", r"\b(schuld\w*|schuldig|hätte ich|im stich|verzeih\w*|vergib|gewissen|vorwürfe)\b"),
    ("mother", r"\b(mutter|mama|mutti|mami)\b"),
    ("father", r"\b(vater|papa|papi|vati)\b"),
    ("child", r"\b(kind\w*|als ich klein war|schule|tochter|sohn|baby)\b"),
    ("love", r"\b(lieb\w*|geliebt|küss\w*|geküsst|verliebt|ehefrau|ehemann|freundin|verheiratet|herz\w*)\b"),
    ("fear", r"\b(angst|ängste|fürcht\w*|furcht|erschrocken|panik|albtr[aä]um\w*|alptr[aä]um\w*)\b"),
    ("lying", r"\b(lüg\w*|log|gelogen|belogen|geheim\w*|verheimlich\w*|verschwiegen|nie erzählt|vorgemacht)\b"),
    ("alone", r"\b(allein\w*|einsam\w*|niemand\w*|keiner|stille|verlassen)\b"),
    ("anger", r"\b(wut|wütend|zorn\w*|hass\w*|gehasst|schrie|geschrien|geschlagen|schlug)\b"),
    ("survival", r"\b(überleb\w*|unfall|krieg\w*|krankenhaus|fast gestorben|als einzige\w*)\b"),
)  # fmt: skip
_THEMES = {"en": rules.THEME_RULES, "de": tuple((theme, re.compile(cue)) for theme, cue in _GERMAN_THEMES)}
_FIRST = {"en": rules.FIRST_PERSON, "de": re.compile(r"\b(ich|mir|mich|mein\w*)\b")}
_FEELING = {
    "en": rules.FEELING,
    "de": re.compile(r"\b(fühl\w*|angst|schäm\w*|geschämt|allein|liebe?|liebte|hasse?|hasste|weh|wein\w*|geweint|vermisse?|einsam|schuld\w*|traurig|wütend)\b"),
}  # fmt: skip
_VOW = {
    "en": rules.VOW,
    "de": re.compile(
        r"\bich (werde |will |möchte )(hier |immer |bei dir |wieder)*(bleiben|wiederkommen|zurückkommen|bauen|da sein|warten)\b"
        r"|\bich (bleibe|komme) (\w+ )?(bei dir|für immer|hier|wieder|zurück)\b|\bich (verspreche|schwöre|gelobe)\b"
        r"|\bich (gehe|verlasse dich) (nicht|nie)( \w+)? ?(weg|fort|mehr)?\b"
    ),
}


def themes(line: str, language: str) -> tuple[str, ...]:
    """What a plain line is about, in a fixed order."""
    return tuple(theme for theme, cue in _THEMES.get(language, _THEMES["en"]) if cue.search(line))


def vow(line: str, language: str) -> bool:
    """Whether it promises to stay, to return or to build."""
    return bool(_VOW.get(language, _VOW["en"]).search(line))


def disclosure(line: str, about: tuple[str, ...], language: str) -> int:
    """How much of themselves the typist gives: 0 nothing, 1 a fact, 2 a feeling, 3 both.

    Feelings weigh more than facts (Laurenceau et al. 1998; research/listening.md, section 1).
    """
    if not _FIRST.get(language, _FIRST["en"]).search(line):
        return 0
    return min(3, bool(about) + 2 * bool(_FEELING.get(language, _FEELING["en"]).search(line)))


def quality(line: str, before: str, move: str) -> int:
    """How well a move was made: 0 barely, 1 well enough, 2 in words that fit what was told.

    After EPITOME's none, weak and strong: strong answers say something of what was said. A rule, not a measure.
    """
    words = [word for word in tokens(line) if word[0].isalnum()]
    if move in ("stay", "touch"):
        return 1
    if len(words) < 3:
        return 0
    theirs = {word[:5] for word in tokens(before.casefold()[:1200]) if len(word) > 3}
    fits = bool(theirs & {word[:5] for word in words if len(word) > 3})
    return 2 if fits or len(words) >= 12 else 1
