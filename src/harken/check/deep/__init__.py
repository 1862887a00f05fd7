"""The deep pass: looks on where the fast one stopped, for as long as it is given.

``goals`` what is sought, and how far a state is from it; ``directed`` best-first search in the real engine;
``order`` (z3) whether any order of tellings comes to it, and the shortest; ``sums`` (OR-Tools) how much trust,
closeness or ache can come together before it; ``dead_ends`` whether anybody can be trapped; ``unlucky`` a reader who
listens and still does not hear it; ``pass_`` all of them in turn, within one budget.

An order or a sum leaves much of the engine out, so "it cannot be" is a proof there, and "it can be" only a hint: what
is said to be shown was played in the engine.
"""

from harken.check.deep.budget import Budget
from harken.check.deep.pass_ import look_further

__all__ = ["Budget", "look_further"]
