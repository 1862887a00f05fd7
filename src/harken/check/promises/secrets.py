"""A secret: a phrase that is shown nowhere before the telling that says it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from harken.check.bounds import Bounds
from harken.check.evidence import Evidence, Watched
from harken.check.verdict import PROVED, SHOWN, UNDECIDED, Verdict
from harken.check.wandering import Seen
from harken.engine import Story
from harken.engine.guard import ALWAYS, Guard
from harken.story.claims import says, spoken


class Where(NamedTuple):
    """One place that can show words. ``telling`` must be told for it, or one of ``needs`` must hold; or neither."""

    what: str
    words: Any
    telling: str | None = None
    needs: Guard | None = None
    things: str | None = None


def watch(story: Story, watched: Watched) -> None:
    """Look out for the phrase in everything that is shown while its telling is untold."""
    for claim in watched.claims:
        if claim["kind"] != "secret":
            continue
        homes, phrase = frozenset(_homes(story, claim)), claim["phrase"]
        if watched.bounds is not None and not any(_standing(watched.bounds, claim, list(homes))):
            continue
        watched.words = True

        def shown(seen: Seen, homes: frozenset[str] = homes, phrase: str = phrase) -> bool:
            state = seen.before
            if not homes.isdisjoint(state.told_set) or not homes.isdisjoint(seen.told):
                return False
            return any(says(phrase, str(beat.get("text", ""))) for beat in seen.outcome.beats)

        watched.add("", claim["text"], shown)


def _homes(story: Story, claim: dict[str, Any]) -> list[str]:
    """The telling that the phrase belongs to: the one that is named, or the deepest that says it."""
    if claim["of"]:
        return [claim["of"]]
    saying = [t for t in story.tellings.values() if _has(claim["phrase"], [t.body, *t.answers.values()])]
    deepest = max((t.depth for t in saying), default=0)
    return [t.id for t in saying if t.depth == deepest][-1:]


def _has(phrase: str, words: Any) -> bool:
    return any(says(phrase, text) for text in spoken(words))


def judge(found: Evidence) -> Iterator[Verdict]:
    """One verdict for each secret."""
    for claim in found.claims:
        if claim["kind"] == "secret":
            yield _one(found, claim)


def _one(found: Evidence, claim: dict[str, Any]) -> Verdict:
    text = claim["text"]
    homes = _homes(found.story, claim)
    replay = found.sighted.get(text)
    if replay is not None:
        return Verdict("claim", text, SHOWN, False, f"it is shown while {' and '.join(homes)} is untold", replay)
    open_, unsure = _standing(found.bounds, claim, homes)
    if open_:
        return Verdict("claim", text, SHOWN, False, f"it stands in {open_[0]}, which is seen whatever was told")
    if unsure:
        because = f"it stands in {unsure[0]} too, which nothing keeps until {homes[0]} is told; {found.looked()}"
        return Verdict("claim", text, UNDECIDED, None, because)
    return Verdict("claim", text, PROVED, True, f"nothing that shows it can be seen before {' or '.join(homes)}")


def _standing(bounds: Bounds, claim: dict[str, Any], homes: list[str]) -> tuple[list[str], list[str]]:
    """Where the phrase stands for everybody, and where nothing keeps it until its telling is told."""
    open_, unsure = [], []
    for where in places(bounds.story):
        if not _has(claim["phrase"], where.words):
            continue
        if where.telling is None and where.needs is None and where.things is None:
            open_.append(where.what)
        elif not _after(bounds, where, homes):
            unsure.append(where.what)
    return open_, unsure


def _after(bounds: Bounds, where: Where, homes: list[str]) -> bool:
    """Whether one of the homes was surely told where this is shown."""

    def told(name: str) -> bool:
        if name in homes or (name in bounds.number and bounds.number[name] in bounds.dead):
            return True
        return name in bounds.number and any(bounds.is_before(home, name) for home in homes)

    if where.telling is not None:
        return told(where.telling)
    if where.things is not None:
        return all(told(t.id) for t in bounds.tellings if where.things in t.effects.appear)
    return all(any(told(name) for name in clause.told) for clause in where.needs or ())


def places(story: Story) -> Iterator[Where]:
    """Everywhere in a story that words can be shown, and what must be so for it."""
    yield from (Where(what, [words]) for what, words in (
        ("the title", story.title), ("the blurb", story.blurb), ("the notes", list(story.notes)),
        ("the veils", [text for text, _ in story.veils]), ("the themes", [label for _, label in story.themes]),
        ("the moves", [label for _, label, _ in story.confider.moves]),
        ("the looks", [label for _, label in story.confider.looks]),
        ("the gestures", [gesture.label for gesture in story.gestures]),
        ("the small talk", [story.confider.grammar]),
        ("the answers of the confider", [words for pool in story.confider.answers.values() for _, words in pool]),
        ("the scenes", [scene.title for scene in story.scenes.values()]),
    ))  # fmt: skip
    for thing in story.things.values():
        words = [thing.label, [line for _, line in thing.look]]
        yield Where(f"the thing {thing.id}", words, things=None if thing.here else thing.id)
    for section in story.sections:
        after = {which for what, which in section.on if what == "told"}
        lone = after.pop() if len(section.on) == 1 and len(after) == 1 else ""
        lines = [line for _, line in section.lines]
        if lone:
            yield Where(f"the section {section.id}", lines, telling=lone)
        else:
            yield Where(f"the section {section.id}", lines, needs=section.needs)
    for telling in story.tellings.values():
        yield Where(f"the telling {telling.id}", [telling.title, telling.body, *telling.answers.values()], telling.id)
        hint = [telling.promise, telling.instead]
        yield Where(f"the promise of {telling.id}", hint, needs=ALWAYS)
