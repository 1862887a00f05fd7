"""A plan as one flat array of whole numbers, for the compiled kernel, which takes it as its only large argument.

It begins with a header (sizes, and where each table begins), then has the state of the reader who reads just now, then
the tables, and last what is counted. Sets of rows are 64 rows to a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from harken.check.policies import PHASES, WHAT
from harken.check.simulate.plan import Plan
from harken.check.simulate.tally import BY, Tally
from harken.engine.moves import ACHE, ARCS, CLOSENESS, TRUST
from harken.engine.names import RAN

Array = np.ndarray[Any, np.dtype[Any]]

_SIZES = """tellings rows words events forms scenes counters themes loose has_only has_landing typed soft meetings
played wander unravelling mending opening moment_after moment_length moment_scene promises ran first_theme levels
base_wide meeting_most"""
_NUMBERS = """owner rank depth band form ache returns thread_of ready deltas tells mends landing bases base aimed
loose_moves enters appear dissolve scene lengthen clock waits_at waits sets_at sets
raises_at raises level promised moment changes"""
_MASKS = """m_may m_allowed m_target m_thread m_theme m_by m_closes m_own m_again m_urgent m_same m_every
m_from_start"""
_OWN = """r_open r_closed r_again r_themed r_chosen s_missing s_since s_told s_facts s_counters s_confided own_size
new_reader"""
_COUNTED = "slotted o_first o_times o_left o_heard o_witness o_seen breath_most"
HEADER = " ".join((_SIZES, _NUMBERS, _MASKS, _OWN, _COUNTED)).split()
"""What the header holds, in order."""

_STATE = """trust closeness ache wound owed told_count meeting breath clock until phase lengthened wandered thread
mended moment_over over heard pending scene here move target soft new new0 new1 new2 new3 lots choose promise"""
FOUR = 4
"""Words are read so many at once: tables of rows, and a reader's own numbers, are whole multiples of it."""
STATE = _STATE.split()
"""A reader's whole numbers, before their own tables."""


class Packed:
    """A plan as ``numbers``, to be read over so many meetings."""

    def __init__(self, plan: Plan, meetings: int) -> None:
        self.plan, self.meetings = plan, meetings
        self.words = -(-plan.words // FOUR) * FOUR
        self._parts: list[Array] = []
        self._at = len(HEADER)
        self.header: dict[str, int] = {}
        self._sizes()
        state = self._state()
        self._put(state)
        self._add("new_reader", state)
        self._add("s_since", np.zeros(plan.count))
        self._tables()
        self._happenings()
        self._rows()
        self._add("slotted", np.ascontiguousarray(plan.slots).reshape(-1).view(np.int64))
        self._counts()
        self.numbers = np.concatenate([[self.header[name] for name in HEADER], *self._parts])

    def _sizes(self) -> None:
        plan, story = self.plan, self.plan.story
        moment = story.moment
        self.header |= {
            "tellings": len(plan.tellings), "rows": plan.count, "words": self.words, "events": len(plan.events),
            "forms": plan.forms, "scenes": plan.scenes, "counters": len(plan.counters),
            "themes": len(plan.manner.themes), "loose": len(plan.manner.loose), "has_only": int(plan.has_only),
            "has_landing": int(plan.has_landing), "typed": plan.manner.typed, "soft": plan.manner.soft,
            "meetings": story.meetings, "played": self.meetings, "wander": story.wander,
            "unravelling": story.unravelling, "mending": story.confider.mending, "opening": plan.opening,
            "moment_after": moment.after if moment else -1, "moment_length": moment.length if moment else 0,
            "moment_scene": plan.moment_scene, "promises": len(plan.promised), "ran": plan.counters.index(RAN),
            "first_theme": len(plan.events) - len(plan.manner.themes), "base_wide": plan.base.shape[1],
            "meeting_most": plan.meeting.shape[1] - 1,
        }  # fmt: skip

    def _put(self, values: Array) -> int:
        self._parts.append(values)
        self._at += len(values)
        return self._at - len(values)

    def _add(self, name: str, values: Any) -> None:
        self.header[name] = self._put(np.asarray(values, np.int64).reshape(-1))

    def _tables(self) -> None:
        plan = self.plan
        for name in (
            "owner", "rank", "depth", "band", "form", "ache", "returns", "thread_of", "ready", "deltas", "tells",
            "mends", "landing", "bases", "base", "aimed", "enters", "appear", "dissolve", "scene", "lengthen",
            "promised", "changes",
        ):  # fmt: skip
            self._add(name, getattr(plan, name))
        self._add("loose_moves", plan.manner.loose)
        self._add("clock", [0, *(plan.story.clock_of(meeting) for meeting in range(1, self.meetings + 1))])
        moment = [(row, c.trust, c.meeting, c.closeness, c.ache) for row, c in plan.moment]
        self._add("moment", [len(moment), *(value for one in moment for value in one)])

    def _lists(self, name: str, lists: Sequence[Iterable[Any]]) -> None:
        """Lists of numbers, or of pairs of them: where each begins, and all of them."""
        lists = [list(one) for one in lists]
        self._add(f"{name}_at", np.cumsum([0, *(len(list(one)) for one in lists)]))
        self._add(name, [value for one in lists for value in one])

    def _happenings(self) -> None:
        plan = self.plan
        self._add("waits_at", np.cumsum([0, *np.bitwise_count(plan.waits).sum(axis=0)]))
        self._add("waits", _members(plan.waits))
        self._lists("sets", plan.sets)
        self._lists("raises", plan.raises)
        self.header["levels"] = plan.level.shape[1]
        self._add("level", plan.level)

    def _rows(self) -> None:
        plan = self.plan
        every = ~np.zeros((plan.words, 1), np.uint64)
        may = plan.meeting[:, :, None, None] & plan.arc[:, None, :, None] & plan.trust[:, None, None, :]
        tables = {
            "may": may.reshape(plan.words, -1), "allowed": plan.allowed,
            "target": plan.target, "thread": plan.thread, "theme": plan.theme, "by": plan.by,
            "closes": plan.closes, "own": plan.own, "again": plan.again[:, None],
            "urgent": plan.urgent[:, None], "same": plan.ranked, "every": every, "from_start": plan.from_start[:, None],
        }  # fmt: skip
        for name, table in tables.items():
            padded = np.pad(table, ((0, self.words - plan.words), (0, 0)))
            self._add(f"m_{name}", np.ascontiguousarray(padded.T).view(np.int64))

    def _state(self) -> Array:
        """A reader who was told nothing."""
        plan, story = self.plan, self.plan.story
        at = len(HEADER) + len(STATE)
        told, waiting = -(-len(plan.tellings) // 64), -(-plan.count // 8)
        sizes = {**{f"r_{name}": self.words for name in ("open", "closed", "again", "themed", "chosen")},
                 "s_missing": waiting, "s_told": told, "s_facts": plan.facts, "s_counters": len(plan.counters),
                 "s_confided": len(plan.manner.themes)}  # fmt: skip
        for name, size in sizes.items():
            self.header[name] = at
            at += size
        at += (len(HEADER) - at) % FOUR
        self.header["own_size"] = at - len(HEADER)
        state = np.zeros(at - len(HEADER), np.int64)
        for name, value, (low, high) in zip(
            ("trust", "closeness", "ache"), story.start, (TRUST, CLOSENESS, ACHE), strict=True
        ):
            state[STATE.index(name)] = min(max(value, low), high)
        state[STATE.index("owed")] = -1
        missing, opens = self.header["s_missing"] - len(HEADER), len(STATE)
        state[missing : missing + waiting] = np.pad(plan.missing[: plan.count], (0, -plan.count % 8)).view(np.int64)
        state[opens : opens + plan.words] = plan.start.view(np.int64)
        return state

    def _counts(self) -> None:
        """How often each telling was first heard by meeting and breath, and so on."""
        tellings, breaths = len(self.plan.tellings), max(self.plan.story.clock) + 8
        self.header["breath_most"] = breaths
        self.shapes: dict[str, tuple[int, ...]] = {
            "first": (tellings, self.meetings, breaths), "times": (tellings,),
            "left": (self.meetings, breaths, len(BY)), "heard": (tellings + 1,), "witness": (tellings,),
            "seen": (-(-tellings // 64),),
        }  # fmt: skip
        for name, shape in self.shapes.items():
            self._add(f"o_{name}", np.full(shape, -1 if name == "witness" else 0))

    def counted(self, name: str) -> Array:
        """One of the tables of what was counted; they begin at 0, and the first witnesses at -1 for nobody."""
        begin, shape = self.header[f"o_{name}"], self.shapes[name]
        return self.numbers[begin : begin + int(np.prod(shape))].reshape(shape)

    def tally(self, readers: int, breaths: int) -> Tally:
        """What was counted, as sums."""
        tally = Tally(readers, breaths)
        for (telling, meeting, breath), count in _nonzero(self.counted("first")):
            tally.first[telling, meeting + 1, breath] = count
        for (telling,), count in _nonzero(self.counted("times")):
            tally.times[telling] = count
        for (meeting, breath, by), count in _nonzero(self.counted("left")):
            tally.left[meeting + 1, breath, BY[by]] = count
        for (told,), count in _nonzero(self.counted("heard")):
            tally.heard[told] = count
        return tally


def _nonzero(table: Array) -> Iterable[tuple[tuple[int, ...], int]]:
    places = np.nonzero(table)
    return zip(zip(*(place.tolist() for place in places), strict=True), table[places].tolist(), strict=True)


def _members(table: Array) -> Array:
    """The rows of each column of a table, one column after the other."""
    bits = np.unpackbits(np.ascontiguousarray(table.T).view(np.uint8), axis=1, bitorder="little")
    return np.nonzero(bits)[1]


assert len(PHASES) == 4 and len(ARCS) == 5 and len(WHAT) < 64
