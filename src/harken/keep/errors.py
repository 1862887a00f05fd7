"""What can go wrong with a keep. The text of each is one or two plain sentences for the reader.

Whatever is raised, the keep is as it was before: nothing is overwritten, and an error never looks like an
empty keep (keeping.md section 1, lessons c and d).
"""

from __future__ import annotations

from collections.abc import Sequence

from harken.errors import HarkenError
from harken.keep.listing import LockInfo


class KeepError(HarkenError):
    """The parent of all: something about a keep. Raised itself only where no child says it better."""


class NotAKeep(KeepError):
    """The path holds something else (a file, another program's folder), or there is no keep there."""


class NewerKeep(KeepError):
    """The keep was written by a newer Harken. It is refused, not guessed at."""


class Locked(KeepError):
    """The keep is there and cannot be unlocked. ``locks`` are the ``LockInfo`` of the locks there are."""

    def __init__(self, text: str, locks: Sequence[LockInfo] = ()) -> None:
        super().__init__(text)
        self.locks = tuple(locks)


class KeyMissing(Locked):
    """The key file is not beside the keep, or cannot be read."""


class WrongKey(Locked):
    """The passphrase, the words or the key file do not fit this keep, or the key file is damaged."""


class LastLock(KeepError):
    """The only lock of a keep is never removed."""


class NoKeychain(KeepError):
    """This computer has no keychain that answers."""


class ReadOnly(KeepError):
    """The keep is open for reading only (``Keep.read_only`` says why); nothing was written."""


class Taken(KeepError):
    """There is a keep of that name in this store."""


class NoSuchReader(KeepError):
    """There is no keep of that name in this store."""


class Broken(KeepError):
    """What is on disk is not what was kept: damaged, changed, cut short or put back."""


class Unwritable(KeepError):
    """The folder or a file of the keep cannot be written."""


class Full(KeepError):
    """The disk is full; the turn was not kept."""


class Busy(KeepError):
    """Another program holds the keep for longer than we are willing to wait; the turn was not kept."""


class Unsafe(KeepError):
    """This computer's SQLite does not keep the settings that durability and burning need."""


class BadReaderName(KeepError):
    """A reader's name in which there is nothing to see."""
