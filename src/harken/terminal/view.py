"""The whole screen as rows of glyphs and styles: picture, words, offers. Knows no terminal, and no key."""

from __future__ import annotations

from collections.abc import Sequence

from harken.terminal import choices, panels, tones
from harken.terminal.choices import Choice, Reading
from harken.terminal.colour import RGB, Depth
from harken.terminal.ink import ink
from harken.terminal.kept import pieces
from harken.terminal.layout import Area, Places, offer_rows, places, text_width
from harken.terminal.measure import Cell, cells, clean, wrap
from harken.terminal.page import Row
from harken.terminal.panels import PanelRow
from harken.terminal.picture import Gallery, from_the_dark, shudder, strip
from harken.terminal.sitting import Sitting
from harken.terminal.sky import LEVELS, Pace, Palette, palette, warmth, wave
from harken.terminal.stage import Air
from harken.terminal.words import word

Styled = list[tuple[str, str]]
"""A row of the screen: a glyph and a style for each column; an empty glyph behind a wide one."""

FADE = 0.7
"""Seconds in which a paragraph comes."""
STIRRING, SHUDDERING, SPEAKING, DISSOLVING = 3.0, 2.4, 4.0, 5.0
"""Seconds that the picture answers to what happened."""


class View:
    """Draws a sitting. ``still`` is a picture that does not move, and words that do not wait."""

    def __init__(self, sitting: Sitting, depth: Depth, *, still: bool) -> None:
        self.sitting, self.depth, self.still = sitting, depth, still
        self.pace = Pace()
        self.panel = ""
        self.chosen = 0
        self.scroll = 0
        self.typed = ""
        self._gallery = Gallery()
        self._then = sitting.clock()
        self._since = sitting.clock()
        self._laid: list[Choice] = []
        self._pages: list[list[Choice]] = []
        self.night: RGB = (0, 0, 0)
        self.warm = 8
        self._below = False
        self.places = places(80, 24, 0, 1)

    # -- what the keys ask ------------------------------------------------------------------------------------

    @property
    def reading(self) -> Reading:
        """What stands in the box, if it is a choice, a question mark or the like."""
        asked = self.sitting.breath is None or self.sitting.over or self.panel
        return Reading() if asked else choices.read(self.typed, self._laid, self._pages)

    @property
    def showing(self) -> bool:
        """Whether a panel stands in place of the words and the offers."""
        return bool(self.panel) or self.reading.help or self.reading.more is not None

    def lay(self, width: int, height: int, box: int) -> Places:
        """Work out where everything stands; the box needs ``box`` rows."""
        waking = self.sitting.over
        measure = text_width(width, height, waking)
        self._laid, rest = choices.lay(self.sitting.offers, measure, offer_rows(width, height))
        self._pages = choices.pages_of(rest)
        rows = max((choice.row + 1 for choice in self._laid), default=0)
        self.places = places(width, height, rows, box, waking)
        return self.places

    def turn_page(self, direction: int) -> bool:
        """Up (-1) or down (1) in whatever is read; whether there was more of it."""
        area = self._panel_area() if self.showing else self.places.page
        if self.showing:
            rows = self._panel_rows(area.width)
            before = self.scroll
            self.scroll = max(0, min(len(rows) - area.height, self.scroll + direction * max(1, area.height - 2)))
            return self.scroll != before
        return self.sitting.page.page(direction, area.width, area.height)

    # -- one frame --------------------------------------------------------------------------------------------

    def draw(self, width: int, height: int, box: int = 1) -> list[Styled]:
        """The screen now."""
        now = self.sitting.clock()
        if not self.still:
            self.pace.go_on(now - self._then, self.sitting.stage.ache)
        self._then = now
        air, warm = self._air(now)
        night = self.night = air.colours.night
        self.warm = warm
        at = self.lay(width, height, box)
        blank = (" ", tones.style_of(self.depth, "line", night, 0, 16))
        rows: list[Styled] = [[blank] * width for _ in range(height)]
        for area in (at.picture, at.sky):
            if area is not None:
                self._picture(rows, area, air)
        self._page(rows, at.page, night, warm)
        self._offers(rows, at.offers, night, warm)
        self._foot(rows, at, night, warm)
        return rows

    def _air(self, now: float) -> tuple[Air, int]:
        stage, sitting = self.sitting.stage, self.sitting
        phase = 0.26 if self.still else self.pace.phase
        level = warmth(phase, stage.light)
        ash = min(16, round(stage.gone * 14))
        colours: Palette = palette("library" if stage.over else stage.art, level, ash, stage.ache)
        moment = now - (sitting.woken if stage.over else self._since)
        air = Air(moment, colours, wave(phase), still=self.still)
        if not self.still:
            air = air._replace(
                stir=max(0.0, 1 - (now - sitting.stirred) / STIRRING),
                shudder=max(0.0, 1 - (now - sitting.shuddered) / SHUDDERING),
                voice=max(0.0, 1 - (now - sitting.spoke) / SPEAKING),
                mist=max(0.0, 1 - (now - sitting.dissolved) / DISSOLVING),
            )
        return air, round(16 * level / LEVELS)

    def _picture(self, rows: list[Styled], area: Area, air: Air) -> None:
        if area is self.places.sky:
            grid = strip(area.width, air)
        else:
            grid = self._gallery.paint(self.sitting.stage, air, area.width, area.height)
        if air.shudder:
            shudder(grid, air.shudder, air.time)
        if area.x > 0:
            from_the_dark(grid, air.colours.night)
        depth = self.depth
        for y, spots in enumerate(grid.rows, area.y):
            rows[y][area.x : area.x + area.width] = [ink(depth, glyph, fg, bg) for glyph, fg, bg in spots]

    def _page(self, rows: list[Styled], area: Area, night: RGB, warm: int) -> None:
        if self.showing:
            self._panel(rows, self._panel_area(), night, warm)
            return
        if self.sitting.breath is None and not self.showing:
            door = self._threshold(area.width)
            lower = max(0, (area.height - len(door)) // 3)
            area = area._replace(y=area.y + lower, height=area.height - lower)
            self._write_panel(rows, area, door, night, warm)
            return
        shown, above, below = self.sitting.page.view(area.width, area.height)
        last = self.sitting.page.shown - 1
        fresh = 16 if self.still else self._coming()
        for n, row in enumerate(shown):
            alpha = tones.age_alpha(row.age, row.kind)
            if row.entry == last and row.age == 0:
                alpha = min(alpha, fresh)
            self._words(rows[area.y + n], area.x, row, night, warm, alpha)
        self._below = below
        self._arrows(rows, area, above, below)

    def _arrows(self, rows: list[Styled], area: Area, above: bool, below: bool) -> None:
        aside, last = max(0, area.x - 2), area.y + area.height - 1
        for shown, y, arrow, tone in ((above, area.y, "↑", "hint"), (below, last, "↓", "key")):
            if shown:
                rows[y][aside] = (arrow, tones.style_of(self.depth, tone, self.night, self.warm, 16))

    def _coming(self) -> int:
        part = (self.sitting.clock() - self.sitting.page.since) / FADE
        return max(3, min(16, round(16 * part)))

    def _words(self, to: Styled, x: int, row: Row, night: RGB, warm: int, alpha: int) -> None:
        for cell in row.cells:
            style = tones.style_of(self.depth, row.kind, night, warm, alpha, cell.mark == "em")
            x = _put(to, x, cell, style)

    def _offers(self, rows: list[Styled], area: Area, night: RGB, warm: int) -> None:
        if self.showing or not area.height:
            return
        waiting = self.sitting.page.revealing
        marked = self.reading.choice
        for choice in self._laid:
            if choice.row >= area.height:
                continue
            tone = "marked" if choice == marked else "offer"
            row, x = rows[area.y + choice.row], area.x + choice.column
            digit = tones.style_of(self.depth, "key", night, warm, 8 if waiting else 13)
            label = tones.style_of(self.depth, tone, night, warm, 9 if waiting else 16)
            x = _put(row, x, Cell("›" if choice == marked else str(choice.digit), 1), digit)
            room = area.width - choice.column - 3
            for cell in _cut(cells(clean(choice.offer.label)), room):
                x = _put(row, x + (2 if x == area.x + choice.column + 1 else 0), cell, label)

    def _foot(self, rows: list[Styled], at: Places, night: RGB, warm: int) -> None:
        notice = wrap(cells(clean(self.sitting.notice)), at.box.width) if self.sitting.notice else []
        for n, words in enumerate(notice):
            y, x = at.box.y - len(notice) + n, at.box.x
            if y < 0:
                continue
            rows[y][x : x + at.box.width] = [(" ", tones.style_of(self.depth, "line", night, 0, 16))] * at.box.width
            for cell in words:
                x = _put(rows[y], x, cell, tones.style_of(self.depth, "notice", night, warm, 16))
        if at.hint is None:
            return
        x = at.hint.x
        hint = next((hint for hint in self._hints() if len(hint) <= at.hint.width), "")
        for cell in cells(hint):
            x = _put(rows[at.hint.y], x, cell, tones.style_of(self.depth, "hint", night, warm, 13))

    def _hints(self) -> tuple[str, ...]:
        """What the keys do just now: the longest that fits is shown."""
        if self.panel:
            return ()

        def of(*keys: str) -> str:
            return " · ".join(word(key, self.sitting.language) for key in keys if key)

        if self.sitting.breath is None:
            question = self.sitting.asking.now
            enter = of("steps" if question is None or question.about == "name" else "answers")
            return (f"{enter} · {question.note}" if question else enter, enter)
        if self.sitting.over and (self._below or self.sitting.page.revealing):
            return (of("reads"),)
        if self.sitting.over:
            return (of("opens", "menu-too"), of("opens"))
        if self.reading.choice:
            return (of("does", "type-on"), of("does"))
        space = "reads" if self._below else "stays"
        more, m = ("more", " · m") if self._pages else ("", "")
        return (of(space, more, "help", "esc"), f"{of(space)}{m} · ? · esc", of("help"))

    # -- panels -----------------------------------------------------------------------------------------------

    def _threshold(self, measure: int) -> list[PanelRow]:
        threshold = self.sitting.threshold
        rows = [PanelRow(tuple(cells(_spaced(threshold.title, measure))), "title"), PanelRow(())]
        if threshold.notes:
            rows.append(PanelRow(tuple(cells(word("notes", self.sitting.language))), "plain"))
        for note in threshold.notes:
            rows += panels.hung(f"· {note}", measure, "faint", hang=2)
        rows.append(PanelRow(()))
        question = self.sitting.asking.now
        if question is not None:
            rows += [PanelRow(()), *panels.hung(question.text, measure, "plain")]
            for line in question.lines():
                rows += panels.hung(line, measure, "key", hang=3)
        return rows

    def _panel_rows(self, measure: int) -> list[PanelRow]:
        sitting, language = self.sitting, self.sitting.language
        if self.panel == "menu":
            return panels.menu_rows(measure, self.chosen, language, still=self.still)
        if self.panel == "transcript":
            return panels.transcript_rows(sitting.transcript(), measure, language)
        if self.panel == "kept":
            return panels.kept_rows(pieces(sitting.meeting), measure, language)
        if self.panel == "care":
            return panels.care_rows(sitting.care or sitting.threshold.help, measure, language)
        reading = self.reading
        if reading.more is not None:
            page, pages = self._pages[reading.more], len(self._pages)
            return panels.more_rows(page, reading.more, pages, measure, reading.choice, language)
        return panels.help_rows(measure, language)

    def _panel_area(self) -> Area:
        page, offers = self.places.page, self.places.offers
        return page._replace(height=max(page.height, offers.y + offers.height - page.y))

    def _panel(self, rows: list[Styled], area: Area, night: RGB, warm: int) -> None:
        shown = self._panel_rows(area.width)
        self.scroll = max(0, min(self.scroll, len(shown) - area.height))
        self._write_panel(rows, area, shown[self.scroll :], night, warm)
        self._arrows(rows, area, self.scroll > 0, self.scroll + area.height < len(shown))

    def _write_panel(self, rows: list[Styled], area: Area, shown: Sequence[PanelRow], night: RGB, warm: int) -> None:
        for n, row in enumerate(shown[: area.height]):
            x = area.x
            tone = {"plain": "line", "faint": "hint"}.get(row.tone, row.tone)
            for cell in row.cells:
                x = _put(rows[area.y + n], x, cell, tones.style_of(self.depth, tone, night, warm, 16))


def _put(row: Styled, x: int, cell: Cell, style: str) -> int:
    """Write a cell; the next free column. What does not fit is left out."""
    if x + cell.width <= len(row):
        row[x] = (" " if cell.text == "\xa0" else cell.text, style)
        if cell.width == 2:
            row[x + 1] = ("", style)
    return x + cell.width


def _cut(words: list[Cell], room: int) -> list[Cell]:
    """As much of one line as there is room for."""
    if sum(cell.width for cell in words) <= room:
        return words
    kept: list[Cell] = []
    for cell in words:
        if sum(one.width for one in kept) + cell.width >= room:
            break
        kept.append(cell)
    return [*kept, Cell("…", 1)]


def _spaced(title: str, measure: int) -> str:
    """A title as it stands over a door, where there is room for it."""
    wide = " ".join(clean(title).upper())
    return wide if title.isascii() and len(wide) <= measure else clean(title)
