"""Where things stand, what can be done, and how words come, without a terminal."""

import itertools

import pytest
from hollow import meeting_in

from harken.engine.offers import Offer
from harken.keep import KeepError
from harken.meeting import Meeting, Said
from harken.terminal.choices import Reading, lay, pages_of, read
from harken.terminal.colour import Depth
from harken.terminal.layout import offer_rows, places, text_width
from harken.terminal.page import Page
from harken.terminal.sitting import Sitting
from harken.terminal.view import View
from harken.terminal.wording import Paragraph


def paragraph(text: str, kind: str = "line") -> Paragraph:
    return Paragraph(kind, text)


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize("width", [8, 20, 40, 60, 72, 80, 100, 160, 240])
def test_everything_has_its_place_in_every_size(width: int) -> None:
    for height, offers, box in itertools.product([4, 6, 10, 12, 15, 24, 30, 50, 70], [0, 2, 7], [1, 3]):
        at = places(width, height, min(offers, offer_rows(width, height)), box)
        areas = [area for area in (at.page, at.offers, at.box, at.hint) if area and area.height]
        for area in areas:
            assert area.x >= 0 and area.x + area.width <= width, (width, height, at)
            assert area.y >= 0 and area.y + area.height <= height, (width, height, at)
        taken = [y for area in areas for y in range(area.y, area.y + area.height)]
        assert len(taken) == len(set(taken)), (width, height, at)
        assert text_width(width, height) == at.page.width <= 66
        if at.picture and at.picture.x:
            assert at.page.x + at.page.width < at.picture.x
        if height >= 12:
            assert at.page.height >= height // 4 and at.hint and at.box.height == min(box, 3)


def test_the_picture_goes_first() -> None:
    assert places(100, 30, 5, 1).picture and places(60, 40, 5, 1).picture
    assert places(60, 20, 5, 1).picture is None and places(60, 20, 5, 1).sky
    small = places(40, 12, 2, 1)
    assert small.picture is None and small.sky is None and small.page.height >= 5


def offers(loud: int, quiet: int, label: str = "Say it") -> list[Offer]:
    return [Offer("look", str(n), f"{label} {n}", n >= loud) for n in range(loud + quiet)]


def test_offers_have_digits_and_the_rest_is_under_m() -> None:
    laid, rest = lay(offers(5, 4), 60, 7)
    assert [choice.digit for choice in laid] == [1, 2, 3, 4, 5] and len(rest) == 4
    assert all(choice.column == 0 for choice in laid)
    laid, rest = lay(offers(12, 4), 60, 7)
    assert len(laid) == 9 and len({(choice.row, choice.column) for choice in laid}) == 9 and len(rest) == 7
    assert max(choice.row for choice in laid) == 4
    laid, rest = lay(offers(12, 14, "A long label that needs all of the column"), 60, 6)
    assert len(laid) == 6 and [len(page) for page in pages_of(rest)] == [9, 9, 2]
    assert lay(offers(6, 0), 30, 2)[0][-1].row == 1
    assert lay([], 60, 5) == ([], [])


def test_what_stands_in_the_box_is_read_without_modes() -> None:
    laid, rest = lay(offers(3, 12), 60, 7)
    pages = pages_of(rest)
    assert read("2", laid, pages).choice == laid[1]
    assert read("m", laid, pages) == Reading(more=0) and read("mm", laid, pages) == Reading(more=1)
    assert read("m4", laid, pages).choice == pages[0][3] and read("mm3", laid, pages).choice == pages[1][2]
    assert read("?", laid, pages).help
    for words in ("", "9", "22", "2 of them", "my", "mmm", "m4x", "mother", "m9 ", "mm9", "?!", " ", "٣", "²"):
        assert read(words, laid, pages) == Reading(), words


def test_paragraphs_come_one_after_the_other_and_at_once_when_not_gated() -> None:
    page = Page()
    page.turn([paragraph("one"), paragraph("", "pause"), paragraph("two")], 10.0, gated=True)
    assert page.shown == 1 and page.revealing
    assert not page.go_on(10.2) and page.go_on(10.6) and page.shown == 2
    page.go_on(20.0)
    assert not page.revealing
    page.turn([paragraph("x" * 999), paragraph("y")], 30.0, gated=True)
    assert not page.go_on(32.0) and page.go_on(32.2)
    page.turn([paragraph("three"), paragraph("four")], 40.0, gated=False)
    assert not page.revealing
    page.turn([paragraph("five"), paragraph("six")], 50.0, gated=True)
    page.complete()
    assert not page.revealing


def test_a_breath_longer_than_the_page_is_read_from_its_beginning() -> None:
    page = Page()
    page.recall([paragraph(f"old {n}") for n in range(9)])
    page.turn([paragraph(f"new {n}") for n in range(12)], 0.0, gated=False)

    def shown() -> tuple[list[str], bool, bool]:
        rows, above, below = page.view(20, 8)
        return ["".join(cell.text for cell in row.cells) for row in rows if row.cells], above, below

    assert shown() == (["new 0", "new 1", "new 2", "new 3"], True, True)
    assert page.page(1, 20, 8) and shown()[0][0] == "new 3"
    while page.page(1, 20, 8):
        pass
    assert shown()[0][-1] == "new 11" and not shown()[2]
    for _ in range(20):
        page.page(-1, 20, 8)
    assert shown()[0][0] == "old 0" and not shown()[1]
    assert not page.page(1, 20, 80), "in a window with room for everything there is nothing to page to"
    page.turn([paragraph("last")], 0.0, gated=False)
    assert shown()[0][-1] == "last"


def test_long_words_of_ones_own_are_shown_short() -> None:
    page = Page()
    page.turn([paragraph("word " * 400, "yours"), paragraph("Yes.")], 0.0, gated=False)
    rows, _, _ = page.view(40, 20)
    assert sum(row.kind == "yours" for row in rows) == 3 and rows[2].cells[-1].text == "…"
    assert all(sum(cell.width for cell in row.cells) <= 40 for row in rows)


def sitting(meeting: Meeting, clock: Clock, gated: bool = True) -> Sitting:
    one = Sitting(meeting, name="Ada", seed=7, ask_name=False, gated=gated, clock=clock)
    if one.breath is None:
        one.answer("")
    return one


def test_a_trouble_keeps_the_words_and_a_retry_is_the_same_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    one, turns, breathe = sitting(meeting_in(None), Clock()), [], Meeting.breathe

    def failing(self: Meeting, said: Said) -> object:
        turns.append(said.turn)
        if len(turns) == 1:
            raise KeepError("The disk is full.")
        return breathe(self, said)

    monkeypatch.setattr(Meeting, "breathe", failing)
    assert not one.breathe(None, "are you there") and one.notice == "The disk is full."
    assert one.breathe(None, "are you there") and one.notice == "" and turns[0] == turns[1]


def test_a_whole_meeting_at_every_size_and_depth() -> None:
    clock = Clock()
    one = sitting(meeting_in(None), clock)
    views = [View(one, depth, still=still) for depth, still in zip(Depth, (True, False, False, False), strict=True)]
    sizes = itertools.cycle([(90, 26), (72, 20), (40, 12), (44, 32), (20, 6), (8, 4), (120, 30)])
    while not one.over:
        for view in views:
            clock.now += 0.4
            one.page.go_on(clock.now)
            width, height = next(sizes)
            for view.typed, view.panel in (("", ""), ("m", ""), ("?", ""), ("1", ""), ("", "menu"), ("", "transcript")):
                rows = view.draw(width, height)
                assert len(rows) == height and {len(row) for row in rows} == {width}
            view.typed, view.panel = "", ""
        one.breathe("stay", None)
    assert all(len(view.draw(90, 28)) == 28 for view in views)


def test_resumed_words_are_there_and_older_ones_are_dim() -> None:
    meeting = meeting_in(None)
    first = sitting(meeting, Clock())
    first.breathe("stay", None)
    first.breathe(None, "I kept one too")
    again = sitting(meeting, Clock())
    texts = [entry.paragraph.text for entry in again.page.entries]
    assert texts == [entry.paragraph.text for entry in first.page.entries]
    assert not again.page.revealing and again.page.breath == 1
    rows, _, _ = again.page.view(60, 100)
    ages = {"".join(cell.text for cell in row.cells): row.age for row in rows}
    assert ages["› I kept one too"] == 0 and ages["› Breathe, and stay"] == 1
