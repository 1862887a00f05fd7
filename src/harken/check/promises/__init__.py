"""The promises, one a file. To add one: write its file, and put it in this list.

Each has ``watch(story, watched)``, which says what wandering readers should look out for, and ``judge(found)``, which
gives its verdicts.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

PROMISES: tuple[Any, ...] = tuple(
    import_module(f"harken.check.promises.{name}")
    for name in ("gate", "leaving", "parting", "open", "told", "sealed", "variants", "facts", "claims", "secrets")
)
"""In the order in which their verdicts are given."""
