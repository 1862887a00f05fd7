"""First light's promises on the dream itself: it plays whole, repeats exactly, survives, and slips nothing."""

from __future__ import annotations

import copy
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sitting import new, sit, words

from harken.engine import Story, story_from
from harken.keep import MemoryKeep
from harken.meeting import Meeting, Said
from harken.story import find, load

READERS = int(os.environ.get("HARKEN_READERS", "60"))
SCRIPT = (
    "look books\nstay\nask_open\nreflect\nstay\nname_feeling\ntell me about the crows\nvalidate\n"
    + "stay\nask_open\n" * 20
)
TYPED = [
    "", "tell me the thing you are afraid to name", "say it", "what is it? the unnamed", "I'm so sorry",
    "my mother left", "unnamed", "> unnamed", "{unnamed}", "told(unnamed)", "; DROP TABLE event; --", "?" * 300,
]  # fmt: skip


def harken(*arguments: str, script: str | bytes, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    typed = script.encode() if isinstance(script, str) else script
    command = [sys.executable, "-m", "harken", "play", "--terminal", "--json", "--script", "-", *arguments]
    return subprocess.run(command, input=typed, capture_output=True, cwd=cwd, timeout=120, check=False)


def breaths(run: subprocess.CompletedProcess[bytes]) -> list[dict]:
    assert run.returncode == 0, run.stderr
    return [json.loads(line) for line in run.stdout.splitlines()]


def test_a_whole_meeting_by_script_and_the_next_is_the_second(tmp_path: Path) -> None:
    first = breaths(harken("--keep", "K", "--name", "Ada", "--seed", "7", script=SCRIPT, cwd=tmp_path))
    assert first[0]["breath"] == 0 and first[0]["move"] is None and first[-1]["over"]
    assert [b["breath"] for b in first] == list(range(len(first)))
    keys = {"meeting", "breath", "phase", "move", "confidence", "beats", "state", "told", "offers"}
    assert all(keys <= set(b) and {"trust", "closeness", "ache"} == set(b["state"]) for b in first)
    second = breaths(harken("--keep", "K", script=SCRIPT, cwd=tmp_path))
    assert second[0]["meeting"] == 2 and second[0]["name"] == "Ada" and second[0]["owed"] == first[-1]["owed"] != []
    assert any(beat["kind"] == "promise" and beat["status"] == "owed" for beat in second[0]["beats"])
    told = [beat["telling"] for b in second for beat in b["beats"] if beat["kind"] == "line"]
    assert not set(told) & set(first[-1]["told"])


def test_the_same_seed_and_script_give_the_same_bytes_and_another_seed_another_reading(tmp_path: Path) -> None:
    runs = [
        harken("--keep", f"K{n}", "--seed", seed, script=SCRIPT, cwd=tmp_path).stdout for n, seed in enumerate("778")
    ]
    assert runs[0] == runs[1] != runs[2] and len(runs[0]) > 10_000


NOISE = {"runs": b"run\n" * 60, "nothing": b"\n" * 60, "latin": b"x" * 10_000 + b"\n"} | {
    script: ("".join(chr(random.Random(n).randrange(*span)) for _ in range(10_000)) + "\n").encode() * 40
    for n, (script, span) in enumerate(
        {
            "arabic": (0x620, 0x64A),
            "han": (0x4E00, 0x9FA5),
            "emoji": (0x1F300, 0x1F5FF),
            "marks": (0x300, 0x36F),
        }.items()
    )
}
NOISE["latin"] *= 40


@pytest.mark.parametrize("kind", NOISE)
def test_run_nothing_or_noise_on_every_breath_still_wakes_and_nothing_typed_is_lost(kind: str, tmp_path: Path) -> None:
    shown = breaths(harken("--keep", "K", script=NOISE[kind], cwd=tmp_path))
    assert shown[-1]["over"]
    if kind in ("runs", "nothing"):
        return
    from harken.engine.events import Said as Words
    from harken.keep import Keep

    with Keep.open(tmp_path / "K") as keep:
        said = [event.text for event in keep.encounter("hollow-library").events() if isinstance(event, Words)]
    assert len(said) == len(shown) - 1 and set(said) == {NOISE[kind].splitlines()[0].decode()}


def test_killed_in_the_middle_it_resumes_at_the_same_breath(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "harken",
        "play",
        "--terminal",
        "--json",
        "--script",
        "-",
        "--keep",
        "K",
        "--seed",
        "3",
    ]
    playing = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=tmp_path)
    assert playing.stdin and playing.stdout
    for line in ("", "stay", "ask_open", "what happened then?"):
        if line:
            playing.stdin.write(f"{line}\n".encode())
            playing.stdin.flush()
        last = json.loads(playing.stdout.readline())
    playing.send_signal(signal.SIGKILL)
    playing.wait()
    time.sleep(0.1)
    resumed = breaths(harken("--keep", "K", script="", cwd=tmp_path))
    assert resumed == [last] and last["breath"] == 3


def unnamed_words(story: Story) -> list[str]:
    """The sentences of the thing they are afraid to name, as written; short ones could be anybody's."""
    parts = [node for line in story.tellings["unnamed"].body for node in line["say"] if isinstance(node, str)]
    answers = [node for lines in story.tellings["unnamed"].answers.values() for line in lines for node in line["say"]]
    return [part.strip() for part in (*parts, *answers) if isinstance(part, str) and len(part.strip()) > 24]


def first_meeting_of(story: Story, seed: int) -> str:
    """Everything that left the engine in the first meeting of a random reader."""
    rng, meeting = random.Random(seed), new(story)
    breath, shown = meeting.begin("b", rng.choice(["Ada", None]), seed), []
    while True:
        shown.append(json.dumps([breath.as_json(), breath.shelf()], ensure_ascii=False))
        if breath.over:
            return "\n".join(shown)
        if rng.random() < 0.2:
            said = Said(f"t{len(shown)}", text=rng.choice(TYPED))
        else:
            made = [offer.id for offer in breath.offers() if offer.move not in ("wake", "run") or rng.random() < 0.02]
            said = Said(f"t{len(shown)}", offer=rng.choice(made))
        breath = meeting.breathe(said)


def test_the_unnamed_thing_is_in_no_output_of_any_first_meeting(dream: Story) -> None:
    secret = unnamed_words(dream)
    assert len(secret) >= 5
    for seed in range(READERS):
        shown = first_meeting_of(dream, seed)
        assert not [words_ for words_ in secret if words_ in shown]


def test_without_the_seal_the_same_search_finds_it() -> None:
    loaded = load(find("hollow-library"))
    document = copy.deepcopy(loaded.document)
    assert document is not None
    for telling in document["tellings"]:
        if telling["id"] == "unnamed":
            telling |= {"seal": 0, "depth": 0, "needs": [{}], "weight": "urgent", "arc": "talk"}
    del document["index"]
    story = story_from(document, "unsealed")
    assert any(words_ in first_meeting_of(story, seed) for seed in range(20) for words_ in unnamed_words(story))


def test_a_breath_of_the_dream_costs_under_a_millisecond(dream: Story) -> None:
    """Counted in operations: what a breath looks at does not grow with the story (the figure is in make bench)."""
    looked = 0
    index = dream.index
    clause = index.clause

    def counting(row):
        nonlocal looked
        looked += 1
        return clause(row)

    index.clause = counting
    try:
        shown = sit(new(dream))
    finally:
        del index.clause
    assert 0 < looked / len(shown) < len(index.owner) / 2


def test_at_least_25_tellings_and_3000_words(dream: Story) -> None:
    def count(lines) -> int:
        return sum(len(node.split()) for line in lines for node in line["say"] if isinstance(node, str))

    first = [t for t in dream.tellings.values() if t.seal < 2 and any(c.meeting < 2 for c in t.guard)]
    assert len(first) >= 25 and sum(count(t.body) for t in first) >= 3000


def test_no_line_of_the_place_comes_twice_in_a_meeting(dream: Story) -> None:
    for seed in range(READERS // 3):
        meeting = Meeting(dream, MemoryKeep().encounter("d"))
        lines = [line for line in words(sit(meeting, seed=seed)).splitlines() if len(line) > 40]
        assert len(lines) == len(set(lines))
