"""The map as one page that needs nothing else: no network, no other file, and no way to reach either."""

from __future__ import annotations

import json
from html import escape
from importlib.resources import files
from typing import Any

from harken.check.map.chart import Chart
from harken.check.map.svg import as_svg
from harken.check.readers import why_never

_PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; \
script-src 'unsafe-inline'">
<title>{title}: the map</title>
<link rel="icon" href="data:,">
<style>{style}</style>
</head>
<body>
<header>
<h1>{title}</h1>
<span id="found" role="status"></span>
<input type="search" placeholder="Search ( / )" aria-label="Search titles and words">
<button id="size" type="button">Whole map</button>
<button id="light" type="button">Light or dark</button>
</header>
<main>
{svg}
</main>
<aside hidden aria-label="The telling chosen"><button id="close" type="button" aria-label="Close">×</button>\
<div></div></aside>
<script type="application/json" id="about">{about}</script>
<script type="application/json" id="asked">{asked}</script>
<script type="module">{script}</script>
</body>
</html>
"""
_WHY_MOST = 200


def as_page(chart: Chart) -> str:
    """The map as HTML, to be opened from disk."""
    return _PAGE.format(
        language=escape(chart.story.language),
        title=escape(chart.story.title),
        style=_own("drawing.css") + _own("page.css"),
        svg=as_svg(chart, alone=False),
        about=_data([node.about for node in chart.nodes]),
        asked=_data(_asked(chart)),
        script=_own("page.mjs"),
    )


def _own(name: str) -> str:
    return files("harken.check.map").joinpath(name).read_text("utf-8")


def _asked(chart: Chart) -> dict[str, Any] | None:
    found = chart.found
    if found is None:
        return None
    why = why_never(chart.story, found.never[:_WHY_MOST], policy=found.policy, meetings=found.meetings)
    return {"readers": found.readers, "policy": found.policy, "why": why}


def _data(value: Any) -> str:
    """JSON that cannot end the element it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
