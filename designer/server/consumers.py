"""The sockets of a design: its document in Yjs's protocol, and what happens to it in JSON."""

from __future__ import annotations

import asyncio
import uuid
from abc import abstractmethod
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final, cast

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer

from designer.server import events
from designer.server.models import WRITING_ROLES, Role
from designer.server.room import DocumentFullError, Room
from designer.server.room_client import RoomClient
from designer.server.rooms import rooms
from designer.server.selectors import design_role
from designer.server.services import token_hash
from designer.server.shared_document import BadUpdateError
from designer.server.storage import DesignGoneError
from designer.server.y_protocol import (
    AwarenessQuery,
    AwarenessUpdate,
    ClientUpdate,
    ProtocolError,
    SyncStep1,
    read_frame,
)

BAD_MESSAGE: Final = 4400
NOT_SIGNED_IN: Final = 4401
NOT_FOUND: Final = 4404
TOO_LARGE: Final = 4413
TRY_AGAIN: Final = 1013
MAXIMUM_FRAME_BYTES: Final = 6 * 1024 * 1024
"""A file of the greatest size that can be imported fits into one update."""
SIGN_OF_LIFE_EVERY_S: Final = 10.0
"""y-websocket gives a connection up on which it has heard nothing for 30 s."""


class DesignConsumer(AsyncWebsocketConsumer):
    """Lets members of the design's workspace in, for as long as they are members."""

    room: Room | None = None
    role: Role

    async def __call__(
        self, scope: dict[str, Any], receive: Callable[[], Any], send: Callable[[dict[str, Any]], Any]
    ) -> None:
        """Serve the connection; whatever ends it, the room is left."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            await self._leave()

    async def connect(self) -> None:
        """Refuse strangers, then open. The refusal comes after accepting: only so can a browser read its code."""
        await self.accept()
        events.bind_loop(asyncio.get_running_loop())
        user = self.scope.get("user")
        if user is None or not user.is_authenticated:
            await self.close(NOT_SIGNED_IN)
            return
        self.user_id: int = user.pk
        self.design_id: uuid.UUID = self.scope["url_route"]["kwargs"]["design_id"]
        # First the group, then the look: a membership that ends in between is told.
        await self.channel_layer.group_add(events.user_group(self.user_id), self.channel_name)
        role = await self._find_role()
        if role is None:
            await self.close(NOT_FOUND)
            return
        self.role = role
        try:
            self.room = await rooms().enter(self.design_id)
        except DesignGoneError:
            await self.close(NOT_FOUND)
            return
        await self.opened(self.room)

    async def disconnect(self, code: int) -> None:
        """Leave the groups and the room."""
        del code
        await self._leave()

    async def _leave(self) -> None:
        if hasattr(self, "user_id"):
            await self.channel_layer.group_discard(events.user_group(self.user_id), self.channel_name)
        if self.room is not None:
            room, self.room = self.room, None
            try:
                await self.closed(room)
            finally:
                await rooms().leave(self.design_id)

    async def access_changed(self, event: dict[str, Any]) -> None:
        """The person's memberships have changed."""
        del event
        role = await self._find_role()
        if role is None:
            await self.close(NOT_FOUND)
        else:
            self.role = role
            self.role_changed()

    async def session_ended(self, event: dict[str, Any]) -> None:
        """The person has signed out, perhaps in another browser."""
        session_key = self.scope["session"].session_key
        if session_key is not None and event["session"] == token_hash(session_key):
            await self.close(NOT_SIGNED_IN)

    async def design_deleted(self, event: dict[str, Any]) -> None:
        """The design is gone."""
        del event
        await self.close(NOT_FOUND)

    def role_changed(self) -> None:
        """The person may do more or less than before."""

    @abstractmethod
    async def opened(self, room: Room) -> None:
        """The socket is open and in the room."""

    @abstractmethod
    async def closed(self, room: Room) -> None:
        """The socket has ended."""

    async def _find_role(self) -> Role | None:
        find = database_sync_to_async(design_role, thread_sensitive=False)
        return cast("Role | None", await find(self.scope["user"], self.design_id))


class DocumentConsumer(DesignConsumer):
    """The shared document: y-protocols' sync and awareness, and how much has been stored."""

    async def opened(self, room: Room) -> None:
        """Join, and send from now on what the room has for this connection."""
        self._client = RoomClient(user_id=self.user_id, can_write=self.role in WRITING_ROLES)
        self._tasks = [asyncio.create_task(self._send_all()), asyncio.create_task(self._show_life())]
        room.join(self._client)

    async def closed(self, room: Room) -> None:
        """Leave, and stop sending."""
        for task in self._tasks:
            task.cancel()
        await room.leave(self._client)

    def role_changed(self) -> None:
        """Take the person's changes, or take them no longer."""
        if self.room is not None:
            self._client.can_write = self.role in WRITING_ROLES

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """One message of the client; text is none."""
        del text_data
        if self.room is None:
            return
        if bytes_data is None:
            await self.close(BAD_MESSAGE)
        elif len(bytes_data) > MAXIMUM_FRAME_BYTES:
            await self.close(TOO_LARGE)
        else:
            try:
                await self._handle(self.room, bytes_data)
            except (ProtocolError, BadUpdateError):
                await self.close(BAD_MESSAGE)
            except DocumentFullError:
                await self.close(TOO_LARGE)

    async def _handle(self, room: Room, frame: bytes) -> None:
        match read_frame(frame):
            case SyncStep1(state):
                room.answer_sync(self._client, state)
            case ClientUpdate(update):
                room.receive_update(self._client, update)
            case AwarenessUpdate(data):
                await room.receive_presence(self._client, data)
            case AwarenessQuery():
                room.send_presence(self._client)

    async def _send_all(self) -> None:
        # A connection that breaks while something is sent ends by `disconnect`.
        with suppress(Exception):
            while (message := await self._client.next_message()) is not None:
                await self.send(bytes_data=message)
            await self.close(NOT_FOUND if self._client.failure == "gone" else TRY_AGAIN)

    async def _show_life(self) -> None:
        while True:
            await asyncio.sleep(SIGN_OF_LIFE_EVERY_S)
            self._client.tell_stored()


class EventsConsumer(DesignConsumer):
    """Findings, notices and the states of runs, as JSON from the server. What the browser sends is ignored."""

    async def opened(self, room: Room) -> None:
        """Send what is known now, then what comes."""
        await self.channel_layer.group_add(events.design_group(self.design_id), self.channel_name)
        for message in await room.checks.current():
            await self.send(events.design_envelope(message)["text"])

    async def closed(self, room: Room) -> None:
        """Leave the design's group."""
        del room
        await self.channel_layer.group_discard(events.design_group(self.design_id), self.channel_name)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Nothing is expected."""
        del text_data, bytes_data

    async def design_message(self, event: dict[str, Any]) -> None:
        """Forward a message; it is finished text."""
        await self.send(event["text"])
