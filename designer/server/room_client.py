"""One document socket as its room sees it."""

from __future__ import annotations

import asyncio
from typing import Final, Literal

from designer.server import y_protocol

MAXIMUM_WAITING_BYTES: Final = 64 * 1024 * 1024
MAXIMUM_WAITING_MESSAGES: Final = 20_000

Failure = Literal["not stored", "gone", "too slow"]


class RoomClient:
    """Queues messages for the connection, so that a slow one holds nobody up, and counts what was stored."""

    def __init__(self, *, user_id: int, can_write: bool) -> None:
        self.user_id = user_id
        self.can_write = can_write
        self.failure: Failure | None = None
        self._stored = 0
        self._waiting: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._waiting_bytes = 0

    def offer(self, message: bytes) -> None:
        """Send the message when the connection is ready for it; give a connection up that is too far behind."""
        if self.failure is not None:
            return
        self._waiting_bytes += len(message)
        if self._waiting_bytes > MAXIMUM_WAITING_BYTES or self._waiting.qsize() > MAXIMUM_WAITING_MESSAGES:
            self.fail("too slow")
        else:
            self._waiting.put_nowait(message)

    def count_stored(self) -> None:
        """One more update of this connection has been stored, or was there already."""
        self._stored += 1
        self.tell_stored()

    def tell_stored(self) -> None:
        """Tell the connection how many of its updates have been stored; also a sign of life."""
        self.offer(y_protocol.stored(self._stored))

    def fail(self, failure: Failure) -> None:
        """End the connection after what has been queued."""
        if self.failure is None:
            self.failure = failure
            self._waiting.put_nowait(None)

    async def next_message(self) -> bytes | None:
        """The next message to send; None when the connection is to be ended."""
        message = await self._waiting.get()
        if message is not None:
            self._waiting_bytes -= len(message)
        return message
