"""What is sent in the body of a request, read no further than it may be long."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs

from starlette.exceptions import HTTPException
from starlette.requests import Request

FORM_MOST = 4096
"""Bytes of a form or of a small JSON object."""


async def read_body(request: Request, most: int) -> str:
    """The body as text. Raises HTTPException 413 beyond ``most`` bytes, 400 where it is not UTF-8."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise HTTPException(413)
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise HTTPException(400) from None


async def read_object(request: Request, most: int = FORM_MOST) -> dict[str, Any]:
    """The JSON object in the body; an empty body is an empty one. Raises HTTPException 400 or 413."""
    text = await read_body(request, most)
    try:
        asked = json.loads(text or "{}")
    except (ValueError, RecursionError):
        raise HTTPException(400) from None
    if not isinstance(asked, dict):
        raise HTTPException(400)
    return asked


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a form as browsers send it, each once. Raises HTTPException 400 or 413."""
    text = await read_body(request, FORM_MOST)
    try:
        fields = parse_qs(text, keep_blank_values=True, max_num_fields=12, errors="strict")
    except (ValueError, UnicodeError):
        raise HTTPException(400) from None
    return {name: values[0] for name, values in fields.items() if len(values) == 1}
