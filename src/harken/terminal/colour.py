"""Colours: how many this terminal has, and mixing them. Pictures are in RGB; ``ink`` makes of it what can be shown."""

from __future__ import annotations

import enum
from collections.abc import Mapping

RGB = tuple[int, int, int]

HALF = "▀"
"""The glyph of a cell that is only colour: its upper half and its lower half."""


class Depth(enum.IntEnum):
    """How many colours there are, in bits."""

    NONE = 1
    SIXTEEN = 4
    MANY = 8
    TRUE = 24


_TRUE_TERMS = ("kitty", "alacritty", "foot", "ghostty", "wezterm", "-direct")
_SIXTEEN_TERMS = ("linux", "xterm", "screen", "tmux", "rxvt", "ansi", "cygwin", "konsole", "putty", "eterm")


def depth_of(environ: Mapping[str, str]) -> Depth:
    """The colours this terminal says it has. NO_COLOR (no-color.org) is always obeyed."""
    term = environ.get("TERM", "").lower()
    if environ.get("NO_COLOR") or term in ("", "dumb", "unknown"):
        return Depth.NONE
    if environ.get("COLORTERM", "").lower() in ("truecolor", "24bit") or any(name in term for name in _TRUE_TERMS):
        return Depth.TRUE
    if "256" in term:
        return Depth.MANY
    return Depth.SIXTEEN if term.startswith(_SIXTEEN_TERMS) else Depth.NONE


def mix(a: RGB, b: RGB, t: float) -> RGB:
    """The colour ``t`` of the way from ``a`` to ``b``."""
    return (
        int(a[0] + (b[0] - a[0]) * t),
        int(a[1] + (b[1] - a[1]) * t),
        int(a[2] + (b[2] - a[2]) * t),
    )


def lit(colour: RGB, light: float) -> RGB:
    """The colour under more (above 1) or less light."""
    return (min(255, int(colour[0] * light)), min(255, int(colour[1] * light)), min(255, int(colour[2] * light)))


def light_of(colour: RGB) -> float:
    """How light a colour is to the eye, 0 to 1."""
    return (0.30 * colour[0] + 0.59 * colour[1] + 0.11 * colour[2]) / 255
