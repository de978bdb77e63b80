"""An upper bound for request bodies, held before Django writes the first byte of one to disk."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

DRAINED_BYTES: Final = 100 * 1024 * 1024
"""So much of a refused body is read and thrown away, for a client that listens only when it has sent all."""


class BodyLimit:
    """An ASGI application that answers 413 to bodies of more than ``most`` bytes."""

    def __init__(self, application: Application, most: int) -> None:
        self._application = application
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return
        declared = dict(scope["headers"]).get(b"content-length", b"")
        if declared.isdigit():
            if int(declared) > self._most:
                await self._refuse(receive, send)
            else:
                await self._application(scope, receive, send)
            return
        chunks = await self._read(receive)
        if chunks is None:
            await self._refuse(receive, send)
        else:
            await self._application(scope, _replay(chunks, receive), send)

    async def _read(self, receive: Receive) -> list[Message] | None:
        """The messages of a body of undeclared length; None when it is too long."""
        chunks: list[Message] = []
        size = 0
        while True:
            message = await receive()
            chunks.append(message)
            size += len(message.get("body", b""))
            if size > self._most:
                return None
            if message["type"] != "http.request" or not message.get("more_body", False):
                return chunks

    async def _refuse(self, receive: Receive, send: Send) -> None:
        drained = 0
        while drained < DRAINED_BYTES:
            message = await receive()
            drained += len(message.get("body", b""))
            if message["type"] != "http.request" or not message.get("more_body", False):
                break
        told = f"The request is too large; the most is {self._most / 1024 / 1024:.0f} MB."
        body = json.dumps({"error": {"code": "too_large", "message": told, "path": ""}}).encode()
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 413, "headers": headers})
        await send({"type": "http.response.body", "body": body})


def _replay(chunks: list[Message], receive: Receive) -> Receive:
    waiting = iter(chunks)

    async def replay() -> Message:
        for message in waiting:
            return message
        return await receive()

    return replay
