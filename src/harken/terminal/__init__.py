"""The terminal player: a screen that breathes, a plain line mode, and unattended scripts.

``play`` picks one of them. What each needs is imported only then: a script loads no interface, and only the screen
loads prompt_toolkit.
"""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import BinaryIO

from harken.meeting import Meeting


def play(
    meeting: Meeting,
    *,
    script: BinaryIO | None = None,
    json: bool = False,
    name: str | None = None,
    seed: int | None = None,
    plain: bool = False,
) -> int:
    """Play one sitting and return the exit code.

    With ``script`` (or ``json``, which then reads standard input) unattended; line by line when ``plain`` or where
    there is no terminal to draw on; else on the whole screen. Raises ScriptError for a line that is not text.
    """
    from harken.terminal.turns import name_from

    name = name if name == "" else name_from(name)
    _speak_utf8()
    if script is not None or json:
        from harken.terminal.script import lines_of, play_script, seed_of_replay

        stream = script if script is not None else sys.stdin.buffer
        own = seed_of_replay(stream)
        seed = seed if own is None else own
        lines = lines_of(stream)
        return play_script(meeting, lines, sys.stdout, json=json, name=name, seed=seed, replay=own is not None)
    if plain or not _can_draw():
        from harken.terminal.plain import play_plain

        return play_plain(meeting, name=name, seed=seed)
    from harken.terminal.screen import play_screen

    return play_screen(meeting, name=name, seed=seed, ask_name=name is None)


def _can_draw() -> bool:
    """Whether both ends are a terminal that can be drawn on."""
    both = sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()
    return both and os.environ.get("TERM", "") not in ("", "dumb", "unknown")


def _speak_utf8() -> None:
    """Stories are written in every script: what goes out is UTF-8, and never fails for a sign."""
    if sys.stdout is None:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    elif isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
