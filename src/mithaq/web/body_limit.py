"""No body larger than allowed gets in: refused by its header, or cut off while it comes."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mithaq.web.settings import Settings

UPLOADS = "/add"


class BodyLimit:
    """ASGI middleware: answers 413 for what is over ``Settings.upload_bytes`` at /add, ``form_bytes`` elsewhere."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, counting what comes."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._settings.upload_bytes if scope["path"] == UPLOADS else self._settings.form_bytes
        headers = dict(scope["headers"])
        said = headers.get(b"content-length", b"0")
        # A body whose header says too much is never read: the page is made without it.
        over = not said.isdigit() or int(said) > limit
        come = 0

        async def counted() -> Message:
            nonlocal come
            if over:
                raise HTTPException(413, too_large(limit))
            message = await receive()
            if message["type"] == "http.request":
                come += len(message.get("body", b""))
                if come > limit:
                    raise HTTPException(413, too_large(limit))
            return message

        await self._app(scope, counted, send)


def too_large(limit: int) -> str:
    """What is said of a body over *limit* bytes."""
    return f"That is more than may be sent here at once: {limit / 1e6:g} MB."
