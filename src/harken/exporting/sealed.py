"""An export as one age file (age-encryption.org), which the ``age`` tool opens with the same passphrase."""

from __future__ import annotations

import pyrage  # type: ignore[import-untyped]

from harken.exporting.errors import NotAnExport, WrongPassphrase

_TRIES = 5
"""age measures the machine for a few milliseconds to judge how much work is too much; a busy machine is judged wrongly
now and then, and a file that was sealed on it a moment ago refused."""
_MAGIC = (b"age-encryption.org/", b"-----BEGIN AGE ENCRYPTED FILE-----")


def is_sealed(data: bytes) -> bool:
    """Whether these bytes begin as an age file does."""
    return data.startswith(_MAGIC)


def seal(document: bytes, passphrase: str) -> bytes:
    """The document under a passphrase; takes seconds, and 256 MiB, on purpose."""
    sealed: bytes = pyrage.passphrase.encrypt(document, passphrase)
    return sealed


def unseal(data: bytes, passphrase: str) -> bytes:
    """The document. A file that asks for more work than seconds is refused. Raises NotAnExport, WrongPassphrase."""
    if not is_sealed(data):
        raise NotAnExport("This is not a file that Harken exported. Nothing was taken in.")
    for _ in range(_TRIES):
        document = _opened(data, passphrase)
        if document is not None:
            return document
    raise NotAnExport(
        "To open this file takes more work than this machine does in seconds. Nothing was taken in; try again when it "
        "is less busy."
    )


def _opened(data: bytes, passphrase: str) -> bytes | None:
    """The document; None where age judges that it would take too long. Raises NotAnExport, WrongPassphrase."""
    try:
        document: bytes = pyrage.passphrase.decrypt(data, passphrase)
    except pyrage.DecryptError as error:
        if str(error) == "Decryption failed":
            raise WrongPassphrase("The passphrase does not open this file. Nothing was taken in.") from None
        if str(error).startswith("Excessive work"):
            return None
        raise NotAnExport("This file is damaged, or was not sealed with a passphrase. Nothing was taken in.") from None
    return document
