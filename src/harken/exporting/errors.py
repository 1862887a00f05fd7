"""What can go wrong with an export."""

from __future__ import annotations

from harken.errors import HarkenError


class NotAnExport(HarkenError):
    """The file is not an export of Harken's, is damaged, or is from a newer Harken. Nothing was taken in."""


class WrongPassphrase(HarkenError):
    """The passphrase does not open the file."""
