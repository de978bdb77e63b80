"""Presence: who has the design open, where the cursors are. Relayed and kept in memory, never stored.

y-websocket clients send back what they hear about others, so an entry counts only when its clock
is ahead of the known one, and only its own connection (or another one of the same person, after a
reconnection) may change it.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from designer.server.y_protocol import ProtocolError, Reader, block, number

MAXIMUM_BYTES: Final = 16 * 1024
MAXIMUM_ENTRIES_PER_CONNECTION: Final = 8
OUTDATED_S: Final = 60.0
"""Clients renew their entry every 15 s; an entry of another process that is older is forgotten."""
GONE: Final = "null"


@dataclass(slots=True)
class _Entry:
    clock: int
    state: str
    """JSON text; ``null`` when the client has left."""
    connection: object | None
    """The local connection that owns the entry; None for a client of another process, or of none any more."""
    person: int | None
    heard_at: float


class Presence:
    """The presence entries of one room."""

    def __init__(self) -> None:
        self._entries: dict[int, _Entry] = {}

    def hear(self, data: bytes, *, connection: object | None = None, person: int | None = None) -> bytes:
        """Take in an update; what of it is news, encoded, or nothing. Raises :class:`ProtocolError`."""
        if len(data) > MAXIMUM_BYTES:
            raise ProtocolError("a presence message is too large")
        news: list[int] = []
        reader = Reader(data)
        for _ in range(reader.number()):
            client, clock, state = reader.number(), reader.number(), reader.text()
            if self._accept(client, clock, state, connection, person):
                news.append(client)
        return self._encode(news) if news else b""

    def leave(self, connection: object) -> bytes:
        """The connection has ended; the encoded removal of its entries, or nothing."""
        owned = [client for client, entry in self._entries.items() if entry.connection is connection]
        present = [client for client in owned if self._entries[client].state != GONE]
        for client in present:
            self._entries[client].clock += 1
            self._entries[client].state = GONE
        # Kept for a while without a connection: what others send back late must not bring them to life.
        for client in owned:
            self._entries[client].connection = None
            self._entries[client].heard_at = time.monotonic()
        return self._encode(present) if present else b""

    def everybody(self) -> bytes:
        """All who are present, encoded, or nothing."""
        now = time.monotonic()
        for client in [c for c, e in self._entries.items() if e.connection is None and now - e.heard_at > OUTDATED_S]:
            del self._entries[client]
        present = [client for client, entry in self._entries.items() if entry.state != GONE]
        return self._encode(present) if present else b""

    def _accept(self, client: int, clock: int, state: str, connection: object | None, person: int | None) -> bool:
        known = self._entries.get(client)
        if known is None:
            if state == GONE or (connection is not None and self._owned(connection) >= MAXIMUM_ENTRIES_PER_CONNECTION):
                return False
        elif (clock <= known.clock and not (clock == known.clock and state == GONE and known.state != GONE)) or (
            connection is not None and known.connection is not connection and known.person != person
        ):
            return False
        self._entries[client] = _Entry(clock, state, connection, person, time.monotonic())
        return True

    def _owned(self, connection: object) -> int:
        return sum(entry.connection is connection for entry in self._entries.values())

    def _encode(self, clients: Iterable[int]) -> bytes:
        chosen = [(client, self._entries[client]) for client in clients]
        parts = [number(len(chosen))]
        parts += [number(client) + number(entry.clock) + block(entry.state.encode()) for client, entry in chosen]
        return b"".join(parts)
