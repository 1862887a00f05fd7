"""Names that the engine itself gives: counters of its own, and the pauses a line can hold."""

RAN = "ran"
"""How many times the reader ran from the confider. Guards may ask for it; it only ever rises."""
OWN_COUNTERS = frozenset({RAN})
OTHERWISE = "otherwise"
"""In a telling's answers: what is said to every move not named."""
