"""A websocket client that talks ASGI to an application, without a network.

The counterpart in ``channels.testing`` has the same methods, but its package imports Daphne.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote, urlsplit

from asgiref.testing import ApplicationCommunicator


class WebsocketCommunicator(ApplicationCommunicator):
    """One websocket."""

    def __init__(self, application: Any, path: str, headers: Iterable[tuple[bytes, bytes]] = ()) -> None:
        parts = urlsplit(path)
        scope = {
            "type": "websocket",
            "path": unquote(parts.path),
            "query_string": parts.query.encode(),
            "headers": list(headers),
            "subprotocols": [],
        }
        super().__init__(application, scope)

    async def connect(self, timeout: float = 5) -> tuple[bool, str | int | None]:
        """Whether the application accepted, and the subprotocol or the close code."""
        await self.send_input({"type": "websocket.connect"})
        answer = await self.receive_output(timeout)
        if answer["type"] == "websocket.close":
            return False, answer.get("code", 1000)
        assert answer["type"] == "websocket.accept"
        return True, answer.get("subprotocol")

    async def send_to(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Send a frame."""
        frame = {"bytes": bytes_data} if text_data is None else {"text": text_data}
        await self.send_input({"type": "websocket.receive", **frame})

    async def receive_from(self, timeout: float = 5) -> Any:
        """The next frame's text or bytes."""
        message = await self.receive_output(timeout)
        assert message["type"] == "websocket.send", f"expected a frame, got {message}"
        return message["text"] if message.get("text") is not None else message["bytes"]

    async def disconnect(self, code: int = 1000, timeout: float = 5) -> None:
        """Close the connection and wait for the application to end."""
        await self.send_input({"type": "websocket.disconnect", "code": code})
        await self.wait(timeout)
