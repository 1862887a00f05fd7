"""Whatever stands in the files, a story or mistakes come of it: never an exception, never a hang, never much memory."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest
from folders import SMALL, folder, telling
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harken.story import compile_folder, dump, explain
from harken.story.read import MOST_BYTES, MOST_FILES

FILES = ["story.yaml", "confider.yaml", "place/shore.md", "place/boat.md", "tellings/nets.md"]
MEBI = 1024 * 1024
quiet = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def codes(story: Path, seconds: float = 2.0) -> set[str]:
    """What is wrong with a story, said in time."""
    start = time.process_time()
    made = compile_folder(story)
    explain(made.problems)
    assert time.process_time() - start < seconds
    assert (made.document is None) == any(problem.severity == "error" for problem in made.problems)
    return {problem.code for problem in made.problems}


def small(name: str) -> str:
    return (SMALL / name).read_text(encoding="utf-8")


@quiet
@given(st.sampled_from(FILES), st.one_of(st.text(max_size=400), st.binary(max_size=200)))
def test_any_text_as_any_file(tmp_path: Path, name: str, content: str | bytes) -> None:
    if isinstance(content, str):
        content = content.encode("utf-8", "surrogatepass")
    codes(folder(tmp_path, {name: content}))


PIECES = [
    *"{}[]()|*_`~<>!&#:;,-\\'\"\n\n  \t", "    ", "\n\n", "\n- ", "\n> ", "\n---\n", "\n## ", "\n# ", "\n### promise\n",
    "id: ", "on: ", "needs: ", "told(", "trust >= ", " and ", " or ", "{name | ", "{~ ", "{remembered}", "stay: ",
    "&a", "*a", "!!x", "<<: ", "|", ">", "é", "雪", "\u200d", "9" * 30, "yes", "again", "sets: x is y", "```\n",
    "[a](b)", "\r\n", "1. ", "-1", "key", "on: told, look",
]  # fmt: skip


@quiet
@given(st.sampled_from(FILES), st.integers(0, 10**9), st.integers(1, 12))
def test_any_damage_to_any_file(tmp_path: Path, name: str, seed: int, wounds: int) -> None:
    chance, text = random.Random(seed), small(name)
    for _ in range(wounds):
        at = chance.randrange(len(text) + 1)
        cut = chance.choice([0, 0, 1, 5, 40])
        text = text[:at] + "".join(chance.choices(PIECES, k=chance.randint(0, 4))) + text[at + cut :]
    made = compile_folder(folder(tmp_path, {name: text}))
    explain(made.problems)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for problem in made.problems:
        if problem.file == name and problem.line:
            assert 1 <= problem.line <= len(lines)
            assert 1 <= problem.column <= len(lines[problem.line - 1]) + 2
    if made.document is not None:
        dump(made.document)


BOMB = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [{', '.join(['*' + a] * 9)}]\n" for a, b in pairwise("abcdefghi"))
BIG = "x" * (MOST_BYTES - 100)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("story.yaml", BOMB, "HK111"),
        ("story.yaml", small("story.yaml") + "notes2: " + "[" * 5000 + "]" * 5000, "HK116"),
        ("story.yaml", "x: " + "{a: " * 5000, "HK116"),
        ("story.yaml", "? " * 5000, "HK116"),
        ("story.yaml", "- " * 5000, "HK116"),
        ("story.yaml", "".join(" " * depth + "a:\n" for depth in range(2000)), "HK116"),
        ("story.yaml", "notes: [" + "\n".join(["a, " * 1000] * 400) + "]", "HK117"),
        ("story.yaml", "x: " + BIG, "HK017"),
        ("story.yaml", "id: small\n" + "id: small\n" * 300_000, "HK115"),
        ("story.yaml", "\n".join(f"k{n}: 1" for n in range(20_000)), "HK121"),
        ("story.yaml", "<<: [" + "{a: 1}, " * 3000 + "]", "HK113"),
        ("tellings/nets.md", BIG, "HK017"),
        ("tellings/nets.md", "# A\n" * (MOST_BYTES // 8), "HK845"),
        ("tellings/nets.md", "## A\n" * (MOST_BYTES // 8), "HK605"),
        ("tellings/nets.md", "- a\n" * (MOST_BYTES // 8), "HK212"),
        ("tellings/nets.md", "> " * 30_000 + "a", "HK201"),
        ("tellings/nets.md", "## A\n\n    id: a\n\n" + "> " * 30_000 + "a", "HK207"),
        ("tellings/nets.md", "## A\n\n    id: a\n\n" + "- " * 30_000 + "a", "HK206"),
        ("tellings/nets.md", "## A\n\n    id: a\n\n" + ("word " * 3000 + "\n") * 3, "HK213"),
        ("tellings/nets.md", "## A\n\n    id: a\n\n" + "*a " * 5000, "HK313"),
        ("tellings/nets.md", "## A\n\n    id: a\n\n" + "*" * 16_000 + "a", "HK314"),
        ("tellings/nets.md", "## A\n\n    id: a\n\n" + "{" * 16_000, "HK301"),
        ("tellings/nets.md", "## A\n\n    id: a\n\n" + "{a|" * 5000, "HK304"),
        ("tellings/nets.md", "## A\n\n    id: a\n\n" + "[" * 16_000, "HK836"),
        ("tellings/nets.md", "## A\n\n    id: a\n\n" + "\\`" * 8_000, "HK836"),
        ("tellings/nets.md", "## A\n\n    id: a\n\n" + "_a" * 8_000, "HK836"),
        ("tellings/nets.md", "## A\n\n    id: a\n\n" + "<a" * 8_000, "HK836"),
        ("tellings/nets.md", "## A\n\n    id: a\n\n" + "&a" * 8_000, "HK836"),
        ("tellings/nets.md", "## A\n\n" + "    id: a\n" * 1900 + "\nx", "HK115"),
        ("tellings/nets.md", "~~~\n" + "# a\n" * 400_000, "HK212"),
        ("confider.yaml", "answers: {stay: [" + "'{~ a|b}', " * 5000 + "]}", "HK123"),
        ("place/boat.md", "# A\n\n    id: boat\n\n## B\n\n    id: b\n    on: " + "told, " * 5000 + "\n\nx", "HK137"),
    ],
    ids=lambda value: value[:24].replace("\n", " ") if isinstance(value, str) else None,
)  # fmt: skip
def test_hostile_files_end_in_mistakes_in_time(name: str, content: str, code: str, tmp_path: Path) -> None:
    assert code in codes(folder(tmp_path, {name: content}))


CONTROLS = [*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x202E, 0x2066, 0xFEFF, 0xFFFE, 0xE0041]


@pytest.mark.parametrize("code_point", CONTROLS)
def test_every_control_character_is_refused_or_room(code_point: int, tmp_path: Path) -> None:
    words = telling(f"“On{chr(code_point)}e.”")
    found = codes(folder(tmp_path, {"tellings/nets.md": words}))
    assert found == (set() if chr(code_point) in "\t\n\r" else {"HK016"})


def test_letters_of_every_script_pass(tmp_path: Path) -> None:
    words = "שָׁלוֹם नमस्ते 雪 👩‍🚀 é \u200f\u200e\u061c ½ ﷽"
    assert codes(folder(tmp_path, {"tellings/nets.md": telling(words)})) == set()


@pytest.mark.parametrize(
    ("guard", "code"),
    [
        (" and ".join(["trust >= 1"] * 3_000), "HK420"),
        ("(" * 249 + ")" * 249, "HK422"),
        ("(" * 17 + "trust >= 1" + ")" * 17, "HK422"),
        ("not " * 120, "HK412"),
        (" and ".join(f"(told(a{n}) or told(b{n}))" for n in range(14)), "HK421"),
        (" or ".join(f"told(a{n})" for n in range(17)), "HK421"),
        ("trust >= " + "9" * 400, "HK408"),
    ],
    ids=range(7),
)
def test_hostile_guards(guard: str, code: str, tmp_path: Path) -> None:
    assert code in codes(folder(tmp_path, {"tellings/nets.md": telling("“One.”", f'needs: "{guard}"')}))


def test_ten_thousand_conditions_and_a_great_circle(tmp_path: Path) -> None:
    count = 5_000
    tellings = "\n".join(
        f"## T{n}\n\n    id: t{n}\n    needs: told(t{(n + 1) % count}) and trust >= 3\n\nWords {n}.\n"
        for n in range(count)
    )
    story = folder(tmp_path, {"tellings/circle.md": "# Circle\n\n" + tellings})
    assert codes(story, seconds=4) == {"HK834"}


def test_ten_thousand_wrong_names_are_not_compared_for_ever(tmp_path: Path) -> None:
    tellings = "\n".join(f"## T{n}\n\n    id: t-{n}\n    needs: told(s-{n})\n\nWords {n}.\n" for n in range(2000))
    assert "HK802" in codes(folder(tmp_path, {"tellings/wrong.md": "# Wrong\n\n" + tellings}))


def test_a_small_grammar_that_says_a_great_deal(tmp_path: Path) -> None:
    symbols = "".join(f'  s{n}: ["{{s{n + 1}}}{{s{n + 1}}}", "{{s{n + 1}}}"]\n' for n in range(2000))
    symbols += "  s2000: [so]\n"
    confider = small("confider.yaml").replace("grammar:\n", "grammar:\n" + symbols)
    assert "HK831" in codes(folder(tmp_path, {"confider.yaml": confider}))
    ring = symbols.replace("  s2000: [so]", '  s2000: ["{s0}"]')
    confider = small("confider.yaml").replace("grammar:\n", "grammar:\n" + ring)
    assert "HK830" in codes(folder(tmp_path, {"confider.yaml": confider}))


def test_too_many_files(tmp_path: Path) -> None:
    story = folder(tmp_path)
    for number in range(MOST_FILES):
        (story / "tellings" / f"x{number}.md").write_text("", encoding="utf-8")
    assert "HK014" in codes(story)


def test_too_much_of_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "HK012" in codes(folder(tmp_path, {"tellings/big.md": b"#" * (MOST_BYTES + 1)}))
    assert "HK023" in codes(folder(tmp_path, {"tellings/lines.md": "\n" * 700_000}))
    monkeypatch.setattr("harken.story.draft.MOST_BRACES", 1000)
    braces = "".join(f"## T\n\n    id: t{n}\n\n" + ("{name}" * 190 + "\n\n") for n in range(6))
    assert "HK306" in codes(folder(tmp_path, {"tellings/many.md": "# A\n\n" + braces}))
    monkeypatch.setattr("harken.story.read.MOST_BYTES_STORY", 1000)
    assert codes(folder(tmp_path)) == {"HK013"}


LIMITED = r"""
import re, sys
from pathlib import Path
from harken.story import compile_folder
made = compile_folder(Path(sys.argv[1]))
peak = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())  # ru_maxrss has the parent's size in it
print(len(made.problems), int(peak[1]) // 1024)
"""


REPEATED = ["word word\u2019s\n\n", "## A\n\n    id: a\n\n{~ a | b}\n\n", "- a\n\n  b\n", "é\n", "é" * 1000 + "\n\n"]


@pytest.mark.parametrize("content", REPEATED, ids=range(len(REPEATED)))
def test_the_biggest_hostile_story_stays_small(content: str, tmp_path: Path) -> None:
    """64 MiB of files, or as many as there can be, that together are no story."""
    story = folder(tmp_path)
    size = len(content.encode())
    for number in range(16):
        whole = "# A\n\n" + content * ((MOST_BYTES - 200) // size)
        (story / "tellings" / f"x{number}.md").write_text(whole, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-c", LIMITED, str(story)], capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}, timeout=60,
    )  # fmt: skip
    problems, mebibytes = map(int, run.stdout.split())
    assert problems
    assert mebibytes < 256
