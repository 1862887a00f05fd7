"""Every engine that is measured, each with the file in ``peers/`` that drives it. Adding a peer is adding one here."""

from __future__ import annotations

from typing import NamedTuple


class Engine(NamedTuple):
    """One engine, expressed in one way."""

    name: str
    label: str
    manner: str
    """How the next storylet is found.

    ``chooses``: from all that is open. ``ladder``: the first that holds of an order fixed beforehand. ``reference``.
    """
    home: str
    """Where it runs: ``here`` (this environment), ``python``, ``node``, or ``checkout`` (node, from a checkout)."""
    package: str = ""
    language: str = ""
    compiled_by: str = ""
    """The engine whose compiled story this one plays."""

    @property
    def file(self) -> str:
        return f"{self.name}.{'mjs' if self.home in ('node', 'checkout') else 'py'}"


HARKEN = Engine("harken", "Harken", "chooses", "here", language="Python")
ENGINES = (
    HARKEN,
    Engine("storylet_framework", "storylet-framework", "chooses", "checkout", "storylet-framework", "JavaScript"),
    Engine("inkcpp", "ink in inkcpp", "chooses", "python", "inkcpp-py", "C++", "inkjs"),
    Engine("inkjs", "ink in inkjs", "chooses", "node", "inkjs", "JavaScript"),
    Engine("bink", "ink in bink", "chooses", "python", "bink", "Rust", "inkjs"),
    Engine("inkpython", "ink in inkpython", "chooses", "python", "inkpython", "Python", "inkjs"),
    Engine("bardic", "bardic", "chooses", "python", "bardic", "Python"),
    Engine("yarn_bound", "Yarn in yarn-bound", "chooses", "node", "yarn-bound", "JavaScript"),
    Engine("inkjs_ladder", "ink in inkjs", "ladder", "node", "inkjs", "JavaScript"),
    Engine("inkcpp_ladder", "ink in inkcpp", "ladder", "python", "inkcpp-py", "C++", "inkjs_ladder"),
    Engine("bink_ladder", "ink in bink", "ladder", "python", "bink", "Rust", "inkjs_ladder"),
    Engine("inkpython_ladder", "ink in inkpython", "ladder", "python", "inkpython", "Python", "inkjs_ladder"),
    Engine("bardic_ladder", "bardic", "ladder", "python", "bardic", "Python"),
    Engine("yarn_bound_ladder", "Yarn in yarn-bound", "ladder", "node", "yarn-bound", "JavaScript"),
    Engine("naive", "look at all", "reference", "here", language="Python"),
    Engine("indexed", "counters and a heap", "reference", "here", language="Python"),
)
BY_NAME = {engine.name: engine for engine in ENGINES}

NOT_HERE = {
    "dendry": "not on the package registries",
    "storylet-framework (Python)": "not on the package registries",
    "TinyQBN": "not on the package registries (a SugarCube story and a browser)",
    "Storylet Studio": "not on the package registries",
    "SimpleQBN": "not on the package registries",
    "Yarn Spinner 3": "C#; not on the registries for Python or JavaScript",
    "Ren'Py, ChoiceScript, Harlowe, Inform": "not on the package registries",
    "ink-engine": "needs Python 3.12",
}
"""What was looked for and is not measured, and why."""
