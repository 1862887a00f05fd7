"""A story as tables for whole populations: bits for its rows, whole numbers for its temperament.

Every clause of every telling's guard is a row, as in ``engine.ready``, numbered in the order of choosing (told once
first, not reluctant, deepest), so that the lowest of any rows says which class is told next; within a class the
writer's order stays, on which the seed's ties depend. The moment's own clauses are rows after them. What a row waits
for (told, facts, counters, confided) are *events*, each of which happens at most once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import chain
from typing import Any, TypeVar

import numpy as np

from harken.check.policies import PHASES, WHAT
from harken.check.simulate import luck
from harken.check.simulate.manner import LOOSE_MOST, Manner
from harken.check.simulate.tally import BY
from harken.engine.arc import REACH
from harken.engine.guard import Clause
from harken.engine.moves import ACHE_OF_HEARING, ARCS, MOVES, TRUST, band
from harken.engine.names import RAN
from harken.engine.story import Effects, Telling

Array = np.ndarray[Any, np.dtype[Any]]
U = np.uint64
Key = TypeVar("Key")
NO_BAND = 3
"""The column of the temperament for when nothing waits for an answer."""
NO_LANDING = 99
THINGS_MOST = 62
TELLINGS_MOST = 65_000


class Unsuited(Exception):
    """This story or policy has something that only the real engine plays. The text says what."""


class Plan:
    """The tables of one story and one manner of reading it."""

    def __init__(self, manner: Manner) -> None:
        story = manner.story
        self.manner, self.story = manner, story
        self.tellings = tuple(story.tellings.values())
        self.number = {telling.id: number for number, telling in enumerate(self.tellings)}
        self._suited()
        self.targets = self._targets()
        self._rows()
        self._needs()
        self._masks()
        self._temperament()
        self._moves()
        self._effects()

    def _suited(self) -> None:
        story = self.story
        if len(story.tellings) > TELLINGS_MOST:
            raise Unsuited(f"it has more than {TELLINGS_MOST:,} tellings")
        if len(story.things) > THINGS_MOST:
            raise Unsuited(f"it has more than {THINGS_MOST} things")
        if len(self.manner.loose) > LOOSE_MOST:
            raise Unsuited(f"the policy has more than {LOOSE_MOST} moves that are on offer only with a thing")
        for telling in self.tellings:
            for clause in telling.guard:
                if clause.closeness or clause.ache:
                    raise Unsuited(f"the needs of {telling.id} ask for closeness or ache")
        for clause in self._clauses():
            if any(least < 1 for _, least in clause.counters):
                raise Unsuited("a guard asks for a counter of 0")

    def _clauses(self) -> Iterable[Clause]:
        for telling in self.tellings:
            yield from telling.guard
        yield from self.story.moment.needs if self.story.moment else ()

    def _targets(self) -> dict[str | None, int]:
        story = self.story
        names: list[str | None] = [None, *story.things]
        names += [gesture.target for gesture in story.gestures] + [target for target, _ in story.confider.looks]
        names += [telling.on for telling in self.tellings if telling.on]
        return {name: number for number, name in enumerate(dict.fromkeys(names))}

    def _rows(self) -> None:
        rows = [(telling, clause) for telling in self.tellings for clause in telling.guard]
        order = sorted(range(len(rows)), key=lambda row: _rank(rows[row][0]))
        self.rows = [rows[row] for row in order]
        self.owner = np.array([self.number[telling.id] for telling, _ in self.rows] + [0], np.int64)
        self.moment = [(len(self.rows) + n, clause) for n, clause in enumerate(self.story.moment.needs)] if (
            self.story.moment
        ) else []  # fmt: skip
        self.count = len(self.rows) + len(self.moment)
        self.words = max(1, -(-self.count // 64))

    def mask(self, rows: Iterable[int]) -> Array:
        """These rows as words of bits."""
        return self._where(rows)[:, 0]

    def _where(self, *groups: Iterable[int]) -> Array:
        """Groups of rows as a table: a column each."""
        lists = [list(group) for group in groups]
        rows = np.fromiter(chain.from_iterable(lists), np.int64)
        columns = np.repeat(np.arange(len(lists)), [len(group) for group in lists])
        out = np.zeros((self.words, len(lists)), U)
        np.bitwise_or.at(out, (rows >> 6, columns), U(1) << (rows & 63).astype(U))
        return out

    def _from(self, least: Iterable[tuple[int, int]], most: int) -> Array:
        """Rows, each with the least of something that it asks for, as a table: a column for every value up to most."""
        asking = grouped((max(value, 0), row) for value, row in least)
        table: Array = np.bitwise_or.accumulate(self._where(*(asking[value] for value in range(most + 1))), axis=1)
        return table

    def _needs(self) -> None:
        self.events = events = self._numbered()
        waiting: dict[int, list[int]] = defaultdict(list)
        closing: dict[int, list[int]] = defaultdict(list)
        told: list[list[int]] = []
        self.missing = np.zeros(self.count + 1, np.uint8)
        for row, clause in enumerate([*(clause for _, clause in self.rows), *(clause for _, clause in self.moment)]):
            waits = _waits(clause, self.number)
            self.missing[row] = len(waits)
            for event in waits & events.keys():
                waiting[events[event]].append(row)
            for name in self.number.keys() & set(clause.untold):
                closing[self.number[name]].append(row)
            told.append([self.number.get(name, len(self.tellings)) for name in clause.told])
        for row, (telling, _) in enumerate(self.rows):
            if not telling.again:
                closing[self.number[telling.id]].append(row)
        self.waits = self._where(*(waiting[event] for event in range(len(events))), ())
        self.closes = self._where(*(closing[event] for event in range(len(events))), ())
        most = max(map(len, told), default=0)
        self.after = np.array([one + [len(self.tellings)] * (most - len(one)) for one in told], np.int64)
        """The tellings that each row waits for; past all tellings where it waits for fewer."""
        self.from_start = self.mask(row for row, one in enumerate(told) if not one)
        self.start = self.mask(row for row in range(self.count) if not self.missing[row])

    def _numbered(self) -> dict[tuple[str, Any], int]:
        """The number of every event: tellings first, themes last."""
        story = self.story
        events: dict[tuple[str, Any], int] = {("told", number): number for number in range(len(self.tellings))}
        for fact, values in story.facts.items():
            for value in values:
                events["fact", (fact, value)] = len(events)
        self.most = dict(story.counters)
        levels: Counter[str] = Counter(self.most)
        for clause in self._clauses():
            for counter, least in clause.counters:
                levels[counter] = max(levels[counter], least)
        self.counters = tuple(dict.fromkeys((*story.counters, RAN)))
        for counter in self.counters:
            for level in range(1, levels[counter] + 1):
                events["counter", (counter, level)] = len(events)
        for theme in self.manner.themes:
            events["confided", theme] = len(events)
        return events

    def _masks(self) -> None:
        rows, story = list(enumerate(self.rows)), self.story
        self.arc = self._where(*([r for r, (t, _) in rows if t.arc == arc] for arc in ARCS))
        self.trust = self._from(((c.trust, row) for row, (_, c) in rows), TRUST[1])
        most = max([c.meeting for _, c in self.rows] + [0])
        self.meeting = self._from(((c.meeting, row) for row, (_, c) in rows), most)
        on: defaultdict[str | None, list[int]] = grouped((t.on, row) for row, (t, _) in rows if t.on is not None)
        self.target = self._where(*(on[name] for name in self.targets))
        only = self._where([r for r, (t, _) in rows if t.only_on])
        self.has_only = bool(only.any())
        self.allowed = ~only | self.target
        threads = ("", *dict.fromkeys(t.thread for t in self.tellings if t.thread))
        number = {name: place for place, name in enumerate(threads)}
        self.thread_of = np.array([number[t.thread] for t in self.tellings] + [0], np.int64)
        drawn = grouped((t.thread, row) for row, (t, _) in rows if t.thread)
        self.thread = self._where(*(drawn[name] for name in threads))
        self.theme = self._where(*([r for r, (t, _) in rows if name in t.themes] for name in self.manner.themes), ())
        self.by = self._where(*([r for r, (t, _) in rows if name in t.by] for name in BY))
        owned = grouped((telling.id, row) for row, (telling, _) in rows)
        self.own = self._where(*(owned[telling.id] for telling in self.tellings), ())
        self.again = self.mask(r for r, (t, _) in rows if t.again)
        self.urgent = self.mask(r for r, (t, _) in rows if t.weight == "urgent")
        ranks = grouped((_rank(telling), row) for row, (telling, _) in rows)
        place = {rank: number for number, rank in enumerate(ranks)}
        self.rank = np.array([place[_rank(t)] for t, _ in self.rows] + [len(ranks)], np.int64)
        """Of each row; ``ranked`` has a column of the rows of each, and one of none."""
        self.ranked = self._where(*ranks.values(), ())
        self.depth = np.array([t.depth for t in self.tellings] + [9], np.int64)
        self.band = np.array([band(t.depth) for t in self.tellings] + [NO_BAND], np.int64)
        forms = self.manner.forms
        self.form = np.array([forms.index(t.form) + 1 for t in self.tellings] + [0], np.int64)
        self.ache = np.array([ACHE_OF_HEARING[t.depth] for t in self.tellings] + [0], np.int64)
        self.returns = np.array([t.again for t in self.tellings] + [False], np.bool_)
        ready = [max((d for d, floor in enumerate(story.floors) if floor <= v), default=0) for v in range(TRUST[1] + 1)]
        self.ready = np.array(ready, np.int64)
        promised = [self.number[telling.id] for telling in story.promised]
        self.promised = np.array(promised, np.int64)
        depth = self.depth[self.promised]
        self.near = np.where(depth <= self.ready[:, None] + REACH, depth + 1, 0).astype(np.int8)
        """By trust: the depth of each that is promised, from 1; 0 where it is out of reach."""

    def _temperament(self) -> None:
        temper, moves = self.story.confider.temperament, len(WHAT)
        self.deltas = np.zeros((3, moves * 4), np.int64)
        self.tells = np.zeros(moves * 4, np.bool_)
        self.mends = np.zeros(moves, np.bool_)
        for move, name in enumerate(MOVES):
            of = temper[name]
            for part, deltas in enumerate((of.light, of.middle, of.deep)):
                self.deltas[:, move * 4 + part] = deltas
                self.tells[move * 4 + part] = of.then[part] == "tell"
            self.deltas[:, move * 4 + NO_BAND] = of.light if name == "run" else (0, 0, min(0, of.light[2]))
            self.tells[move * 4 + NO_BAND] = of.then[0] == "tell"
            self.mends[move] = name in self.story.confider.mends
        self.landed = np.concatenate([self.deltas, half(self.deltas)], axis=1)
        """The same, and then once more by half, as for typed words that land softly."""
        self.tells[WHAT.index("skip") * 4 : WHAT.index("skip") * 4 + 4] = True
        self.landing = np.full((len(self.tellings) + 1, moves), NO_LANDING, np.int64)
        for telling in self.tellings:
            for name, trust in telling.landing.items():
                self.landing[self.number[telling.id], WHAT.index(name)] = trust
        self.has_landing = bool((self.landing != NO_LANDING).any())

    def _moves(self) -> None:
        manner = self.manner
        self.forms = len(manner.forms) + 1
        slots = b"".join(manner.slots(situation) for situation in range(manner.situations))
        self.slots = np.frombuffer(slots, np.uint8).reshape(manner.situations, luck.SLOTS)
        most = max(1, *(len(base) for base in manner.base.values()))
        self.bases = np.zeros(len(PHASES) * len(WHAT), np.int64)
        self.base = np.zeros((len(PHASES) * len(WHAT), most), np.int64)
        for (phase, move), targets in manner.base.items():
            self.bases[phase * len(WHAT) + move] = len(targets)
            self.base[phase * len(WHAT) + move, : len(targets)] = [self.targets[name] for name in targets]
        self.scenes = len(manner.scenes)
        self.aimed = np.zeros(len(WHAT) * self.scenes, np.int64)
        for (move, scene), things in manner.aimed.items():
            self.aimed[move * self.scenes + scene] = things
        scene_of = {name: number for number, name in enumerate(manner.scenes)}
        self.opening = scene_of[self.story.opening]
        self.moment_scene = scene_of[self.story.moment.scene] if self.story.moment else 0
        self.enters = np.zeros(self.scenes, np.int64)
        for number, thing in enumerate(self.story.things.values()):
            if thing.here and thing.scene in scene_of:
                self.enters[scene_of[thing.scene]] |= 1 << number

    def _effects(self) -> None:
        """What each telling changes: facts it sets, counters it raises, things, scene, breaths. -1: no other scene."""
        things = {name: number for number, name in enumerate(self.manner.things)}
        scenes = {name: number for number, name in enumerate(self.manner.scenes)}
        facts = {name: number for number, name in enumerate(self.story.facts)}
        size = len(self.tellings)
        self.facts = len(facts)
        self.sets: list[list[tuple[int, int]]] = [[] for _ in range(size)]
        self.raises: list[list[tuple[int, int]]] = [[] for _ in range(size)]
        self.appear, self.dissolve = np.zeros(size, np.int64), np.zeros(size, np.int64)
        self.scene, self.lengthen = np.full(size, -1, np.int64), np.zeros(size, np.int64)
        self.changes = np.zeros(size + 1, np.bool_)
        nothing = Effects()
        for number, telling in enumerate(self.tellings):
            effects = telling.effects
            if effects == nothing:
                continue
            self.changes[number] = True
            first: dict[str, str] = {}
            for fact, value in effects.sets:
                first.setdefault(fact, value)
            for fact, value in first.items():
                if ("fact", (fact, value)) not in self.events:
                    raise Unsuited(f"{telling.id} sets {fact} to a value that is not listed")
                self.sets[number].append((facts[fact], self.events["fact", (fact, value)]))
            for counter, times in Counter(effects.raises).items():
                if times > 1:
                    raise Unsuited(f"{telling.id} raises {counter} more than once")
                self.raises[number].append((self.counters.index(counter), self.most.get(counter, 0)))
            self.appear[number] = sum(1 << things[name] for name in set(effects.appear))
            self.dissolve[number] = sum(1 << things[name] for name in set(effects.dissolve) if name in things)
            self.scene[number] = scenes[effects.scene] if effects.scene else -1
            self.lengthen[number] = effects.lengthen

        self.setting, self.raising = _places(self.sets), _places(self.raises)
        most = max([to for kind, of in self.events if kind == "counter" for to in of[1:]], default=0)
        counted = [[self.events.get(("counter", (name, to)), -1) for to in range(most + 2)] for name in self.counters]
        self.level = np.array(counted, np.int64)
        """The event of each counter reaching each value; -1 where nothing waits for it, and past all values."""


def _places(lists: list[list[tuple[int, int]]]) -> list[tuple[Array, Array]]:
    """Lists of pairs as tables: the first pair of each list, then the second of each; (-1, -1) where there is none."""
    most = max(map(len, lists), default=0)
    tables = (np.array([one[place] if place < len(one) else (-1, -1) for one in lists]) for place in range(most))
    return [(table[:, 0], table[:, 1]) for table in tables]


def half(deltas: Array) -> Array:
    """Half of each, towards 0."""
    halved: Array = np.sign(deltas) * (np.abs(deltas) >> 1)
    return halved


def grouped(pairs: Iterable[tuple[Key, int]]) -> defaultdict[Key, list[int]]:
    """The numbers of each key."""
    groups: defaultdict[Key, list[int]] = defaultdict(list)
    for key, number in pairs:
        groups[key].append(number)
    return groups


def _rank(telling: Telling) -> tuple[bool, bool, int]:
    return telling.again, telling.weight == "reluctant", -telling.depth


def _waits(clause: Clause, known: dict[str, int]) -> set[tuple[str, Any]]:
    """The events a clause waits for; one of a telling that is gone never happens."""
    return {
        *(("told", known.get(name, name)) for name in clause.told),
        *(("fact", pair) for pair in clause.facts),
        *(("counter", pair) for pair in clause.counters),
        *(("confided", theme) for theme in clause.confided),
    }
