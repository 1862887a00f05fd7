"""How wide words stand in a terminal, and how they are broken into lines. Standard library alone.

A cell is one column (two for wide signs) with the marks that ride on it. Emoji joined by a zero-width joiner are
taken apart: terminals disagree about how wide the joined ones are, and a wrong guess would shift the whole row.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple

JOINER = "\u200d"
_SELECTORS = frozenset("\ufe0e\ufe0f")
_MARKS_MOST = 8
"""More marks than this on one sign are not drawn (they would climb over the lines above)."""
_CLINGING = frozenset("、。，．！？：；」』）】〉》〕｝”’…")
"""Signs that never begin a line."""


class Cell(NamedTuple):
    """What stands in one or two columns. ``mark`` is the caller's own: which style these words have."""

    text: str
    width: int
    mark: str = ""


def is_control(sign: str) -> bool:
    """Whether a terminal might act on this sign instead of showing it."""
    return unicodedata.category(sign) in ("Cc", "Cs") and sign != "\n"


def clean(text: str) -> str:
    """The text with nothing in it that a terminal would obey: no escapes, no bells, no lone surrogates."""
    if text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
    return "".join(
        sign if not is_control(sign) else "\ufffd" if unicodedata.category(sign) == "Cs" else "" for sign in text
    )


@lru_cache(maxsize=8192)
def sign_width(sign: str) -> int:
    """The columns one sign takes: 0, 1 or 2."""
    if unicodedata.category(sign) in ("Mn", "Me", "Cf", "Cc") or unicodedata.combining(sign):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def cells(text: str, mark: str = "", width_of: Callable[[str], int] = sign_width) -> list[Cell]:
    """The text as cells, left to right. New lines stay as cells of their own, with no width."""
    out: list[Cell] = []
    for sign in text:
        if sign == "\n":
            out.append(Cell(sign, 0, mark))
            continue
        width = width_of(sign)
        if width > 0:
            if out and out[-1].text.endswith(JOINER) and width == 2:
                out[-1] = out[-1]._replace(text=out[-1].text[:-1])
            out.append(Cell(sign, width, mark))
        elif sign not in _SELECTORS and out and out[-1].width and len(out[-1].text) < _MARKS_MOST:
            out[-1] = out[-1]._replace(text=out[-1].text + sign)
    return out


def width(text: str) -> int:
    """The columns that a text takes on one line."""
    return sum(cell.width for cell in cells(text))


def wrap(words: Iterable[Cell], measure: int) -> list[list[Cell]]:
    """The cells broken into rows of at most ``measure`` columns: at spaces, between wide signs, or where it must be."""
    measure = max(2, measure)
    rows: list[list[Cell]] = []
    for paragraph in _split(words):
        rows.extend(_wrapped(paragraph, measure))
    return rows or [[]]


def lines(text: str, measure: int, indent: str = "") -> list[str]:
    """The text broken into lines of at most ``measure`` columns, all of them after ``indent``."""
    rows = wrap(cells(clean(text)), measure - width(indent))
    return [(indent + "".join(cell.text for cell in row)).rstrip(" ") for row in rows]


def _split(words: Iterable[Cell]) -> list[list[Cell]]:
    parts: list[list[Cell]] = [[]]
    for cell in words:
        if cell.text == "\n":
            parts.append([])
        else:
            parts[-1].append(cell)
    return parts


def _wrapped(paragraph: list[Cell], measure: int) -> list[list[Cell]]:
    rows: list[list[Cell]] = [[]]
    used = 0
    for word in _words(paragraph):
        size = sum(cell.width for cell in word)
        if word[0].text == " ":
            if used and used + size <= measure:
                rows[-1].extend(word)
                used += size
            elif used:
                rows.append([])
                used = 0
            continue
        if used + size > measure and used:
            rows.append([])
            used = 0
        for cell in word:
            if used + cell.width > measure:
                rows.append([])
                used = 0
            rows[-1].append(cell)
            used += cell.width
    trimmed = [_trimmed(row) for row in rows]
    return trimmed if len(trimmed) == 1 or trimmed[-1] else trimmed[:-1]


def _trimmed(row: list[Cell]) -> list[Cell]:
    end = len(row)
    while end and row[end - 1].text == " ":
        end -= 1
    return row[:end]


def _words(paragraph: list[Cell]) -> Iterable[list[Cell]]:
    """Runs that stay together: spaces, one wide sign with what clings to it, or a word."""
    run: list[Cell] = []
    for cell in paragraph:
        alone = cell.text == " " or (cell.width == 2 and cell.text[0] not in _CLINGING)
        if run and (alone or run[-1].text == " " or (run[-1].width == 2 and cell.text[0] not in _CLINGING)):
            yield run
            run = []
        run.append(cell)
    if run:
        yield run
