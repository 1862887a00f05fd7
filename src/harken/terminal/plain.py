"""Line mode: for screen readers, pipes and terminals that can do nothing. No escape codes, no colour, no waiting."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import FrameType
from typing import BinaryIO, TextIO

from harken.engine.offers import Offer, offers
from harken.errors import HarkenError
from harken.meeting import Breath, Meeting, MovedOn, Over, Refused
from harken.terminal import history, wording
from harken.terminal.measure import lines as wrapped
from harken.terminal.script import let_go
from harken.terminal.turns import Turns, meant, name_from, new_turn

WIDEST, NARROWEST = 80, 20
_LONGEST_LINE = 1024 * 1024
_TERMINAL_LINE = 4095
"""What a terminal's own line editing lets through of one line on most systems."""

HELP = """\
A number, or the words after it, does what it says. Anything else you type is said aloud; a line that begins with > \
always is. An empty line is breathing, and staying.
?  everything that can be done, and this help
/transcript  what was said so far
/wake  wake gently; that is always possible
/quit  close the window (so does Ctrl-D): the meeting waits where it is"""
CLOSED = "You close the window. The meeting waits where it is."
NOTES = "In this story:"
ASK_NAME = "What would you like to be called? (An empty line keeps no name.)"
INTERRUPTED = "Nothing that was told is lost. /quit closes the window; Ctrl-C once more does too."


class Plain:
    """One sitting, line by line."""

    def __init__(self, meeting: Meeting, typed: BinaryIO, out: TextIO, *, echo: bool) -> None:
        self._meeting, self._typed, self._out, self._echo = meeting, typed, out, echo
        self._turns = Turns()
        self._listed: tuple[str, ...] = ()
        self._numbers: list[Offer] = []

    def play(self, name: str | None, seed: int | None) -> int:
        """The whole sitting; returns 0 however it ends."""
        try:
            self._sit(self._step_in(name, seed))
        except (_Closed, KeyboardInterrupt):
            with contextlib.suppress(BrokenPipeError):
                self._say("", CLOSED)
        except BrokenPipeError:
            let_go(self._out)
        return 0

    def _sit(self, breath: Breath) -> None:
        interrupted = False
        while not breath.over:
            try:
                breath = self._next(breath)
                interrupted = False
            except KeyboardInterrupt:
                if interrupted:
                    raise
                interrupted = True
                self._say("", INTERRUPTED)

    def _step_in(self, name: str | None, seed: int | None) -> Breath:
        threshold = self._meeting.threshold()
        if threshold.state == "new":
            self._say(threshold.title, *([NOTES + " " + "; ".join(threshold.notes)] if threshold.notes else []))
            if name is None:
                self._say(ASK_NAME)
                name = name_from(self._read())
        with uninterrupted():
            try:
                breath = self._meeting.begin(new_turn(), name=name, seed=seed)
            except Refused as refused:
                self._say(str(refused))
                breath = self._meeting.begin(new_turn(), name=name, seed=seed)
            self._show(breath)
        return breath

    def _next(self, breath: Breath) -> Breath:
        """Read a line and do it. An interruption waits until what was told is shown."""
        line = self._read()
        command = line.strip().lower()
        if command in ("?", "/help", "/?"):
            self._help()
        elif command == "/transcript":
            self._say(*history.transcript(self._meeting))
        elif command in ("/quit", "/exit"):
            raise _Closed
        else:
            with uninterrupted() as held:
                breath = self._breathe(breath, "wake" if command == "/wake" else line)
            if held and not breath.over:
                self._say(INTERRUPTED)
        return breath

    def _breathe(self, breath: Breath, line: str) -> Breath:
        offer, text = self._chosen(line)
        try:
            breath = self._meeting.breathe(self._turns.said(offer, text))
        except Refused as refused:
            self._turns.answered()
            self._say(str(refused))
            if isinstance(refused, MovedOn | Over):
                breath = history.latest(self._meeting)
                self._show(breath)
            return breath
        except HarkenError as trouble:
            self._say(str(trouble), "What you typed was not kept. Say it again when that is mended.")
            return breath
        self._turns.answered()
        self._show(breath)
        return breath

    def _chosen(self, line: str) -> tuple[str | None, str | None]:
        number = line.strip().rstrip(".")
        if number.isdecimal() and number.isascii() and 0 < int(number[:4]) <= len(self._numbers):
            return self._numbers[int(number) - 1].id, None
        for offer in self._numbers:
            if offer.label.casefold() == line.strip().casefold():
                return offer.id, None
        return meant(line, offers(self._meeting.story, self._meeting.state))

    def _show(self, breath: Breath) -> None:
        self._say(*wording.plain_text(wording.paragraphs(breath)))
        if breath.over:
            return
        loud = [offer for offer in breath.offers() if not offer.quiet]
        listed = tuple(offer.label for offer in loud)
        self._numbers = loud
        if listed != self._listed:
            self._list(loud)
            self._listed = listed

    def _help(self) -> None:
        every = offers(self._meeting.story, self._meeting.state)
        self._numbers = [offer for offer in every if not offer.quiet] + [offer for offer in every if offer.quiet]
        self._list(self._numbers)
        for line in HELP.splitlines():
            self._write(wrapped(line, self._measure()))
        self._write([""])

    def _list(self, shown: Sequence[Offer]) -> None:
        for number, offer in enumerate(shown, 1):
            start = f"{number}. "
            label = wrapped(offer.label, self._measure() - len(start)) or [""]
            self._write([start + label[0], *(" " * len(start) + more for more in label[1:])])
        self._write([""])

    def _say(self, *texts: str) -> None:
        for text in texts:
            self._write([*wrapped(text, self._measure()), ""])

    def _write(self, lines: Sequence[str]) -> None:
        for line in lines:
            self._out.write(line + "\n")
        self._out.flush()

    def _measure(self) -> int:
        return max(NARROWEST, min(WIDEST, shutil.get_terminal_size((WIDEST, 24)).columns))

    def _read(self) -> str:
        """The next line, as it was typed. Raises _Closed at the end of what is typed."""
        self._out.write("> ")
        self._out.flush()
        raw = self._typed.readline(_LONGEST_LINE)
        line = raw.decode("utf-8", "replace").removeprefix("\ufeff").rstrip("\r\n")
        if not raw:
            raise _Closed
        if self._echo:
            self._write([*wrapped(line, self._measure()), ""])
        if len(raw) >= _TERMINAL_LINE and not self._echo:
            self._say(
                "Your terminal may have cut that line short: more than 4095 bytes of one line get lost on the way."
            )
        return line


class _Closed(Exception):
    """The window was closed."""


def play_plain(meeting: Meeting, *, name: str | None, seed: int | None) -> int:
    """Play line by line on standard input and output, until waking or the end of the input."""
    echo = not (sys.stdin is not None and sys.stdin.isatty())
    typed = Path(os.devnull).open("rb") if sys.stdin is None else sys.stdin.buffer  # noqa: SIM115
    return Plain(meeting, typed, sys.stdout, echo=echo).play(name, seed)


@contextlib.contextmanager
def uninterrupted() -> Iterator[list[int]]:
    """Hold back Ctrl-C until the block is done: nothing may come between a commit and its words.

    What was held back is in the list.
    """
    held: list[int] = []

    def hold(number: int, _frame: FrameType | None) -> None:
        held.append(number)

    try:
        before = signal.signal(signal.SIGINT, hold)
    except ValueError:  # not in the main thread: nothing to hold back
        yield held
        return
    try:
        yield held
    finally:
        signal.signal(signal.SIGINT, before)
