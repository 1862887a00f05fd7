"""The server as a process: the address it says, the port it takes, and how it ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from harken.serve.run import bind, has_display

ROOT = Path(__file__).parents[2]
PROGRAM = textwrap.dedent("""
    import sys
    sys.path[:0] = [{src!r}, {tests!r}, {here!r}]
    from harken import serve
    assert not any(name.split(".")[0] in ("starlette", "uvicorn", "websockets") for name in sys.modules)
    from harken.keep.memory import MemoryKeep
    from harken.meeting import Meeting
    from tale import tale
    story, compiled = tale()
    keep = MemoryKeep()
    meeting = Meeting(story, keep.encounter(story.id), compiled=compiled)
    sys.exit(serve.play(meeting, port={port}, name="Ada", seed=3, open_browser={browser}))
""")


@pytest.fixture
def started() -> Iterator[object]:
    processes: list[subprocess.Popen[str]] = []

    def start(port: int | None, browser: bool = False, **env: str) -> subprocess.Popen[str]:
        here = Path(__file__).parent
        text = PROGRAM.format(src=str(ROOT / "src"), tests=str(here.parent), here=str(here), port=port, browser=browser)
        plain = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
        process = subprocess.Popen(
            [sys.executable, "-c", text],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**plain, **env},
        )
        processes.append(process)
        return process

    yield start
    for process in processes:
        process.kill()
        process.communicate()


def first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_says_its_address_serves_without_a_display_and_ends_quietly(started, how: signal.Signals) -> None:
    process = started(0, browser=True)
    line = first_line(process)
    address = line.split()[-1]
    assert address.startswith("http://127.0.0.1:") and len(address.partition("#")[2]) > 40
    assert httpx.get(address.partition("#")[0]).status_code == 200
    process.send_signal(how)
    out, err = process.communicate(timeout=15)
    assert process.returncode == 0 and err == "" and "waits" in out


def test_a_port_in_use_is_said_in_one_sentence_and_another_is_taken(started) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        process = started(port)
        said = first_line(process)
        assert str(port) in said and said.strip().endswith(".") and said.count(".") == 1
        address = first_line(process).split()[-1].partition("#")[0]
        assert address != f"http://127.0.0.1:{port}/" and httpx.get(address).status_code == 200


def test_it_is_bound_to_loopback_alone() -> None:
    said: list[str] = []
    with bind(0, said.append) as taken:
        assert taken.getsockname()[0] == "127.0.0.1" and said == []
    with bind(99_999, said.append) as taken:
        assert taken.getsockname()[1] and len(said) == 1


def test_every_start_has_a_key_of_its_own(started) -> None:
    keys = {first_line(started(0)).split()[-1].partition("#")[2] for _ in range(2)}
    assert len(keys) == 2


def test_a_browser_is_only_opened_where_it_could_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert not has_display()
    monkeypatch.setenv("DISPLAY", ":0")
    assert has_display()
