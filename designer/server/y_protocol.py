"""The messages of the document socket: y-protocols' sync and awareness, and our own ``stored``.

A frame carries one message. Bytes from outside are read with every length checked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

SYNC: Final = 0
AWARENESS: Final = 1
AUTH: Final = 2
QUERY_AWARENESS: Final = 3
STORED: Final = 100
"""Ours, server to browser: how many of this connection's updates have been stored."""

SYNC_STEP_1: Final = 0
SYNC_STEP_2: Final = 1
UPDATE: Final = 2
PERMISSION_DENIED: Final = 0

EMPTY_UPDATE: Final = b"\x00\x00"


class ProtocolError(ValueError):
    """A frame that no well-behaved client sends."""


@dataclass(frozen=True, slots=True)
class SyncStep1:
    """The client's state vector: it asks for what it lacks."""

    state: bytes


@dataclass(frozen=True, slots=True)
class ClientUpdate:
    """Changes, live or (after a sync step 1 of ours) what we lacked."""

    update: bytes


@dataclass(frozen=True, slots=True)
class AwarenessUpdate:
    """Presence of one or more clients."""

    data: bytes


@dataclass(frozen=True, slots=True)
class AwarenessQuery:
    """The client asks who is there."""


Received = SyncStep1 | ClientUpdate | AwarenessUpdate | AwarenessQuery


class Reader:
    """Reads lib0's variable-length values. Raises :class:`ProtocolError` where the bytes end too early."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    @property
    def at_end(self) -> bool:
        """True when everything has been read."""
        return self._at == len(self._data)

    def number(self) -> int:
        """An unsigned integer of at most 53 bits, as JavaScript has them."""
        value = shift = 0
        while True:
            if self._at >= len(self._data):
                raise ProtocolError("a number is cut off")
            byte = self._data[self._at]
            self._at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                break
            if shift > 49:
                raise ProtocolError("a number is too long")
        if value >= 1 << 53:
            raise ProtocolError("a number is too large")
        return value

    def block(self) -> bytes:
        """Bytes with their length before them."""
        length = self.number()
        if length > len(self._data) - self._at:
            raise ProtocolError("a block is cut off")
        start, self._at = self._at, self._at + length
        return self._data[start : self._at]

    def text(self) -> str:
        """UTF-8 text with its length in bytes before it."""
        try:
            return self.block().decode()
        except UnicodeDecodeError:
            raise ProtocolError("a text is not UTF-8") from None


def read_frame(frame: bytes) -> Received:
    """The message in a client's frame. Raises :class:`ProtocolError`."""
    reader = Reader(frame)
    match reader.number():
        case 0:  # SYNC
            return _read_sync(reader)
        case 1:  # AWARENESS
            return AwarenessUpdate(reader.block())
        case 3:  # QUERY_AWARENESS
            return AwarenessQuery()
        case kind:
            raise ProtocolError(f"there is no message type {kind}")


def _read_sync(reader: Reader) -> Received:
    kind = reader.number()
    content = reader.block()
    if kind == SYNC_STEP_1:
        return SyncStep1(content)
    if kind in (SYNC_STEP_2, UPDATE):
        return ClientUpdate(content)
    raise ProtocolError(f"there is no sync message {kind}")


def number(value: int) -> bytes:
    """An unsigned integer in lib0's variable length."""
    encoded = bytearray()
    while value > 0x7F:
        encoded.append(0x80 | (value & 0x7F))
        value >>= 7
    encoded.append(value)
    return bytes(encoded)


def block(content: bytes) -> bytes:
    """Bytes with their length before them."""
    return number(len(content)) + content


def sync_step_1(state: bytes) -> bytes:
    """Our state vector: we ask for what we lack."""
    return bytes((SYNC, SYNC_STEP_1)) + block(state)


def sync_step_2(update: bytes) -> bytes:
    """The answer to a client's sync step 1."""
    return bytes((SYNC, SYNC_STEP_2)) + block(update)


def document_update(update: bytes) -> bytes:
    """Changes made by others."""
    return bytes((SYNC, UPDATE)) + block(update)


def awareness(data: bytes) -> bytes:
    """Presence of others."""
    return bytes((AWARENESS,)) + block(data)


def permission_denied(reason: str) -> bytes:
    """An update was not taken."""
    return bytes((AUTH, PERMISSION_DENIED)) + block(reason.encode())


def stored(count: int) -> bytes:
    """How many updates of the connection have been stored."""
    return number(STORED) + number(count)
