"""The arc of the meetings as a whole: arrivals, wakings, the moment, promises, seals."""

from __future__ import annotations

from harken.engine.moves import ARCS
from harken.story.draft import Draft, Entry
from harken.story.problems import Place
from harken.story.tellings import UNSURE_ASIDE, WAKINGS


def check_arcs(draft: Draft) -> None:
    """What a meeting needs to begin and to end, and what can never come in it."""
    if not draft.tellings:
        if "telling" not in draft.unsure and not draft.names["telling"]:
            draft.found.add("no-tellings", Place("tellings"))
        return
    head = draft.head
    by_arc = {arc: [entry for entry in draft.tellings if entry.doc.get("arc", "talk") == arc] for arc in ARCS}
    if not draft.unsure & {"waking", "telling", "settings"}:
        _wakings(draft, by_arc["waking"])
    if not draft.unsure & {"arrival", "telling"} and not any(_always(entry, draft) for entry in by_arc["arrival"]):
        draft.found.add("no-arrival", Place("tellings"))
    if head:
        _clock(draft)
        _moment(draft, by_arc["moment"])
    for entry in draft.tellings:
        _telling(draft, entry)


def _always(entry: Entry, draft: Draft) -> bool:
    """Whether this can be told in every meeting, whoever the reader is."""
    doc = entry.doc
    floors = draft.head.get("floors", [0])
    return bool(doc.get("again") and "needs" not in doc and doc.get("seal", 0) <= 1 and not floors[doc.get("depth", 0)])


def _wakings(draft: Draft, wakings: list[Entry]) -> None:
    always = [entry for entry in wakings if _always(entry, draft)]
    covered = {way for entry in always for way in entry.doc["by"]}
    if not always:
        at = wakings[0].at if wakings else Place("tellings")
        draft.found.add("no-waking", at)
        return
    for way in WAKINGS:
        if way not in covered:
            draft.found.add("waking-not-by", always[0].at_key("by"), way=way)


def _clock(draft: Draft) -> None:
    head = draft.head
    if head["unravelling"] >= min(head["clock"]):
        at = draft.head_keys.get("unravelling", Place("story.yaml", 1, 1))
        draft.found.add("unravelling-too-long", at, value=head["unravelling"], clock=min(head["clock"]))


def _moment(draft: Draft, shards: list[Entry]) -> None:
    head, moment = draft.head, draft.head["moment"]
    if moment is None:
        if shards and "moment" not in draft.head_keys and "settings" not in draft.unsure:
            draft.found.add("moment-missing", shards[0].at_key("arc"), name=shards[0].doc["id"])
        return
    at = draft.head_keys["moment"]
    if not shards and not draft.unsure & {"moment", "telling"}:
        draft.found.add("moment-empty", at)
    last = max(head["clock"]) - head["unravelling"]
    if moment["after"] > last:
        draft.found.add("moment-too-late", at, after=moment["after"], last=last)


def _telling(draft: Draft, entry: Entry) -> None:
    doc, found = entry.doc, draft.found
    asides = {"promise", "instead", UNSURE_ASIDE} & {*doc, *entry.keys}
    if asides == {"promise"}:
        found.add("promise-without-instead", entry.at_key("promise"))
    if asides == {"instead"}:
        found.add("instead-without-promise", entry.at_key("instead"))
    if doc.get("again") and doc.get("form") == "jar":
        found.add("jar-again", entry.at_key("again"))
    meetings = draft.head.get("meetings", 1000)
    if doc.get("seal", 0) > meetings:
        found.add("sealed-beyond", entry.at_key("sealed-until"), value=doc["seal"], meetings=meetings)
    needs = doc.get("needs", [{}])
    if needs and min(clause.get("meeting", 0) for clause in needs) > meetings:
        least = min(clause.get("meeting", 0) for clause in needs)
        found.add("needs-beyond", entry.at_key("needs"), value=least, meetings=meetings)
