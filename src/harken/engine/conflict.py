"""What a store raises when two hands write one log."""

from __future__ import annotations


class MovedOn(Exception):
    """Another window or server took this encounter further.

    Raised by a store's ``append`` when the log is longer than the caller has seen. Nothing was written:
    read the events again and ask again. The text of the exception is a plain sentence for the reader.
    """
