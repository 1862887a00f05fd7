"""What is said and heard on the wire, typed. ``json`` is always the whole object as it came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from harken.errors import HarkenError

Json = dict[str, Any]


class NotLetIn(HarkenError):
    """The server does not know this key, this name or this passphrase, or cannot be reached."""


class Refused(HarkenError):
    """Nothing was written; the text says why in a plain sentence. ``code`` is the wire's."""

    code = "trouble"


class MovedOn(Refused):
    """The meeting went on elsewhere; ``begin`` says where it stands now."""

    code = "moved-on"


class NotOnOffer(Refused):
    """What was chosen is not among the last breath's offers."""

    code = "not-on-offer"


class TooLong(Refused):
    """The words are longer than is kept (64 KiB)."""

    code = "too-long"


class Over(Refused):
    """The meeting is over; ``begin`` is the next one."""

    code = "over"


class Malformed(Refused):
    """The server does not take such a message."""

    code = "malformed"


class Care(Refused):
    """The words sound like real self-harm. Show ``page`` to the person, outside the story, with their words kept."""

    code = "care"

    def __init__(self, say: str, page: Json) -> None:
        super().__init__(say)
        self.page = page


_REFUSALS = {kind.code: kind for kind in (MovedOn, NotOnOffer, TooLong, Over, Malformed)}


@dataclass(frozen=True, slots=True)
class Threshold:
    """What is known before stepping in. ``state`` is new, next or within."""

    title: str
    notes: tuple[str, ...]
    meeting: int
    state: str
    name: str | None
    json: Json


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing that can be done now; ``breathe`` takes its ``id``."""

    id: str
    move: str
    target: str | None
    label: str
    kind: str
    quiet: bool


@dataclass(frozen=True, slots=True)
class Breath:
    """One breath. ``lines`` are all its words, in order; ``clock`` is 0 to 1; ``resumed`` when it was shown before."""

    meeting: int
    breath: int
    phase: str
    move: str | None
    beats: tuple[Json, ...]
    offers: tuple[Offer, ...]
    told: tuple[str, ...]
    over: bool
    clock: float
    resumed: bool
    json: Json

    @property
    def lines(self) -> tuple[str, ...]:
        """The words of this breath."""
        return tuple(beat["text"] for beat in self.beats if "text" in beat)


def open_message() -> Json:
    """Asks where the meeting stands."""
    return {"type": "open"}


def begin_message(
    turn: str, name: str | None, pronoun: str | None, veiled: list[str] | None, locale: str | None
) -> Json:
    """Steps in."""
    return {"type": "begin", "turn": turn, "name": name, "pronoun": pronoun, "veiled": veiled, "locale": locale}


def breathe_message(turn: str, offer: str | None, text: str | None) -> Json:
    """One breath: exactly one of ``offer`` and ``text``."""
    if (offer is None) == (text is None):
        raise ValueError("a breath is either an offer or words")
    said = {"offer": offer} if text is None else {"text": text}
    return {"type": "breathe", "turn": turn, **said}


def threshold(answer: Json) -> Threshold:
    """The answer to ``open``. Raises Refused."""
    _raise(answer)
    return Threshold(
        answer["title"], tuple(answer["notes"]), answer["meeting"], answer["state"], answer["name"], answer
    )


def breath(answer: Json) -> Breath:
    """The answer to ``begin`` and ``breathe``. Raises Refused."""
    _raise(answer)
    now = answer["breath"]
    offers = (Offer(o["id"], o["move"], o["target"], o["label"], o["kind"], o["quiet"]) for o in now["offers"])
    return Breath(
        now["meeting"],
        now["breath"],
        now["phase"],
        now["move"],
        tuple(now["beats"]),
        tuple(offers),
        tuple(now["told"]),
        now["over"],
        answer["clock"],
        answer["resumed"],
        answer,
    )


def _raise(answer: Json) -> None:
    if answer.get("type") != "refused":
        return
    if answer["code"] == Care.code:
        raise Care(answer["say"], answer["page"])
    raise _REFUSALS.get(answer["code"], Refused)(answer["say"])
