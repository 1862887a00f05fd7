"""A story's own words: lines that a writer gives, to be heard as a move or as one of the story's gestures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from harken.engine.moves import MOVES
from harken.story.fields import Fields

if TYPE_CHECKING:
    from harken.listen import Example

MOST = 2000
"""Lines that a story gives in one language; what the ear takes (``harken.listen.fitting.MOST``)."""


def read_heard(fields: Fields, gestures: Mapping[str, str]) -> list[Example]:
    """The lines behind ``heard``. ``gestures`` are the story's own: id and the move that each is."""
    from harken.listen import Example

    examples = []
    for name, (scalar, node) in fields.mapping("heard").items():
        move = name if name in MOVES else gestures.get(name)
        if move is None:
            if "gesture" not in fields.draft.unsure:
                near = fields.found.near(name, (*MOVES, *gestures))
                fields.found.add("heard-as-nothing", scalar.at, near, name=name)
            continue
        for line in fields.lines_of(node, name):
            words = " ".join(line.text.split())
            if words:
                examples.append(Example(words, move, None if name in MOVES else name))
            else:
                fields.found.add("heard-nothing", line.at, name=name)
    if len(examples) > MOST:
        fields.found.add("heard-too-much", fields.keys["heard"], count=len(examples), most=MOST)
        return []
    return examples


def fitted(examples: Sequence[Example], language: str) -> dict[str, Any]:
    """What the ear learns from these lines, as a compiled story carries it."""
    from harken.listen import fit

    return fit(examples, language).document()
