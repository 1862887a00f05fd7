"""How a command asks for what a locked keep opens with: the environment first, then a person at the terminal."""

from __future__ import annotations

import getpass
import os
import sys
from pathlib import Path
from typing import Any

from harken.cli.joining import Wrong

PASSPHRASE, WORDS, EXPORTED = "HARKEN_PASSPHRASE", "HARKEN_WORDS", "HARKEN_EXPORT_PASSPHRASE"
"""Environment variables: a keep's passphrase, its recovery words, and the passphrase of an exported file."""
TRIES = 3


def open_keep(path: Path | None, reader: str | None, create: bool = False) -> Any:
    """The keep at a path, or of a reader on this machine, asking for its passphrase if it is locked.

    Raises Wrong, KeepError.
    """
    from harken.keep import Keep, default_path
    from harken.keep.errors import Locked, WrongKey

    if path is not None and reader is not None:
        raise Wrong("Give either --keep or --as: a keep belongs to one reader already.")
    folder = path if path is not None else default_path(reader)
    words, passphrase = os.environ.get(WORDS), os.environ.get(PASSPHRASE)
    try:
        return Keep.open(folder, create=create, words=words, passphrase=None if words else passphrase)
    except WrongKey:
        raise
    except Locked as locked:
        if words or passphrase or not sys.stdin.isatty():
            raise Wrong(f"{locked} Set {PASSPHRASE} or {WORDS} to open it from a script.") from None
        print(locked, file=sys.stderr)
    for left in reversed(range(TRIES)):
        try:
            return Keep.open(folder, create=False, passphrase=getpass.getpass("Passphrase: "))
        except WrongKey as wrong:
            if not left:
                raise
            print(wrong, file=sys.stderr)
    raise AssertionError("the last try raises")


def asked_twice(what: str, variable: str, least: int) -> str:
    """A new secret: from the environment, or typed twice the same. Raises Wrong."""
    given = os.environ.get(variable)
    if given is None:
        if not sys.stdin.isatty():
            raise Wrong(f"{what} is asked for at a terminal; from a script, set {variable}.")
        given = getpass.getpass(f"{what}: ")
        if getpass.getpass("Once more: ") != given:
            raise Wrong("The two are not the same. Nothing was done.")
    if len(given) < least:
        raise Wrong(f"{what} needs at least {least} characters. Nothing was done.")
    return given


def asked_once(what: str, variable: str) -> str:
    """A secret that something was made with: from the environment, or typed. Raises Wrong."""
    given = os.environ.get(variable)
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise Wrong(f"{what} is asked for at a terminal; from a script, set {variable}.")
    return getpass.getpass(f"{what}: ")
