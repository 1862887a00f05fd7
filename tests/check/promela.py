"""Stories as models for SPIN, written from the rules of the engine (DESIGN section 3) and from nothing in the checker.

For stories with needs of every kind but themes, and without things, promises, a moment or longer meetings. Every tie
is free, and which of equals has waited longest too. Whatever is told for the first time is printed, once.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from harken.engine import Story
from harken.engine.moves import MOVES, band

ARCS = {"arrival": 0, "talk": 1, "unravelling": 3, "waking": 4}
NONE = 255


def told_by_spin(story: Story, folder: Path, states: int = 3_000_000) -> set[str] | None:
    """Everything that SPIN finds told in some reading; None where it was not done within so many states."""
    (folder / "story.pml").write_text(promela(story), "utf-8")
    run(["spin", "-a", "story.pml"], folder)
    run(["gcc", "-O0", "-w", "-DSAFETY", "-DNOFAIR", "-DVECTORSZ=2048", "-DMEMLIM=1500", "-o", "pan", "pan.c"], folder)
    said = run(["./pan", "-m2000000", "-w22"], folder)
    visited = re.search(r"(\d[\d.e+]*) states, stored", said)
    if "max search depth too small" in said or "out of memory" in said or visited is None:
        return None
    assert "errors: 0" in said, said[-2000:]
    assert float(visited[1]) < states
    ids = list(story.tellings)
    return {ids[int(number)] for number in re.findall(r"^TOLD (\d+)$", said, re.MULTILINE)}


def run(command: list[str], folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=170)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return done.stdout


def translatable(story: Story) -> bool:
    """Whether this story has only what is translated."""
    plain = all(
        t.arc in ARCS and not t.themes and not t.promise and t.on is None and not any(c.confided for c in t.guard)
        and not (t.effects.lengthen or t.effects.appear or t.effects.dissolve or t.effects.scene)
        for t in story.tellings.values()
    )  # fmt: skip
    return plain and not (story.things or story.gestures or story.moment or story.wander)


def promela(story: Story) -> str:
    return _Translation(story).text()


class _Translation:
    def __init__(self, story: Story) -> None:
        self.story = story
        self.rows = list(story.tellings.values())
        self.number = {t.id: n for n, t in enumerate(self.rows)}
        self.threads = {t: n + 1 for n, t in enumerate(sorted({t.thread for t in self.rows if t.thread}))}
        self.values = {f: {v: n + 1 for n, v in enumerate(vs)} for f, vs in story.facts.items()}
        self.counters = ["ran", *story.counters]

    def text(self) -> str:
        parts = [self._variables(), *(self._can(n) for n in range(len(self.rows)))]
        parts += [self._tell(arc, by) for arc, by in
                  [("arrival", ""), ("talk", ""), ("unravelling", ""),
                   ("waking", "clock"), ("waking", "wake"), ("waking", "run")]]  # fmt: skip
        return "\n".join([*parts, self._arc(), self._landing(), self._meeting()])

    # --- what there is ----------------------------------------------------------------------------------------

    def _variables(self) -> str:
        facts = "".join(f"byte fact_{f} = 0;\n" for f in self.values)
        counters = "".join(f"byte count_{c} = 0;\n" for c in self.counters)
        return f"""c_decl {{ \\#include <stdio.h>
static char seen[256]; }}
bit told[{len(self.rows)}]; bit again[{len(self.rows)}];
byte meeting = 1, breath = 0, phase = 0, until = 0, clock = 0;
byte trust = {self.story.start[0]}, wound = 0, pending = {NONE}, thread = 0, depth = 0, ready = 0;
bit mended = 0, spoke = 0, over = 0, tells = 0, back = 0, back_m = 0, happened = 0;
short back_t = 0, back_w = 0, delta = 0, gained = 0, gives = 0, best = 0;
{facts}{counters}"""

    def _can(self, n: int) -> str:
        telling = self.rows[n]
        clauses = []
        for clause in telling.guard:
            asked = [f"trust >= {clause.trust}", f"meeting >= {max(clause.meeting, telling.seal)}"]
            asked += [f"told[{self.number[o]}]" if o in self.number else "false" for o in clause.told]
            asked += [f"!told[{self.number[o]}]" for o in clause.untold if o in self.number]
            asked += [f"fact_{f} == {self.values[f][v]}" for f, v in clause.facts]
            asked += [f"count_{c} >= {least}" for c, least in clause.counters]
            clauses.append(" && ".join(asked))
        untold = f"!again[{n}]" if telling.again else f"!told[{n}]"
        key = 8000 * (not telling.again) + 4000 * (telling.weight == "urgent")
        key += 1000 * (telling.weight != "reluctant") + telling.depth + 1
        thread = self.threads.get(telling.thread, 0)
        touched = f" + (thread == {thread} -> 2000 : 0)" if thread else ""
        guard = " || ".join(f"({c})" for c in clauses)
        return f"#define CAN{n} ({untold} && ({guard}))\n#define KEY{n} ({key}{touched})"

    def _tell(self, arc: str, by: str) -> str:
        """One of the best candidates is told, whichever; ``happened`` says whether any was."""
        rows = [n for n, t in enumerate(self.rows) if t.arc == arc and (not by or by in t.by)]
        lines = [f"inline tell_{arc}{by}() {{", "  best = 0; happened = 0;"]
        lines += [f"  if :: CAN{n} && KEY{n} > best -> best = KEY{n} :: else fi;" for n in rows]
        lines += ["  if", "  :: best == 0 -> skip"]
        lines += [f"  :: best > 0 && CAN{n} && KEY{n} == best -> {self._told(n)}" for n in rows]
        return "\n".join([*lines, "  fi;", "  best = 0", "}"])

    def _told(self, n: int) -> str:
        telling = self.rows[n]
        does = [
            f'c_code {{ if (!seen[{n}]) {{ seen[{n}] = 1; printf("TOLD {n}\\n"); }} }}',
            "happened = 1",
            "spoke = 1",
        ]
        does += [f"thread = {self.threads.get(telling.thread, 0)}"]
        does += [f"again[{n}] = 1"] if telling.again else []
        first = [f"pending = {n}", f"depth = {telling.depth}", f"told[{n}] = 1"]
        for fact, value in telling.effects.sets:
            first.append(f"if :: fact_{fact} == 0 -> fact_{fact} = {self.values[fact][value]} :: else fi")
        for counter in telling.effects.raises:
            most = self.story.counters.get(counter, 0)
            first.append(f"if :: count_{counter} < {most} -> count_{counter}++ :: else fi")
        once = f"if :: told[{n}] -> pending = {NONE}; depth = 0 :: else -> {'; '.join(first)} fi"
        return "; ".join([*does, once])

    # --- the parts of a meeting -------------------------------------------------------------------------------

    def _arc(self) -> str:
        return f"""inline unravel() {{
  phase = 3; until = breath + {self.story.unravelling} - 1;
  if :: until > clock -> until = clock :: else fi
}}
inline wake_clock() {{
  if :: phase == 1 -> unravel() :: else fi;
  if :: phase != 0 -> tell_wakingclock() :: else fi;
  over = 1
}}
inline advance() {{
  if :: phase == 1 && breath > until -> unravel() :: else fi;
  if
  :: tells && phase == 1 -> tell_talk()
  :: tells && phase == 3 -> tell_unravelling()
  :: else
  fi;
  if :: phase == 3 && breath >= until -> wake_clock() :: else fi
}}"""

    # --- how a move lands -------------------------------------------------------------------------------------

    def _landing(self) -> str:
        """``land``: one of all the ways a typed or chosen move, in full or by half, can land on what was told."""
        floors = [f"  if :: trust >= {floor} -> ready = {d} :: else fi;" for d, floor in enumerate(self.story.floors)]
        cases = [f"  :: pending == {NONE} -> {self._ways(None, False)}"]
        for n, telling in enumerate(self.rows):
            easy = f"{telling.depth} + 1 < ready"
            cases.append(f"  :: pending == {n} && {easy} -> {self._ways(n, True)}")
            cases.append(f"  :: pending == {n} && !({easy}) -> {self._ways(n, False)}")
        runs = [f"  :: pending == {NONE} -> delta = {self.story.confider.temperament['run'].light[0]}"]
        runs += [f"  :: pending == {n} -> delta = {self._delta(n, 'run', False)}" for n in range(len(self.rows))]
        mending = self.story.confider.mending
        return "\n".join([
            "inline move() {", "  ready = 0;", *floors, "  if", *cases, "  fi;", "  ready = 0", "}",
            "inline runs() {", "  gives = 0;", "  if", *runs, "  fi", "}",
            f"""inline land() {{
  gained = trust + delta;
  if :: gained > 20 -> gained = 20 :: gained < 0 -> gained = 0 :: else fi;
  gained = gained - trust;
  if
  :: gives && delta >= 0 && wound > 0 && !mended ->
     gives = (wound < {mending} -> wound : {mending});
     if :: gives > 20 - trust - gained -> gives = 20 - trust - gained :: else fi
  :: else -> gives = 0
  fi;
  trust = trust + gained + gives;
  back_t = gained + gives;
  back_w = gives - (gained < 0 -> -gained : 0);
  wound = wound - back_w;
  back_m = gives > 0;
  if :: back_m -> mended = 1 :: else fi;
  back = (back_t != 0 || back_m);
  if :: !back -> back_t = 0; back_w = 0; back_m = 0 :: else fi;
  pending = {NONE}; depth = 0; delta = 0; gained = 0; gives = 0
}}""",
        ])  # fmt: skip

    def _ways(self, n: int | None, easy: bool) -> str:
        ways = set()
        for move in MOVES:
            if move != "run":
                for soft in (False, True):
                    delta = 0 if n is None else self._delta(n, move, easy)
                    depth = 0 if n is None else self.rows[n].depth
                    goes = self.story.confider.temperament[move].then[band(depth)] == "tell"
                    mends = move in self.story.confider.mends
                    ways.add((int(delta / 2) if soft else delta, mends, goes))
        told = [f":: delta = {delta}; gives = {int(m)}; tells = {int(goes)}" for delta, m, goes in sorted(ways)]
        return f"if {' '.join(told)} fi"

    def _delta(self, n: int, move: str, easy: bool) -> int:
        telling, temper = self.rows[n], self.story.confider.temperament[move]
        if move in telling.landing:
            return telling.landing[move]
        delta = (temper.light, temper.middle, temper.deep)[band(telling.depth)][0]
        return 0 if easy and delta > 0 else delta

    # --- a meeting, breath by breath --------------------------------------------------------------------------

    def _meeting(self) -> str:
        clock = [f"  if :: meeting == {m} -> clock = {self.story.clock_of(m)} :: else fi;"
                 for m in range(1, self.story.meetings + 1)]  # fmt: skip
        forget = "; ".join(f"again[{n}] = 0" for n in range(len(self.rows)))
        return f"""active proctype reading() {{
begins:
  atomic {{
{chr(10).join(clock)}
    breath = 0; phase = 0; until = 0; thread = 0; pending = {NONE}; depth = 0; mended = 0; spoke = 0; over = 0;
    back = 0; back_t = 0; back_w = 0; back_m = 0; happened = 0; {forget}
  }}
  do
  :: !over && back -> atomic {{
       trust = trust - back_t; wound = (wound + back_w > 0 -> wound + back_w : 0);
       if :: back_m -> mended = 0 :: else fi;
       back = 0; back_t = 0; back_w = 0; back_m = 0 }}
  :: !over -> atomic {{
       breath++; back = 0; back_t = 0; back_w = 0; back_m = 0;
       if
       :: phase != 0 -> tell_wakingwake(); over = 1
       :: phase == 0 -> over = 1
       :: phase == 0 ->
          phase = 1; until = (clock - {self.story.unravelling} > breath -> clock - {self.story.unravelling} : breath);
          tell_arrival();
          if :: !happened -> tell_talk() :: else fi
       :: phase != 0 -> runs(); land(); tell_wakingrun(); over = 1;
          if :: count_ran < 250 -> count_ran++ :: else fi
       :: phase != 0 -> tells = 0; advance()
       :: phase != 0 && spoke -> tells = 1; pending = {NONE}; depth = 0; advance()
       :: phase != 0 -> move(); land(); advance()
       fi;
       if :: !over && breath >= clock -> wake_clock() :: else fi;
       tells = 0; happened = 0 }}
  :: over -> break
  od;
  if :: meeting < {self.story.meetings} -> meeting++; goto begins :: else fi
}}
"""
