"""Disks that are full, or shared, or full of rot: the keep as before, a plain sentence, and burning still works.

A full disk is a real one: a small file system in memory, mounted where the tests may mount (root on Linux).
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from test_keep_burning import secrets

from harken.engine.events import Event, Said
from harken.keep import Keep, KeepError, ballast, database, filesystem, open_store
from harken.keep.errors import Full
from harken.keep.needles import found

Sample = Callable[..., list[Event]]
NO_MOUNT = "Mounting a small file system needs root on Linux, so a full disk was not tried. Run the tests as root."


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A file system of 4 MiB."""
    place = tmp_path / "small"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(place)]
    try:
        if subprocess.run(mount, capture_output=True).returncode:
            pytest.skip(NO_MOUNT)
    except FileNotFoundError:
        pytest.skip(NO_MOUNT)
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def fill(place: Path) -> None:
    """Write until there is no room for one byte more."""
    with (place / "filler").open("ab", buffering=0) as file:
        for size in (65_536, 4096, 1):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                continue


def test_a_full_disk_loses_nothing_and_burning_works(small: Path) -> None:
    with Keep.open(small / "keep") as keep:
        log, kept = keep.encounter("library"), []
        for n in range(30):
            log.append(f"turn {n}", n, [Said(f"number {n} " * 200)])
            kept.append(Said(f"number {n} " * 200))
        gone = secrets(keep, [3, 20])
        fill(small)
        refused = 0
        for n in range(30, 60):
            try:
                log.append(f"turn {n}", len(kept), [Said("x" * 9000)])
                kept.append(Said("x" * 9000))
            except Full as error:
                assert "disk is full" in str(error)
                refused += 1
        assert refused > 0
        assert list(log.events()) == kept
        assert log.burn([3, 20]) == "scrubbed"
        assert log.events()[3] is None
        assert found(small / "keep", gone) == []
        assert keep.verify().whole
    with Keep.open(small / "keep") as keep:
        events = keep.encounter("library").events()
        assert [event for event in events if event in kept] == [k for n, k in enumerate(kept) if n not in (3, 20)]
        (small / "filler").unlink()
        keep.encounter("library").append("room again", len(events), [Said("and on")])
        assert (small / "keep" / "keep.ballast").stat().st_size in (0, ballast.SIZE)
    with Keep.open(small / "keep"):
        assert (small / "keep" / "keep.ballast").stat().st_size == ballast.SIZE


def test_without_ballast_a_full_disk_stops_a_burn(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ballast, "lay", lambda path: None)
    with Keep.open(small / "keep") as keep:
        log = keep.encounter("library")
        for n in range(30):
            log.append(f"turn {n}", n, [Said(f"number {n} " * 200)])
        fill(small)
        keep.database.truncated()
        fill(small)
        with pytest.raises(Full):
            log.burn([3, 20])
        assert log.events()[3] is not None


def test_a_keep_is_not_made_by_half_on_a_full_disk(small: Path) -> None:
    fill(small)
    with pytest.raises(KeepError) as caught:
        Keep.open(small / "keep")
    assert str(caught.value).endswith(".")
    (small / "filler").unlink()
    with Keep.open(small / "keep") as keep:
        keep.encounter("library").append("a", 0, [Said("one")])


def test_a_served_file_on_a_full_disk_loses_nothing_either(small: Path, cheap: None) -> None:
    store = open_store(small / "house.sqlite3")
    log = store.create("Ottilie", "x").encounter("library")
    log.append("a", 0, [Said("one"), Said("two")])
    fill(small)
    head, refused = 2, 0
    for n in range(20):
        try:
            log.append(f"turn {n}", head, [Said("x" * 9000)])
            head += 1
        except Full:
            refused += 1
    assert refused > 0
    assert log.burn([0]) == "scrubbed"
    assert list(log.events())[:2] == [None, Said("two")]
    store.close()


# -- shared file systems ---------------------------------------------------------------------------------------

MOUNTS = """22 1 252:1 / / rw,relatime shared:1 - ext4 /dev/vda1 rw
30 22 0:31 / {home}/net rw - nfs4 server:/home rw
31 30 0:32 / {home}/net/local rw - tmpfs tmpfs rw
32 22 0:33 / {home}/with\\040space rw - fuse.sshfs me@server: rw
33 22 0:34 / {home}/usb rw - fuseblk /dev/sdb1 rw
34 22 0:35 / {home}/vm rw - virtiofs share rw
"""


@pytest.fixture
def mounts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "mountinfo").write_text(MOUNTS.format(home=tmp_path))
    monkeypatch.setattr(filesystem, "MOUNTS", tmp_path / "mountinfo")
    return tmp_path


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("net/keep", "nfs4"), ("net/local/keep", None), ("with space/keep", "fuse.sshfs"), ("usb/keep", None),
        ("vm", "virtiofs"), ("network/keep", None), ("home/keep", None),
    ],
)  # fmt: skip
def test_shared_file_systems_are_known(mounts: Path, place: str, kind: str | None) -> None:
    assert filesystem.shared(mounts / place) == kind


def test_on_a_shared_file_system_there_is_no_write_ahead_log(mounts: Path, sample: Sample) -> None:
    with Keep.open(mounts / "vm" / "keep") as keep:
        log = keep.encounter("library")
        log.append("a", 0, sample(1))
        with keep.database.read() as db:
            assert db.execute("PRAGMA journal_mode").fetchone() == ("delete",)
            assert db.execute("PRAGMA synchronous").fetchone() == (2,)
        assert any("virtiofs, which is shared" in note for note in keep.notes)
        gone = secrets(keep, [0])
        assert log.burn([0]) == "scrubbed"
        assert found(mounts / "vm" / "keep", gone) == []
        assert not (mounts / "vm" / "keep" / "keep.sqlite3-wal").exists()


def test_a_keep_that_moves_between_disks_changes_its_journal(mounts: Path, sample: Sample) -> None:
    (mounts / "vm").mkdir()
    with Keep.open(mounts / "keep") as keep:
        keep.encounter("library").append("a", 0, sample(1))
    (mounts / "keep").rename(mounts / "vm" / "keep")
    with Keep.open(mounts / "vm" / "keep") as keep:
        keep.encounter("library").append("b", 5, sample(2))
    (mounts / "vm" / "keep").rename(mounts / "keep")
    with Keep.open(mounts / "keep") as keep:
        assert len(keep.encounter("library").events()) == 10
        with keep.database.read() as db:
            assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_rotten_page_is_said_and_nothing_is_written(folder: Path, sample: Sample) -> None:
    with Keep.open(folder) as keep:
        for n in range(40):
            keep.encounter("library").append(str(n), 5 * n, sample(n))
    raw = bytearray((folder / "keep.sqlite3").read_bytes())
    for page in range(2, len(raw) // 4096, 5):
        rotten = raw[: 4096 * page] + os.urandom(4096) + raw[4096 * (page + 1) :]
        (folder / "keep.sqlite3").write_bytes(rotten)
        try:
            with Keep.open(folder) as keep:
                report = keep.verify()
                assert not report.whole or len(keep.encounter("library").events()) == 200
        except KeepError as error:
            assert "Nothing was changed" in str(error)
            assert (folder / "keep.sqlite3").read_bytes() == rotten
    (folder / "keep.sqlite3").write_bytes(raw)
    assert database.settings(None)["journal_mode"] == "wal"
    with Keep.open(folder) as keep:
        assert keep.verify().whole


# -- below the files -------------------------------------------------------------------------------------------


@pytest.fixture
def image(tmp_path: Path) -> Iterator[tuple[Path, Path]]:
    """A raw ext4 disk of 32 MiB, and where it is mounted."""
    raw, place = tmp_path / "disk.img", tmp_path / "disk"
    raw.write_bytes(bytes(32 * 2**20))
    place.mkdir()
    commands = (["mkfs.ext4", "-q", str(raw)], ["mount", "-o", "loop,nodiscard", str(raw), str(place)])
    try:
        if any(subprocess.run(command, capture_output=True).returncode for command in commands):
            pytest.skip(NO_MOUNT)
    except FileNotFoundError:
        pytest.skip(NO_MOUNT)
    yield raw, place
    subprocess.run(["umount", "-l", str(place)], capture_output=True)


def test_no_key_that_still_opens_anything_is_left_on_the_raw_disk(image: tuple[Path, Path]) -> None:
    """Copies of wrapped keys stay in blocks that the disk forgot; the ring key that opened them does not."""
    raw, place = image
    rings, wrapped = [], []
    with Keep.open(place / "keep") as keep:
        log, head = keep.encounter("library"), 0
        for n in range(30):
            log.append(f"turn {n}", head, [Said(f"number {n} " * 50), Said("and")])
            wrapped += secrets(keep, [head])[-3:-1]
            log.append(f"burn {n}", head + 2, [], burn=[head])
            head += 2
            if n % 10 == 9:
                rings += [sealed[13:] for sealed in keep.rings.read().values()]
                assert keep.rotate()
        living = [sealed[13:] for sealed in keep.rings.read().values()]
    subprocess.run(["umount", str(place)], check=True)
    content = raw.read_bytes()
    assert any(ring in content for ring in living), "this test could not see"
    assert any(key in content for key in wrapped), "the disk forgot by itself, so this shows nothing"
    assert not any(ring in content for ring in rings)
