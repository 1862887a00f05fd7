"""Every name means something: what one part of a story says of another is looked up once everything is read.

Kinds of names whose definitions could not all be read (``draft.unsure``) are passed over: one broken line must not
call the whole story wrong.
"""

from __future__ import annotations

from collections.abc import Iterable

from harken.engine.moves import FORMS
from harken.engine.names import OWN_COUNTERS
from harken.story.arcs import check_arcs
from harken.story.circles import check_grammar, check_needs
from harken.story.claims import check_claims
from harken.story.clauses import NUMBERS
from harken.story.draft import Draft, Ref
from harken.story.spelling import check_spelling


def check(draft: Draft) -> None:
    """Look up every name, and ask of the whole what no single part can answer."""
    _tellings_named(draft)
    _facts(draft)
    _counters(draft)
    _place(draft)
    _themes(draft)
    _declared(draft)
    _unused(draft)
    check_grammar(draft)
    check_needs(draft)
    check_arcs(draft)
    check_spelling(draft)
    check_claims(draft)


def check_words(draft: Draft) -> None:
    """Look up the names that words use: in variants, and in the grammar."""
    _tellings_named(draft)
    _facts(draft)
    _counters(draft)
    _known(draft, draft.refs["symbol"], draft.names["symbol"], "unknown-symbol")
    check_grammar(draft)


def _sure(draft: Draft, *kinds: str) -> bool:
    return not draft.unsure.intersection(kinds)


def _tellings_named(draft: Draft) -> None:
    known, ids = draft.names["telling"], draft.names["id"]
    for kind in ("told", "untold", "on-told", "claimed"):
        for ref in draft.refs[kind]:
            if ref.name in known:
                continue
            if ref.name in draft.names["renamed"]:
                draft.found.add("told-renamed", ref.at, draft.head["renamed"][ref.name], name=ref.name)
            elif ref.name in draft.names["gone"]:
                if kind != "untold":
                    draft.found.add("told-gone", ref.at, name=ref.name)
            elif ref.name in ids:
                draft.found.add("told-not-a-telling", ref.at, draft.found.near(ref.name, known), name=ref.name)
            elif _sure(draft, "telling", "settings"):
                draft.found.add("unknown-telling", ref.at, draft.found.near(ref.name, known), name=ref.name)


def _facts(draft: Draft) -> None:
    if not _sure(draft, "fact"):
        return
    facts, counters = draft.head["facts"], draft.head["counters"]
    for ref in (*draft.refs["fact"], *draft.refs["set"]):
        value, at = ref.more
        if ref.name in counters:
            draft.found.add("counter-not-fact", ref.at, name=ref.name)
        elif ref.name not in facts:
            draft.found.add("unknown-fact", ref.at, draft.found.near(ref.name, facts), name=ref.name)
        elif facts[ref.name] and value not in facts[ref.name]:
            draft.unsure |= {"set"} if ref in draft.refs["set"] else set()
            near = draft.found.near(value, facts[ref.name])
            names = ", ".join(facts[ref.name])
            draft.found.add("unknown-value", at, near, name=ref.name, value=value, names=names)
    if _sure(draft, "set"):
        set_somewhere = {(ref.name, ref.more[0]) for ref in draft.refs["set"]}
        for ref in draft.refs["fact"]:
            if ref.more[0] in facts.get(ref.name, ()) and (ref.name, ref.more[0]) not in set_somewhere:
                draft.found.add("never-set", ref.at, name=ref.name, value=ref.more[0])


def _counters(draft: Draft) -> None:
    if not _sure(draft, "counter"):
        return
    facts, counters = draft.head["facts"], draft.head["counters"]
    raised = {ref.name for ref in draft.refs["raise"]}
    for ref in draft.refs["counter"]:
        if ref.name in OWN_COUNTERS:
            continue
        if ref.name in facts:
            draft.found.add("fact-not-counter", ref.at, name=ref.name, values=" / ".join(facts[ref.name]))
        elif ref.name not in counters:
            near = draft.found.near(ref.name, (*NUMBERS, *counters, *OWN_COUNTERS))
            draft.found.add("unknown-counter", ref.at, near, name=ref.name)
        elif ref.more[0] > counters[ref.name]:
            draft.found.add("counter-too-high", ref.more[1], name=ref.name, value=ref.more[0], high=counters[ref.name])
        elif ref.name not in raised and _sure(draft, "raised"):
            draft.found.add("never-raised", ref.at, name=ref.name)
    for ref in draft.refs["raise"]:
        if ref.name not in counters:
            draft.found.add("unknown-counter", ref.at, draft.found.near(ref.name, counters), name=ref.name)


def _themes(draft: Draft) -> None:
    """A theme that a reader may veil is one that something is told about; one they confide is one the ear hears."""
    used = draft.names["themes"]
    if _sure(draft, "telling"):
        _known(draft, draft.refs["theme"], used, "theme-of-nothing")
    if draft.refs["confided"]:
        from harken.listen import THEMES

        for ref in draft.refs["confided"]:
            if ref.name not in THEMES:
                near = draft.found.near(ref.name, THEMES)
                draft.found.add("theme-not-heard", ref.at, near, name=ref.name)


def _place(draft: Draft) -> None:
    names = draft.names
    if _sure(draft, "scene"):
        _known(draft, draft.refs["scene"], names["scene"], "unknown-scene")
    if _sure(draft, "symbol"):
        _known(draft, draft.refs["symbol"], names["symbol"], "unknown-symbol")
    if _sure(draft, "thing"):
        for kind in ("appear", "dissolve"):
            _known(draft, draft.refs[kind], names["thing"], "unknown-thing")
        if _sure(draft, "gesture"):
            _known(draft, draft.refs["target"], {**names["thing"], **names["gesture"]}, "unknown-target")
        if _sure(draft, "look"):
            _known(draft, draft.refs["on-look"], {**names["look"], **names["thing"]}, "unknown-look")
    if _sure(draft, "thread", "telling"):
        _known(draft, draft.refs["on-thread"], names["thread"], "unknown-thread")
        _known(draft, draft.refs["on-form"], (*FORMS, *names["form"]), "unknown-form")


def _known(draft: Draft, refs: Iterable[Ref], names: Iterable[str], problem: str) -> None:
    names = set(names)
    for ref in refs:
        if ref.name not in names:
            draft.found.add(problem, ref.at, draft.found.near(ref.name, names), name=ref.name)


def _declared(draft: Draft) -> None:
    """What was renamed or is gone."""
    if not _sure(draft, "settings"):
        return
    ids, renamed = draft.names["id"], draft.head["renamed"]
    for name, at in (*draft.names["renamed"].items(), *draft.names["gone"].items()):
        if name in ids:
            there = ids[name]
            draft.found.add("gone-but-here", at, name=name, where=f"{there.file}:{there.line}")
    ids, circled = {**ids, **draft.names["telling"]}, set[str]()
    for ref in draft.refs["renamed"]:
        name, seen = ref.name, {ref.more}
        while name in renamed and name not in seen:
            seen.add(name)
            name = renamed[name]
        if name in seen:
            if name not in circled:
                draft.found.add("renamed-in-circle", ref.at, name=ref.name)
            circled |= seen
        elif name not in ids and name not in draft.names["gone"] and _sure(draft, "telling", "thing", "section"):
            draft.found.add("renamed-to-nothing", ref.at, draft.found.near(name, ids), name=name)
        else:
            renamed[ref.more] = name


def _unused(draft: Draft) -> None:
    """What a reader can never come upon, as far as names alone show it."""
    if _sure(draft, "thing", "thing-shown"):
        shown = {ref.name for ref in draft.refs["appear"]}
        for entry in draft.things:
            if not entry.doc["here"] and entry.doc["id"] not in shown:
                draft.found.add("thing-never-here", entry.at, name=entry.doc["id"])
        moves = {entry.doc["id"]: entry.doc["moves"] for entry in draft.things}
        for ref in draft.refs["target"]:
            if moves.get(ref.name) == [] and ref.name not in draft.names["gesture"]:
                draft.found.add("target-without-moves", ref.at, name=ref.name)
    answered = {ref.name for ref in draft.refs["on-look"]} | set(draft.names["thing"])
    for name, at in draft.names["look"].items():
        if name not in answered and _sure(draft, "section") and not draft.found.near(name, answered):
            draft.found.add("look-unanswered", at, name=name)
    used = {ref.name for ref in draft.refs["symbol"]}
    for name, at in draft.names["symbol"].items():
        slipped = used - set(draft.names["symbol"])
        sure = _sure(draft, "telling", "section", "symbol", "thing-shown")
        if name not in used and sure and not draft.found.near(name, slipped):
            draft.found.add("symbol-unused", at, name=name)
    titles = {entry.doc["title"].casefold(): entry.doc["title"] for entry in draft.tellings}
    for ref in draft.refs["veil"]:
        if ref.name.casefold() in titles:
            draft.found.add("veil-tells", ref.at, name=ref.name)
