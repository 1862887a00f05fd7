"""Readers at the door of a shared server: signed in with a name and a passphrase, known again by their session.

A keep is unlocked in this process's memory while its reader is here, and is let go a minute after they were last
seen. Another process that is handed the same session opens it again from what the session's row holds, sealed under
the secret in the reader's cookie (``sessions``): nobody types a passphrase twice because a server was restarted.
"""

from __future__ import annotations

import hmac
import json
import threading
import time
from collections.abc import Callable
from typing import Any, NamedTuple

import anyio
from anyio import to_thread
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from starlette.datastructures import Headers

from harken.errors import HarkenError
from harken.keep import KeepError, Locked
from harken.keep.errors import BadReaderName, NoSuchReader, Taken, WrongKey
from harken.keep.places import folder_name
from harken.meeting import Meeting
from harken.serve.hosted.sessions import Session, Sessions, id_of, new_secret
from harken.serve.limits import DERIVATIONS_AT_ONCE, DERIVATIONS_WAITING, Paces
from harken.serve.logs import tell, trouble
from harken.serve.measures import Measures
from harken.serve.protocol import NAME_MOST
from harken.serve.security import cookie_of
from harken.serve.visitor import Visitor

LINGER = 60.0
"""Seconds a keep stays unlocked in memory after its reader's last window closed."""
SWEPT = 3600.0
"""Seconds between sweeps: rings are turned where something was burned, sessions that are over are taken away."""
PASSPHRASE_LEAST, PASSPHRASE_MOST = 10, 400
"""Characters of a new passphrase."""
SIGN_INS_A_SECOND, SIGN_INS_AT_ONCE = 0.2, 20.0
"""What one address may try: a household behind one router is let in, a program is not."""

OpenMeeting = Callable[[Any], Meeting]
"""A meeting on an open keep."""


class NotIn(HarkenError):
    """Nobody was let in; the text is for the page. ``how`` is one of measures.SIGN_INS or ``unknown``."""

    def __init__(self, said: str, status: int, how: str, wait: int = 0) -> None:
        super().__init__(said)
        self.status, self.how, self.wait = status, how, wait


class Welcome(NamedTuple):
    """Somebody was let in: the secret for their cookie, and for a new keep its recovery words."""

    secret: str
    words: tuple[str, ...] = ()


class _Here(NamedTuple):
    """A reader whose keep is unlocked here, and when they were last asked for."""

    visitor: Visitor
    keep: Any


class Readers:
    """Everybody who is, or may be, signed in to one story on one store."""

    def __init__(
        self,
        store: Any,
        sessions: Sessions,
        open_meeting: OpenMeeting,
        measures: Measures,
        *,
        cookie: str = "harken",
        newcomers: bool = True,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.cookie, self.newcomers = cookie, newcomers
        self._store, self._sessions, self._open, self._measures, self._now = (
            store,
            sessions,
            open_meeting,
            measures,
            now,
        )
        self._salt = sessions.host_secret("readers")
        self._swept = now()
        self._here: dict[bytes, _Here] = {}
        self._left: dict[bytes, float] = {}
        self._lock = threading.Lock()
        self._derive = anyio.CapacityLimiter(DERIVATIONS_AT_ONCE)
        self._paces = Paces(SIGN_INS_A_SECOND, SIGN_INS_AT_ONCE)

    # -- coming in -------------------------------------------------------------------------------------------

    async def sign_in(
        self, name: str, *, passphrase: str = "", words: str = "", new: bool = False, address: str = ""
    ) -> Welcome:
        """Let a reader in who gives the right passphrase (or recovery words), or with ``new`` a new one.

        ``address`` is where they come from. Raises NotIn.
        """
        try:
            tag = self._tag(name)
            self._not_too_often(address)
            welcome = await self._derived(self._made if new else self._opened, tag, name, passphrase, words)
        except NotIn as refused:
            self._measures.signed(refused.how if refused.how != "unknown" else "wrong")
            tell("sign-in refused", how=refused.how)
            raise
        self._measures.signed("new" if new else "in")
        tell("signed in", new=int(new))
        return welcome

    def _opened(self, tag: bytes, name: str, passphrase: str, words: str) -> Welcome:
        if not self._store.knows(name):
            raise NotIn("Nobody of that name has been here.", 404, "unknown")
        wait = self._sessions.admit(tag, self._now())
        if wait:
            raise NotIn(f"That was tried too often. Please wait {_span(wait)} and try again.", 429, "slowed", wait)
        secret = {"words": words} if words else {"passphrase": passphrase}
        try:
            keep = self._store.open(name, **secret)
        except (WrongKey, NoSuchReader):
            what = "Those recovery words do not" if words else "That passphrase does not"
            raise NotIn(f"{what} open the keep of this name.", 401, "wrong") from None
        except KeepError as error:
            raise _shut(error) from None
        self._sessions.fits(tag)
        return Welcome(self._begin(tag, name, keep))

    def _made(self, tag: bytes, name: str, passphrase: str, words: str) -> Welcome:
        if not self.newcomers:
            raise NotIn("This server takes no new readers.", 404, "unknown")
        if not PASSPHRASE_LEAST <= len(passphrase) <= PASSPHRASE_MOST:
            raise NotIn(f"A passphrase here has at least {PASSPHRASE_LEAST} characters.", 422, "wrong")
        try:
            keep = self._store.create(name, passphrase)
        except Taken:
            raise NotIn("There is a reader of that name already.", 409, "wrong") from None
        except KeepError as error:
            raise _shut(error) from None
        words_new = tuple(keep.recovery_words())
        return Welcome(self._begin(tag, name, keep), words_new)

    def _begin(self, tag: bytes, name: str, keep: Any) -> str:
        """A new session on a keep that was just opened."""
        secret, at = new_secret(), int(self._now())
        self._sessions.add(Session(id_of(secret), tag, seal(secret, keep.ticket(), name), at, at))
        self._settle(tag, name, keep)
        return secret

    async def _derived(self, work: Callable[..., Welcome], *arguments: object) -> Welcome:
        """Do what takes a derivation, two at a time; beyond a short queue, ask to come back."""
        if self._derive.statistics().tasks_waiting >= DERIVATIONS_WAITING:
            raise NotIn("Many people are coming in just now. Please try again in a moment.", 503, "busy", 5)
        return await to_thread.run_sync(work, *arguments, limiter=self._derive)

    def _not_too_often(self, address: str) -> None:
        wait = self._paces.wait(address)
        if wait:
            seconds = int(wait) + 1
            raise NotIn(f"That was very often. Please wait {_span(seconds)}.", 429, "slowed", seconds)

    # -- being here ------------------------------------------------------------------------------------------

    async def visitor(self, headers: Headers) -> Visitor | None:
        """The reader whose session this request carries, or None."""
        secret = self.secret_of(headers)
        if secret is None:
            return None
        try:
            return await to_thread.run_sync(self._known, secret)
        except (KeepError, InvalidTag) as error:
            trouble("a session does not open its keep", error)
            return None

    def secret_of(self, headers: Headers) -> str | None:
        """What the cookie of this request holds."""
        return cookie_of(headers, self.cookie)

    def _known(self, secret: str) -> Visitor | None:
        session = self._sessions.find(secret, self._now())
        if session is None:
            return None
        with self._lock:
            here = self._here.get(session.reader)
            self._left[session.reader] = self._now()
        if here is None:
            ticket, name = unseal(secret, session.sealed)
            here = self._settle(session.reader, name, self._store.open(name, ticket=ticket))
        return here.visitor

    def _settle(self, tag: bytes, name: str, keep: Any) -> _Here:
        """Have this keep here, unless another request was faster."""
        visitor = Visitor(lambda: self._open(keep), keep, reader=name)
        with self._lock:
            here = self._here.setdefault(tag, _Here(visitor, keep))
            self._left[tag] = self._now()
        if here.keep is not keep:
            keep.close()
        self._measures.keeps = len(self._here)
        return here

    # -- going -----------------------------------------------------------------------------------------------

    async def sign_out(self, headers: Headers, everywhere: bool = False) -> None:
        """End the session of this request, or all of its reader's."""
        secret = self.secret_of(headers)
        if secret is not None:
            await to_thread.run_sync(self._end, secret, everywhere)

    def _end(self, secret: str, everywhere: bool) -> None:
        session = self._sessions.find(secret, self._now())
        if session is None:
            return
        if everywhere:
            self._sessions.drop_all(session.reader)
        self._sessions.drop(secret)
        if not self._sessions.count(session.reader):
            self._left[session.reader] = 0.0
        tell("signed out", everywhere=int(everywhere))

    async def relocked(self, visitor: Visitor, headers: Headers) -> None:
        """The reader changed their passphrase: every session but this one is over."""
        await to_thread.run_sync(self._end_others, visitor.reader or "", self.secret_of(headers))

    def _end_others(self, name: str, secret: str | None) -> None:
        session = self._sessions.find(secret, self._now()) if secret else None
        self._sessions.drop_all(self._tag(name))
        if session is not None:
            self._sessions.add(session)

    async def forgotten(self, visitor: Visitor) -> None:
        """A reader forgot everything: nothing of theirs is here any more."""
        await to_thread.run_sync(self._gone, self._tag(visitor.reader or ""))

    def _gone(self, tag: bytes) -> None:
        self._sessions.drop_all(tag)
        self._sessions.fits(tag)
        with self._lock:
            self._here.pop(tag, None)
        self._measures.keeps = len(self._here)

    def tidy(self) -> None:
        """Let go of the keeps of readers who have left; and every hour, sweep."""
        now = self._now()
        if not 0 <= now - self._swept < SWEPT:  # below: the clock was set back
            self._swept = now
            self._store.sweep()
            self._sessions.sweep(now)
        with self._lock:
            empty = [tag for tag, here in self._here.items() if not here.visitor.windows]
            going = [tag for tag in empty if now >= self._left.get(tag, 0.0) + LINGER]
            left = [self._here.pop(tag) for tag in going]
            self._left = {tag: at for tag, at in self._left.items() if tag in self._here}
        for here in left:
            here.keep.close()
        self._measures.keeps = len(self._here)

    def close(self) -> None:
        """Let go of every keep."""
        for here in self._here.values():
            here.keep.close()
        self._here.clear()

    def _tag(self, name: str) -> bytes:
        """What stands for a reader in the rows of sessions. Raises NotIn."""
        if not 0 < len(name) <= NAME_MOST:
            raise NotIn(f"A name here has 1 to {NAME_MOST} characters.", 422, "wrong")
        try:
            return tag_of(self._salt, name)
        except BadReaderName as error:
            raise NotIn(str(error), 422, "wrong") from None


def tag_of(salt: bytes, name: str) -> bytes:
    """A keyed hash of a reader's name. Names that mean the same have the same. Raises BadReaderName."""
    return hmac.digest(salt, folder_name(name).encode(), "sha256")


def seal(secret: str, ticket: bytes, name: str) -> bytes:
    """What opens a reader's keep again, under the secret of a session. The key is used for this alone."""
    plain = json.dumps({"ticket": ticket.hex(), "name": name}).encode()
    return _sealer(secret).encrypt(bytes(12), plain, id_of(secret))


def unseal(secret: str, sealed: bytes) -> tuple[bytes, str]:
    """The ticket and the reader's name. Raises InvalidTag for a row that was not made with this secret."""
    plain = json.loads(_sealer(secret).decrypt(bytes(12), sealed, id_of(secret)))
    return bytes.fromhex(plain["ticket"]), plain["name"]


def _sealer(secret: str) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt=None, info=b"harken session unlock 1").derive(secret.encode()))


def _shut(error: KeepError) -> NotIn:
    """A keep that cannot be opened now. Its own sentence names files of the server, which are not the reader's."""
    trouble("a keep does not open", error)
    if isinstance(error, Locked):
        return NotIn("This keep cannot be opened here just now. Nothing of it was changed.", 503, "wrong")
    return NotIn("The server cannot open keeps just now. Nothing was changed; please try again later.", 503, "busy", 30)


def _span(seconds: int) -> str:
    if seconds < 90:
        return f"{seconds} second{'s' * (seconds != 1)}"
    return f"{-(-seconds // 60)} minutes"
