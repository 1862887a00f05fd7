"""Turning the ring: every key that is still alive is wrapped anew, then the old ring key is destroyed.

From then on each copy of the database that lies anywhere, a backup, a replica, a block that the disk kept, holds
wrapped keys that nothing opens any more. Every step can be cut off: a half-written slot is no slot, an unused ring does
no harm, and where two rings are left the next opening turns again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from harken.keep import chain
from harken.keep.envelope import DoesNotOpen, rewrap
from harken.keep.schema import Standing
from harken.keep.turns import set_seal

if TYPE_CHECKING:
    from harken.keep.store import Keep

_ALIVE = (
    "SELECT x.id, e.id, x.seq, x.kind, x.hash, k.ring, k.wk FROM encounter e JOIN event x ON x.enc = e.n "
    "JOIN ekey k ON k.entry = x.id WHERE e.keep = ?"
)


MOST = 2
"""Rings of one keep at a time."""


def turn(keep: Keep) -> None:
    """Turn the ring of this keep. Raises KeepError or OSError; then the old one still holds."""
    with keep.rings.held():
        keep.keys.load(keep.rings.read())
        if len(keep.keys.wraps) < MOST:  # turns that were cut off left some behind
            keep.rings.add(*keep.keys.next_ring())
            keep.keys.load(keep.rings.read())
        rewrap_all(keep)
        if keep.database.truncated():
            keep.rings.drop(int.from_bytes(keep.keys.ring))
            keep.keys.load(keep.rings.read())
            if keep.database.scrubs_by_ring:
                with keep.database.write() as db:
                    db.execute(
                        "DELETE FROM shred WHERE entry IN (SELECT x.id FROM event x JOIN encounter ON n = enc "
                        "WHERE keep = ?)",
                        (keep.keys.keep,),
                    )


def rewrap_all(keep: Keep) -> None:
    """Wrap every living key under the newest ring, in one transaction that no turn can slip into."""
    keys = keep.keys
    with keep.database.write() as db:
        before = keep.standing(db)
        turns = before.turns + 1
        states = ((row.id, row.head, row.chain) for row in before.rows)
        seal = chain.keep_seal(keys.chain, keys.keep, turns, states)
        if not set_seal(db, keys.keep, before, turns, seal):
            raise keep.broken("it changed under our hands")
        new = keys.wrap(keys.ring)
        wrapped = []
        for entry, encounter, seq, kind, digest, ring, wk in db.execute(_ALIVE, (keys.keep,)).fetchall():
            if any(wk) and ring != keys.ring:
                try:
                    anew = rewrap(keys.wrap(ring), new, keys.keep, encounter, seq, kind, digest, (ring, keys.ring), wk)
                except DoesNotOpen as error:
                    raise keep.broken(f"entry {seq} is not what was kept") from error
                wrapped.append((keys.ring, anew, entry))
        db.executemany("UPDATE ekey SET ring = ?, wk = ? WHERE entry = ?", wrapped)
        db.execute("UPDATE keep SET due = 0 WHERE id = ?", (keys.keep,))
    keep.advance(Standing(turns, seal, before.rows))
