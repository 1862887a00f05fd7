"""What every key does. The box always has the keyboard: what is typed goes into it, whatever else is going on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys

from harken.terminal.measure import is_control
from harken.terminal.panels import MENU

if TYPE_CHECKING:
    from harken.terminal.screen import Player

HOLD = 0.6
"""Seconds: a space that comes sooner after the last one is the same one, held."""


def bindings(player: Player) -> KeyBindings:
    """All keys of the screen."""
    keys = KeyBindings()
    _saying(keys, player)
    _reading(keys, player)
    _leaving(keys, player)
    return keys


def _saying(keys: KeyBindings, player: Player) -> None:
    empty = Condition(lambda: not player.box.text and not player.view.panel)
    at_menu = Condition(lambda: player.view.panel == "menu")

    @keys.add("enter", eager=True)
    def _(event: KeyPressEvent) -> None:
        player.entered()

    @keys.add(" ", filter=empty & Condition(lambda: player.sitting.breath is not None), eager=True)
    def _(event: KeyPressEvent) -> None:
        player.held()

    @keys.add(Keys.BracketedPaste, eager=True)
    def _(event: KeyPressEvent) -> None:
        pasted = event.data.replace("\r\n", "\n").replace("\r", "\n")
        player.box.insert_text("".join(sign for sign in pasted if not is_control(sign)))

    for n in range(len(MENU)):

        @keys.add(str(n + 1), filter=at_menu, eager=True)
        def _(event: KeyPressEvent, n: int = n) -> None:
            player.menu(n)

    @keys.add(Keys.Any, filter=Condition(lambda: bool(player.view.panel)))
    def _(event: KeyPressEvent) -> None:
        """Whoever types on is done with the menu, and loses no letter."""
        player.open("")
        if event.data.isprintable() and not event.data.isspace():
            player.box.insert_text(event.data)


def _reading(keys: KeyBindings, player: Player) -> None:
    at_menu = Condition(lambda: player.view.panel == "menu")
    one_line = Condition(lambda: player.box.document.line_count == 1)

    @keys.add("pageup", filter=~at_menu)
    @keys.add("up", filter=~at_menu & one_line)
    def _(event: KeyPressEvent) -> None:
        player.turned(-1)

    @keys.add("pagedown", filter=~at_menu)
    @keys.add("down", filter=~at_menu & one_line)
    def _(event: KeyPressEvent) -> None:
        player.turned(1)

    @keys.add("up", filter=at_menu, eager=True)
    @keys.add("s-tab", filter=at_menu, eager=True)
    def _(event: KeyPressEvent) -> None:
        player.view.chosen = (player.view.chosen - 1) % len(MENU)

    @keys.add("down", filter=at_menu, eager=True)
    @keys.add("tab", filter=at_menu, eager=True)
    def _(event: KeyPressEvent) -> None:
        player.view.chosen = (player.view.chosen + 1) % len(MENU)

    @keys.add(" ", filter=Condition(lambda: player.view.panel == "transcript"), eager=True)
    def _(event: KeyPressEvent) -> None:
        player.turned(1)

    @keys.add("c-l")
    def _(event: KeyPressEvent) -> None:
        event.app.renderer.clear()


def _leaving(keys: KeyBindings, player: Player) -> None:
    empty = Condition(lambda: not player.box.text)

    @keys.add("escape", eager=True)
    def _(event: KeyPressEvent) -> None:
        player.escaped()

    @keys.add("f1", eager=True)
    def _(event: KeyPressEvent) -> None:
        player.open("" if player.view.panel == "care" else "care")

    for key, move in (("f2", "skip"), ("f3", "wake")):

        @keys.add(key, eager=True)
        def _(event: KeyPressEvent, move: str = move) -> None:
            player.move(move)

    @keys.add("c-c", eager=True)
    @keys.add("<sigint>", eager=True)
    def _(event: KeyPressEvent) -> None:
        player.interrupted()

    @keys.add("c-d", filter=empty, eager=True)
    def _(event: KeyPressEvent) -> None:
        player.leave()

    @keys.add("c-z", eager=True)
    def _(event: KeyPressEvent) -> None:
        event.app.suspend_to_background()
