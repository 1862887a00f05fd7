"""Guards: from a writer's line to an *or* of *ands*. A language of its own, bounded, and never code.

    either := both ("or" both)*      both := one ("and" one)*      one := "(" either ")" | asked
    asked  := NAME ">=" NUMBER | FACT "is" VALUE | ["not"] "told" "(" ID ")" | "confided" "(" THEME ")"

What the checker could not reason about (less than, not on anything but told, arithmetic) is refused with a reason.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from harken.engine.moves import ACHE, CLOSENESS, TRUST
from harken.story.clauses import MOST_CLAUSES, NUMBERS, Asked, Clauses, TooWide, both, compiled, either
from harken.story.draft import Draft
from harken.story.passage import Passage
from harken.story.problems import Place

MOST_CHARACTERS = 500
MOST_DEPTH = 16
MOST_MEETINGS = 1_000
BOUNDS = {"trust": TRUST, "meeting": (1, MOST_MEETINGS), "closeness": CLOSENESS, "ache": ACHE}
CALLED = ("told", "confided")
WORDS = ("and", "or", "not", "is", *CALLED)
RESERVED = (*WORDS, *NUMBERS)
"""Names that facts and counters cannot have."""
ALWAYS: list[dict[str, Any]] = [{}]

_TOKEN = re.compile(r"\s+|(?P<word>[^\W_][\w-]*)|(?P<sign>[<>=!]=?|&&?|\|\|?|[()+*/%,:]|.)", re.DOTALL)
_SIGNS = {"!": "not", "&": "and", "&&": "and", "|": "or", "||": "or", ",": "and"}
_OPERATORS = {"<", ">", "=", "<=", "==", "!=", "!"}


class Token(NamedTuple):
    """A word or a sign of a guard, and where in it."""

    text: str
    offset: int
    is_word: bool


class Refused(Exception):
    """This guard cannot be read; what is wrong has been noted. Never leaves this file."""


def guard(passage: Passage, draft: Draft, variant: bool = False) -> list[dict[str, Any]]:
    """The compiled guard; one that always holds where it cannot be read. What is wrong with it is noted.

    ``variant``: closeness and ache may stand in it.
    """
    if len(passage.text) > MOST_CHARACTERS:
        draft.found.add("guard-too-long", passage.at(), length=len(passage.text), most=MOST_CHARACTERS)
        return ALWAYS
    try:
        clauses = _Reader(passage, draft, variant).read()
    except Refused:
        return ALWAYS
    except TooWide:
        draft.found.add("guard-too-wide", passage.at(), most=MOST_CLAUSES)
        return ALWAYS
    return compiled(clauses)


def _tokens(text: str) -> list[Token]:
    found = (match for match in _TOKEN.finditer(text) if not match.group().isspace())
    return [Token(match.group(), match.start(), match["word"] is not None) for match in found]


class _Reader:
    def __init__(self, passage: Passage, draft: Draft, variant: bool) -> None:
        self.passage, self.draft, self.variant = passage, draft, variant
        self.tokens = [*_tokens(passage.text), Token("", len(passage.text.rstrip()), False)]
        self.next = 0
        self.clashes: list[tuple[Place, str]] = []

    def read(self) -> Clauses:
        if len(self.tokens) == 1:
            self.refuse("guard-empty", self.tokens[0])
        clauses = self.either(0)
        for at, what in self.clashes if clauses else ():
            self.draft.found.add("guard-clash", at, what=what)
        left = self.peek()
        if left.text == ")":
            self.refuse("guard-bracket", left)
        if left.text:
            self.refuse_word(left)
        if not clauses:
            self.draft.found.add("guard-never", self.passage.at(), guard=self.passage.text)
        return clauses

    def peek(self) -> Token:
        return self.tokens[self.next]

    def take(self) -> Token:
        token = self.tokens[self.next]
        self.next += bool(token.text)
        return token

    def refuse(self, name: str, token: Token, near: str | None = None, /, **seen: object) -> None:
        seen.setdefault("token", token.text)
        self.draft.found.add(name, self.passage.at(token.offset), near, guard=self.passage.text, **seen)
        raise Refused

    def refuse_word(self, token: Token) -> None:
        """Something stands where ``and`` or ``or`` was expected."""
        if token.text in _OPERATORS or token.text.startswith(("<", ">", "=")):
            self.refuse("guard-operator", token)
        if token.text in "+-*/%":
            self.refuse("guard-arithmetic", token)
        joined = _SIGNS.get(token.text)
        lower = token.text.lower()
        self.refuse("guard-join", token, joined or (lower if lower in ("and", "or") else None))

    def either(self, depth: int) -> Clauses:
        if depth > MOST_DEPTH:
            self.refuse("guard-too-deep", self.peek(), most=MOST_DEPTH)
        alternatives = [self.both(depth)]
        while self.peek().text == "or":
            self.take()
            alternatives.append(self.both(depth))
        return either(alternatives)

    def both(self, depth: int) -> Clauses:
        start = self.peek()
        clauses = self.one(depth)
        while self.peek().text == "and":
            self.take()
            clauses = both(clauses, self.one(depth), lambda asked: self.clash(start, asked))
        return clauses

    def clash(self, start: Token, asked: Asked) -> None:
        kind, name = asked
        what = f"{name} to be two things at once" if kind == "fact" else f"told({name}) and not told({name})"
        self.clashes.append((self.passage.at(start.offset), what))

    def one(self, depth: int) -> Clauses:
        token = self.take()
        if token.text == "(":
            clauses = self.either(depth + 1)
            if self.take().text != ")":
                self.refuse("guard-bracket-open", token)
            return clauses
        if token.text == "not":
            return self.negated(token)
        if token.text in CALLED:
            return self.called(token, True)
        if not token.is_word or token.text in WORDS:
            self.refuse("guard-expected" if token.text else "guard-unfinished", token, _SIGNS.get(token.text))
        return self.compared(token)

    def negated(self, start: Token) -> Clauses:
        token = self.take()
        if token.text != "told":
            self.refuse("guard-not", start, what=token.text or "nothing")
        return self.called(token, False)

    def called(self, token: Token, yes: bool) -> Clauses:
        """``told(ID)`` or ``confided(THEME)``, from the bracket on."""
        bracket = self.take()
        words: list[Token] = []
        while bracket.text == "(" and (self.peek().is_word or (words and self.peek().text == ",")):
            words.append(self.take())
        if bracket.text != "(" or not words or self.take().text != ")":
            name = bracket.text if bracket.is_word else words[0].text if words else "ID"
            self.refuse("guard-call", token, what=token.text, name=name)
        if any(word.text == "," for word in words):
            named = [word.text for word in words if word.text != ","]
            self.refuse("guard-call-many", words[1], " and ".join(f"{token.text}({name})" for name in named))
        name = " ".join(word.text for word in words)
        kind = "told" if token.text == "told" else "confided"
        if kind == "confided":
            name = name.lower()
        self.draft.refer(kind if yes else "untold", name, self.passage.at(words[0].offset))
        return [{(kind, name): yes}]

    def compared(self, token: Token) -> Clauses:
        operator = self.take()
        if operator.text == "is" and token.text not in NUMBERS:
            return self.fact(token)
        if operator.text != ">=":
            self.refuse_comparison(token, operator)
        number = self.take()
        if not re.fullmatch("[0-9]{1,4}", number.text):
            self.refuse("guard-number", number if number.text else operator, name=token.text, value=number.text)
        return self.least(token, int(number.text), number)

    def refuse_comparison(self, token: Token, operator: Token) -> None:
        number = self.peek().text
        if operator.text == ">" and number.isdecimal():
            self.refuse("guard-operator", operator, f"{token.text} >= {int(number[:9]) + 1}")
        if operator.text in ("=", "==", "is"):
            meant = f"{token.text} >= {number}" if number.isdecimal() else f"{token.text} is {number}"
            self.refuse("guard-operator", operator, meant if number else None)
        if operator.text.startswith(("<", "!")):
            self.refuse("guard-less", operator, name=token.text)
        if operator.text in ("+", "-", "*", "/", "%"):
            self.refuse("guard-arithmetic", operator)
        if token.text.lower() in ("always", "true", "yes", "never", "false", "nothing", "none", "no"):
            self.refuse("guard-constant", token)
        kind = "guard-brackets" if operator.text == "(" else "guard-bare"
        self.refuse(kind, token, self.draft.found.near(token.text, CALLED) if operator.text == "(" else None)

    def fact(self, token: Token) -> Clauses:
        value = self.take()
        if value.text == "not":
            self.refuse("guard-is-not", value, name=token.text)
        if not value.is_word:
            self.refuse("guard-value", value if value.text else token, name=token.text)
        self.draft.refer("fact", token.text, self.passage.at(token.offset), (value.text, self.passage.at(value.offset)))
        return [{("fact", token.text): value.text}]

    def least(self, token: Token, number: int, at: Token) -> Clauses:
        name = token.text
        if name in ("closeness", "ache") and not self.variant:
            self.refuse("guard-closeness", token, name=name)
        if name in BOUNDS:
            low, high = BOUNDS[name]
            if number > high:
                self.refuse("guard-bound", at, name=name, value=number, high=high)
            return [{("least", name): number}] if number > low else [{}]
        self.draft.refer("counter", name, self.passage.at(token.offset), (number, self.passage.at(at.offset)))
        return [{("least", name): number}] if number > 0 else [{}]
