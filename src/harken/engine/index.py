"""The tables from which the next telling is chosen, made once, when a story compiles, and kept in its document.

Every clause of every telling's guard is one *row*, numbered in the order of the document. A table gives, for a name
or a number, a set of rows; a set is written as the numbers in it, or, where that is longer, as hexadecimal digits
whose bit ``n`` is row ``n``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from harken.engine.moves import TRUST

RowSet = list[int] | str
"""A set of rows, as it is written."""
_FEW = 32
"""Rows up to which adding them one by one is the faster way."""
_DIGITS = 7
"""About how many characters a number takes; a set in digits takes a quarter of the rows."""


def index_of(document: Mapping[str, Any]) -> dict[str, Any]:
    """The tables of a compiled story, as JSON values (docs/compiled.md says which)."""
    rows = _Rows()
    for number, telling in enumerate(document["tellings"]):
        rows.add(number, telling, document["floors"])
    return rows.tables()


class _Rows:
    """The rows of the tellings so far, by everything that they are asked for by."""

    def __init__(self) -> None:
        self.owner: list[int] = []
        self.by_name: dict[str, dict[str, list[int]]] = {
            table: defaultdict(list) for table in ("arc", "thread", "depth", "on", "theme", "weight", "by")
        }
        self.watch: dict[str, dict[str, list[int]]] = {
            part: defaultdict(list) for part in ("told", "fact", "counter", "confided")
        }
        self.again: list[int] = []
        self.only_on: list[int] = []
        self.start: list[int] = []
        self.least: dict[str, dict[int, list[int]]] = {"trust": defaultdict(list), "meeting": defaultdict(list)}

    def add(self, number: int, telling: Mapping[str, Any], floors: list[int]) -> None:
        """The rows of one telling."""
        get = telling.get
        floor, seal = floors[get("depth", 0)], get("seal", 0)
        first = len(self.owner)
        for clause in get("needs", ({},)):
            self._clause(len(self.owner), clause, floor, seal)
            self.owner.append(number)
        mine = range(first, len(self.owner))
        names = self.by_name
        names["arc"][get("arc", "talk")].extend(mine)
        names["depth"][str(get("depth", 0))].extend(mine)
        for table in ("thread", "on", "weight"):
            if name := get(table):
                names[table][name].extend(mine)
        for theme in get("themes", ()):
            names["theme"][theme].extend(mine)
        for waking in get("by", ()):
            names["by"][waking].extend(mine)
        if get("again"):
            self.again.extend(mine)
        if get("only_on"):
            self.only_on.extend(mine)

    def _clause(self, row: int, clause: Mapping[str, Any], floor: int, seal: int) -> None:
        get = clause.get
        self.least["trust"][min(TRUST[1], max(floor, get("trust", 0)))].append(row)
        self.least["meeting"][max(seal, get("meeting", 0))].append(row)
        waits = False
        for part, names in (
            ("told", get("told", ())),
            ("fact", get("facts", ())),
            ("counter", get("counters", ())),
            ("confided", get("confided", ())),
        ):
            for name in names:
                waits = True
                self.watch[part][name].append(row)
        for name in get("untold", ()):
            self.watch["told"][name].append(row)
        if not waits:
            self.start.append(row)

    def tables(self) -> dict[str, Any]:
        """Everything, as it is written."""
        rows = len(self.owner)
        return {
            "owner": self.owner,
            **{table: {name: _set(of, rows) for name, of in names.items()} for table, names in self.by_name.items()},
            **{part: [[least, _set(of, rows)] for least, of in sorted(v.items())] for part, v in self.least.items()},
            "again": _set(self.again, rows),
            "only_on": _set(self.only_on, rows),
            "start": _set(self.start, rows),
            "watch": self.watch,
        }


def _set(members: list[int], rows: int) -> RowSet:
    if len(members) * _DIGITS < rows // 4:
        return members
    return f"{bits(members):x}"


def bits(members: Collection[int]) -> int:
    """A set of rows as one whole number: bit ``n`` is row ``n``."""
    if len(members) < _FEW:
        found = 0
        for row in members:
            found |= 1 << row
        return found
    room = bytearray((max(members) >> 3) + 1)
    for row in members:
        room[row >> 3] |= 1 << (row & 7)
    return int.from_bytes(room, "little")


def rows_in(written: RowSet) -> int:
    """A set of rows, read back."""
    return int(written, 16) if isinstance(written, str) else bits(written)
