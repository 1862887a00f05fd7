"""What SQLite and the system say, said as a KeepError: one or two plain sentences for the reader."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from harken.keep.errors import Broken, Busy, Full, KeepError, Unwritable


def broken(folder: Path | str, what: str) -> Broken:
    """The error for a keep that is not what was kept. ``what`` goes on from "because"."""
    return Broken(
        f"The keep at {folder} cannot be trusted, because {what}. Nothing was changed: put back a copy of the whole "
        "folder, or begin another keep elsewhere."
    )


@contextlib.contextmanager
def plain(folder: Path) -> Iterator[None]:
    """Whatever SQLite or the system says inside, said as a KeepError."""
    try:
        yield
    except sqlite3.Error as error:
        raise _said(error, folder) from error
    except UnicodeDecodeError as error:  # SQLite quotes damaged bytes in its message
        raise broken(folder, "its database is damaged") from error
    except OSError as error:
        raise unwritable(folder, error.strerror or str(error)) from error


def unwritable(folder: Path, why: str) -> Unwritable:
    """The error for a place that cannot be written."""
    return Unwritable(f"The keep at {folder} cannot be written: {why}. Nothing was changed; make the folder yours "
                      "to write, or name another with --keep.")  # fmt: skip


def code_of(error: sqlite3.Error) -> int:
    """SQLite's primary result code of an error, 0 where there is none."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _said(error: sqlite3.Error, folder: Path) -> KeepError:
    code = code_of(error)
    if code == sqlite3.SQLITE_FULL:
        return Full(f"The disk is full, so this was not kept in {folder}. Make room and try again; all before is safe.")
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return Busy(f"Another program is holding the keep at {folder}. Nothing was written; close it and try again.")
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH):
        return unwritable(folder, "it is read-only here, or belongs to somebody else")
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or "no such" in str(error) or "decode" in str(error):
        return broken(folder, "its database is damaged")
    if isinstance(error, sqlite3.ProgrammingError) and "closed" in str(error):
        return KeepError(f"The keep at {folder} was closed already. Open it again.")
    return KeepError(f"The keep at {folder} could not be used: {error}. Try again; nothing is kept twice.")
