"""The pictures: in every size and state, with every number of colours; and that what matters can be seen."""

import itertools
import time

import pytest

from harken.terminal import tones
from harken.terminal.colour import HALF, RGB, Depth, depth_of, mix
from harken.terminal.grid import Grid
from harken.terminal.hollow import Hollow
from harken.terminal.ink import ink
from harken.terminal.picture import PICTURES, Gallery, shudder
from harken.terminal.scar import Waking, drawn
from harken.terminal.sky import LEVELS, PERIOD, Pace, palette, warmth, wave
from harken.terminal.stage import Air, Book, Stage, undone

SIZES = [(24, 15), (27, 24), (36, 30), (60, 12), (80, 45), (1, 1), (5, 3)]
STROKES = (((500, 60), (620, 300), (400, 600), (500, 940)), ((620, 300), (760, 280)))


def books(near: int = 1, still: bool = False, count: int = 60) -> tuple[Book, ...]:
    return tuple(Book(n, near, still, ("sale", "鹽與雨", "snow")) for n in range(count))


def air(time: float = 3.0, level: int = 24, art: str = "library", **more: float | bool) -> Air:
    return Air(time, palette(art, level), level / LEVELS, **more)  # type: ignore[arg-type]


def painted(stage: Stage, now: Air, width: int = 36, height: int = 30) -> Grid:
    return Gallery().paint(stage, now, width, height)


@pytest.mark.parametrize("art", [*PICTURES, "submarine"])
@pytest.mark.parametrize("size", SIZES)
def test_every_picture_in_every_size_and_state(art: str, size: tuple[int, int]) -> None:
    gallery = Gallery()
    for closeness, gone, here, over in ((1, 0.0, False, False), (1, 0.1, True, False), (4, 0.5, True, False),
                                        (7, 0.0, True, False), (7, 1.0, True, True)):  # fmt: skip
        stage = Stage(art, 0.5, "talk", here, closeness, 5, gone, over, books(), ("jar", "scar"), STROKES)
        for now in (air(7.7, 48, art, stir=0.5, shudder=0.7, voice=0.5, mist=0.5), air(still=True)):
            grid = gallery.paint(stage, now, *size)
            shudder(grid, now.shudder, now.time)
            assert (len(grid.rows), {len(row) for row in grid.rows}) == (size[1], {size[0]})
            for depth in Depth:
                for spot in set(itertools.chain.from_iterable(grid.rows)):
                    glyph, style = ink(depth, *spot)
                    assert len(glyph) <= 9 and (style == "") >= (depth is Depth.NONE)


def test_a_still_picture_is_the_same_at_every_time() -> None:
    for art in PICTURES:
        stage = Stage(art=art, here=True, closeness=4, gone=0.5, books=books(3))
        shown = {tuple(map(tuple, painted(stage, air(at, still=True)).rows)) for at in (0.0, 1.3, 100.7)}
        assert len(shown) == 1


def light(grid: Grid) -> float:
    return sum(sum(spot.bg or (0, 0, 0)) for row in grid.rows for spot in row)


def test_the_figure_resolves_with_closeness_and_not_before_they_came() -> None:
    shown = {
        closeness: tuple(map(tuple, painted(Stage("library", here=True, closeness=closeness), air(still=True)).rows))
        for closeness in range(1, 8)
    }
    assert len(set(shown.values())) == 7
    empty = painted(Stage("library", here=False, closeness=7), air(still=True))
    assert light(empty) > light(painted(Stage("library", here=True, closeness=7), air(still=True)))


def heartbeat(near: int, still: bool = False) -> float:
    """How much the shelves change over ten seconds."""
    gallery, stage = Gallery(), Stage("library", books=tuple(book._replace(veil=()) for book in books(near, still)))
    frames = [
        [spot.fg for row in gallery.paint(stage, air(at / 5), 24, 15).rows for spot in row if spot.glyph in "▂▆▄▅▃▁█▇"]
        for at in range(50)
    ]
    return sum(sum(a != b for a, b in zip(one, two, strict=True)) for one, two in itertools.pairwise(frames))


def test_a_near_book_beats_quicker_and_a_told_one_not_at_all() -> None:
    assert heartbeat(0, still=True) == 0
    assert 0 < heartbeat(0) < heartbeat(2) < heartbeat(3)


def test_a_told_book_is_dim_and_still() -> None:
    def bright(still: bool) -> float:
        grid = painted(Stage("library", books=books(3, still, 200)), air(still=True))
        return sum(sum(spot.fg or (0, 0, 0)) for row in grid.rows for spot in row if spot.glyph != HALF)

    assert bright(True) < 0.8 * bright(False)


def test_books_become_moths_as_the_place_comes_apart() -> None:
    def moths(gone: float) -> int:
        rows = painted(Stage("library", books=books(), gone=gone), air()).rows
        return sum(spot.glyph in "⠳⠞⡴⢦ˇˆ" for row in rows for spot in row)

    def standing(gone: float) -> int:
        rows = painted(Stage("library", books=books(), gone=gone), air()).rows
        return sum(spot.glyph in "▂▆" for row in rows for spot in row)

    assert moths(0) == 0 < moths(0.3) < moths(0.8)
    assert standing(0) > standing(0.4) > standing(0.95)


def test_the_clock_is_seen_only_slowly_while_they_talk() -> None:
    assert undone("talk", 0.5) == 0 and undone("talk", 0.95) < 0.15
    steps = [undone("unravelling", clock / 100) for clock in range(70, 101, 5)]
    assert steps == sorted(steps) and steps[0] >= 0.3 and undone("waking", 0.2) == 1.0


def test_the_breath_is_slow_smooth_and_goes_from_indigo_to_gold() -> None:
    pace, levels = Pace(0.0), []
    for _ in range(int(PERIOD * 8)):
        levels.append(warmth(pace.phase, 0.4))
        pace.go_on(1 / 8, 0)
    assert min(levels) <= 4 and max(levels) >= 40
    assert max(abs(a - b) for a, b in itertools.pairwise(levels)) <= 4
    assert abs(pace.phase % 1.0) < 0.03 or pace.phase > 0.97
    assert wave(0.0) == pytest.approx(0.0) and wave(0.42) == pytest.approx(1.0)
    low, high = palette("library", 0), palette("library", LEVELS)
    assert low.mid[2] > low.mid[0] and high.mid[0] > high.mid[2]


def test_ache_slows_the_breath() -> None:
    easy, heavy = Pace(0.0), Pace(0.0)
    easy.go_on(0.9, 0)
    heavy.go_on(0.9, 10)
    assert heavy.phase < easy.phase


def contrast(a: RGB, b: RGB) -> float:
    def luminance(colour: RGB) -> float:
        parts = [c / 255 / 12.92 if c / 255 <= 0.03928 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("art", PICTURES)
def test_words_can_be_read_at_every_breath_and_old_ones_too(art: str) -> None:
    kinds = ["line", "place", "yours", "wake", "scar", "promise", "title", "key", "offer", "marked", "notice", "typed"]
    for level, ash, ache in itertools.product(range(0, LEVELS + 1, 6), (0, 8, 16), (0, 10)):
        night = palette(art, level, ash, ache).night
        for kind in kinds:
            tone = tones.tone_of(kind, level / LEVELS)
            assert contrast(tone, night) >= 7, kind
            for age in range(4 if kind in ("line", "place", "yours", "wake", "scar", "promise") else 0):
                assert contrast(mix(night, tone, tones.age_alpha(age, kind) / 16), night) >= 4.5, (kind, age)
        assert contrast(tones.tone_of("hint", 0), night) >= 4.5


def test_the_scar_fills_its_room_and_draws_itself() -> None:
    rows = drawn(STROKES, 20, 12)
    assert len(rows) == 12 and all(len(row) == 20 for row in rows)
    assert rows[1].strip() and rows[-2].strip()
    dots = [
        sum(row.count(glyph) for row in drawn(STROKES, 20, 12, part / 5) for glyph in set(row) - {" "})
        for part in range(6)
    ]
    assert dots == sorted(dots) and dots[0] <= 1 < dots[3] < dots[5]
    assert drawn((), 4, 2) == ["    ", "    "] and len(drawn((((500, 420), (505, 580)),), 3, 3)) == 3
    early = Waking(20, 12).paint(Stage(over=True, scar=STROKES), air(0.2))
    late = Waking(20, 12).paint(Stage(over=True, scar=STROKES), air(60.0))
    assert sum(s.glyph != HALF for r in early.rows for s in r) < sum(s.glyph != HALF for r in late.rows for s in r)


def test_colours_are_those_the_terminal_says_it_has() -> None:
    def of(**env: str) -> Depth:
        return depth_of(env)

    assert of(TERM="xterm-256color", COLORTERM="truecolor") is Depth.TRUE
    assert of(TERM="xterm-256color", COLORTERM="truecolor", NO_COLOR="1") is Depth.NONE
    assert of(TERM="xterm-256color", NO_COLOR="") is Depth.MANY
    assert of(TERM="xterm-kitty") is Depth.TRUE
    assert of(TERM="xterm") is of(TERM="linux") is Depth.SIXTEEN
    assert of(TERM="vt100") is of(TERM="dumb") is of() is Depth.NONE


def test_sixteen_colours_use_only_their_names_and_dark_grounds() -> None:
    for art, level in itertools.product(PICTURES, (0, 24, 48)):
        grid = painted(Stage(art, here=True, closeness=5, books=books()), air(level=level, art=art))
        for spot in set(itertools.chain.from_iterable(grid.rows)):
            for part in ink(Depth.SIXTEEN, *spot)[1].split():
                assert part.startswith(("fg:ansi", "bg:ansi"))
                assert not part.startswith(("bg:ansibright", "bg:ansiwhite"))


def test_without_colours_the_glyphs_tell_it() -> None:
    stage = Stage("library", here=True, closeness=5, books=books(3))
    shown = ["".join(ink(Depth.NONE, *spot)[0] for spot in row) for row in painted(stage, air(still=True)).rows]
    assert any("██" in row for row in shown)
    assert 0.04 < sum(sign != " " for row in shown for sign in row) / (36 * 30) < 0.5


def test_the_hollow_is_open_in_the_middle_and_has_room_for_books() -> None:
    for width, height in SIZES[:5]:
        hollow = Hollow(width, height)
        assert hollow.open and (len(hollow.slots) >= 10 or height < 16)
        assert all(0 <= slot.x < width and 0 < slot.y < height for slot in hollow.slots)


def test_a_frame_is_quick() -> None:
    gallery, stage = Gallery(), Stage("library", here=True, closeness=4, books=books())
    gallery.paint(stage, air(), 36, 30)
    costs = []
    for at in range(12):
        began = time.perf_counter()
        gallery.paint(stage, air(at / 8), 36, 30)
        costs.append(time.perf_counter() - began)
    assert min(costs) < 0.03
