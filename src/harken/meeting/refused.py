"""What is refused, and why: nothing was written, and typed words stay with the player."""

from __future__ import annotations

from typing import Any

from harken.errors import HarkenError


class Refused(HarkenError):
    """Nothing was written. The text says why in a plain sentence; typed words stay with the player."""

    code = "trouble"


class MovedOn(Refused):
    """Another window or server took this meeting further."""

    code = "moved-on"


class NotOnOffer(Refused):
    """What was chosen is not on offer now."""

    code = "not-on-offer"


class TooLong(Refused):
    """A typed line is longer than is kept."""

    code = "too-long"


class Over(Refused):
    """The meeting is over; the next one is begun."""

    code = "over"


class Care(Refused):
    """The reader's own words sound like real self-harm: ``page`` is shown, outside the fiction. No breath passed."""

    code = "care"

    def __init__(self, page: dict[str, Any]) -> None:
        super().__init__(page["text"][0])
        self.page = page
