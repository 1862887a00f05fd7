"""Hands rows of glyphs and styles to prompt_toolkit, as they are."""

from __future__ import annotations

from collections.abc import Callable

from prompt_toolkit.key_binding.key_bindings import KeyBindingsBase
from prompt_toolkit.layout.containers import Container
from prompt_toolkit.layout.dimension import Dimension
from prompt_toolkit.layout.mouse_handlers import MouseHandlers
from prompt_toolkit.layout.screen import Char, Screen, WritePosition

from harken.terminal.view import Styled


class Canvas(Container):
    """A part of the screen that ``draw(width, height)`` draws. It goes round prompt_toolkit's own text layout, which
    would measure and copy every cell of every frame again."""

    def __init__(self, draw: Callable[[int, int], list[Styled]]) -> None:
        self._draw = draw
        self._chars: dict[tuple[str, str], Char] = {}

    def reset(self) -> None:
        """Nothing is kept from one run to the next."""

    def preferred_width(self, max_available_width: int) -> Dimension:
        """All there is."""
        return Dimension()

    def preferred_height(self, width: int, max_available_height: int) -> Dimension:
        """All there is."""
        return Dimension()

    def get_children(self) -> list[Container]:
        """None."""
        return []

    def get_key_bindings(self) -> KeyBindingsBase | None:
        """None of its own."""
        return None

    def is_modal(self) -> bool:
        """Keys go on to whoever wants them."""
        return False

    def write_to_screen(
        self,
        screen: Screen,
        mouse_handlers: MouseHandlers,
        write_position: WritePosition,
        parent_style: str,
        erase_bg: bool,
        z_index: int | None,
    ) -> None:
        """Draw."""
        at = write_position
        chars = self._chars
        if len(chars) > 200_000:
            chars.clear()
        for y, row in enumerate(self._draw(at.width, at.height)):
            to = screen.data_buffer[at.ypos + y]
            for x, key in enumerate(row, at.xpos):
                char = chars.get(key)
                if char is None:
                    char = chars[key] = Char(*key)
                to[x] = char
        screen.width = max(screen.width, at.xpos + at.width)
        screen.height = max(screen.height, at.ypos + at.height)
