"""The page outside the fiction: where help is to be had. The same every time it is shown, in the story's language.

What is promised, and no more: we may miss it or show it needlessly; nothing is kept or sent; this is not care. An
international directory is named and no list of our own, because lists age (research/listening.md, section 5); the lines
near to a story's readers are the writer's, each with the day it was checked.
"""

from __future__ import annotations

from typing import Any

from harken.engine import Story

DIRECTORY = {"name": "Find A Helpline", "contact": "findahelpline.com", "hours": "", "checked": "2026-11-23"}
"""Helplines by country; looked up, not called, by Harken."""

_PAGES: dict[str, dict[str, Any]] = {
    "en": {
        "title": "Outside the story",
        "text": [
            "This page is not part of the story. If any of this is about you, and not about a character, please let "
            "someone living know today: a friend, a doctor, or a line where somebody answers.",
            "If you are in danger now, call your country's emergency number.",
            "Harken does not understand you; it looks for certain words. It may have missed them before, or shown you "
            "this page without need. What you typed is still in the box: it was not kept, nobody was told, and nothing "
            "in the story has changed.",
        ],
        "back": "Back to the story",
    },
    "de": {
        "title": "Außerhalb der Geschichte",
        "text": [
            "Diese Seite gehört nicht zur Geschichte. Wenn etwas davon dich selbst meint und keine Figur, dann sag es "
            "bitte heute noch einem lebenden Menschen: jemandem, den du kennst, einer Ärztin, einem Telefon, an dem "
            "jemand abnimmt.",
            "Wenn du jetzt in Gefahr bist, wähle den Notruf deines Landes.",
            "Harken versteht dich nicht; es sucht nach bestimmten Worten. Es kann sie früher übersehen haben, oder dir "
            "diese Seite ohne Grund zeigen. Was du getippt hast, steht noch im Feld: Es wurde nicht aufbewahrt, "
            "niemand hat davon erfahren, und in der Geschichte hat sich nichts geändert.",
        ],
        "back": "Zurück zur Geschichte",
    },
}


def page(story: Story, language: str | None = None) -> dict[str, Any]:
    """The care page: ``{"title", "text", "lines": [{"name", "contact", "hours", "checked"}], "back"}``.

    In English where Harken has it in no other words.     The story's own lines come first, then the directory.
    """
    words = _PAGES.get((language or story.language).split("-")[0].lower(), _PAGES["en"])
    return {**words, "lines": [*map(dict, story.help), DIRECTORY]}
