"""The author's own words, as written: the default voice, offline, the same every time."""

from __future__ import annotations

from harken.engine.events import Line


class AuthorsVoice:
    """Words every line as the author did."""

    def word(self, kind: str, lines: tuple[Line, ...]) -> tuple[Line, ...]:
        """The lines, unchanged. ``kind`` is the kind of event they belong to."""
        return lines
