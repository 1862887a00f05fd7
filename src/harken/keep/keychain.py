"""The system's keychain, through ``keyring`` (extra ``keychain``), asked with patience for three seconds at most.

A keychain is trusted only after something was written to it, read back and taken away again: where none is running,
some backends fail late, some never answer, some keep plain files (``keyrings.alt``, never used).
"""

from __future__ import annotations

import os
import threading
from base64 import b64decode, b64encode
from collections.abc import Callable
from typing import Any

SERVICE = "harken"
PATIENCE = 3.0
"""Seconds after which a keychain that has not answered is taken for none."""


def answers() -> bool:
    """Whether a keychain writes, reads back and forgets within PATIENCE."""
    name, secret = f"test {os.urandom(8).hex()}", os.urandom(16)
    return bool(_asked(lambda ring: _round_trip(ring, name, secret)))


def put(name: str, secret: bytes) -> bool:
    """Put ``secret`` there under ``name``, in place of what was there. False where no keychain answers."""
    return _asked(lambda ring: ring.set_password(SERVICE, name, b64encode(secret).decode()) is None) is True


def get(name: str) -> bytes | None:
    """What lies there under ``name``; None where there is nothing, or no keychain answers."""
    found = _asked(lambda ring: ring.get_password(SERVICE, name))
    try:
        return b64decode(found, validate=True) if isinstance(found, str) else None
    except ValueError:
        return None


def remove(name: str) -> None:
    """Take ``name`` out, if it is there and a keychain answers."""
    _asked(lambda ring: ring.delete_password(SERVICE, name))


def _round_trip(ring: Any, name: str, secret: bytes) -> bool:
    text = b64encode(secret).decode()
    ring.set_password(SERVICE, name, text)
    try:
        return bool(ring.get_password(SERVICE, name) == text)
    finally:
        ring.delete_password(SERVICE, name)


def _asked(question: Callable[[Any], Any]) -> Any:
    """The answer, or None: no keychain, none that is safe, an error, or no answer in time."""
    answer: list[Any] = []

    def ask() -> None:
        try:
            import keyring

            ring = keyring.get_keyring()
            if not type(ring).__module__.startswith(("keyrings.alt", "keyring.backends.null")):
                answer.append(question(ring))
        except Exception:  # backends raise whatever they like; all of it means: no answer
            return

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(PATIENCE)
    return answer[0] if answer else None
