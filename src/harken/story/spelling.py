"""Free words that are nearly alike: themes, threads and forms may be any word, so a slip in one is easily missed."""

from __future__ import annotations

from collections import Counter, defaultdict

from harken.engine.moves import FORMS
from harken.story.draft import Draft

MOST_WORDS = 2_000
_SHORTEST = 4
_KINDS = {"themes": "theme", "thread": "thread", "form": "form"}


def check_spelling(draft: Draft) -> None:
    """A word used once that is one slip away from a word used more often."""
    for ref in draft.refs["confided"]:
        draft.use("themes", ref.name, ref.at)
    for kind, what in _KINDS.items():
        uses = Counter(draft.uses[kind])
        if kind == "form":
            uses.update(dict.fromkeys(FORMS, 2))
        if len(uses) > MOST_WORDS:
            continue
        for word, meant in _slips(uses):
            at = draft.names[kind].get(word)
            if at:
                draft.found.add("nearly-alike", at, meant, word=word, what=what)


def _slips(uses: Counter[str]) -> list[tuple[str, str]]:
    """Words used once, each with a word used more often that one letter sets apart."""
    alike: dict[str, list[str]] = defaultdict(list)
    for word in sorted(uses):
        for shorter in {word, *(word[:at] + word[at + 1 :] for at in range(1, len(word)))}:
            alike[shorter].append(word)
    slips = {}
    for words in alike.values():
        for word in words:
            if uses[word] == 1 and len(word) >= _SHORTEST:
                meant = next((other for other in words if uses[other] > 1 and len(other) >= _SHORTEST), None)
                if meant:
                    slips[word] = meant
    return sorted(slips.items())
