"""The full screen: a breathing picture, the words, what can be done, and a box that is always there.

``play_screen`` is the way in. What is shown is ``view``'s, what a key does is ``keys``', what goes on is ``sitting``'s;
here they are joined to a terminal by prompt_toolkit, and the terminal is given back as it was, however it ends.
"""

from __future__ import annotations

import asyncio
import os
import time

from prompt_toolkit.application import Application
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.layout.containers import Float, FloatContainer, Window
from prompt_toolkit.layout.controls import BufferControl
from prompt_toolkit.layout.layout import Layout
from prompt_toolkit.layout.processors import AfterInput, BeforeInput, ConditionalProcessor
from prompt_toolkit.output import ColorDepth

from harken.meeting import Meeting
from harken.terminal import choices, tones
from harken.terminal.borrowed import run
from harken.terminal.canvas import Canvas
from harken.terminal.colour import Depth, depth_of
from harken.terminal.keys import HOLD, bindings
from harken.terminal.measure import width as width_of
from harken.terminal.panels import MENU
from harken.terminal.sitting import Sitting
from harken.terminal.view import Styled, View
from harken.terminal.words import word

FRAMES, FRAMES_FAR = 8, 4
"""Frames a second: here, and over a line (ssh)."""
SHARE, SLOW = 4, 0.15
"""A frame is followed by at least so many times its cost of rest; one of more seconds than this is the last one: a
machine that slow gets a still picture."""
DECIDING = 0.7
"""Seconds between a digit and what it does, in which to type on."""
_DEPTHS = {Depth.NONE: ColorDepth.DEPTH_1_BIT, Depth.SIXTEEN: ColorDepth.DEPTH_4_BIT,
           Depth.MANY: ColorDepth.DEPTH_8_BIT, Depth.TRUE: ColorDepth.DEPTH_24_BIT}  # fmt: skip


class Player:
    """A sitting, its view and its box, in a running application."""

    def __init__(self, sitting: Sitting, view: View) -> None:
        self.sitting, self.view = sitting, view
        self.box = Buffer(multiline=True, on_text_changed=self._typed)
        self._float = Float(content=self._window(), left=0, top=0, width=10, height=1)
        self.app: Application[int] = Application(
            layout=Layout(FloatContainer(Canvas(self._draw), [self._float]), focused_element=self._float.content),
            key_bindings=bindings(self),
            full_screen=True,
            color_depth=_DEPTHS[view.depth],
            before_render=lambda app: self._place(),
        )
        self.app.ttimeoutlen = 0.08
        self.app.key_processor.before_key_press += lambda _: self._before_key()
        self._completed = False
        self._space = float("-inf")
        self._deciding: asyncio.TimerHandle | None = None
        self._cost = 0.0

    # -- what the keys do ------------------------------------------------------------------------------------

    def entered(self) -> None:
        """Enter: step in, do what is chosen, say what is typed; with nothing typed, go on."""
        view, typed = self.view, self.box.text
        if view.panel:
            self.menu(view.chosen) if view.panel == "menu" else self.open("")
        elif typed.strip().lower() == "help":
            self._empty()
            self.open("care")
        elif self.sitting.breath is None:
            if self.sitting.answer(typed):
                self._empty()
        elif self.sitting.over:
            if not self._completed and not view.turn_page(1):
                self.leave()
        elif not typed:
            self._go_on()
        elif view.reading.choice:
            self._do(view.reading.choice.offer.id, None)
        elif view.showing:
            self._empty()
        else:
            self._do(*choices.said(typed, self.sitting.offers))

    def held(self) -> None:
        """Space with nothing typed: breathe with them, and stay. Held down it is one breath, not many."""
        now = time.monotonic()
        same, self._space = now - self._space < HOLD, now
        self.view.pace.draw_in()
        if not same:
            self._go_on()

    def turned(self, direction: int) -> None:
        """A page up or down."""
        self.view.turn_page(direction)

    def escaped(self) -> None:
        """Escape: out of whatever is open; else the menu."""
        view = self.view
        if view.panel:
            self.open("")
        elif view.reading != choices.Reading():
            self._empty()
        else:
            self.open("menu")

    def interrupted(self) -> None:
        """Ctrl-C: the menu; once more, and the window closes."""
        if self.view.panel == "menu":
            self.leave()
        else:
            self.open("menu")

    def menu(self, entry: int) -> None:
        """Do what the menu says."""
        what = MENU[entry]
        self.open(what if what in ("transcript", "kept") else "")
        if what == "wake" and self.sitting.breath is not None and not self.sitting.over:
            self.move("wake")
        elif what == "transcript":
            self.view.scroll = 1_000_000
        elif what == "outside":
            self.open("care")
        elif what == "still":
            self.view.still = not self.view.still
        elif what in ("close", "wake"):
            self.leave()

    def move(self, move: str) -> None:
        """Do this, where it is on offer, whatever stands in the box."""
        if any(offer.id == move for offer in self.sitting.offers):
            self.open("")
            self._do(move, None, keep=True)

    def open(self, panel: str) -> None:
        """Show a panel in place of the words; or, with none, the words again."""
        if panel != "care":
            self.sitting.care = None
        self.view.panel, self.view.chosen, self.view.scroll = panel, 0, 0

    def leave(self) -> None:
        """Close the window. Everything told is kept."""
        if not self.app.is_done:
            self.app.exit(result=0)

    def _go_on(self) -> None:
        """What is still coming comes; else the next page, if there is one; else stay."""
        if self._completed or self.view.turn_page(1) or self.sitting.over:
            return
        self._do(*choices.said("", self.sitting.offers))

    def _do(self, offer: str | None, text: str | None, *, keep: bool = False) -> None:
        """Do it. What is typed leaves the box only once it was kept."""
        done = self.sitting.breathe(offer, text)
        if done and not keep:
            self._empty()
        if self.sitting.care is not None:
            self.open("care")

    def _empty(self) -> None:
        self.box.reset()
        self._typed(self.box)

    # -- what time does --------------------------------------------------------------------------------------

    def _before_key(self) -> None:
        """Any key completes what is still coming."""
        page = self.sitting.page
        self._completed = page.revealing
        page.complete()

    def _typed(self, _: Buffer) -> None:
        self.view.typed, self.view.scroll = self.box.text, 0
        if self.box.text:
            self.sitting.notice = ""
        if self._deciding is not None:
            self._deciding.cancel()
            self._deciding = None
        if self.view.reading.choice and self.app.loop is not None:
            self._deciding = self.app.loop.call_later(DECIDING, self._decided)

    def _decided(self) -> None:
        chosen = self.view.reading.choice
        if chosen is not None:
            self._do(chosen.offer.id, None)
            self.app.invalidate()

    async def live(self) -> None:
        """Let it breathe, for as long as the application runs."""
        far = any(os.environ.get(name) for name in ("SSH_CONNECTION", "SSH_TTY", "MOSH_CONNECTION"))
        while True:
            await asyncio.sleep(max(1 / (FRAMES_FAR if far else FRAMES), SHARE * self._cost))
            came = self.sitting.page.go_on(self.sitting.clock())
            if not self.view.still or came:
                self.app.invalidate()

    # -- what is seen ----------------------------------------------------------------------------------------

    def _draw(self, width: int, height: int) -> list[Styled]:
        began = time.perf_counter()
        rows = self.view.draw(width, height, self._box_rows(width))
        self._cost = 0.9 * self._cost + 0.1 * (time.perf_counter() - began)
        if self._cost > SLOW:
            self.view.still = True
        return rows

    def _box_rows(self, width: int) -> int:
        room = max(4, self.view.places.box.width - 3)
        return min(3, sum(1 + width_of(line) // room for line in self.box.text[:2000].split("\n")))

    def _place(self) -> None:
        size = self.app.output.get_size()
        box = self.view.lay(size.columns, size.rows, self._box_rows(size.columns)).box
        self._float.left, self._float.top, self._float.width = box.x, box.y, box.width
        self._float.height = box.height

    def _window(self) -> Window:
        placeholder = Condition(lambda: not self.box.text)
        control = BufferControl(
            self.box,
            input_processors=[
                BeforeInput(self._mark),
                ConditionalProcessor(AfterInput(self._placeholder), placeholder),
            ],
        )
        return Window(control, wrap_lines=True, style=lambda: self._style("typed"), always_hide_cursor=False)

    def _mark(self) -> StyleAndTextTuples:
        return [(self._style("key"), "› ")]

    def _placeholder(self) -> StyleAndTextTuples:
        sitting, key = self.sitting, "say"
        if sitting.breath is None:
            key = "your-name" if sitting.asking.now and sitting.asking.now.about == "name" else ""
        return [(self._style("faint"), "" if sitting.over or not key else word(key, sitting.language))]

    def _style(self, tone: str) -> str:
        return tones.style_of(self.view.depth, tone, self.view.night, self.view.warm, 16)


def play_screen(meeting: Meeting, *, name: str | None, seed: int | None, ask_name: bool) -> int:
    """Play on the whole screen, until waking or until the window is closed; returns the exit code."""
    depth = depth_of(os.environ)
    still = depth is Depth.NONE or os.environ.get("HARKEN_STILL", "") not in ("", "0")
    sitting = Sitting(meeting, name=name, seed=seed, ask_name=ask_name, gated=not still)
    player = Player(sitting, View(sitting, depth, still=still))
    return run(player.app, player.live)
