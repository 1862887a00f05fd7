"""The page as it is sent to whoever opens the address: the place's opening words, and nothing that is a reader's."""

from __future__ import annotations

import html
from pathlib import Path
from string import Template

from harken.engine import State, Story, arrive

PLAYER = Path(__file__).parent.parent / "player"
WORDS_MOST = 420
"""About how many characters of the opening stand on the threshold; the rest is read inside."""


def opening_words(story: Story) -> tuple[str, ...]:
    """The first paragraphs of the place, as a reader without a name and without a past meets them."""
    words: list[str] = []
    for beat in arrive(story, State(), 0, None).beats:
        if beat["kind"] == "place" and (not words or sum(map(len, words)) + len(beat["text"]) <= WORDS_MOST):
            words.append(beat["text"])
        elif beat["kind"] != "scene":
            break
    return tuple(words)


def page(story: Story) -> str:
    """The whole HTML page. It reads well with scripts off."""
    scene = story.scenes[story.opening]
    notes = ", ".join(story.notes)
    return Template((PLAYER / "index.html").read_text(encoding="utf-8")).substitute(
        lang=html.escape(story.language, quote=True),
        title=html.escape(story.title),
        words="\n".join(f'<p dir="auto">{html.escape(words)}</p>' for words in opening_words(story)),
        notes=f"<b>Before you step in:</b> this story holds {html.escape(notes)}." if notes else "",
        art=html.escape(scene.art, quote=True),
        light=html.escape(str(scene.light), quote=True),
    )
