"""The ear on a second writer's lines: the bars of docs/listening.md."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harken.listen import Example, fit, understand
from harken.listen.care import sounds_like_help

HERE = Path(__file__).parent
_spec = importlib.util.spec_from_file_location("scoring", HERE / "scoring.py")
scoring = importlib.util.module_from_spec(_spec)
sys.modules["scoring"] = scoring
_spec.loader.exec_module(scoring)
WEIGHTS = HERE.parent.parent / "src/harken/listen/weights"


@pytest.mark.parametrize(("name", "language", "right", "sure", "error"), [
    ("moves", "en", 0.88, 0.95, 0.08), ("moves.de", "de", 0.88, 0.95, 0.08),
])  # fmt: skip
def test_the_moves_of_a_second_writer(name: str, language: str, right: float, sure: float, error: float) -> None:
    score = scoring.moves(name, language)
    assert score.accuracy >= right and score.surest >= sure and score.calibration < error


@pytest.mark.parametrize(("name", "language", "found", "wrong"), [
    ("care", "en", 0.90, 0.05), ("care.de", "de", 0.90, 0.05),
])  # fmt: skip
def test_the_care_rules_on_a_second_writers_lines(name: str, language: str, found: float, wrong: float) -> None:
    hit, needless = scoring.care(name, language)
    assert hit >= found and needless <= wrong


def test_the_weights_fit_in_a_megabyte() -> None:
    assert 0 < sum(path.stat().st_size for path in WEIGHTS.glob("*.bin")) <= 1 << 20


def test_listening_never_wants_numpy() -> None:
    code = "import sys; from harken.listen import understand; understand('go on'); assert 'numpy' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


OWN = [
    Example(text, "confide", "jar") for text in ("hand them the jar", "give her the jar of honey", "pass the jar over")
]
OTHERS = [Example("set the clock forward", "advise"), Example("tell me about the honey", "ask_open")]


def test_a_storys_own_words_are_learned_and_taking_them_out_unlearns_them() -> None:
    own = fit([*OWN, *OTHERS, Example("blue heron", "touch")])
    assert understand("i hand them the jar", own=own).gesture == "jar"
    assert understand("what happened then?", own=own).gesture is None
    assert understand("blue heron", own=own).move == "touch" != understand("blue heron").move
    assert own == fit([*OWN, *OTHERS, Example("blue heron", "touch")])


def test_a_move_that_there_is_none_of_is_said_plainly() -> None:
    with pytest.raises(ValueError, match="There is no move `sing`"):
        fit([Example("la", "sing")])


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=400), st.sampled_from(["en", "de", "xx"]))
def test_anything_can_be_listened_to(text: str, language: str) -> None:
    meant = understand(text, text, language)
    assert 0 <= meant.confidence <= 1000 and 0 <= meant.quality <= 2 and 0 <= meant.disclosure <= 3
    assert sounds_like_help(text, language) in (True, False)


@pytest.mark.parametrize(("text", "language", "help_wanted"), [
    ("i want to die", "en", True), ("I don't want to live anymore", "en", True), ("did you want to die?", "en", False),
    ("i lost my brother to suicide", "en", False), ("ich will nicht mehr leben", "de", True),
    ("ich will nicht sterben", "de", False), ("wolltest du sterben?", "de", False),
])  # fmt: skip
def test_plain_cases_of_care(text: str, language: str, help_wanted: bool) -> None:
    assert sounds_like_help(text, language) is help_wanted
