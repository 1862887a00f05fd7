"""An export as one age file (age-encryption.org), which the ``age`` tool opens with the same passphrase."""

from __future__ import annotations

import pyrage  # type: ignore[import-untyped]

from harken.exporting.errors import NotAnExport, WrongPassphrase

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
    try:
        document: bytes = pyrage.passphrase.decrypt(data, passphrase)
    except pyrage.DecryptError as error:
        if str(error) == "Decryption failed":
            raise WrongPassphrase("The passphrase does not open this file. Nothing was taken in.") from None
        raise NotAnExport("This file is damaged, or was not sealed with a passphrase. Nothing was taken in.") from None
    return document
