"""A websocket client that talks ASGI to an application, without a network.

The counterpart in ``channels.testing`` has the same methods, but its package imports Daphne.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote, urlsplit

from asgiref.testing import ApplicationCommunicator


class WebsocketCommunicator:
    """One websocket. Times are how long to wait for the application, in seconds."""

    def __init__(self, application: Any, path: str, headers: Iterable[tuple[bytes, bytes]] = ()) -> None:
        parts = urlsplit(path)
        scope = {
            "type": "websocket",
            "path": unquote(parts.path),
            "query_string": parts.query.encode(),
            "headers": list(headers),
            "subprotocols": [],
        }
        create: Any = ApplicationCommunicator
        self._application = create(application, scope)

    async def connect(self, timeout_s: float = 5) -> tuple[bool, str | int | None]:
        """Whether the application accepted, and the subprotocol or the close code."""
        await self._application.send_input({"type": "websocket.connect"})
        answer = await self.receive_output(timeout_s)
        if answer["type"] == "websocket.close":
            return False, answer.get("code", 1000)
        assert answer["type"] == "websocket.accept"
        return True, answer.get("subprotocol")

    async def send_to(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Send a frame."""
        frame = {"bytes": bytes_data} if text_data is None else {"text": text_data}
        await self._application.send_input({"type": "websocket.receive", **frame})

    async def receive_output(self, timeout_s: float = 5) -> dict[str, Any]:
        """The next event of the application, whatever it is."""
        event: dict[str, Any] = await self._application.receive_output(timeout_s)
        return event

    async def receive_from(self, timeout_s: float = 5) -> Any:
        """The next frame's text or bytes."""
        message = await self.receive_output(timeout_s)
        assert message["type"] == "websocket.send", f"expected a frame, got {message}"
        return message["text"] if message.get("text") is not None else message["bytes"]

    async def receive_nothing(self, during_s: float = 0.1) -> bool:
        """Whether the application stays silent for so long."""
        silent: bool = await self._application.receive_nothing(during_s)
        return silent

    async def next_output(self) -> dict[str, Any]:
        """The next event, however long it takes; may be cancelled without ending the application."""
        event: dict[str, Any] = await self._application.output_queue.get()
        return event

    async def disconnect(self, code: int = 1000, timeout_s: float = 5) -> None:
        """Close the connection and wait for the application to end."""
        await self._application.send_input({"type": "websocket.disconnect", "code": code})
        await self._application.wait(timeout_s)
