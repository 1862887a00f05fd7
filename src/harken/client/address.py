"""Where a server is and how one is let in there: with a key behind #, or with a reader's name and passphrase."""

from __future__ import annotations

import json
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from harken.client.wire import Json, NotLetIn


@dataclass(frozen=True, slots=True)
class Address:
    """The origin of a server, and the key that stood behind # in its address (empty where there is none)."""

    secure: bool
    netloc: str
    key: str

    @classmethod
    def of(cls, url: str) -> Address:
        """Raises ValueError for what is not http:// or https://."""
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise ValueError(f"{parts.scheme}://{parts.netloc} is not the address of a Harken server")
        return cls(parts.scheme == "https", parts.netloc, parts.fragment)

    @property
    def origin(self) -> str:
        """As browsers send it."""
        return f"http{'s' * self.secure}://{self.netloc}"

    @property
    def socket(self) -> str:
        """Where the meeting is, over a socket."""
        return f"ws{'s' * self.secure}://{self.netloc}/meeting"

    def connect(self, timeout: float) -> HTTPConnection:
        """A connection for HTTP."""
        return (HTTPSConnection if self.secure else HTTPConnection)(self.netloc, timeout=timeout)


def enter(address: Address, reader: str | None, passphrase: str | None, new: bool, timeout: float) -> str:
    """The cookie of a session. Raises NotLetIn with the server's sentence."""
    if reader is None:
        return _cookie(address, "/enter", {"token": address.key}, timeout)
    return _cookie(address, "/sign-in", {"reader": reader, "passphrase": passphrase, "new": new}, timeout)


def _cookie(address: Address, path: str, body: Json, timeout: float) -> str:
    connection = address.connect(timeout)
    try:
        connection.request("POST", path, json.dumps(body), headers(address))
        answer = connection.getresponse()
        said = answer.read(65536).decode("utf-8", "replace")
    except (OSError, HTTPException) as error:
        raise NotLetIn(f"The server at {address.origin} cannot be reached ({type(error).__name__}).") from error
    finally:
        connection.close()
    cookie = answer.getheader("set-cookie")
    if answer.status not in (200, 204) or cookie is None:
        raise NotLetIn(_sentence(said))
    return cookie.split(";")[0]


def headers(address: Address, cookie: str | None = None) -> dict[str, str]:
    """What every request carries: a server answers only to its own origin."""
    return {
        "Content-Type": "application/json",
        "Origin": address.origin,
        **({"Cookie": cookie} if cookie else {}),
    }


def _sentence(said: str) -> str:
    try:
        return str(json.loads(said)["say"])
    except (ValueError, KeyError, TypeError):
        return said.strip() or "The server let nobody in."
