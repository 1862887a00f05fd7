"""The chain over a log and the seal over a keep: what may not be cut, moved or left out.

Every link is an HMAC over the one before it, so the last one stands for the whole log:

* a link for each event: its number, its kind and the SHA-256 of its ciphertext. Burning clears the
  ciphertext and keeps that hash, so a burned log still adds up;
* a link for each turn: its id, the events it wrote, the entries it burned. So a lost entry cannot pass for
  a burned one, and a burned one that somebody puts back stays burned.

The seal is one HMAC over the number of turns in the keep and the last link of every encounter: an encounter
that vanishes, or is put back as it once was, is found. A whole folder put back as it once was cannot be
found from inside; that takes an anchor elsewhere, which is one comparison with ``turns`` (section 2.1).
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence

from harken.keep.mac import Mac

_EVENT = struct.Struct(">32sQI32s")
_TURN = struct.Struct(">32s32sQQ")
_STATE = struct.Struct(">16sQ32s")


def start(mac: Mac, keep: bytes, encounter: bytes, story: str) -> bytes:
    """The link before the first event: which keep, which encounter, which story."""
    return mac(b"start" + keep + encounter + story.encode("utf-8", "surrogatepass"))


def event(mac: Mac, link: bytes, number: int, kind: int, digest: bytes) -> bytes:
    """The link behind one event."""
    return mac(b"event" + _EVENT.pack(link, number, kind, digest))


def turn(mac: Mac, link: bytes, tag: bytes, first: int, last: int, burned: Sequence[int]) -> bytes:
    """The link behind one turn, which wrote the events from ``first`` up to ``last`` and burned some before."""
    tail = struct.pack(f">{len(burned)}Q", *burned)
    return mac(b"turn-" + _TURN.pack(link, tag, first, last) + tail)


def keep_seal(mac: Mac, keep: bytes, turns: int, encounters: Iterable[tuple[bytes, int, bytes]]) -> bytes:
    """The seal over a keep: how many turns, and ``(id, head, last link)`` of each encounter, oldest first."""
    whole = b"".join(_STATE.pack(*encounter) for encounter in encounters)
    return mac(b"keep-" + keep + struct.pack(">Q", turns) + whole)
