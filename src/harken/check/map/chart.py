"""Where everything stands on the map. Depths are layers, the deepest lowest; threads are columns.

A cell (one depth of one thread) is a list of tellings, in as many short columns as keep it from growing tall, so that
four hundred tellings stay readable.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

from harken.check.map.verdicts import by_telling, mark_of
from harken.check.map.words import asked, paragraphs
from harken.check.readers import Reach
from harken.engine import Story
from harken.engine.moves import ARCS
from harken.engine.story import Telling

LEFT, TOP, BELOW = 132, 132, 66
WIDE, LINE, PAD = 192, 26, 22
"""The width of a column of tellings, the height of one, and the room above and below a layer; in SVG's units."""
TALLEST = (6, 8, 10, 12, 15, 18, 22, 27, 33, 40)
"""Tellings of a cell in one column, beyond which it gets another: the one is taken that makes the best poster."""
POSTER = 1.55
"""Width to height of a map that is good to look at."""
SHORT, FEW_COLUMNS = 2, 9
"""Threads of so few tellings share a column, where there would be more columns than this."""
_SHORT = "\0short"
LETTERS = 23
_ARCS = {"arrival": "Arrival", "talk": "No thread", "moment": "The moment", "unravelling": "Unravelling",
         "waking": "Waking", "short": "Short threads"}  # fmt: skip


Cells = dict[tuple[int, str], list[Telling]]
"""The tellings of each (depth, column)."""


@dataclass(frozen=True)
class Node:
    """One telling on the map. ``share`` is the part of readers who heard it, None where none were asked."""

    telling: Telling
    x: int
    y: int
    share: float | None
    mark: str
    label: str
    about: Mapping[str, Any]


@dataclass(frozen=True)
class Line:
    """A need: from what has to be told to what needs it (``kind`` ``told``), or from what closes it (``untold``)."""

    start: Node
    end: Node
    kind: str


@dataclass(frozen=True)
class Band:
    """A layer or a column: its name, where it begins and how far it goes."""

    name: str
    detail: str
    at: int
    size: int


@dataclass(frozen=True)
class Chart:
    """The whole map, ready to be drawn."""

    story: Story
    wide: int
    high: int
    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]
    layers: tuple[Band, ...]
    columns: tuple[Band, ...]
    found: Reach | None
    verdicts: tuple[Mapping[str, Any], ...]


def chart_of(story: Story, found: Reach | None = None, verdicts: Iterable[Mapping[str, Any]] = ()) -> Chart:
    """The map of a story. ``verdicts`` have ``promise``, ``subject``, ``verdict``, ``holds`` and ``because``."""
    verdicts = tuple(verdicts)
    tellings = tuple(story.tellings.values())
    across, layers, places = _laid_out(story, tellings)
    judged = by_telling(story, verdicts)
    opens = _opens(tellings)
    nodes = {
        telling.id: Node(
            telling,
            *places[telling.id],
            _share(found, telling.id),
            mark_of(judged.get(telling.id, ())),
            telling.title if len(telling.title) <= LETTERS else f"{telling.title[: LETTERS - 1].rstrip()}…",
            _about(story, telling, found, judged.get(telling.id, ()), opens.get(telling.id, ())),
        )
        for telling in tellings
    }
    last, bottom = across[-1], layers[-1]
    return Chart(
        story,
        last.at + last.size + 24,
        bottom.at + bottom.size + BELOW,
        tuple(nodes.values()),
        tuple(_lines(nodes)),
        layers,
        across,
        found,
        verdicts,
    )


def _laid_out(
    story: Story, tellings: tuple[Telling, ...]
) -> tuple[tuple[Band, ...], tuple[Band, ...], dict[str, tuple[int, int]]]:
    """The columns, the layers, and where each telling stands."""
    column_of = _columns(tellings)
    cells: Cells = {}
    for telling in tellings:
        cells.setdefault((telling.depth, column_of[telling.id]), []).append(telling)
    columns = sorted(dict.fromkeys(column_of.values()), key=_order)

    def off(tall: int) -> float:
        across, down = _bands_across(columns, cells, tall), _layers(story, cells, tall)
        wide, high = across[-1].at + across[-1].size, down[-1].at + down[-1].size + BELOW
        return abs(wide / high - POSTER)

    tall = min(TALLEST, key=off)
    across, layers = _bands_across(columns, cells, tall), _layers(story, cells, tall)
    return across, layers, _places(cells, across, layers, tall)


def _columns(tellings: Iterable[Telling]) -> dict[str, str]:
    """The column of each telling: its thread, or, where it has none, its part of the arc."""
    column_of = {telling.id: telling.thread or f"\0{telling.arc}" for telling in tellings}
    counts = Counter(column_of.values())
    if len(counts) <= FEW_COLUMNS:
        return column_of
    short = {name for name, count in counts.items() if count <= SHORT and not name.startswith("\0")}
    return {telling: _SHORT if name in short else name for telling, name in column_of.items()}


def _order(column: str) -> int:
    """Arrival first, then the threads as they come, what has none, and the rest of the arc."""
    last = [_SHORT, *(f"\0{arc}" for arc in ARCS[1:])]
    return -1 if column == f"\0{ARCS[0]}" else last.index(column) + 1 if column in last else 0


def _bands_across(columns: list[str], cells: Cells, tall: int) -> tuple[Band, ...]:
    bands, at = [], LEFT
    for column in columns or ["\0talk"]:
        most = max((len(cell) for (_, of), cell in cells.items() if of == column), default=1)
        size = ceil(most / tall) * WIDE
        name = _ARCS[column[1:]] if column.startswith("\0") else _named(column)
        bands.append(Band(name, column, at, size))
        at += size
    return tuple(bands)


def _named(thread: str) -> str:
    """A thread's id as words; threads named after files lose the number that sorts these."""
    words = thread.replace("-", " ")
    return (words.lstrip("0123456789 ") or words).capitalize()


def _layers(story: Story, cells: Cells, tall: int) -> tuple[Band, ...]:
    bands, at = [], TOP
    for depth, floor in enumerate(story.floors):
        most = max((_high(len(cell), tall) for (of, _), cell in cells.items() if of == depth), default=0)
        size = most * LINE + PAD * 2 if most else PAD * 2
        bands.append(Band(f"Depth {depth}", f"from trust {floor}" if floor else "always", at, size))
        at += size
    return tuple(bands)


def _high(count: int, tall: int) -> int:
    """The lines of a cell of so many tellings: its columns are as even as can be."""
    return ceil(count / ceil(count / tall))


def _places(cells: Cells, across: tuple[Band, ...], layers: tuple[Band, ...], tall: int) -> dict[str, tuple[int, int]]:
    lefts = {band.detail: band.at for band in across}
    places = {}
    for (depth, column), cell in cells.items():
        high = _high(len(cell), tall)
        for number, telling in enumerate(cell):
            beside, down = divmod(number, high)
            places[telling.id] = (
                lefts[column] + beside * WIDE + 20,
                layers[depth].at + PAD + down * LINE + LINE // 2,
            )
    return places


def _share(found: Reach | None, telling: str) -> float | None:
    return found.reached.get(telling, 0) / found.readers if found and found.readers else None


def _lines(nodes: Mapping[str, Node]) -> Iterable[Line]:
    for node in nodes.values():
        for kind in ("told", "untold"):
            named = dict.fromkeys(name for clause in node.telling.guard for name in getattr(clause, kind))
            yield from (Line(nodes[name], node, kind) for name in named if name in nodes)


def _opens(tellings: Iterable[Telling]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for telling in tellings:
        for name in dict.fromkeys(name for clause in telling.guard for name in clause.told):
            found.setdefault(name, []).append(telling.id)
    return found


def _about(
    story: Story, telling: Telling, found: Reach | None, judged: Iterable[Mapping[str, Any]], opens: Iterable[str]
) -> dict[str, Any]:
    """What the page shows of a telling once it is chosen."""
    floor = story.floors[telling.depth]
    about: dict[str, Any] = {
        "id": telling.id,
        "title": telling.title,
        "depth": telling.depth,
        "floor": floor,
        "form": telling.form,
        "thread": telling.thread,
        "arc": telling.arc,
        "seal": telling.seal,
        "again": telling.again,
        "weight": telling.weight,
        "on": telling.on,
        "themes": list(telling.themes),
        "text": paragraphs(telling.body),
        "needs": [
            {"told": list(clause.told), "untold": list(clause.untold), "other": asked(clause, floor)}
            for clause in telling.guard
        ],
        "opens": list(opens),
        "verdicts": [
            {name: verdict.get(name) for name in ("promise", "subject", "verdict", "holds", "because")}
            for verdict in judged
        ],
    }
    if found:
        about["readers"] = found.reached.get(telling.id, 0)
        about["usual"] = found.usual.get(telling.id)
        about["first"] = found.first.get(telling.id)
    return about
