"""The words on the screen: what was said, revealed paragraph by paragraph, wrapped, scrolled. Knows no terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from harken.terminal.measure import Cell, cells, wrap
from harken.terminal.wording import Paragraph

SHORT, LONG, PAUSE = 0.45, 2.1, 1.1
"""Seconds between paragraphs: at least, at most, and for a silence."""
A_SIGN = 0.014
"""Seconds more for each sign of the paragraph before."""
OWN_ROWS = 3
"""Rows of the reader's own words that are shown again; the transcript has them whole."""


class Entry(NamedTuple):
    """A paragraph, and in which breath it came."""

    paragraph: Paragraph
    breath: int


class Row(NamedTuple):
    """One row of words, the entry it belongs to, and how many breaths ago that was."""

    cells: tuple[Cell, ...]
    entry: int
    age: int
    kind: str


class Page:
    """The text column. ``now`` is seconds on any clock that does not jump."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.breath = 0
        self.shown = 0
        self.since = 0.0
        """When the last paragraph was revealed."""
        self._next = 0.0
        self._first = 0
        self._read: int | None = None
        self._back = 0
        self._wrapped: dict[tuple[int, int], list[tuple[Cell, ...]]] = {}

    def recall(self, paragraphs: Iterable[Paragraph]) -> None:
        """Words from before, shown at once and already dim."""
        self.entries += [Entry(paragraph, self.breath) for paragraph in paragraphs]
        self.shown = len(self.entries)

    def turn(self, paragraphs: Iterable[Paragraph], now: float, *, gated: bool) -> None:
        """A new breath. Its first paragraph comes at once, and when not ``gated`` so do all."""
        self.breath += 1
        self._first, self._read, self._back = len(self.entries), None, 0
        self.shown = len(self.entries)
        self.entries += [Entry(paragraph, self.breath) for paragraph in paragraphs]
        self._next = now
        if gated:
            self.go_on(now)
        else:
            self.complete()

    @property
    def revealing(self) -> bool:
        """Whether more paragraphs of this breath are to come."""
        return self.shown < len(self.entries)

    def go_on(self, now: float) -> bool:
        """Reveal what is due; whether anything was."""
        came = False
        while self.revealing and now >= self._next:
            shown = self.entries[self.shown].paragraph
            self.shown += 1
            self.since, came = now, True
            wait = (
                PAUSE if shown.kind == "pause" else 0.0 if shown.kind == "yours" else SHORT + A_SIGN * len(shown.text)
            )
            self._next = now + min(LONG, wait)
        return came

    def complete(self) -> None:
        """Reveal everything now."""
        self.shown = len(self.entries)
        self.since = 0.0

    def view(self, width: int, height: int) -> tuple[list[Row], bool, bool]:
        """The rows to show now, and whether there are more above and below."""
        rows, first = self._rows(width)
        top = self._top(len(rows), first, height)
        if top + height < len(rows) and not rows[top].cells:
            top += 1
        return rows[top : top + height], top > 0, top + height < len(rows)

    def page(self, direction: int, width: int, height: int) -> bool:
        """Turn a page down (1) or up (-1); whether there was anything there."""
        rows, first = self._rows(width)
        top = self._top(len(rows), first, height)
        step = max(1, height - 2)
        self._back = self._top(len(rows), first, height, back=0) - top
        if direction < 0:
            self._back += min(step, top)
            return top > 0
        if self._back:
            self._back = max(0, self._back - step)
            return True
        if top + height >= len(rows):
            return False
        self._read = top + step
        return True

    def _top(self, count: int, first: int, height: int, back: int | None = None) -> int:
        """The first row in view: that of the last rows, but not past the beginning of this breath before it was read;
        and as far back from there as was paged."""
        top = max(0, min(count - height, first if self._read is None else self._read))
        return max(0, top - (self._back if back is None else back))

    def _rows(self, width: int) -> tuple[list[Row], int]:
        rows: list[Row] = []
        first = 0
        for number, entry in enumerate(self.entries[: self.shown]):
            if number == self._first:
                first = len(rows)
            age = self.breath - entry.breath
            if entry.paragraph.kind != "pause":
                rows += [Row(words, number, age, entry.paragraph.kind) for words in self._words(number, entry, width)]
                rows.append(Row((), number, age, ""))
        if rows:
            rows.pop()
        return rows, first

    def _words(self, number: int, entry: Entry, width: int) -> list[tuple[Cell, ...]]:
        known = self._wrapped.get((number, width))
        if known is None:
            if len(self._wrapped) > 4000:
                self._wrapped.clear()
            known = self._wrapped[number, width] = _set(entry.paragraph, width)
        return known


def _set(paragraph: Paragraph, width: int) -> list[tuple[Cell, ...]]:
    """The paragraph in rows."""
    if paragraph.kind == "yours":
        rows = [tuple(row) for row in wrap(cells(paragraph.text), width - 2)]
        if len(rows) > OWN_ROWS:
            rows = [*rows[: OWN_ROWS - 1], (*rows[OWN_ROWS - 1][: width - 4], Cell("…", 1))]
        return [(Cell("›" if n == 0 else " ", 1), Cell(" ", 1), *row) for n, row in enumerate(rows)]
    spans = paragraph.spans or (("", paragraph.text),)
    marked = [cell for style, text in spans for cell in cells(text, style)]
    return [tuple(row) for row in wrap(marked, width)]
