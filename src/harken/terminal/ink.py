"""From a glyph and two colours to what a terminal can show: 16 million colours, 256, 16, or none.

With 256, a ground is one of them or two mixed by a shade. With 16, it is a shade of one hue on black. With none, the
glyph alone has to be enough, and is drawn only where it would have stood out.
"""

from __future__ import annotations

from functools import lru_cache

from harken.terminal.colour import HALF, RGB, Depth, light_of, mix

_MIST = {"░": 0.25, "▒": 0.5, "▓": 0.75}
"""Shades are mist: where there are colours enough they are mixed smoothly, elsewhere they are the glyph."""
_BANDS = "▂▆"
_STANDS_OUT = 0.11
"""Without colours a glyph is drawn where it is so much lighter or darker than its ground."""


@lru_cache(maxsize=1 << 16)
def ink(depth: Depth, glyph: str, fg: RGB | None, bg: RGB | None) -> tuple[str, str]:
    """The glyph and prompt_toolkit's style for it."""
    if depth is Depth.NONE:
        return _bare(glyph, fg, bg), ""
    if depth is Depth.SIXTEEN:
        return _sixteen(glyph, fg, bg)
    if glyph in _MIST and fg and bg:
        bg = mix(bg, fg, _MIST[glyph])
        glyph, fg = " ", None
    if depth is Depth.TRUE:
        return glyph, _style(fg and _hex(fg), bg and _hex(bg))
    if glyph in (HALF, " ") and bg:
        shade, over, under = _mixed_of_256(_coarse(mix(fg, bg, 0.5) if fg and glyph == HALF else bg))
        return shade, _style(over and _hex(over), _hex(under))
    return glyph, _style(fg and _hex(_of_256(fg)), bg and _hex(_of_256(bg)))


def _hex(colour: RGB) -> str:
    return f"#{colour[0]:02x}{colour[1]:02x}{colour[2]:02x}"


def _style(fg: str | None, bg: str | None) -> str:
    return " ".join([f"fg:{fg}"] * bool(fg) + [f"bg:{bg}"] * bool(bg))


# -- 256 ---------------------------------------------------------------------------------------------------------

_STEPS = (0, 95, 135, 175, 215, 255)
_STIPPLE = 0.05
"""How much it is held against a mixture that its two colours are far apart: it would look like gravel."""


def _coarse(colour: RGB) -> RGB:
    return (colour[0] & 0xF8, colour[1] & 0xF8, colour[2] & 0xF8)


@lru_cache(maxsize=1 << 14)
def _of_256(colour: RGB) -> RGB:
    """The nearest of the 256, of which 240 are the same everywhere: the corners of the cube around it, and greys."""
    here = _felt(colour)
    return min(_around(colour), key=lambda near: _apart(here, _felt(near)))


@lru_cache(maxsize=1 << 14)
def _mixed_of_256(colour: RGB) -> tuple[str, RGB | None, RGB]:
    """A shade and its two colours that come nearest; or one colour, without a shade."""
    here, near = _felt(colour), _around(colour)
    best = min((_apart(here, _felt(one)), " ", None, one) for one in near)
    for over in near:
        for under in near:
            gravel = _STIPPLE * _apart(_felt(over), _felt(under))
            if over == under or gravel >= best[0]:
                continue
            for shade, part in _MIST.items():
                cost = _apart(here, _felt(mix(under, over, part))) + gravel
                if cost < best[0]:
                    best = (cost, shade, over, under)  # type: ignore[assignment]
    return best[1], best[2], best[3]


def _around(colour: RGB) -> list[RGB]:
    pairs = [
        (max(step for step in _STEPS if step <= part), min(step for step in _STEPS if step >= part)) for part in colour
    ]
    corners = {(r, g, b) for r in pairs[0] for g in pairs[1] for b in pairs[2]}
    grey = max(0, min(23, round((sum(colour) / 3 - 8) / 10)))
    return sorted(corners | {(8 + 10 * n,) * 3 for n in (max(0, grey - 1), grey, min(23, grey + 1))})


@lru_cache(maxsize=1 << 14)
def _felt(colour: RGB) -> tuple[float, float, float]:
    """The colour in OKLab (Björn Ottosson): how light it is, and two directions of hue."""
    r, g, b = ((part / 255) ** 2.2 for part in colour)
    long = (0.4122 * r + 0.5363 * g + 0.0514 * b) ** (1 / 3)
    mid = (0.2119 * r + 0.6807 * g + 0.1074 * b) ** (1 / 3)
    short = (0.0883 * r + 0.2817 * g + 0.6300 * b) ** (1 / 3)
    return (
        0.2105 * long + 0.7936 * mid - 0.0041 * short,
        1.9780 * long - 2.4286 * mid + 0.4506 * short,
        0.0259 * long + 0.7828 * mid - 0.8087 * short,
    )


def _apart(a: tuple[float, float, float], b: tuple[float, float, float]) -> float:
    return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2


# -- 16 ----------------------------------------------------------------------------------------------------------

_SHADES = " ░▒▓"


@lru_cache(maxsize=1 << 13)
def _sixteen(glyph: str, fg: RGB | None, bg: RGB | None) -> tuple[str, str]:
    """A ground is a shade of one hue on black; only where it is light does it stand behind a glyph."""
    if glyph in (HALF, " "):
        ground = mix(fg, bg, 0.5) if fg and bg else bg or (fg if glyph == HALF else None)
        return _shade(ground) if ground else (" ", "")
    if glyph in _MIST and fg and bg and light_of(fg) < light_of(bg):
        return _shade(mix(bg, fg, _MIST[glyph]))
    under = "ansiblack" if not bg or light_of(bg) < 0.36 else f"ansi{_hue(bg)}"
    name = _named(fg) if fg else None
    if name == under:
        name = "ansibrightblack" if under == "ansiblack" else name.replace("ansi", "ansibright") if name else None
    return glyph, _style(name, bg and under)


def _shade(ground: RGB) -> tuple[str, str]:
    light, hue = light_of(ground), _hue(ground)
    step = int(min(0.999, max(0.0, (light - 0.055) / 0.60)) * 8)
    if step < 4:
        return _SHADES[step], f"fg:ansi{hue} bg:ansiblack"
    return _SHADES[step - 4], f"fg:{'ansiwhite' if hue == 'gray' else 'ansibright' + hue} bg:ansi{hue}"


def _named(colour: RGB) -> str:
    light, hue = light_of(colour), _hue(colour)
    if light < 0.12:
        return "ansiblack"
    if light < 0.30:
        return "ansibrightblack" if light < 0.22 or hue == "gray" else f"ansi{hue}"
    if hue == "gray":
        return "ansigray" if light < 0.68 else "ansiwhite"
    return f"ansi{hue}" if light < 0.52 else f"ansibright{hue}" if light < 0.86 else "ansiwhite"


def _hue(colour: RGB) -> str:
    red, green, blue = colour
    high, low = max(colour), min(colour)
    if high - low < 0.22 * high:
        return "gray"
    if blue == high:
        return "magenta" if red > green + 0.45 * (high - low) else "blue"
    if red == high:
        return (
            "magenta"
            if blue > green + 0.15 * (high - low)
            else "yellow"
            if green > low + 0.22 * (high - low)
            else "red"
        )
    return "green"


# -- none --------------------------------------------------------------------------------------------------------


def _bare(glyph: str, fg: RGB | None, bg: RGB | None) -> str:
    if glyph in (HALF, " ") or fg is None or bg is None:
        return " " if glyph == HALF else glyph
    if glyph in _BANDS and abs(light_of(fg) - light_of(bg)) < 0.2 and light_of(bg) > _STANDS_OUT:
        return "█" if light_of(bg) > 0.34 else " "
    return glyph if abs(light_of(fg) - light_of(bg)) > _STANDS_OUT else " "
