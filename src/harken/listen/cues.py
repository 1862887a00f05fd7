"""Cue rules as features: which rules found something in a line. The head decides what that is worth."""

from __future__ import annotations

import re

from harken.listen.rules import RULES

_GERMAN: tuple[tuple[str, str], ...] = (
    ("run", r"\b(ich (geh|gehe|renne?|laufe? weg|haue? ab|verschwinde|muss (jetzt )?(los|gehen|weg))|tschüss?|auf wiedersehen|ciao)\b"),
    ("judge", r"\b(selbst schuld|selber schuld|deine (eigene )?schuld(?!.*\?)|schäm dich|wie konntest du|du bist (ein|eine|so) \w+|halt('s| die| den)|erbärmlich|widerlich|feigling|lügner\w*)\b"),
    ("joke", r"\b(ha(ha)+|hihi|lol|ich lache|kleiner scherz|war nur spaß|witz)\b"),
    ("touch", r"\b(umarm\w*|nehme? (deine|ihre|seine) hand|halte? (deine|ihre|seine) hand|näher|arm um|drück\w* (dich|deine))\b"),
    ("name_feeling", r"\b(du (fühlst|klingst|wirkst|warst|bist|musst)( \w+)? ?(\w+ )?(traurig|einsam|wütend|ängstlich|verzweifelt|schuldig|verletzt|allein|beschämt|müde)|(klingt|muss) (\w+ )?(einsam|schmerz\w*|schlimm|weh))\b"),
    ("comfort", r"\b(es tut mir (so |sehr |wirklich )?leid|tut mir (so )?leid|mein beileid|du arme\w*|ich bin für dich da|du bist (hier )?sicher|nicht allein)\b"),
    ("reassure", r"\b((alles )?wird (schon |alles |wieder )*(gut|besser|schon)|keine sorge|mach dir keine|kopf hoch|halb so schlimm|nicht so schlimm|zeit heilt|immerhin|wenigstens)\b"),
    ("validate", r"\b(verständlich|kein wunder|natürlich (hast|bist|warst)|nicht deine schuld|jede[rm]? (hätte|wäre|würde)|ich glaube? dir|macht sinn|ergibt sinn|darfst)\b"),
    ("advise", r"\b(du (solltest|musst|könntest|sollst)|an deiner stelle|versuch\w*|warum (rufst|schreibst|gehst|redest|sagst) du|mein rat|hast du (mal|schon) (versucht|probiert|überlegt))\b"),
    ("ask_open", r"^\W*(und |aber |also )?(was|wie|warum|wieso|weshalb|wo|wer|woher|wohin|erzähl\w*)\b"),
    ("ask_closed", r"^\W*(und |aber |also )?(hast|bist|warst|hattest|wusstest|war|ist|hat|wann|wie (alt|lange|viele|oft)|kannst|willst|liebst|welche\w*)\b"),
    ("deflect", r"\b(egal|themawechsel|anderes thema|etwas anderes|was anderes|langweilig|wie auch immer|apropos|übrigens|interessiert mich nicht|keine lust)\b"),
    ("encourage", r"^\W*(mhm+|hm+|aha|ja|okay|ok|ach so|verstehe|weiter|red weiter|sprich weiter|erzähl weiter|und\??|ich höre( zu)?)\W*$"),
    ("stay", r"\b(ich (bleibe?|warte|schweige|sitze|sage nichts|bin (noch )?(hier|da))|stille)\b|^\W*\.\.\.\W*$"),
    ("reflect", r"^\W*(also |dann |so )(hast|bist|warst|wurdest|hat|ist|du|war|niemand)\b|\b(du hast (es|das|ihn|sie|alles|nie|so)|das heißt)\b"),
    ("confide", r"\b(ich auch|mir auch|mir ging|mein(e)? (vater|mutter|bruder|schwester|opa|oma|freund|freundin|mann|frau)|als ich (klein|ein kind|jung|\w+) war|bei mir)\b"),
)  # fmt: skip
_CUES = {
    "en": tuple((f"{move}:{weight}", cue) for move, weight, cue in RULES),
    "de": tuple((move, re.compile(cue)) for move, cue in _GERMAN),
}


def of(line: str, language: str) -> list[str]:
    """The cues found in a plain line, as names."""
    return [f"cue {name}" for name, cue in _CUES.get(language, ()) if cue.search(line)]
