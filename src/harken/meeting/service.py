"""A reader's encounter with a story: arriving, breathing, resuming; every breath is kept before it is shown."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

from harken import care
from harken.engine import Heard, State, Story, arrive, breathe, fold, offers, story_from
from harken.engine.conflict import MovedOn as LogMovedOn
from harken.engine.events import Answered, Event, Met, Moved, SmallTalk
from harken.engine.events import Said as WordsSaid
from harken.engine.moves import PRONOUNS, TEXT_KEPT, UNCLEAR
from harken.engine.older import older as older_form
from harken.engine.ready import Ready
from harken.listen import Ear, listen
from harken.listen.care import sounds_like_help
from harken.meeting.refused import Care, MovedOn, NotOnOffer, Over, TooLong
from harken.meeting.shown import Breath, Said, Threshold, opening_words
from harken.meeting.store import Kept, Log, Voice

CARE_REST = 12
"""Typed lines after the care page during which it is not shown again."""

_OLDER_NAME = b'"name":"older"'
"""How a story's canonical document writes the reader's name in an older form."""


@lru_cache(maxsize=8)
def _told(compiled: bytes, edition: str, locale: str | None) -> Story:
    """An edition in one language: made once, and shared by all who are told it so."""
    return story_from(json.loads(compiled), edition, locale)


class Meeting:
    """A reader's encounter with a story, kept in ``kept``. Not to be shared between threads.

    ``compiled`` is the story's canonical document: a meeting is pinned to the edition it began with, and with
    it the keep can play that edition to its end after the story was edited. Without it, the newest is played.
    ``newer`` is for writers: asked before each breath, it gives the story as it was just saved (or None), and the
    meeting goes on in that. It may raise Refused to say why the saved story cannot be played. ``pronoun`` and
    ``locale`` are those of every meeting that is begun without saying which.
    """

    def __init__(
        self,
        story: Story,
        kept: Kept,
        *,
        compiled: bytes | None = None,
        ear: Ear | None = None,
        voice: Voice | None = None,
        newer: Callable[[], Story | None] | None = None,
        pronoun: str | None = None,
        locale: str | None = None,
    ) -> None:
        self.story, self._newest, self._compiled = story, story, compiled
        self._kept, self._ear, self._voice, self._newer = kept, ear, voice, newer
        self._log: Log
        self._state = State()
        self._ready: Ready | None = None
        self._resting = 0
        self._asked_pronoun, self._asked_locale = pronoun, locale
        self._read()

    @property
    def state(self) -> State:
        """The state after everything kept."""
        return self._state

    @property
    def log(self) -> Sequence[Event | None]:
        """Everything kept, in order; None where it was burned."""
        return tuple(self._log)

    def threshold(self, locale: str | None = None) -> Threshold:
        """What is shown before stepping in; before a meeting, in ``locale`` where the story is told in that."""
        state = self._state
        within = bool(state.phase) and not state.over
        wanted = locale or (None if state.meeting else self._asked_locale)
        locales = (self._newest.language, *self._newest.locales)
        locale, story = state.locale, self.story
        if not within and wanted in locales:
            locale, story = wanted, self._in_language(self._newest, self._locale(wanted))
        kind = "within" if within else "next" if state.meeting else "new"
        number = state.meeting if within else state.meeting + 1
        return Threshold(
            title=story.title,
            opening=opening_words(story),
            notes=story.notes,
            meeting=number,
            state=kind,
            name=state.name,
            help=care.page(story, locale),
            veils=story.themes,
            veiled=tuple(sorted(state.veiled)),
            pronouns=story.asks_pronoun,
            older_name=self._compiled is None or _OLDER_NAME in self._compiled,
            pronoun=state.pronoun,
            language=self._newest.language,
            locales=locales,
            locale=locale,
            older=state.older != "",
        )

    def begin(
        self,
        turn: str,
        name: str | None = None,
        seed: int | None = None,
        pronoun: str | None = None,
        veiled: Sequence[str] | None = None,
        locale: str | None = None,
        older: bool | None = None,
    ) -> Breath:
        """The next meeting's arrival, or, within a meeting, its last breath again.

        ``seed`` decides ties for this meeting (any whole number; without one, it follows from the encounter's
        first). ``name`` is the reader's (empty: none any more) and ``pronoun`` (he, she, they) how they are spoken of
        in stories and languages that need it; ``veiled`` are the themes of which nothing is to be told; ``locale`` is
        the language it is told in, the story's own or one of its translations; ``older`` is whether they may be called
        by an older form of their name. What is None is as it was in the last meeting.
        """
        before = self._answered(turn)
        if before is not None:
            return before
        if self._state.phase and not self._state.over:
            return self._last_breath()
        self._renew()
        if seed is None:
            seed = self._state.seed + 1
        known = self._state
        pronoun, locale = pronoun or self._asked_pronoun, locale or self._asked_locale
        locale = self._locale(locale or known.locale)
        self.story = self._in_language(self._newest, locale)
        if self._compiled is not None:
            self._kept.keep_edition(self.story.edition, self._compiled)
        name = known.name if name is None else name.strip() or None
        may = known.older != "" if older is None else older
        outcome = arrive(
            self.story,
            known,
            seed,
            name,
            self._recall,
            pronoun=pronoun if pronoun in PRONOUNS else known.pronoun,
            veiled=tuple(known.veiled if veiled is None else veiled),
            locale=locale,
            older=(older_form(name) if may else "") if name else None,
        )
        return self._commit(turn, outcome.state, outcome.events, outcome.ready)

    def breathe(self, said: Said) -> Breath:
        """One breath. Raises Refused (one of its children) when nothing was written."""
        known = self._answered(said.turn)
        if known is not None:
            return known
        if self._state.over or not self._state.phase:
            raise Over("This meeting is over. The next one can begin.")
        self._renew()
        heard = self._heard(said)
        outcome = breathe(self.story, self._state, heard, self._ready, self._recall)
        return self._commit(said.turn, outcome.state, outcome.events, outcome.ready)

    def _renew(self) -> None:
        """Take over the story as a writer just saved it."""
        saved = self._newer() if self._newer is not None else None
        if saved is not None:
            self.story = self._newest = saved
            self._ready = None

    def _heard(self, said: Said) -> Heard:
        if said.text is None:
            offer = offers.offered(self.story, self._state, said.offer or "")
            if offer is None:
                raise NotOnOffer(f"“{said.offer}” cannot be done just now.")
            return Heard(offer.move, offer.target)
        size = len(said.text.encode("utf-8", "surrogatepass"))
        if size > TEXT_KEPT:
            raise TooLong(f"That is {size // 1024} KiB of text; at most {TEXT_KEPT // 1024} KiB can be kept at once.")
        self._care(said.text)
        if self._ear is not None:
            heard = self._ear(said.text, self.story, self._state)
        else:
            heard = listen(said.text, self.story, self._state, before=self._before())
        if heard.move == "run" and heard.soft:
            return heard._replace(move=UNCLEAR, soft=False)
        return heard

    def _before(self) -> str:
        """The last thing the confider said: what a typed line answers."""
        for event in reversed(self._log):
            lines = getattr(event, "lines", ())
            said = [line["text"] for line in lines if line["by"] == "tell"]
            if said:
                return str(said[-1])
            if isinstance(event, Met):
                break
        return ""

    def _care(self, text: str) -> None:
        """Raise Care, once and then not for a while, where the reader's own words sound like real self-harm."""
        language = self._state.locale or self.story.language
        self._resting = max(0, self._resting - 1)
        if not self._resting and sounds_like_help(text, language):
            self._resting = CARE_REST
            raise Care(care.page(self.story, language))

    def _locale(self, wanted: str | None) -> str | None:
        """A language that the story can be told in and that is not its own."""
        return wanted if self._compiled is not None and wanted in self._newest.locales else None

    def _in_language(self, story: Story, locale: str | None) -> Story:
        if locale is None or self._compiled is None or story.edition != self._newest.edition:
            return story
        return _told(self._compiled, story.edition, locale)

    def _commit(self, turn: str, state: State, events: tuple[Event, ...], ready: Ready | None) -> Breath:
        events = tuple(self._worded(event) for event in events)
        burn = [entry for event in events for entry in getattr(event, "entries", ())]
        try:
            self._kept.append(turn, len(self._log), events, burn)
        except LogMovedOn:
            self._read()
            raise MovedOn("This meeting went on in another window. Here is where it stands now.") from None
        self._log.extend(events)
        for entry in burn:
            self._log.burn(entry)
        self._state, self._ready = state, ready
        if state.over:
            self._kept.keep_snapshot(len(self._log), state)
        return Breath(self.story, state, events, turn)

    def _worded(self, event: Event) -> Event:
        if self._voice is not None and isinstance(event, Answered | SmallTalk):
            return replace(event, lines=self._voice.word(event.kind, event.lines))
        return event

    def _answered(self, turn: str) -> Breath | None:
        """The breath this turn wrote before, if it did: a retry is answered with the same words."""
        if self._kept.turn(turn) is None:
            return None
        self._read()
        span = self._kept.turn(turn)
        assert span is not None
        state = self._after(span[1])
        return Breath(self.story, state, tuple(self._log[span[0] : span[1]]), turn, resumed=True)

    def _last_breath(self) -> Breath:
        first = next(n for n in reversed(range(len(self._log))) if isinstance(self._log[n], Met | Moved))
        while first and isinstance(self._log[first], Moved) and isinstance(self._log[first - 1], WordsSaid):
            first -= 1
        return Breath(self.story, self._state, tuple(self._log[first:]), None, resumed=True)

    def _read(self) -> None:
        self._log = self._kept.log()
        self._state, self._ready = self._after(len(self._log)), None
        self.story = self._pinned()

    def _after(self, head: int) -> State:
        """The state after so many events, from what was kept of it last."""
        known, state = self._kept.snapshot() or (0, State())
        return fold(self._log[known:head], state) if known <= head else fold(self._log[:head])

    def _pinned(self) -> Story:
        """The edition a meeting that goes on began with, where the keep still has it; else the newest."""
        state = self._state
        within = bool(state.phase) and not state.over
        if not within or self._newer is not None:
            return self.story
        if state.edition == self._newest.edition:
            return self._in_language(self._newest, state.locale)
        compiled = self._kept.edition(state.edition)
        return _told(compiled, state.edition, state.locale) if compiled else self._newest

    def _recall(self, entry: int) -> str | None:
        event = self._log[entry] if entry < len(self._log) else None
        return event.text if isinstance(event, WordsSaid) else None
