"""The terminal is borrowed: it is given back as it was, however the player ends."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import signal
import sys
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

from prompt_toolkit.application import Application


class Ended(Exception):
    """The terminal is being taken away: by SIGTERM or SIGHUP."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def run(app: Application[int], live: Callable[[], Coroutine[Any, Any, None]]) -> int:
    """Run the application, and ``live`` beside it, to its end; the exit code."""
    with _given_back():
        try:
            return asyncio.run(_run(app, live))
        except Ended as ended:
            return 128 + ended.number
        except EOFError:  # the terminal went away
            return 0
        except OSError as error:
            if error.errno != errno.EIO:
                raise
            return 0


async def _run(app: Application[int], live: Callable[[], Coroutine[Any, Any, None]]) -> int:
    loop = asyncio.get_running_loop()

    def fail(_: object, context: dict[str, Any]) -> None:
        error = context.get("exception") or RuntimeError(context["message"])
        if app.is_running and not app.is_done:
            app.exit(exception=error)

    def end(number: int) -> None:
        fail(None, {"exception": Ended(number)})

    def begin() -> None:
        app.create_background_task(live())

    loop.set_exception_handler(fail)
    for number in (signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)):
        with contextlib.suppress(NotImplementedError, ValueError, RuntimeError):
            loop.add_signal_handler(number, end, number)
    return await app.run_async(pre_run=begin, set_exception_handler=False)


@contextlib.contextmanager
def _given_back() -> Iterator[None]:
    """The terminal is as it was afterwards, whatever happens within: its modes, its screen, its cursor."""
    termios, modes = None, None
    with contextlib.suppress(ImportError):
        import termios as termios_here

        termios = termios_here
        with contextlib.suppress(termios.error):
            modes = termios.tcgetattr(sys.stdin.fileno())
    try:
        yield
    except BaseException:
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.write("\x1b[0m\x1b[?2004l\x1b[?1049l\x1b[?25h")
            sys.stdout.flush()
        raise
    finally:
        if termios is not None and modes is not None:
            with contextlib.suppress(termios.error):
                termios.tcsetattr(sys.stdin.fileno(), termios.TCSADRAIN, modes)
