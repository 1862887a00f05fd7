"""Where things stand on a screen of any size. The picture goes first."""

from __future__ import annotations

from typing import NamedTuple

MEASURE = 66
"""Columns of words: the longest line that is good to read."""
SIDE_FROM = (72, 15)
STACKED_FROM = (40, 30)
SCAR_FROM = (36, 8)


class Area(NamedTuple):
    """A part of the screen, in columns and rows."""

    x: int
    y: int
    width: int
    height: int


class Places(NamedTuple):
    """Where everything stands. ``picture`` and ``hint`` may have no room; ``sky`` is a strip of it in its stead."""

    picture: Area | None
    sky: Area | None
    page: Area
    offers: Area
    box: Area
    hint: Area | None


def text_width(width: int, height: int, waking: bool = False) -> int:
    """The columns that words have on such a screen."""
    return _column(width, height, waking)[1]


def offer_rows(width: int, height: int) -> int:
    """The most rows that offers may take."""
    picture = _picture(width, height)
    most = 5 if picture and picture.width == width else 9
    return 2 if height < 14 else max(3, min(most, height // 4))


def places(width: int, height: int, offers: int, box: int, waking: bool = False) -> Places:
    """Everything's place, when the offers need ``offers`` rows and the box needs ``box``. On ``waking`` there is room
    for a scar even where there was none for a picture."""
    left, measure = _column(width, height, waking)
    picture, sky, top = _picture(width, height, waking), None, 1
    if picture is not None and picture.width == width:
        top = picture.height + 1
    elif picture is None:
        sky = Area(0, 0, width, 1) if height >= 14 else None
        top = 2 if sky else 0
    bottom = height - (1 if height >= 20 else 0)
    hint = Area(left, bottom - 1, measure, 1) if height >= 10 else None
    bottom -= 1 if hint else 0
    box = max(1, min(box, 3, bottom - top - 1))
    box_area = Area(left, bottom - box, measure, box)
    bottom -= box + (1 if height >= 16 else 0)
    offers = max(0, min(offers, bottom - top - 2))
    offers_area = Area(left, bottom - offers, measure, offers)
    bottom -= offers + (1 if offers else 0)
    return Places(picture, sky, Area(left, top, measure, max(1, bottom - top)), offers_area, box_area, hint)


def _picture(width: int, height: int, waking: bool = False) -> Area | None:
    if width >= SIDE_FROM[0] and height >= SIDE_FROM[1]:
        wide = max(24, min(int(width * 0.36), int(height * 1.6)))
        return Area(width - wide, 0, wide, height)
    if width >= STACKED_FROM[0] and height >= STACKED_FROM[1]:
        return Area(0, 0, width, height // 3 if height >= 36 else height // 4)
    if waking and width >= SCAR_FROM[0] and height >= SCAR_FROM[1]:
        return Area(width - width // 4, 0, width // 4, height)
    return None


def _column(width: int, height: int, waking: bool) -> tuple[int, int]:
    picture = _picture(width, height, waking)
    room = width - picture.width if picture and picture.width < width else width
    margin = 3 if room >= 46 else 2 if room >= 24 else 1
    measure = max(4, min(MEASURE, room - 2 * margin))
    return margin + max(0, (room - 2 * margin - measure) // 2), measure
