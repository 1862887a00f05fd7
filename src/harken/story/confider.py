"""``confider.yaml``: who opens up, how moves are offered and land, what is answered, small talk."""

from __future__ import annotations

from typing import Any

from harken.engine.moves import BANDS, MENDS, MOVES, TEMPERAMENT, UNCLEAR, WAKE
from harken.story.draft import Draft
from harken.story.fields import Fields, Name
from harken.story.heard import read_heard
from harken.story.inline import RESERVED, nodes_of
from harken.story.markdown import MOST_PARAGRAPH
from harken.story.problems import Place
from harken.story.tree import Block, Map, Scalar, Seq
from harken.story.words import spoken
from harken.story.yaml import read_mapping

KEYS = (
    "id", "name", "pronouns", "moves", "looks", "temperament", "mending", "mends", "answers", "heard", "small-talk",
    "grammar",
)  # fmt: skip
PRONOUNS = {
    "they": ["they", "them", "their", "themself"],
    "she": ["she", "her", "her", "herself"],
    "he": ["he", "him", "his", "himself"],
    "it": ["it", "it", "its", "itself"],
}
THENS = ("tell", "hold")
DELTAS = (-4, 3)
ANSWERED = (*MOVES, UNCLEAR, WAKE)


def read_confider(name: str, text: str, draft: Draft) -> None:
    """Read ``confider.yaml`` into the draft."""
    node = read_mapping(Block(name, text), draft.found)
    if node is None:
        draft.unsure |= {"symbol", "look"}
        return
    fields = Fields(node, KEYS, "confider.yaml", draft)
    for key in ("id", "name", "moves"):
        fields.need(key, Place(name, 1, 1))
    own, small_talk = fields.id("id"), fields.id("small-talk")
    draft.confider_keys = fields.keys
    if small_talk:
        draft.refer("symbol", small_talk.text, small_talk.at)
    draft.confider = {
        "id": own.text if own else "",
        "name": fields.text("name"),
        "pronouns": pronouns(fields),
        "moves": _moves(fields, draft),
        "looks": _looks(fields, draft),
        "temperament": _temperament(fields, draft),
        "mending": fields.whole("mending", 0, 6, 3),
        "mends": _mends(fields),
        "answers": _answers(fields, draft),
        "small_talk": small_talk.text if small_talk else None,
        "grammar": grammar_of(fields, draft),
    }
    draft.heard = read_heard(fields, {one["id"]: one["move"] for one in draft.head.get("gestures", ())})


def pronouns(fields: Fields) -> list[str]:
    """The four forms."""
    node = fields.get("pronouns")
    if isinstance(node, Seq):
        forms = [fields.plain(scalar) for item in node.items if (scalar := fields.as_scalar(item, "pronouns"))]
        if len(forms) != 4:
            fields.found.add("pronoun-forms", node.at, count=len(forms))
        return forms
    return PRONOUNS[fields.one_of("pronouns", PRONOUNS, "they")]


def _moves(fields: Fields, draft: Draft) -> list[list[Any]]:
    moves: list[list[Any]] = []
    for move, (scalar, node) in fields.mapping("moves").items():
        if not fields.among(scalar, "moves", MOVES):
            continue
        if isinstance(node, Map):
            inner = Fields(node, ("label", "quiet"), "how a move is offered", draft)
            inner.need("label", scalar.at)
            moves.append([move, inner.text("label"), inner.yes("quiet")])
        else:
            label = fields.as_scalar(node, move)
            moves.append([move, fields.plain(label) if label else "", False])
        if not moves[-1][1]:
            fields.found.add("no-label", scalar.at, name=move)
    if moves and "stay" not in (move for move, _, _ in moves):
        fields.found.add("no-stay", fields.keys["moves"])
    return moves


def _looks(fields: Fields, draft: Draft) -> list[list[str]]:
    looks = []
    for target, (scalar, node) in fields.mapping("looks").items():
        label = fields.as_scalar(node, target)
        if fields.as_id(scalar, "looks") and label is not None:
            if not label.text.strip():
                fields.found.add("no-label", scalar.at, name=target)
            looks.append([target, fields.plain(label)])
            draft.names["look"][target] = scalar.at
    return looks


def _temperament(fields: Fields, draft: Draft) -> dict[str, Any]:
    tempers = {}
    for move, (scalar, node) in fields.mapping("temperament").items():
        if not fields.among(scalar, "temperament", MOVES):
            continue
        if not isinstance(node, Map):
            fields.found.add("not-names", node.at, key=move)
            continue
        inner = Fields(node, (*BANDS, "then"), "a temper", draft)
        default = TEMPERAMENT[move]
        temper: dict[str, Any] = {
            band: inner.numbers(inner.get(band), band, 3, *DELTAS) or list(default[number])
            for number, band in enumerate(BANDS)
        }
        temper["then"] = _then(inner, list(default.then), draft)
        tempers[move] = temper
    return tempers


def _then(fields: Fields, default: list[str], draft: Draft) -> list[str]:
    """Whether the confider goes on: one word, or one for each band that differs."""
    node = fields.get("then")
    if isinstance(node, Map):
        inner = Fields(node, BANDS, "then", draft)
        return [inner.one_of(band, THENS, default[number]) for number, band in enumerate(BANDS)]
    return default if node is None else [fields.one_of("then", THENS, "tell")] * 3


def _mends(fields: Fields) -> list[str]:
    if fields.get("mends") is None:
        return list(MENDS)
    return sorted({name.text for name in fields.names("mends") if fields.among(name, "mends", MOVES)})


def _answers(fields: Fields, draft: Draft) -> dict[str, list[Any]]:
    answers = {}
    for move, (scalar, node) in fields.mapping("answers").items():
        if fields.among(scalar, "answers", ANSWERED):
            answers[move] = [list(spoken(words, draft)) for words in fields.lines_of(node, move)]
            if isinstance(node, Seq) and not node.items:
                fields.found.add("empty-list", node.at, key=move)
    return answers


def grammar_of(fields: Fields, draft: Draft) -> dict[str, list[Any]]:
    """The symbols, and what each may say."""
    grammar = {}
    for symbol, (scalar, node) in fields.mapping("grammar").items():
        if fields.as_id(Name(symbol, scalar.at), "grammar") is None:
            draft.unsure.add("symbol")
            continue
        if symbol in RESERVED:
            fields.found.add("reserved-symbol", scalar.at, name=symbol)
            continue
        draft.names["symbol"][symbol] = scalar.at
        grammar[symbol] = [_alternative(words, draft) for words in fields.lines_of(node, symbol)]
        if isinstance(node, Seq) and not node.items:
            fields.found.add("empty-list", node.at, key=symbol)
    return grammar


def _alternative(words: Scalar, draft: Draft) -> list[Any]:
    if len(words.text) > MOST_PARAGRAPH:
        draft.found.add("paragraph-too-long", words.at, length=len(words.text), most=MOST_PARAGRAPH)
        return []
    return nodes_of(words.passage, draft)
