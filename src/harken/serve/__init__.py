"""The room that serves the web player to browsers on this machine. Nothing is imported until it is called."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from harken.engine import Story
    from harken.meeting import Meeting

__all__ = ["play", "run"]


def play(
    meeting: Meeting,
    *,
    port: int | None = None,
    name: str | None = None,
    seed: int | None = None,
    open_browser: bool = True,
) -> int:
    """Serve this meeting until it is interrupted; every window shares it. The exit code."""
    return run(lambda: meeting, meeting.story, port=port, name=name, seed=seed, open_browser=open_browser)


def run(
    open_meeting: Callable[[], Meeting],
    story: Story,
    *,
    port: int | None = None,
    name: str | None = None,
    seed: int | None = None,
    open_browser: bool = True,
    token: str | None = None,
    say: Callable[[str], None] | None = None,
    keep: Any = None,
    told: Callable[[str], Story] | None = None,
    locale: str | None = None,
) -> int:
    """Serve until interrupted. ``open_meeting`` is called whenever a window opens, or opens again.

    ``port`` is taken if it is free, else another; the address is said either way. ``token`` is what the address
    carries behind #; a new one each start unless it is given. ``keep`` is the reader's keep, open, for the keep's page;
    a page that is open then finds its way back by itself after a new start at the same port. ``told`` gives the story
    in one of its translations; ``locale`` is the page's language where none is asked for. The exit code.
    """
    from harken.serve.run import serve

    return serve(
        open_meeting,
        story,
        port=port,
        name=name,
        seed=seed,
        open_browser=open_browser,
        token=token,
        say=say,
        keep=keep,
        told=told,
        locale=locale,
    )
