"""The room: the authoritative document of one open design in one process.

Changes from this process's browsers are applied, passed on to the others here at once, stored, and
only then acknowledged and told to the rooms of other processes. Stored updates from elsewhere come
in by the channel layer and are applied in the order of their revisions; what got lost on the way
is read from the database. Everything here runs on one event loop.
"""

from __future__ import annotations

import asyncio
import logging
import uuid
from typing import TYPE_CHECKING, Any, Final

from channels.db import database_sync_to_async
from channels.layers import get_channel_layer
from django.db import DatabaseError
from pycrdt import merge_updates

from designer.server import y_protocol
from designer.server.awareness import Presence
from designer.server.document_services import MAXIMUM_DOCUMENT_BYTES, document_update_message
from designer.server.events import document_group, publish_async
from designer.server.room_checks import RoomChecks
from designer.server.shared_document import SharedDocument
from designer.server.storage import (
    COMPACT_EVERY,
    DesignGoneError,
    document_append,
    document_compact,
    document_load,
    document_load_after,
    document_revision,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from designer.server.room_client import RoomClient

IN_STEP_EVERY_S: Final = 10.0
"""How often a room looks whether it has missed an update, for what the channel layer lost."""
STORE_ATTEMPTS: Final = 5
CLOSING_S: Final = 10.0

logger = logging.getLogger(__name__)


class DocumentFullError(ValueError):
    """The document takes no more changes."""


class Room:
    """One open design. ``open`` and ``close`` are the registry's business."""

    def __init__(self, design_id: uuid.UUID) -> None:
        self.design_id = design_id
        self.clients: set[RoomClient] = set()
        self.revision = 0
        self.gone = False
        self._identity = uuid.uuid4().hex
        self._presence = Presence()
        self._unstored: list[tuple[bytes, RoomClient | None]] = []
        self._wake_store = asyncio.Event()
        self._taken = 0
        self._stored = 0
        self._storing = asyncio.Condition()
        self._order = asyncio.Lock()
        self._size = 0
        self._rows_since_compaction = 0
        self._tasks: list[asyncio.Task[None]] = []
        self._document: SharedDocument
        self._channel: str
        self.checks: RoomChecks

    async def open(self) -> None:
        """Listen, then load: what is stored in between is heard. Raises DesignGoneError."""
        layer = get_channel_layer()
        self._channel = await layer.new_channel()
        await layer.group_add(document_group(self.design_id), self._channel)
        try:
            stored = await _database(document_load)(self.design_id)
        except BaseException:
            await layer.group_discard(document_group(self.design_id), self._channel)
            raise
        self._document = SharedDocument(stored.updates)
        self.revision, self._size = stored.revision, stored.size
        self._rows_since_compaction = len(stored.updates)
        self.checks = RoomChecks(self.design_id, self._document, lambda: self.revision, self.settle, self._take_change)
        loops: tuple[Callable[[], Coroutine[Any, Any, None]], ...] = (
            self._listen,
            self._store,
            self._keep_in_step,
            self.checks.run,
        )
        self._tasks = [asyncio.create_task(loop(), name=f"{loop.__qualname__} {self.design_id}") for loop in loops]

    async def close(self) -> None:
        """Store what is still waiting, merge the updates, stop."""
        if not self.gone and not await self.settle(CLOSING_S):
            logger.error("design %s: %s changes could not be stored", self.design_id, len(self._unstored))
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await get_channel_layer().group_discard(document_group(self.design_id), self._channel)
        if not self.gone:
            await self._compact()

    async def settle(self, within_s: float) -> bool:
        """Wait until everything received so far has been stored; whether it was."""
        wanted = self._taken
        try:
            async with asyncio.timeout(within_s), self._storing:
                await self._storing.wait_for(lambda: self._stored >= wanted or self.gone)
        except TimeoutError:
            return False
        return True

    def join(self, client: RoomClient) -> None:
        """Greet a connection: ask for what we lack, tell who is there."""
        self.clients.add(client)
        client.offer(y_protocol.sync_step_1(self._document.state()))
        everybody = self._presence.everybody()
        if everybody:
            client.offer(y_protocol.awareness(everybody))

    async def leave(self, client: RoomClient) -> None:
        """The connection has ended: tell the others that its people are gone."""
        self.clients.discard(client)
        gone = self._presence.leave(client)
        if gone:
            await self._tell_presence(gone, client)

    def answer_sync(self, client: RoomClient, state: bytes) -> None:
        """Send what the connection lacks. Raises BadUpdateError."""
        client.offer(y_protocol.sync_step_2(self._document.missing(state)))

    def receive_update(self, client: RoomClient, update: bytes) -> None:
        """Take a change in. Raises BadUpdateError, or :class:`DocumentFullError`."""
        if update == y_protocol.EMPTY_UPDATE:
            return
        if not client.can_write:
            if self._document.changes_nothing(update):
                client.count_stored()
            else:
                client.offer(y_protocol.permission_denied("You may look at this design, but not change it."))
            return
        if self._size + len(update) > MAXIMUM_DOCUMENT_BYTES:
            # The sum of what was sent overstates: what was deleted since is counted still.
            self._size = len(self._document.missing())
            if self._size + len(update) > MAXIMUM_DOCUMENT_BYTES:
                raise DocumentFullError("the document is full")
        self._take_change(self._document.apply(update), client)

    async def receive_presence(self, client: RoomClient, data: bytes) -> None:
        """Pass presence on. Raises ProtocolError."""
        news = self._presence.hear(data, connection=client, person=client.user_id)
        if news:
            await self._tell_presence(news, client)

    def send_presence(self, client: RoomClient) -> None:
        """Tell a connection who is there."""
        client.offer(y_protocol.awareness(self._presence.everybody() or b"\x00"))

    def _take_change(self, change: bytes, client: RoomClient | None) -> None:
        """A change made here: pass it on, and queue it for storing; None as its author is the server."""
        if change:
            self._size += len(change)
            self._pass_on(y_protocol.document_update(change), client)
            self.checks.changed_here()
        elif client is None:
            return
        self._unstored.append((change, client))
        self._taken += 1
        self._wake_store.set()

    def _pass_on(self, message: bytes, sender: RoomClient | None) -> None:
        for client in self.clients:
            if client is not sender:
                client.offer(message)

    async def _tell_presence(self, data: bytes, sender: RoomClient) -> None:
        self._pass_on(y_protocol.awareness(data), sender)
        message = {
            "type": "document.presence",
            "origin": self._identity,
            "data": data,
            "person": sender.user_id,
        }
        await publish_async(document_group(self.design_id), message)

    async def _store(self) -> None:
        """Store what was received, in order, several changes as one row when they come fast."""
        attempts = 0
        while not self.gone:
            await self._wake_store.wait()
            self._wake_store.clear()
            batch = list(self._unstored)
            try:
                await self._store_batch([change for change, _ in batch if change])
            except DesignGoneError:
                await self._end()
                return
            except DatabaseError:
                attempts += 1
                logger.exception("design %s: an update could not be stored", self.design_id)
                if attempts >= STORE_ATTEMPTS:
                    # Browsers keep what was not acknowledged and send it again when they reconnect.
                    for client in self.clients:
                        client.fail("not stored")
                await asyncio.sleep(min(0.2 * 2**attempts, 10.0))
                self._wake_store.set()
                continue
            attempts = 0
            del self._unstored[: len(batch)]
            for _, author in batch:
                if author is not None:
                    author.count_stored()
            if self._unstored:
                self._wake_store.set()
            async with self._storing:
                self._stored += len(batch)
                self._storing.notify_all()
            if self._rows_since_compaction >= COMPACT_EVERY:
                await self._compact()

    async def _store_batch(self, changes: list[bytes]) -> None:
        if not changes:
            return
        update = changes[0] if len(changes) == 1 else merge_updates(*changes)
        revision = await _database(document_append)(
            design_id=self.design_id, update=update, name=self.checks.changed_name()
        )
        await self._advance(revision, update=None)
        await publish_async(
            document_group(self.design_id), document_update_message(revision, update, origin=self._identity)
        )

    async def _advance(self, revision: int, update: bytes | None) -> None:
        """The update of this revision is stored; None means that the document has it already."""
        async with self._order:
            if revision <= self.revision:
                return
            if revision > self.revision + 1:
                await self._catch_up()
                return
            self.revision = revision
            self._rows_since_compaction += 1
            if update is not None:
                self._apply_stored(update)

    async def _catch_up(self) -> None:
        stored = await _database(document_load_after)(self.design_id, self.revision)
        for update in stored.updates:
            self._apply_stored(update)
        self.revision = max(self.revision, stored.revision)
        self._rows_since_compaction += len(stored.updates)

    def _apply_stored(self, update: bytes) -> None:
        change = self._document.apply(update)
        if change:
            self._size += len(change)
            self._pass_on(y_protocol.document_update(change), None)
            self.checks.changed_elsewhere()

    async def _listen(self) -> None:
        """What other processes, and requests in this one, tell about the document."""
        layer = get_channel_layer()
        while True:
            message = await layer.receive(self._channel)
            try:
                await self._hear(message)
            except DesignGoneError:
                await self._end()
            except DatabaseError:
                # The next message, or the look every few seconds, makes up for it.
                logger.exception("design %s: missed updates could not be read", self.design_id)

    async def _hear(self, message: dict[str, Any]) -> None:
        if message["type"] == "design.deleted":
            await self._end()
        elif message["origin"] == self._identity:
            return
        elif message["type"] == "document.update":
            await self._advance(message["revision"], message["update"])
        elif message["type"] == "document.presence":
            news = self._presence.hear(message["data"], person=message["person"])
            if news:
                self._pass_on(y_protocol.awareness(news), None)

    async def _keep_in_step(self) -> None:
        while True:
            await asyncio.sleep(IN_STEP_EVERY_S)
            try:
                if await _database(document_revision)(self.design_id) > self.revision:
                    async with self._order:
                        await self._catch_up()
            except DesignGoneError:
                await self._end()
            except DatabaseError:
                logger.exception("design %s: the revision could not be read", self.design_id)

    async def _compact(self) -> None:
        self._rows_since_compaction = 0
        try:
            await _database(document_compact)(design_id=self.design_id)
        except DatabaseError:
            logger.exception("design %s: the updates could not be merged", self.design_id)

    async def _end(self) -> None:
        """The design has been deleted."""
        self.gone = True
        async with self._storing:
            self._storing.notify_all()
        for client in self.clients:
            client.fail("gone")


def _database(function: Callable[..., Any]) -> Callable[..., Coroutine[Any, Any, Any]]:
    """Rooms do not wait for each other, nor for views: each call gets a thread of the pool."""
    wrapped: Callable[..., Coroutine[Any, Any, Any]] = database_sync_to_async(function, thread_sensitive=False)
    return wrapped
