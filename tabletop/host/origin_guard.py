"""ASGI middleware: reject requests with a wrong Host or Origin header."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CLOSE = (b"connection", b"close")


class OriginGuard:
    """Require an exact Host header, and an exact Origin for WebSockets, before anything else.

    Browsers always send the origin of a page, so a page of another site, or one that uses DNS rebinding,
    cannot act as a station. Stations send the host's own origin; requests without one are rejected.
    """

    def __init__(self, app: ASGIApp, *, hosts: frozenset[str], secure: bool) -> None:
        self._app = app
        self._hosts = hosts
        self._scheme = "https" if secure else "http"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            send = _closing(send)
        headers = Headers(scope=scope)
        named = [name.lower() for name in headers.getlist("host")]
        if len(named) != 1 or named[0] not in self._hosts:
            await self._refuse(421, "This host does not have that name.", scope, receive, send)
        elif scope["type"] == "websocket" and headers.getlist("origin") != [f"{self._scheme}://{named[0]}"]:
            await self._refuse(403, "Only stations of this host may connect.", scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _refuse(self, status: int, text: str, scope: Scope, receive: Receive, send: Send) -> None:
        answer = PlainTextResponse(f"{text}\n", status_code=status, headers={"connection": "close"})
        await answer(scope, receive, send)


def _closing(send: Send) -> Send:
    """Return a `send` that closes the connection after its response: a second request has no time limit."""

    async def close(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = [one for one in message.get("headers", ()) if one[0].lower() != CLOSE[0]]
            message = {**message, "headers": [*headers, CLOSE]}
        await send(message)

    return close
