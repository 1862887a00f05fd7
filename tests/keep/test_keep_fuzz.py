"""Whatever lies where a keep's bytes should be is opened as what was sealed there, or refused in a known way: sealed
entries, padding, records, snapshots, anchors, key files, ring files, locks, recovery words. HARKEN_FUZZ (in seconds
elsewhere) sets how much is thrown.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from harken.engine import snapshot
from harken.engine.events import NotAnEvent
from harken.keep import KeepError, anchor, keyfile, locks
from harken.keep.envelope import (
    STEP,
    WRAPPED,
    DoesNotOpen,
    Entry,
    open_entry,
    pad,
    seal,
    seal_entry,
    unpad,
    unseal,
)
from harken.keep.record import unpack
from harken.keep.ringfile import RingFile

FUZZ = os.environ.get("HARKEN_FUZZ")
hard = settings(
    max_examples=int(float(FUZZ or "2") * 100),
    deadline=None,
    database=None,
    derandomize=FUZZ is None,  # a soak throws something else each time: pytest --hypothesis-seed=...
    suppress_health_check=list(HealthCheck),
)
WRAP = AESGCM(bytes(32))
KEEP, ENCOUNTER, RING = bytes(16), bytes(range(16)), b"\0\0\0\1"
SEALED = seal_entry(WRAP, RING, KEEP, ENCOUNTER, 3, b"did anybody come for you")
PLAIN = bytes(range(256)) * 2

damage = st.lists(
    st.tuples(st.sampled_from(["change", "drop", "add", "zero"]), st.integers(0, 4000), st.binary(max_size=40)),
    min_size=1,
    max_size=5,
)


def damaged(data: bytes, edits: list[tuple[str, int, bytes]]) -> bytes:
    """Bytes changed, left out, put in and cleared."""
    raw = bytearray(data)
    for what, at, piece in edits:
        at %= len(raw) + 1
        if what == "add":
            raw[at:at] = piece
        else:
            raw[at : at + len(piece)] = {"change": piece, "drop": b"", "zero": bytes(len(piece))}[what]
    return bytes(raw)


@hard
@given(damage, damage, damage, st.integers(0, 2**64 - 1), st.integers(0, 2**32 - 1))
def test_an_entry(ct: list, wk: list, digest: list, number: int, kind: int) -> None:  # type: ignore[type-arg]
    thrown = Entry(damaged(SEALED.ct, ct), damaged(SEALED.hash, digest), RING, damaged(SEALED.wk, wk))
    for entry in (thrown, thrown._replace(hash=sha256(thrown.ct).digest()), SEALED._replace(wk=thrown.wk)):
        if (entry, number, kind) != (SEALED, 3, 1):
            with suppress(DoesNotOpen):
                assert open_entry(WRAP, KEEP, ENCOUNTER, number, kind, entry) == b"did anybody come for you"
                assert entry == SEALED


@hard
@given(st.binary(max_size=400))
def test_sealed_bytes_and_padding(data: bytes) -> None:
    assert unpad(pad(data)) == data and len(pad(data)) % STEP == 0
    assert unseal(WRAP, seal(WRAP, data, b"here"), b"here") == data
    for work in (lambda: unseal(WRAP, data, b"here"), lambda: unpad(data)):
        with suppress(DoesNotOpen):
            assert data[4:].startswith(work())


@hard
@given(st.binary(max_size=200) | st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["kind", "v", "text", "lines", "telling"]) | st.text(max_size=4), inner, max_size=4
    ),
    max_leaves=8,
).map(lambda value: json.dumps(value).encode()))  # fmt: skip
def test_a_record(data: bytes) -> None:
    with suppress(
        NotAnEvent, ValueError, TypeError, AttributeError, KeyError
    ):  # ``Encounter.opened`` says one sentence for whatever is wrong with sealed bytes
        unpack(data)


@hard
@given(st.binary(max_size=300))
def test_a_snapshot(data: bytes) -> None:
    with suppress(snapshot.Stale):
        snapshot.unpack(data)


@hard
@given(st.binary(max_size=120), damage)
def test_an_anchor(data: bytes, edits: list) -> None:  # type: ignore[type-arg]
    found = anchor.unpack(data)
    assert found is None or anchor.pack(*found) == data[: anchor.SIZE]
    whole = anchor.pack(7, bytes(range(32)))
    changed = damaged(whole, edits)
    assert anchor.unpack(changed) in (None, anchor.Anchor(7, bytes(range(32))))


def key_file(folder: Path) -> bytes:
    keyfile.write_new(folder / "keep.key", keyfile.KeyFile(KEEP, bytes(range(32)), {1: bytes(61)}, True))
    return (folder / "keep.key").read_bytes()


@hard
@given(damage, st.binary(max_size=keyfile.SIZE), st.booleans())
def test_a_key_file(edits: list, tail: bytes, summed: bool) -> None:  # type: ignore[type-arg]
    with TemporaryDirectory() as name:
        path = Path(name) / "keep.key"
        whole = key_file(Path(name))
        for raw in (damaged(whole, edits), whole[: len(whole) - len(tail)] + tail, tail):
            if summed and len(raw) > 112:
                raw = raw[:80] + sha256(raw[:80]).digest() + raw[112:]
            path.write_bytes(raw)
            try:
                found = keyfile.read(path)
                assert found is not None and len(found.keep) == 16 and all(found.rings)
            except KeepError as error:
                assert "nothing was changed" in str(error).lower()
            keyfile.FolderRings(path).anchor()
            assert path.read_bytes() == raw


@hard
@given(st.binary(max_size=1200), damage)
def test_a_ring_file(data: bytes, edits: list) -> None:  # type: ignore[type-arg]
    with TemporaryDirectory() as name:
        path = Path(name) / "rings"
        for raw in (data, damaged(KEEP[:-1] + b"\1" + bytes(2000), edits)):
            path.write_bytes(raw)
            file = RingFile(path)
            try:
                rings = file.of(raw[:16].ljust(16, b"\1"))
                assert all(len(sealed) == WRAPPED for sealed in rings.read().values())
                rings.anchor()
            except KeepError as error:
                assert "nothing was changed" in str(error).lower()
            finally:
                file.close()
            assert path.read_bytes() == raw


@hard
@given(
    st.text(max_size=60) | st.dictionaries(
        st.sampled_from(["m", "t", "p", "salt", "since"]), st.integers() | st.text(max_size=8) | st.none() | st.floats()
    ).map(json.dumps),
    st.binary(max_size=80),
    st.sampled_from(locks.KINDS),
)  # fmt: skip
@example('{"m": Infinity}', b"", "passphrase")
def test_a_lock(params: str, wrapped: bytes, kind: str) -> None:
    lock = locks.Lock(kind, params, wrapped)
    with suppress(DoesNotOpen):
        locks.opened(lock, KEEP, b"secret" if kind != "passphrase" else "secret")
    locks.info([lock], 1)


@hard
@given(st.text(max_size=200) | st.lists(st.sampled_from(["abandon", "zoo", "aban", "x", ""]), max_size=14))
def test_recovery_words(words: str | list[str]) -> None:
    try:
        assert len(locks.entropy(words)) == 16
    except KeepError as error:
        assert str(error)
