"""The prepared HMAC is the standard's."""

from __future__ import annotations

import hmac

from hypothesis import given
from hypothesis import strategies as st

from harken.keep.mac import Mac


@given(st.binary(max_size=64), st.binary(max_size=300))
def test_it_is_the_hmac_of_the_standard_library(key: bytes, message: bytes) -> None:
    mac = Mac(key)
    assert mac(message) == mac(message) == hmac.digest(key, message, "sha256")
