"""The socket of a run: what is stored already, then what happens, each window once and in order."""

from __future__ import annotations

import asyncio
import json
import uuid
from contextlib import suppress
from typing import Any, Final
from urllib.parse import parse_qs

from channels.db import database_sync_to_async
from channels.exceptions import ChannelFull
from channels.generic.websocket import AsyncWebsocketConsumer

from designer.server.events import user_group
from simulator.server.announce import run_group, status_text, summary_text, windows_text
from simulator.server.chunks import Chunk, windows_after
from simulator.server.models import Run
from simulator.server.selectors import run_chunks, runs_of
from simulator.server.services import runs_mark_interrupted

NOT_SIGNED_IN: Final = 4401
NOT_FOUND: Final = 4404
LOOK_EVERY_S: Final = 5.0
"""How often the socket looks at the row, for what no message tells: a dead worker, a lost message."""


class RunConsumer(AsyncWebsocketConsumer):
    """Sends ``status``, ``windows`` and ``summary``; understands nothing.

    ``?after=N`` leaves out the windows up to index N. A message that got lost on the way is noticed
    by its missing indexes and made up for from the database.
    """

    _run_id: uuid.UUID
    _next_index = 0
    _ended = False
    _groups: tuple[str, ...] = ()
    _looking: asyncio.Task[None] | None = None

    async def connect(self) -> None:
        """Refuse strangers; catch the others up."""
        await self.accept()
        user = self.scope.get("user")
        if user is None or not user.is_authenticated:
            await self.close(NOT_SIGNED_IN)
            return
        self._run_id = self.scope["url_route"]["kwargs"]["run_id"]
        self._next_index = _after(self.scope["query_string"]) + 1
        if await self._find() is None:
            await self.close(NOT_FOUND)
            return
        self._groups = (run_group(self._run_id), user_group(user.pk))
        for group in self._groups:
            await self.channel_layer.group_add(group, self.channel_name)
        await self.run_look({})
        self._looking = asyncio.create_task(self._keep_looking())

    async def disconnect(self, code: int) -> None:
        """Leave the run's group."""
        del code
        if self._looking is not None:
            self._looking.cancel()
        for group in self._groups:
            await self.channel_layer.group_discard(group, self.channel_name)

    async def run_look(self, event: dict[str, Any]) -> None:
        """Send the state as it is stored and the windows not yet sent; a final status comes last of all."""
        del event
        if self._ended:
            return
        run = await self._find()
        if run is None:
            await self.close(NOT_FOUND)
            return
        if run.is_active:
            await self.send(status_text(run))
        await self._catch_up()
        if not run.is_active:
            if run.summary is not None:
                await self.send(summary_text(run.summary))
            await self.send(status_text(run))
            self._ended = True

    async def run_windows(self, event: dict[str, Any]) -> None:
        """Forward a chunk of windows, after those that are missing before it."""
        chunk = Chunk(event["first_index"], event["last_index"], event["text"])
        if chunk.first_index > self._next_index:
            await self._catch_up()
        await self._send_chunk(chunk)

    async def run_status(self, event: dict[str, Any]) -> None:
        """Forward a status; a final one after everything that belongs before it."""
        if event["ended"]:
            await self.run_look({})
        elif not self._ended:
            await self.send(event["text"])

    async def access_changed(self, event: dict[str, Any]) -> None:
        """Somebody changed what this person may see."""
        del event
        if await self._find() is None:
            await self.close(NOT_FOUND)

    async def run_deleted(self, event: dict[str, Any]) -> None:
        """The run is gone."""
        del event
        await self.close(NOT_FOUND)

    async def _catch_up(self) -> None:
        more = True
        while more:
            chunks, more = await database_sync_to_async(run_chunks)(self._run_id, self._next_index - 1)
            for chunk in chunks:
                await self._send_chunk(chunk)

    async def _send_chunk(self, chunk: Chunk) -> None:
        if chunk.last_index < self._next_index:
            return
        text = chunk.text
        if chunk.first_index < self._next_index:
            text = json.dumps(windows_after(text, self._next_index - 1), separators=(",", ":"))
        await self.send(windows_text(text))
        self._next_index = chunk.last_index + 1

    @database_sync_to_async
    def _find(self) -> Run | None:
        runs_mark_interrupted(run_id=self._run_id)
        return runs_of(self.scope["user"]).filter(pk=self._run_id).first()

    async def _keep_looking(self) -> None:
        """Ask ourselves for a look; through the channel, so that it cannot overtake a message."""
        while not self._ended:
            await asyncio.sleep(LOOK_EVERY_S)
            with suppress(ChannelFull):
                await self.channel_layer.send(self.channel_name, {"type": "run.look"})


def _after(query_string: bytes) -> int:
    """The index in ``?after=``; -1, for everything, when it is missing or no number."""
    given = parse_qs(query_string.decode("latin-1")).get("after", [""])[0]
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else -1
