"""One sitting at the screen, without the screen: the meeting, its words, and what was last said no to."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from harken.engine.offers import Offer
from harken.errors import HarkenError
from harken.meeting import Breath, Care, Meeting, MovedOn, Over, Refused
from harken.terminal import history, wording
from harken.terminal.asking import Asking
from harken.terminal.page import Page
from harken.terminal.stage import Stage, stage_of
from harken.terminal.turns import Turns, new_turn
from harken.terminal.wording import Paragraph
from harken.terminal.words import language_of, word


class Sitting:
    """What is going on. ``gated`` is whether paragraphs come one after the other, or all at once."""

    def __init__(
        self,
        meeting: Meeting,
        *,
        name: str | None,
        seed: int | None,
        ask_name: bool,
        gated: bool,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.meeting, self.gated, self.clock = meeting, gated, clock
        self._name, self._seed = name, seed
        self._turns = Turns()
        self.threshold = meeting.threshold()
        self.asking = Asking(self.threshold, named=not ask_name)
        self.breath: Breath | None = None
        self.offers: tuple[Offer, ...] = ()
        self.stage = Stage(art=_opening_art(meeting))
        self.page = Page()
        self.notice = ""
        self.care: dict[str, Any] | None = None
        """The page outside the story, where words just typed asked for it."""
        self.stirred = self.shuddered = self.woken = self.spoke = self.dissolved = float("-inf")
        if self.threshold.state != "new" and self.asking.now is None:
            self.step_in()

    @property
    def over(self) -> bool:
        """Whether the reader has woken."""
        return self.breath is not None and self.breath.over

    @property
    def language(self) -> str:
        """The language everything is said in."""
        return self.asking.language if self.breath is None else language_of(self.meeting)

    def answer(self, typed: str) -> bool:
        """Answer what is asked at the threshold, and step in once nothing is; whether it was understood."""
        self.notice = ""
        if not self.asking.take(typed):
            self.notice = word("unclear", self.language).format(typed.strip())
            return False
        if self.asking.now is None:
            self.step_in()
        return True

    def step_in(self) -> None:
        """Over the threshold: the meeting begins, or goes on where it was."""
        given = {"name": self._name, "seed": self._seed, **self.asking.given}
        try:
            breath = self.meeting.begin(new_turn(), **given)
        except Refused as refused:
            self.notice = str(refused)
            breath = self.meeting.begin(new_turn(), **given)
        self.page.recall(history.told_so_far(self.meeting, before=1))
        self._show(breath, gated=self.gated and not breath.resumed)

    def breathe(self, offer: str | None, text: str | None) -> bool:
        """Do this; whether it was done. When not, ``notice`` says why, and nothing typed may be dropped."""
        self.notice = ""
        try:
            breath = self.meeting.breathe(self._turns.said(offer, text))
        except Care as care:
            self._turns.answered()
            self.care, self.notice = care.page, word("in-the-box", self.language)
            return False
        except Refused as refused:
            self._turns.answered()
            self.notice = str(refused)
            if isinstance(refused, MovedOn | Over):
                self._show(history.latest(self.meeting), gated=False)
            return False
        except HarkenError as trouble:
            self.notice = str(trouble)
            return False
        self._turns.answered()
        self._show(breath, gated=self.gated)
        return True

    def transcript(self) -> list[Paragraph]:
        """Everything said in this meeting so far."""
        return history.told_so_far(self.meeting)

    def _show(self, breath: Breath, *, gated: bool) -> None:
        now = self.clock()
        done = wording.deed(breath.events, breath.story)
        shown = ([done] if done else []) + wording.paragraphs(breath)
        was = self.stage.phase
        self.breath, self.offers, self.stage = breath, breath.offers(), stage_of(breath)
        kinds = {beat["kind"] for beat in breath.beats}
        if not breath.resumed:
            self.stirred = now if "place" in kinds else self.stirred
            self.spoke = now if kinds & {"line", "answer", "talk", "promise"} else self.spoke
            self.dissolved = now if "dissolve" in kinds else self.dissolved
        if self.stage.phase == "unravelling" and was != "unravelling" and not breath.resumed:
            self.shuddered = now
        if breath.over:
            self.woken = now
        self.page.turn(shown, now, gated=gated)


def _opening_art(meeting: Meeting) -> str:
    scene = meeting.story.scenes.get(meeting.story.opening)
    return scene.art if scene else "plain"
