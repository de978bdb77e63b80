"""The open rooms of this process: opened by the first who comes, closed after the last has left."""

from __future__ import annotations

import asyncio
import uuid
from weakref import WeakKeyDictionary

from designer.server.room import Room


class RoomRegistry:
    """The rooms on one event loop."""

    def __init__(self) -> None:
        self._rooms: dict[uuid.UUID, Room] = {}
        self._visitors: dict[uuid.UUID, int] = {}
        self._locks: dict[uuid.UUID, asyncio.Lock] = {}

    async def enter(self, design_id: uuid.UUID) -> Room:
        """The design's room; to be left again. Raises DesignGoneError."""
        self._visitors[design_id] = self._visitors.get(design_id, 0) + 1
        try:
            async with self._locks.setdefault(design_id, asyncio.Lock()):
                room = self._rooms.get(design_id)
                if room is None:
                    room = Room(design_id)
                    await room.open()
                    self._rooms[design_id] = room
                return room
        except BaseException:
            await self.leave(design_id)
            raise

    async def leave(self, design_id: uuid.UUID) -> None:
        """One visitor has gone."""
        self._visitors[design_id] -= 1
        async with self._locks.setdefault(design_id, asyncio.Lock()):
            if self._visitors.get(design_id, 0) == 0:
                self._visitors.pop(design_id, None)
                self._locks.pop(design_id, None)
                room = self._rooms.pop(design_id, None)
                if room is not None:
                    await room.close()


_registries: WeakKeyDictionary[asyncio.AbstractEventLoop, RoomRegistry] = WeakKeyDictionary()


def rooms() -> RoomRegistry:
    """The rooms of the running event loop."""
    return _registries.setdefault(asyncio.get_running_loop(), RoomRegistry())
