"""Whether the solvers are here. They come with the extra ``deep``; without them the searches still run."""

from __future__ import annotations

from importlib.util import find_spec

SAYS = (
    "Orders and sums were not asked about, because {} not installed: pip install 'harken[deep]'. "
    "Everything else was looked at."
)
NAMES = {"z3": "z3-solver", "ortools": "ortools"}


def here(module: str) -> bool:
    """Whether this solver (``z3`` or ``ortools``) can be imported."""
    return find_spec(module) is not None


def missing() -> str | None:
    """One sentence that says what to install; None where everything is here."""
    lacking = [name for module, name in NAMES.items() if not here(module)]
    if not lacking:
        return None
    return SAYS.format(f"{' and '.join(lacking)} {'are' if len(lacking) > 1 else 'is'}")
