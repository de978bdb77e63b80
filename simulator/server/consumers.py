"""The socket of a run: what is stored already, then what happens, each window once and in order."""

from __future__ import annotations

import asyncio
import json
import uuid
from contextlib import suppress
from functools import partial
from typing import Any, Final
from urllib.parse import parse_qs

from channels.db import database_sync_to_async
from channels.exceptions import ChannelFull
from channels.generic.websocket import AsyncWebsocketConsumer
from django.contrib.auth.base_user import AbstractBaseUser

from designer.server import events
from designer.server.consumers import NOT_FOUND, NOT_SIGNED_IN
from designer.server.models import WRITING_ROLES
from designer.server.selectors import design_role
from simulator.server.announce import run_group, status_text, summary_text, windows_text
from simulator.server.chunks import Chunk, windows_after
from simulator.server.messages import RefusedMessage
from simulator.server.models import Run
from simulator.server.refusals import RunRefusedError
from simulator.server.selectors import run_chunks, runs_of
from simulator.server.services import run_command, runs_mark_interrupted

LOOK_EVERY_S: Final = 5.0
"""How often the socket looks at the row, for what no message tells: a dead worker, a lost message."""


_in_thread = partial(database_sync_to_async, thread_sensitive=False)


class RunConsumer(AsyncWebsocketConsumer):
    """Sends ``status``, ``windows``, ``traces`` and ``summary``; takes ``command`` of those who may edit.

    ``?after=N`` leaves out the windows up to index N. A message that got lost on the way is noticed
    by its missing indexes and made up for from the database.
    """

    _run_id: uuid.UUID
    _next_index = 0
    _ended = False
    _groups: tuple[str, ...] = ()
    _looking: asyncio.Task[None] | None = None

    async def connect(self) -> None:
        """Refuse strangers; catch the others up. A refusal comes after accepting: only so its code can be read."""
        await self.accept()
        events.bind_loop(asyncio.get_running_loop())
        user = self.scope.get("user")
        if user is None or not user.is_authenticated:
            await self.close(NOT_SIGNED_IN)
            return
        self._run_id = self.scope["url_route"]["kwargs"]["run_id"]
        self._next_index = _after(self.scope["query_string"]) + 1
        # First the groups, then the look: what happens in between is told.
        self._groups = (run_group(self._run_id), events.user_group(user.pk))
        for group in self._groups:
            await self.channel_layer.group_add(group, self.channel_name)
        if await self._look():
            self._looking = asyncio.create_task(self._keep_looking())

    async def disconnect(self, code: int) -> None:
        """Leave the run's group."""
        del code
        if self._looking is not None:
            self._looking.cancel()
        for group in self._groups:
            await self.channel_layer.group_discard(group, self.channel_name)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Follow a command, or say why not."""
        del bytes_data
        try:
            message = json.loads(text_data or "")
        except ValueError:
            return
        if not isinstance(message, dict) or message.get("type") != "command":
            return
        refused = await _in_thread(_command)(self.scope["user"], self._run_id, message.get("command"))
        if refused is not None:
            await self.send(json.dumps(refused))

    async def run_look(self, event: dict[str, Any]) -> None:
        """Look again: messages may have got lost."""
        del event
        if not self._ended:
            await self._look()

    async def run_windows(self, event: dict[str, Any]) -> None:
        """Forward a chunk of windows, after those that are missing before it."""
        chunk = Chunk(event["first_index"], event["last_index"], event["text"])
        if chunk.first_index > self._next_index:
            await self._catch_up()
        await self._send_chunk(chunk)

    async def run_traces(self, event: dict[str, Any]) -> None:
        """Forward sampled requests; the summary has its own."""
        if not self._ended:
            await self.send(event["text"])

    async def run_status(self, event: dict[str, Any]) -> None:
        """Forward a status; a final one after everything that belongs before it."""
        if self._ended:
            return
        if event["ended"]:
            await self._look()
        else:
            await self.send(event["text"])

    async def access_changed(self, event: dict[str, Any]) -> None:
        """Somebody changed what this person may see."""
        del event
        if await _in_thread(_find)(self.scope["user"], self._run_id) is None:
            await self.close(NOT_FOUND)

    async def run_deleted(self, event: dict[str, Any]) -> None:
        """The run is gone."""
        del event
        await self.close(NOT_FOUND)

    async def _look(self) -> bool:
        """Send the run's state as it is stored and the windows not yet sent; a final status comes last of all.

        Closes the socket and says False when there is no such run for this person.
        """
        run = await _in_thread(_find)(self.scope["user"], self._run_id)
        if run is None:
            await self.close(NOT_FOUND)
            return False
        if run.is_active:
            await self.send(status_text(run))
        await self._catch_up()
        if not run.is_active:
            if run.summary is not None:
                await self.send(summary_text(run.summary))
            await self.send(status_text(run))
            self._ended = True
        return True

    async def _catch_up(self) -> None:
        more = True
        while more:
            chunks, more = await _in_thread(run_chunks)(self._run_id, self._next_index - 1)
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

    async def _keep_looking(self) -> None:
        """Ask ourselves for a look; through the channel, so that it cannot overtake a message."""
        while not self._ended:
            await asyncio.sleep(LOOK_EVERY_S)
            with suppress(ChannelFull):
                await self.channel_layer.send(self.channel_name, {"type": "run.look"})


def _find(user: AbstractBaseUser, run_id: uuid.UUID) -> Run | None:
    runs_mark_interrupted(run_id=run_id)
    return runs_of(user).filter(pk=run_id).first()


def _command(user: AbstractBaseUser, run_id: uuid.UUID, command: object) -> RefusedMessage | None:
    run = runs_of(user).filter(pk=run_id).first()
    if run is None or design_role(user, run.design_id) not in WRITING_ROLES:
        return {"type": "refused", "error": "You may look at this run but not change it.", "path": ""}
    try:
        run_command(run_id=run_id, command=command)
    except RunRefusedError as refused:
        return {"type": "refused", "error": str(refused), "path": refused.path}
    return None


def _after(query_string: bytes) -> int:
    """The index in ``?after=``; -1, for everything, when it is missing or no number."""
    given = parse_qs(query_string.decode("latin-1")).get("after", [""])[0]
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else -1
