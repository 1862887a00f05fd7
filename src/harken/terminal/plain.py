"""Line mode: for screen readers, pipes and terminals that can do nothing. No escape codes, no colour, no waiting."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import FrameType
from typing import Any, BinaryIO, TextIO

from harken.engine.offers import Offer, offers
from harken.errors import HarkenError
from harken.meeting import Breath, Care, Meeting, MovedOn, Over, Refused
from harken.terminal import history, wording
from harken.terminal.asking import Asking
from harken.terminal.kept import pieces
from harken.terminal.measure import lines as wrapped
from harken.terminal.panels import care_lines
from harken.terminal.script import let_go
from harken.terminal.turns import Turns, meant, new_turn
from harken.terminal.words import ENGLISH, language_of, word

WIDEST, NARROWEST = 80, 20
_LONGEST_LINE = 1024 * 1024
_TERMINAL_LINE = 4095
"""What a terminal's own line editing lets through of one line on most systems."""

CLOSED = ENGLISH["closed"]


_LEAVES = ("/quit", "/exit")
_COMMAND = re.compile(r"/[a-z]+")
"""What looks like a command: mistyped, it must not become words that are kept."""


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
                self._say("", self._word("closed"))
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
                self._say("", self._word("interrupted"))

    def _step_in(self, name: str | None, seed: int | None) -> Breath:
        threshold = self._meeting.threshold()
        asking = Asking(threshold, named=name is not None)
        if threshold.state == "new":
            notes = [word("notes", asking.language) + " " + "; ".join(threshold.notes)] if threshold.notes else []
            self._say(threshold.title, *notes)
        self._ask(asking, threshold.help)
        given = {"name": name, "seed": seed, **asking.given}
        with uninterrupted():
            try:
                breath = self._meeting.begin(new_turn(), **given)
            except Refused as refused:
                self._say(str(refused))
                breath = self._meeting.begin(new_turn(), **given)
            self._show(breath)
        return breath

    def _ask(self, asking: Asking, page: dict[str, Any]) -> None:
        while (question := asking.now) is not None:
            self._say(f"{question.text} ({question.note})", *question.lines())
            typed = self._read()
            command = typed.strip().lower()
            if command == "help":
                self._care(page)
            elif command in _LEAVES:
                raise _Closed
            elif _COMMAND.fullmatch(command):
                self._say(word("not-yet", asking.language).format(typed.strip()))
            elif not asking.take(typed):
                self._say(word("unclear", asking.language).format(typed.strip()))

    def _word(self, key: str) -> str:
        return word(key, language_of(self._meeting))

    def _care(self, page: dict[str, Any]) -> None:
        """The page outside the story; the next line is the story again."""
        self._say(page["title"].upper(), *care_lines(page, language_of(self._meeting)))

    def _next(self, breath: Breath) -> Breath:
        """Read a line and do it. An interruption waits until what was told is shown."""
        line = self._read()
        command = line.strip().lower()
        if command in ("?", "/help", "/?"):
            self._help()
        elif command == "help":
            self._care(self._meeting.threshold().help)
        elif command == "/keep":
            self._kept()
        elif command == "/transcript":
            self._say(*history.transcript(self._meeting))
        elif command in _LEAVES:
            raise _Closed
        elif command != "/wake" and _COMMAND.fullmatch(command):
            self._say(self._word("no-command").format(line.strip()))
        else:
            with uninterrupted() as held:
                breath = self._breathe(breath, "wake" if command == "/wake" else line)
            if held and not breath.over:
                self._say(self._word("interrupted"))
        return breath

    def _breathe(self, breath: Breath, line: str) -> Breath:
        offer, text = self._chosen(line)
        try:
            breath = self._meeting.breathe(self._turns.said(offer, text))
        except Care as care:
            self._turns.answered()
            self._care(care.page)
            self._say(self._word("again"))
            return breath
        except Refused as refused:
            self._turns.answered()
            self._say(str(refused))
            if isinstance(refused, MovedOn | Over):
                breath = history.latest(self._meeting)
                self._show(breath)
            return breath
        except HarkenError as trouble:
            self._say(str(trouble), self._word("not-kept"))
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
        for line in self._word("commands").splitlines():
            self._write(wrapped(line, self._measure()))
        self._write([""])

    def _kept(self) -> None:
        """What is kept, as a list."""
        language, number, every = language_of(self._meeting), 0, pieces(self._meeting)
        for piece in every:
            if piece.meeting != number:
                number = piece.meeting
                self._say(word("meeting", language).format(number))
            name = word(piece.kind, language) + (f": {piece.title}" if piece.title else "")
            self._say(name, *piece.text)
        self._say(word("burn" if every else "nothing-kept", language))

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
            self._say(self._word("cut"))
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
