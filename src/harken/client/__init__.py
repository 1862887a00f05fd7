"""A small client for games and bots: hold a meeting with a Harken server, over a socket or over HTTP.

    from harken.client import Client

    with Client("http://127.0.0.1:7411/#KEY") as reader:
        breath = reader.begin(name="Ada")
        while not breath.over:
            breath = reader.breathe("stay")

``Client`` is synchronous, ``AsyncClient`` the same with ``await``. Both give every turn an id, and when the line
breaks they go back and ask for the answer to that turn again: it is one breath, however often it is asked for.
Nothing here knows the engine: docs/protocol.md is all it speaks.
"""

from harken.client.aio import AsyncClient
from harken.client.client import Client
from harken.client.wire import Breath, Care, MovedOn, NotLetIn, NotOnOffer, Offer, Over, Refused, Threshold, TooLong

__all__ = [
    "AsyncClient",
    "Breath",
    "Care",
    "Client",
    "MovedOn",
    "NotLetIn",
    "NotOnOffer",
    "Offer",
    "Over",
    "Refused",
    "Threshold",
    "TooLong",
]
