"""A terminal made of glass: what a program drew on it can be read. Knows the few sequences that prompt_toolkit uses."""

from __future__ import annotations

import codecs
import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from pathlib import Path

from harken.terminal.layout import places
from harken.terminal.measure import sign_width

HERE = Path(__file__).parent
SOURCE = HERE.parent.parent / "src"
PLAYER = [sys.executable, str(HERE / "hollow.py")]
_SEQUENCE = re.compile(r"\x1b(?:\[([?>=]?)([0-9;]*)([@-~])|\][^\x07\x1b]*(?:\x07|\x1b\\)|[()][A-Z0-9]|[=>78cDEHM])")


class Glass:
    """The screen of a terminal, as text. ``wrote`` is everything that came, escapes and all."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self.rows = [[" "] * width for _ in range(height)]
        self.x = self.y = 0
        self.wrote = ""
        self.modes: set[str] = set()
        self._decode = codecs.getincrementaldecoder("utf-8")("replace")
        self._rest = ""

    def feed(self, data: bytes) -> None:
        text = self._decode.decode(data)
        self.wrote += text
        text = self._rest + text
        self._rest = ""
        at = 0
        while at < len(text):
            if text[at] == "\x1b":
                found = _SEQUENCE.match(text, at)
                if found is None:
                    if len(text) - at > 64:
                        raise AssertionError(f"what is {text[at : at + 20]!r}?")
                    self._rest = text[at:]
                    return
                self._obey(found)
                at = found.end()
                continue
            self._put(text[at])
            at += 1

    def text(self) -> str:
        return "\n".join("".join(row).rstrip() for row in self.rows)

    def words(self) -> str:
        """The words on the screen as one line, so that it does not matter where they were wrapped: first those of the
        column that is not picture, then everything."""
        column = places(self.width, self.height, 0, 1).page
        beside = " ".join("".join(row[max(0, column.x - 2) : column.x + column.width]) for row in self.rows)
        return " ".join(beside.split()) + " | " + " ".join(self.text().split())

    def _put(self, sign: str) -> None:
        if sign == "\r":
            self.x = 0
        elif sign == "\n":
            self.y = min(self.height - 1, self.y + 1)
        elif sign == "\b":
            self.x = max(0, self.x - 1)
        elif sign_width(sign) and sign >= " ":
            if self.x < self.width:
                self.rows[self.y][self.x] = sign
            for behind in range(1, sign_width(sign)):
                if self.x + behind < self.width:
                    self.rows[self.y][self.x + behind] = ""
            self.x = min(self.width, self.x + sign_width(sign))

    def _obey(self, found: re.Match[str]) -> None:
        private, numbers, final = found.group(1), found.group(2), found.group(3)
        if final is None:
            return
        values = [int(number or 0) for number in (numbers or "").split(";")]
        count = max(1, values[0])
        if private == "?" and final in "hl":
            for value in values:
                (self.modes.add if final == "h" else self.modes.discard)(str(value))
        elif final == "H":
            self.y, self.x = (values[0] or 1) - 1, ((values[1] if len(values) > 1 else 1) or 1) - 1
        elif final in "ABCD":
            self.x = min(self.width, self.x)
            dy, dx = {"A": (-count, 0), "B": (count, 0), "C": (0, count), "D": (0, -count)}[final]
            self.y = max(0, min(self.height - 1, self.y + dy))
            self.x = max(0, min(self.width - 1, self.x + dx))
        elif final == "J":
            self._erase(self.y if values[0] != 2 else -1)
        elif final == "K":
            self.rows[self.y][self.x :] = [" "] * (self.width - min(self.x, self.width))

    def _erase(self, row: int) -> None:
        if row >= 0:
            self.rows[row][self.x :] = [" "] * (self.width - min(self.x, self.width))
        for below in range(row + 1, self.height):
            self.rows[below] = [" "] * self.width


class Window:
    """A program in a terminal of its own."""

    def __init__(self, *arguments: str, width: int = 100, height: int = 30, **env: str) -> None:
        self.glass = Glass(width, height)
        self.code: int | None = None
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            given = {
                "TERM": "xterm-256color",
                "COLORTERM": "truecolor",
                "HARKEN_STILL": "1",
                "PYTHONPATH": str(SOURCE),
                **env,
            }
            keep = {
                name: os.environ[name] for name in ("PATH", "HOME", "HARKEN_HOME", "HARKEN_CACHE") if name in os.environ
            }
            command = [*PLAYER, *arguments]
            time.sleep(0.02)
            signal.signal(signal.SIGINT, signal.SIG_DFL)  # a shell that runs us in the background has it ignored
            os.execvpe(command[0], command, {**keep, "LANG": "C.UTF-8", **given})
        self.size(width, height)
        self.before = termios.tcgetattr(self.fd)

    def size(self, width: int, height: int) -> None:
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))

    def resize(self, width: int, height: int) -> None:
        self.drain(0.1)
        self.glass = Glass(width, height)
        self.size(width, height)
        os.kill(self.pid, signal.SIGWINCH)

    def type(self, keys: str) -> None:
        data = keys.encode()
        while data:
            _, writable, _ = select.select([self.fd], [self.fd], [], 5)
            assert writable, "the terminal takes no more keys"
            data = data[os.write(self.fd, data[:512]) :]
            self.drain(0)

    def drain(self, seconds: float) -> bool:
        """Read what comes within this time; whether the program still has the terminal."""
        until = time.monotonic() + seconds
        while True:
            ready, _, _ = select.select([self.fd], [], [], max(0.0, until - time.monotonic()))
            if not ready:
                return True
            try:
                data = os.read(self.fd, 1 << 16)
            except OSError:
                data = b""
            if not data:
                return False
            self.glass.feed(data)

    def sees(self, words: str, seconds: float = 20.0) -> None:
        """Wait until these words are on the screen."""
        until = time.monotonic() + seconds
        while words not in self.glass.words():
            assert self.drain(0.02) or words in self.glass.words(), (
                f"gone before {words!r}:\n{self.glass.wrote[-3000:]}"
            )
            assert time.monotonic() < until, f"{words!r} is not on the screen:\n{self.glass.text()}"

    def misses(self, words: str, seconds: float = 5.0) -> None:
        """Wait until these words are no longer on the screen."""
        until = time.monotonic() + seconds
        while words in self.glass.words():
            self.drain(0.02)
            assert time.monotonic() < until, f"{words!r} is still on the screen:\n{self.glass.text()}"

    def ends(self, seconds: float = 5.0) -> int:
        """Wait for the program to end; its exit code (minus the signal that killed it)."""
        until = time.monotonic() + seconds
        modes = self.before
        while self.code is None:
            if self.drain(0.02):
                modes = termios.tcgetattr(self.fd)
            done, status = os.waitpid(self.pid, os.WNOHANG)
            if done:
                self.code = os.waitstatus_to_exitcode(status)
            assert time.monotonic() < until, f"it does not end:\n{self.glass.text()}"
        self.after = modes
        return self.code

    def cost(self) -> float:
        """Seconds of processor that the program has used."""
        stat = Path(f"/proc/{self.pid}/stat")
        if not stat.exists():
            return 0.0
        used = stat.read_text().rpartition(")")[2].split()
        return (int(used[11]) + int(used[12])) / os.sysconf("SC_CLK_TCK")

    def kill(self, number: int) -> None:
        os.kill(self.pid, number)

    def close(self) -> None:
        if self.code is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.fd)

    def __enter__(self) -> Window:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
