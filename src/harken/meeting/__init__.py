"""The one service that every player calls: a breath, from what the reader did to stored beats.

A player makes a ``Said`` (with a turn id of its own), calls ``Meeting.breathe``, and shows the ``Breath`` that
comes back. By then its events are durably kept. The store, the ear and the voice are arguments: this room
knows no database, no clock and no model, and imports the standard library alone.
"""

from harken.meeting.refused import Care, MovedOn, NotOnOffer, Over, Refused, TooLong
from harken.meeting.service import CARE_REST, Meeting
from harken.meeting.shown import Breath, Said, Threshold, opening_words
from harken.meeting.store import Kept, Voice

__all__ = [
    "CARE_REST", "Breath", "Care", "Kept", "Meeting", "MovedOn", "NotOnOffer", "Over", "Refused", "Said", "Threshold",
    "TooLong", "Voice", "opening_words",
]  # fmt: skip
