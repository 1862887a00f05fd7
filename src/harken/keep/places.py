"""Where a reader's keep lies when no ``--keep`` says so."""

from __future__ import annotations

import os
import re
import unicodedata
from hashlib import sha256
from pathlib import Path

from harken.keep.errors import BadReaderName

HOME = "HARKEN_HOME"
"""The environment variable that names the data folder, in place of the system's."""

_PLAIN = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
_RESERVED = re.compile(r"con|prn|aux|nul|(?:com|lpt)[0-9]")  # names that Windows keeps for devices


def default_path(reader: str | None = None) -> Path:
    """The folder of the keep of ``reader`` (``--as``), or of the one reader of this machine for None.

    It need not exist. Raises BadReaderName for a name in which there is nothing to see.
    """
    home = data_folder()
    return home / "keep" if reader is None else home / "readers" / folder_name(reader)


def data_folder() -> Path:
    """``$HARKEN_HOME`` when that is set, else the system's folder for this user's data."""
    home = os.environ.get(HOME)
    if home:
        return Path(home).expanduser().absolute()
    from platformdirs import user_data_path

    return user_data_path("harken", appauthor=False)


def folder_name(reader: str) -> str:
    """A folder name that is safe on every system, and another one for every other reader.

    Names that differ only in case, in the spaces around them or in how their accents are encoded are the
    same reader. A plain name is its own folder; any other gets a few letters and ``_`` and ten digits of its
    hash (no plain name has a ``_``). Raises BadReaderName.
    """
    name = " ".join(unicodedata.normalize("NFC", unicodedata.normalize("NFC", reader).casefold()).split())
    if not any(unicodedata.category(letter)[0] in "LNPSM" for letter in name):
        raise BadReaderName("A reader's name needs at least one letter or sign that can be seen.")
    if _PLAIN.fullmatch(name) and not _RESERVED.fullmatch(name):
        return name
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", letters)[:24].strip("-") or "reader"
    return f"{slug}_{sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:10]}"
