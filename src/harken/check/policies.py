"""How simulated readers listen: weights of moves, by what was just told, by phase, or always the same.

A writer's own policy is a small YAML file in the same words (docs/readers-and-map.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from harken.engine.moves import ARCS, LOOK, MOVES, SKIP, UNCLEAR, WAKE
from harken.errors import HarkenError

Weights = Mapping[str, float]
WHAT = (*MOVES, UNCLEAR, LOOK, SKIP, WAKE)
"""Every move that a policy may weigh. ``unclear`` is words that are not understood."""
PHASES = ARCS[:4]


class NotAPolicy(HarkenError):
    """No policy of this name, or a file that is none. Its text is a sentence for the writer."""


@dataclass(frozen=True)
class Policy:
    """One kind of reader.

    ``moves`` are the weights where nothing else is said; ``phases`` those in one phase; ``forms`` those right after a
    telling of one form, which go first. Weights are above 0. ``typed`` (0 to 1) is the share of moves made in words,
    ``soft`` the share of those that land by half. Words that confide touch one of ``confides``, or, where it is empty,
    one of all the themes of the story. A move that is not on offer is not made; where none is, the reader stays.
    """

    name: str
    moves: Weights
    says: str = ""
    phases: Mapping[str, Weights] = field(default_factory=dict)
    forms: Mapping[str, Weights] = field(default_factory=dict)
    typed: float = 0.0
    soft: float = 0.0
    confides: tuple[str, ...] = ()

    def weights(self, phase: str, form: str | None) -> Weights:
        """What counts in this phase, after a telling of this form (None: nothing waits for an answer)."""
        if form is not None and form in self.forms:
            return self.forms[form]
        return self.phases.get(phase, self.moves)


_GOOD = {"stay": 3, "reflect": 3, "name_feeling": 3, "ask_open": 3, "validate": 2, "confide": 1, "touch": 1}
_LIST = (
    Policy("attentive", _GOOD, "listens well, and to what was said"),
    Policy("hurried", {"ask_closed": 2, "ask_open": 3, SKIP: 2, "advise": 2, "encourage": 1}, "wants to get on"),
    Policy("prying", {"ask_closed": 4, "ask_open": 2, LOOK: 1}, "asks and asks"),
    Policy("cruel", {"judge": 3, "joke": 2, "deflect": 2}, "hurts, and waits to see"),
    Policy("silent", {"stay": 1}, "says nothing and stays"),
    Policy(
        "random", {**dict.fromkeys((*MOVES, LOOK, SKIP), 10), "run": 1, WAKE: 2, UNCLEAR: 5},
        "does anything at all", typed=0.15, soft=0.5,
    ),
    Policy(
        "mixed", {"stay": 2, "ask_open": 2, "joke": 1, "advise": 1, "reassure": 1, "reflect": 1, "comfort": 1, LOOK: 1},
        "means well, and is clumsy",
    ),
    Policy("running", {**_GOOD, "run": 0.8}, "listens well until it is too much"),
    Policy(
        "confiding", {"confide": 4, "stay": 2, "reflect": 2, "validate": 1, "name_feeling": 1},
        "tells of their own, in words", typed=0.8, soft=0.1,
    ),
    Policy("leaving", {**_GOOD, WAKE: 1}, "listens well, and leaves early"),
    Policy("wandering", {LOOK: 5, "stay": 2, "ask_open": 2, "touch": 1}, "looks about more than at them"),
    Policy("mending", {"judge": 1, "stay": 3, "validate": 3, "comfort": 3, "reflect": 2}, "wounds, and makes amends"),
    Policy(
        "talkative", {**_GOOD, UNCLEAR: 3, "advise": 2, "confide": 3}, "types everything, and is often not understood",
        typed=1.0, soft=0.4,
    ),
)  # fmt: skip
POLICIES: dict[str, Policy] = {policy.name: policy for policy in _LIST}
"""The kinds of reader that come with Harken, by name."""

_KEYS = ("says", "moves", "phases", "forms", "typed", "soft", "confides")


def policy_of(name: str) -> Policy:
    """The policy of this name, or the one in the YAML file of this name. Raises NotAPolicy."""
    if name in POLICIES:
        return POLICIES[name]
    path = Path(name)
    if path.suffix in (".yaml", ".yml") or path.is_file():
        return _read(path)
    raise NotAPolicy(
        f"There is no policy called `{name}`. There are: {', '.join(POLICIES)}; or give a YAML file of your own."
    )


def _read(path: Path) -> Policy:
    import yaml

    try:
        document = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise NotAPolicy(f"{path} cannot be read: {getattr(error, 'strerror', None) or 'it is no text'}.") from error
    except (yaml.YAMLError, RecursionError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", None)
        where = f", line {line + 1}" if line is not None else ""
        raise NotAPolicy(
            f"{path}{where}: this is not YAML. A policy is a few lines such as `moves: {{stay: 3}}`."
        ) from error
    return policy_from(document, str(path))


def policy_from(document: Any, where: str) -> Policy:
    """A policy as YAML gives it. Raises NotAPolicy with one sentence that begins with ``where``."""
    if not isinstance(document, dict) or "moves" not in document:
        raise NotAPolicy(
            f"{where}: a policy has `moves`, the moves and how often each is made, as `moves: {{stay: 3}}`."
        )
    for key in document:
        if key not in _KEYS:
            raise NotAPolicy(f"{where}: a policy has no `{key}`. It can have: {', '.join(_KEYS)}.")
    phases = _groups(document.get("phases"), where, "phases")
    for phase in phases:
        if phase not in PHASES:
            raise NotAPolicy(f"{where}: there is no phase `{phase}`. There are: {', '.join(PHASES)}.")
    confides = document.get("confides") or []
    if not isinstance(confides, list) or not all(isinstance(theme, str) for theme in confides):
        raise NotAPolicy(f"{where}: `confides` is a list of themes, as `confides: [grief, mother]`.")
    return Policy(
        name=Path(where).stem,
        moves=_weights(document["moves"], where, "moves"),
        says=str(document.get("says") or ""),
        phases=phases,
        forms=_groups(document.get("forms"), where, "forms"),
        typed=_share(document.get("typed", 0), where, "typed"),
        soft=_share(document.get("soft", 0), where, "soft"),
        confides=tuple(confides),
    )


def _groups(written: Any, where: str, what: str) -> dict[str, Weights]:
    if written is None:
        return {}
    if not isinstance(written, dict):
        raise NotAPolicy(
            f"{where}: `{what}` names some {what}, each with its moves, as `{what}: {{NAME: {{stay: 3}}}}`."
        )
    return {str(name): _weights(weights, where, f"{what}: {name}") for name, weights in written.items()}


def _weights(written: Any, where: str, what: str) -> Weights:
    if not isinstance(written, dict) or not written:
        raise NotAPolicy(f"{where}: `{what}` needs at least one move and how often it is made, as `{{stay: 3}}`.")
    for move, weight in written.items():
        if move not in WHAT:
            raise NotAPolicy(
                f"{where}: `{what}` names the move `{move}`, which there is not. There are: {', '.join(WHAT)}."
            )
        if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 <= weight <= 1e6:
            raise NotAPolicy(f"{where}: `{what}` makes the move `{move}` `{weight}` times; say a number from 0 up.")
    if not any(written.values()):
        raise NotAPolicy(f"{where}: all the moves of `{what}` are made 0 times; give one of them more.")
    return {move: float(weight) for move, weight in written.items() if weight}


def _share(written: Any, where: str, what: str) -> float:
    if isinstance(written, bool) or not isinstance(written, int | float) or not 0 <= written <= 1:
        raise NotAPolicy(f"{where}: `{what}` is a share from 0 to 1; `{written}` is not.")
    return float(written)
