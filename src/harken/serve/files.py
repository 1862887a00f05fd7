"""The files a page is made of: of a few kinds only, checked anew each time, so that an upgrade is seen."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

KINDS = {
    ".mjs": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".woff2": "font/woff2",
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".glsl": "text/plain; charset=utf-8",
}


class Files(StaticFiles):
    """A folder of such files."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, or 404 for any other kind."""
        kind = next((kind for ending, kind in KINDS.items() if path.endswith(ending)), None)
        if kind is None:
            raise HTTPException(404)
        answer = await super().get_response(path, scope)
        answer.headers["Content-Type"] = kind
        answer.headers["Cache-Control"] = "no-cache"
        return answer
