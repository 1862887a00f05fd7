"""A real PostgreSQL that the tests start themselves, in a folder of their own, on a socket of their own."""

from __future__ import annotations

import functools
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

NOBODY = 65534
MISSING = (
    "PostgreSQL is not installed (or runs nowhere here), so this was not tried. Debian: apt-get install postgresql; "
    "macOS: brew install postgresql; then run the tests again."
)


@functools.cache
def binary(name: str) -> str | None:
    """A program of PostgreSQL's: on the path, or where Debian puts it."""
    places = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    return str(places[0]) if places else shutil.which(name)


class Cluster:
    """One server. As root it runs as ``nobody``: PostgreSQL refuses root."""

    def __init__(self, data: Path | None = None) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="harken-pg-"))
        self.data = self.home / "data"
        self._as = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.getuid() == 0 else {}
        self._process: subprocess.Popen[bytes] | None = None
        if data is None:
            self._own(self.home)
            self.run("initdb", "-D", str(self.data), "-A", "trust", "-U", "harken", "-E", "UTF8", "--no-locale", "-N")
        else:
            shutil.copytree(data, self.data)
            (self.data / "postmaster.pid").unlink(missing_ok=True)
            self._own(self.home)
        self.start()

    @property
    def url(self) -> str:
        return f"postgresql://harken@/postgres?host={self.home}"

    def run(self, name: str, *arguments: str) -> None:
        done = subprocess.run(
            [binary(name) or name, *arguments], capture_output=True, text=True, cwd=self.home, **self._as
        )
        if done.returncode:
            raise RuntimeError(f"{name}: {done.stderr}")

    def start(self) -> None:
        """Start it, and wait until it answers (after a kill: until it has recovered)."""
        for _ in range(40):  # killed processes may hold its shared memory for a moment longer
            if self._started():
                return
            time.sleep(0.25)
        raise RuntimeError((self.home / "log").read_text()[-2000:])

    def _started(self) -> bool:
        with (self.home / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [
                    binary("postgres") or "postgres", "-D", str(self.data), "-k", str(self.home), "-h", "",
                    "-c", "max_connections=60", "-c", "shared_buffers=32MB", "-c", "wal_level=replica",
                    "-c", "max_wal_senders=2", "-c", "autovacuum=off",
                ],
                stdout=log, stderr=log, cwd=self.home, start_new_session=True, **self._as,
            )  # fmt: skip
        for _ in range(600):
            if not subprocess.run([binary("pg_isready") or "pg_isready", "-q", "-h", str(self.home)]).returncode:
                return True
            if self._process.poll() is not None:
                return False
            time.sleep(0.05)
        return False

    def kill(self) -> None:
        """kill -9 the postmaster and every process it started. Held first, so that it starts no more meanwhile."""
        assert self._process
        os.kill(self._process.pid, signal.SIGSTOP)
        for pid in [*_children(self._process.pid), self._process.pid]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self._process.wait()
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def base_backup(self, to: Path) -> None:
        """What an operator keeps: ``pg_basebackup``, with the log it needs."""
        self._own(to.parent)
        self.run("pg_basebackup", "-D", str(to), "-h", str(self.home), "-U", "harken", "-X", "stream", "-c", "fast")

    def close(self) -> None:
        if self._process and self._process.poll() is None:
            self._process.send_signal(signal.SIGQUIT)  # at once: nothing here is needed again
            try:
                self._process.wait(5)
            except subprocess.TimeoutExpired:
                self.kill()
        shutil.rmtree(self.home, ignore_errors=True)

    def _own(self, folder: Path) -> None:
        if self._as:
            for path in (folder, *folder.rglob("*")):
                os.chown(path, NOBODY, NOBODY)


def _children(parent: int) -> list[int]:
    """The processes a process started (on Linux; elsewhere they end by themselves when the postmaster is gone)."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            pid, rest = int(stat.parent.name), stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(rest[1]) == parent:
            found.append(pid)
    return found
