"""Unattended play: one move or one line of text a line in, one breath out. The rules are DESIGN section 9's.

The same keep, script and seed give the same bytes: nothing here looks at a clock, a terminal or a turn's id.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator
from json import dumps
from typing import BinaryIO, TextIO

from harken.engine.moves import TEXT_KEPT
from harken.engine.offers import offers
from harken.errors import HarkenError
from harken.meeting import Breath, Meeting, Over, Refused, Said
from harken.terminal import wording
from harken.terminal.measure import lines as wrapped
from harken.terminal.turns import meant, new_turn

MEASURE = 78
"""Columns of plain text. Fixed, so that the output does not depend on the terminal."""
_AROUND = 8
"""Bytes a line may have beyond its text: a byte order mark, ``> ``, the end of the line."""
_TRIES = 5
SEED, NEXT = "#! seed ", "#! next meeting"
"""What only replays have (``harken.check.replay`` writes them)."""


class ScriptError(HarkenError):
    """The script cannot be played on: a plain sentence that names the line."""


def play_script(
    meeting: Meeting,
    lines: Iterable[bytes],
    out: TextIO,
    *,
    json: bool,
    name: str | None,
    seed: int | None,
    replay: bool = False,
) -> int:
    """Play a script to waking or to its end, and return 0. Raises ScriptError for a line that is not text.

    Nothing is read after waking, but in a ``replay``, where the line ``#! next meeting`` begins the next one.
    """
    try:
        _show(_begin(meeting, name, seed), out, json)
        for number, raw in enumerate(lines, 1):
            line = _text(raw, number)
            again = replay and meeting.state.over
            breath = _begin_next(meeting, line, name, seed) if again else _breathe(meeting, line)
            if breath is None:
                break
            _show(breath, out, json)
            if breath.over and not replay:
                break
    except BrokenPipeError:
        let_go(out)
    except OSError as error:
        let_go(out)
        raise ScriptError(f"The output cannot be written ({error.strerror}). What was told so far is kept.") from None
    return 0


def _begin_next(meeting: Meeting, line: str, name: str | None, seed: int | None) -> Breath | None:
    return _begin(meeting, name, seed) if line.rstrip() == NEXT else None


def seed_of_replay(stream: BinaryIO) -> int | None:
    """The seed in the first line of a replay, which is read; None where this is no replay, and nothing is read.

    Only a file can be a replay: of a pipe nothing is read before its reader was shown the arrival. Raises ScriptError.
    """
    if not stream.seekable():
        return None
    begins, line = stream.tell(), stream.readline(100)
    if not line.startswith(SEED.encode()):
        stream.seek(begins)
        return None
    said = line.decode("utf-8", "replace").removeprefix(SEED).strip()
    if not (said.isascii() and said.isdigit()):
        raise ScriptError(f"The first line of a replay is `{SEED}NUMBER`, and this one says `{said[:40]}`.")
    return int(said)


def let_go(out: TextIO) -> None:
    """Forget what could not be written, so that the end of the program does not stumble over it once more."""
    with contextlib.suppress(OSError, ValueError):
        there, nowhere = out.fileno(), os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, there)
        os.close(nowhere)


def lines_of(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of a stream, never more of one in memory than can be kept of it."""
    while line := stream.readline(TEXT_KEPT + _AROUND):
        yield line


def _text(raw: bytes, number: int) -> str:
    """The line as text, without its ending. Raises ScriptError."""
    if number == 1:
        raw = raw.removeprefix(b"\xef\xbb\xbf")
    raw = raw.removesuffix(b"\n").removesuffix(b"\r")
    typed = raw[1:].removeprefix(b" ") if raw.startswith(b">") else raw
    if len(typed) > TEXT_KEPT:
        raise ScriptError(
            f"Line {number} of the script is longer than {TEXT_KEPT // 1024} KiB, the most that can be kept at once. "
            "Break it into shorter lines."
        )
    if b"\0" in raw:
        raise ScriptError(f"Line {number} of the script has a NUL byte in it, so it is not text. Write it in UTF-8.")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as wrong:
        raise ScriptError(
            f"Line {number} of the script is not text: its byte {wrong.start + 1} is not UTF-8. Write it in UTF-8."
        ) from None


def _begin(meeting: Meeting, name: str | None, seed: int | None) -> Breath:
    turn, why = new_turn(), Refused()
    for _ in range(_TRIES):
        try:
            return meeting.begin(turn, name=name, seed=seed)
        except Refused as refused:
            why = refused
    raise ScriptError(f"{why} The script was not begun.")


def _breathe(meeting: Meeting, line: str) -> Breath | None:
    """One line, one breath; None when another window woke the reader meanwhile.

    Another window that took the meeting further is no reason to lose a line: it is read again as things now stand.
    """
    turn, why = new_turn(), Refused()
    for _ in range(_TRIES):
        offer, text = meant(line, offers(meeting.story, meeting.state))
        try:
            return meeting.breathe(Said(turn, offer=offer, text=text))
        except Over:
            return None
        except Refused as refused:
            why = refused
    raise ScriptError(f"{why} The script stops there.")


def _show(breath: Breath, out: TextIO, json: bool) -> None:
    out.write(dumps(breath.as_json(), ensure_ascii=False) + "\n" if json else _readable(breath))
    out.flush()


def _readable(breath: Breath) -> str:
    done = wording.deed(breath.events, breath.story)
    parts = ["\n".join(wrapped(f"> {done.text}", MEASURE))] if done else []
    parts += ["\n".join(wrapped(text, MEASURE)) for text in wording.plain_text(wording.paragraphs(breath))]
    return "\n\n".join(parts) + "\n\n"
