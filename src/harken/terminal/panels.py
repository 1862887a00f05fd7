"""What may stand in place of the words for a while: the keys, the menu, the transcript, the keep, and help."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from harken.terminal.choices import Choice
from harken.terminal.kept import Piece
from harken.terminal.measure import Cell, cells, clean, wrap
from harken.terminal.scar import drawn
from harken.terminal.wording import Paragraph
from harken.terminal.words import word

SCAR = (28, 12)
"""The columns and rows of a scar among what is kept."""

MENU = ("wake", "transcript", "kept", "still", "outside", "close")
"""The menu's entries, by the key of their words."""


class PanelRow(NamedTuple):
    """A row of a panel. ``tone`` is how it is shown: ``title``, ``key``, ``plain``, ``yours`` or ``place``."""

    cells: tuple[Cell, ...]
    tone: str = "plain"


def help_rows(measure: int, language: str) -> list[PanelRow]:
    """What the keys do."""
    rows = [*_title(word("can", language), measure)]
    for line in word("keys", language).splitlines():
        key, does = line.split("|")
        rows += hung(key, measure, "key")
        rows += hung(does, measure, "plain", indent=2)
    return [*rows, PanelRow(()), *hung(word("nothing-said", language), measure, "place")]


def menu_rows(measure: int, chosen: int, language: str, *, still: bool) -> list[PanelRow]:
    """The menu, with one entry chosen."""
    labels = [word("moving" if still and key == "still" else key, language) for key in MENU]
    rows = [*_title(word("window", language), measure)]
    for n, label in enumerate(labels):
        start = "› " if n == chosen else "  "
        rows += hung(f"{start}{n + 1}  {label}", measure, "key" if n == chosen else "plain")
    return [*rows, PanelRow(()), *hung(word("back", language), measure, "place")]


def care_rows(page: dict[str, Any], measure: int, language: str) -> list[PanelRow]:
    """The page outside the story. It stands the same whatever was being told."""
    rows = [*_title(page["title"], measure)]
    for line in care_lines(page, language):
        rows += [*hung(line, measure, "plain"), PanelRow(())]
    return [*rows, *hung(f"escape: {page['back']}", measure, "place")]


def care_lines(page: dict[str, Any], language: str) -> list[str]:
    """Its paragraphs, and its lines of help, each on one line."""
    lines = []
    for line in page["lines"]:
        checked = line.get("checked") and word("checked", language).format(line["checked"])
        lines.append(" · ".join(part for part in (line["name"], line["contact"], line.get("hours"), checked) if part))
    return [*page["text"], *lines]


def kept_rows(pieces: Sequence[Piece], measure: int, language: str) -> list[PanelRow]:
    """What is kept, meeting by meeting; scars are drawn."""
    rows = [*_title(word("kept", language), measure)]
    meeting = 0
    for piece in pieces:
        if piece.meeting != meeting:
            meeting = piece.meeting
            rows += [*hung(word("meeting", language).format(meeting), measure, "key"), PanelRow(())]
        name = word(piece.kind, language) + (f" · {piece.title}" if piece.title else "")
        rows += hung(name, measure, "place")
        for text in piece.text:
            rows += hung(text, measure, "yours" if piece.kind == "yours" else "plain")
        if piece.strokes:
            drawing = drawn(piece.strokes, min(measure, SCAR[0]), SCAR[1])
            rows += [PanelRow(tuple(cells(row)), "title") for row in drawing]
        rows.append(PanelRow(()))
    return [*rows, *hung(word("burn" if pieces else "nothing-kept", language), measure, "place")]


def more_rows(
    page: Sequence[Choice], number: int, pages: int, measure: int, marked: Choice | None, language: str
) -> list[PanelRow]:
    """What else can be done."""
    rows = [*_title(word("else", language), measure)]
    for choice in page:
        tone = "key" if choice == marked else "plain"
        rows += hung(f"{choice.digit}  {choice.offer.label}", measure, tone, hang=3)
    if pages > 1:
        again = "m-more" if number + 1 < pages else "m-less"
        rows += [PanelRow(()), *hung(word(again, language), measure, "place")]
    return rows


def transcript_rows(told: Sequence[Paragraph], measure: int, language: str) -> list[PanelRow]:
    """Everything said so far."""
    rows = [*_title(word("said", language), measure)]
    for paragraph in told:
        if paragraph.kind == "yours":
            rows += hung(f"› {paragraph.text}", measure, "yours", hang=2)
        elif paragraph.kind != "pause":
            rows += hung(paragraph.text, measure, "place" if paragraph.kind == "place" else "plain")
        else:
            continue
        rows.append(PanelRow(()))
    return rows[:-1]


def _title(text: str, measure: int) -> list[PanelRow]:
    return [*hung(text, measure, "title"), PanelRow(())]


def hung(text: str, measure: int, tone: str, indent: int = 0, hang: int = 0) -> list[PanelRow]:
    """The text in rows after an indent; its first ``hang`` cells hang out to the left of all but the first row."""
    words = cells(clean(text))
    first, rest = words[:hang], words[hang:]
    rows = wrap(rest, measure - indent - hang)
    blank = Cell(" ", 1)
    out = []
    for n, row in enumerate(rows):
        lead = first if n == 0 else [blank] * hang
        out.append(PanelRow((*[blank] * indent, *lead, *row), tone))
    return out
