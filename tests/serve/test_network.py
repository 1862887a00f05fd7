"""Nothing leaves the machine: a meeting, a shared server and a client, with a guard on every socket and every name that
is looked up; and again in a network namespace from which there is no way out.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
sys.path.insert(0, str(TESTS))

import sealed  # noqa: E402

SCENE = textwrap.dedent("""
    import socket, sys
    sys.path[:0] = [{tests!r}, {serve!r}]
    real = socket.socket.connect
    def guarded(self, address):
        if isinstance(address, tuple) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            print("LEFT", address)
        return real(self, address)
    socket.socket.connect = guarded
    def looked_up(host, *rest, found=socket.getaddrinfo, **more):
        if host not in (None, "127.0.0.1", "::1", "localhost"):
            print("ASKED", host)
        return found(host, *rest, **more)
    socket.getaddrinfo = looked_up
    from harken.keep import locks
    locks.COST = {{"m": locks.LEAST, "t": 1, "p": 1}}
    from pathlib import Path
    from hosting import Hosted, PASSPHRASE
    from living import Living
    from tale import tale
    from harken.client import Client
    served = Living(*tale())
    with Client(served.url) as reader:
        breath = reader.begin(name="Ada")
        while not breath.over:
            breath = reader.breathe("stay")
    served.stop()
    host = Hosted(Path({folder!r}))
    with Client(host.origin, "Ada", PASSPHRASE, new=True) as reader:
        reader.begin(name="Ada")
        reader.say("My mother kept bees.")
    host.close()
    {slip}
    import sealed
    print("DONE", sealed.left())
""")


def scene(folder: Path, slip: str = "", prefix: list[str] | None = None) -> subprocess.CompletedProcess[str]:
    code = SCENE.format(tests=str(TESTS), serve=str(TESTS / "serve"), folder=str(folder), slip=slip)
    command = [*(prefix or []), sys.executable, "-c", code]
    env = {**os.environ, "HARKEN_HOME": str(folder / "home"), "http_proxy": "http://192.0.2.1:9"}
    return subprocess.run(command, capture_output=True, text=True, timeout=150, env=env)


def test_nothing_is_sent_and_no_name_is_asked_for(tmp_path: Path) -> None:
    run = scene(tmp_path)
    assert "DONE" in run.stdout, run.stderr
    assert "LEFT" not in run.stdout and "ASKED" not in run.stdout


@pytest.fixture
def namespace() -> None:
    tried = [*sealed.SEALED, "true"]
    if not shutil.which("unshare") or subprocess.run(tried, capture_output=True).returncode:
        pytest.skip("No network namespace can be had here: run as root on Linux, with unshare and ip (iproute2).")


def test_where_there_is_no_network_at_all_everything_works(namespace: None, tmp_path: Path) -> None:
    run = scene(tmp_path, prefix=sealed.SEALED)
    assert "DONE 0" in run.stdout, run.stderr
    assert "LEFT" not in run.stdout and "ASKED" not in run.stdout


def test_there_a_packet_that_is_meant_to_leave_is_counted(namespace: None, tmp_path: Path) -> None:
    slip = "out = socket.socket(type=socket.SOCK_DGRAM)\n"
    slip += "try: out.sendto(b'secret', ('192.0.2.1', 9))\nexcept OSError: pass"
    assert "DONE 1" in scene(tmp_path, slip=slip, prefix=sealed.SEALED).stdout


def test_the_guard_sees_what_would_leave(tmp_path: Path) -> None:
    slip = "out = socket.socket(); out.close()\n"
    slip += "try: out.connect(('192.0.2.1', 9))\nexcept OSError: pass"
    run = scene(tmp_path, slip=slip)
    assert "LEFT" in run.stdout
