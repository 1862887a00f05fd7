"""What was, from the log: the breaths of this meeting, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from harken.engine.events import Burned, Event, Met, Moved
from harken.engine.events import Said as WordsSaid
from harken.meeting import Breath, Meeting
from harken.terminal import wording
from harken.terminal.wording import Paragraph

Log = Sequence[Event | None]


def breaths(log: Log) -> list[Log]:
    """The breaths of the last meeting in the log, oldest first, each as its events. A breath begins with the burning
    of the last jar, the reader's words and their move, as far as it has these."""
    starts = [place for place, event in enumerate(log) if isinstance(event, Met)]
    if not starts:
        return []
    first = starts[-1]
    begins = [first]
    for place in range(first + 1, len(log)):
        if isinstance(log[place], Moved):
            begin = place
            while begin - 1 > begins[-1] and _before_a_move(log[begin - 1]):
                begin -= 1
            begins.append(begin)
    ends = [*begins[1:], len(log)]
    return [log[begin:end] for begin, end in zip(begins, ends, strict=True)]


def latest(meeting: Meeting) -> Breath:
    """The last breath as it stands in the log, whether or not the meeting is over."""
    last = (breaths(meeting.log) or [()])[-1]
    return Breath(meeting.story, meeting.state, tuple(last), None, resumed=True)


def transcript(meeting: Meeting) -> list[str]:
    """Everything said in this meeting so far, paragraph by paragraph. What was burned is not in it."""
    return [
        f"> {paragraph.text}" if paragraph.kind == "yours" else paragraph.text
        for paragraph in told_so_far(meeting)
        if paragraph.kind != "pause"
    ]


def told_so_far(meeting: Meeting, before: int = 0) -> list[Paragraph]:
    """The paragraphs of this meeting, without its last ``before`` breaths."""
    known: Iterable[Log] = breaths(meeting.log)[: -before or None]
    return [paragraph for events in known for paragraph in wording.retold(events, meeting.story, meeting.state.locale)]


def _before_a_move(event: Event | None) -> bool:
    """A burned entry (None) just before a move may be a jar's words of the breath before: it shows nothing anyway."""
    return event is None or isinstance(event, WordsSaid | Burned)
