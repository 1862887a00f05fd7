"""The page as it is sent to whoever opens the address: the place's opening words, and nothing that is a reader's."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from string import Template

from starlette.requests import Request
from starlette.responses import HTMLResponse

from harken.engine import Story
from harken.meeting import opening_words

PLAYER = Path(__file__).parent.parent / "player"


class Opening:
    """The page, in every language that the story is told in. ``told`` gives the story in one of its translations."""

    def __init__(self, story: Story, told: Callable[[str], Story] | None = None, locale: str | None = None) -> None:
        self._languages = (story.language, *(story.locales if told else ()))
        self._first = locale if locale in self._languages else None
        self._page = cache(lambda one: page(told(one) if told and one != story.language else story))

    def answer(self, request: Request) -> HTMLResponse:
        """The page in the language that is asked for (``?in=de``), else in the first that the browser asks for."""
        wanted = (request.query_params.get("in"), self._first, *_read(request.headers.get("accept-language", "")))
        language = next((one for one in wanted if one in self._languages), self._languages[0])
        return HTMLResponse(self._page(language), headers={"Content-Language": language, "Vary": "Accept-Language"})


def _read(accepted: str) -> list[str]:
    """The languages of an Accept-Language header (RFC 9110, 12.5.4), the likest first, also without a country."""
    weighed = []
    for part in accepted.split(","):
        tag, _, weight = part.strip().partition(";q=")
        weighed.append((-float(weight) if re.fullmatch(r"[01](\.\d{1,3})?", weight) else -1.0, tag))
    return [one for _, tag in sorted(weighed, key=lambda one: one[0]) for one in (tag, tag.split("-")[0])]


def page(story: Story) -> str:
    """The whole HTML page. It reads well with scripts off."""
    scene = story.scenes[story.opening]
    said = _said(story.language)
    notes = (
        f"<b>{said['notes']}</b> {said['holds'].replace('{0}', html.escape(', '.join(story.notes)))}"
        if story.notes
        else ""
    )
    text = Template((PLAYER / "index.html").read_text(encoding="utf-8")).substitute(
        lang=html.escape(story.language, quote=True),
        title=html.escape(story.title),
        words="\n".join(f'<p dir="auto">{html.escape(words)}</p>' for words in opening_words(story)),
        notes=notes,
        art=html.escape(scene.art, quote=True),
        light=html.escape(str(scene.light), quote=True),
    )
    return _MARKED.sub(lambda found: found[1] + said[found[2]] + "<", text)


_MARKED = re.compile(r'(<[^>]* data-word="([\w-]+)"[^>]*>)[^<]+<')
"""Words of the page itself that stand in it before its scripts do."""


def _said(language: str) -> dict[str, str]:
    """What the page itself says, escaped; what its table lacks, and where there is no table, in English."""
    tables = (PLAYER / "words" / f"{one}.json" for one in ("en", language.split("-")[0]) if one.isascii())
    told = [json.loads(path.read_text(encoding="utf-8")) for path in tables if path.is_file()]
    return {key: html.escape(text) for table in told for key, text in table.items()}
