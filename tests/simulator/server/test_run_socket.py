"""The socket of a run, through the product's own ASGI application."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from channels.db import database_sync_to_async
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.utils import timezone

from designer.config.asgi import application
from designer.server import events
from designer.server.document_services import document_read
from designer.server.models import Design, Membership
from designer.server.services import membership_delete
from simulator.server.announce import announce_windows
from simulator.server.chunks import Chunk
from simulator.server.execution import run_execute
from simulator.server.models import Run, RunStatus
from simulator.server.services import run_cancel, run_delete, run_start
from tests.simulator.server.runs import People
from tests.websocket import WebsocketCommunicator

pytestmark = pytest.mark.usefixtures("never")


@pytest.fixture
async def serving() -> AsyncIterator[None]:
    """This test's loop is the one that serves the sockets."""
    events.bind_loop(asyncio.get_running_loop())
    yield
    events.unbind_loop()


@pytest.fixture
def run(orders: Design, people: People) -> Run:
    """A queued run of 20 windows."""
    return run_start(
        design=orders, content=document_read(orders.pk).design, scenario={"duration_s": 20}, user=people.editor
    )


@asynccontextmanager
async def watching(run: Run, user: User | None, query: str = "") -> AsyncIterator[WebsocketCommunicator]:
    """An open socket of the run."""
    headers = [(b"host", b"localhost"), (b"origin", b"http://localhost")]
    if user is not None:
        cookie = await database_sync_to_async(_session_cookie)(user)
        headers.append((b"cookie", cookie.encode()))
    socket = WebsocketCommunicator(application, f"/ws/runs/{run.pk}/{query}", headers=headers)
    connected, _ = await socket.connect(timeout_s=10)
    assert connected
    yield socket
    await socket.disconnect()


def _session_cookie(user: User) -> str:
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    return f"{name}={client.cookies[name].value}"


async def messages_until_end(socket: WebsocketCommunicator) -> list[dict[str, Any]]:
    """Every message up to and with the final status."""
    found: list[dict[str, Any]] = []
    while True:
        message = json.loads(await socket.receive_from(timeout_s=60))
        found.append(message)
        if message["type"] == "status" and message["run"]["finished_at"]:
            return found


def indexes(messages: list[dict[str, Any]]) -> list[int]:
    return [window["index"] for message in messages if message["type"] == "windows" for window in message["windows"]]


async def execute(run: Run) -> None:
    await asyncio.to_thread(_execute, run)


def _execute(run: Run) -> None:
    run_execute(run.pk)
    connection.close()


@pytest.mark.usefixtures("serving")
async def test_several_viewers_see_every_window_once_then_the_summary(run: Run, people: People) -> None:
    async with watching(run, people.editor) as first, watching(run, people.viewer) as second:
        greetings = [json.loads(await socket.receive_from(timeout_s=10)) for socket in (first, second)]
        await execute(run)
        seen = await asyncio.gather(messages_until_end(first), messages_until_end(second))
    assert [greeting["run"]["status"] for greeting in greetings] == ["queued", "queued"]
    for messages in seen:
        assert indexes(messages) == list(range(20))
        assert [message["type"] for message in messages[-2:]] == ["summary", "status"]
        assert messages[-1]["run"]["status"] == "finished"
        assert messages[-2]["summary"]["duration_s"] == 20


@pytest.mark.usefixtures("serving")
async def test_who_comes_after_the_end_gets_everything_once(run: Run, people: People) -> None:
    await execute(run)
    async with watching(run, people.viewer) as socket:
        messages = await messages_until_end(socket)
        assert await socket.receive_nothing()
    assert indexes(messages) == list(range(20))
    assert [message["type"] for message in messages[-2:]] == ["summary", "status"]


@pytest.mark.usefixtures("serving")
async def test_who_has_read_the_past_gets_the_rest(run: Run, people: People) -> None:
    await execute(run)
    async with watching(run, people.viewer, "?after=11") as socket:
        assert indexes(await messages_until_end(socket)) == list(range(12, 20))


@pytest.mark.usefixtures("serving")
async def test_who_comes_in_the_middle_gets_everything_once(
    run: Run, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = asyncio.Event()
    loop = asyncio.get_running_loop()
    told: list[int] = []
    monkeypatch.setattr("simulator.server.chunks.CHUNK_BYTES", 1)

    def announce(run: Run, chunk: Chunk) -> None:
        if chunk.first_index == 8:
            loop.call_soon_threadsafe(late.set)
            assert joined.wait(10)
        told.append(chunk.first_index)
        announce_windows(run, chunk)

    joined = threading.Event()
    monkeypatch.setattr("simulator.server.execution.announce_windows", announce)
    executing = asyncio.create_task(execute(run))
    await late.wait()
    async with watching(run, people.viewer) as socket:
        joined.set()
        messages = await messages_until_end(socket)
    await executing
    assert told == list(range(20))
    assert indexes(messages) == list(range(20))


@pytest.mark.usefixtures("serving")
async def test_windows_whose_message_got_lost_are_made_up_for(
    run: Run, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("simulator.server.chunks.CHUNK_BYTES", 1)

    def announce(run: Run, chunk: Chunk) -> None:
        if chunk.first_index % 3 == 0 or chunk.first_index == 19:
            announce_windows(run, chunk)

    monkeypatch.setattr("simulator.server.execution.announce_windows", announce)
    async with watching(run, people.viewer) as socket:
        await execute(run)
        assert indexes(await messages_until_end(socket)) == list(range(20))


@pytest.mark.usefixtures("serving")
async def test_a_cancelled_queued_run_is_told(run: Run, people: People) -> None:
    async with watching(run, people.viewer) as socket:
        first = json.loads(await socket.receive_from(timeout_s=10))
        await database_sync_to_async(run_cancel)(run=run)
        messages = [first, *await messages_until_end(socket)]
    assert [message["run"]["status"] for message in messages] == ["queued", "cancelled"]


@pytest.mark.usefixtures("serving")
async def test_a_dead_worker_is_noticed_while_watching(
    run: Run, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("simulator.server.consumers.LOOK_EVERY_S", 0.1)
    async with watching(run, people.viewer) as socket:
        silent = timezone.now() - timedelta(seconds=60)
        await Run.objects.filter(pk=run.pk).aupdate(status=RunStatus.RUNNING, claim=run.pk, heartbeat_at=silent)
        assert (await messages_until_end(socket))[-1]["run"]["status"] == "interrupted"


@pytest.mark.usefixtures("serving")
async def test_a_deleted_run_closes_its_sockets(run: Run, people: People) -> None:
    async with watching(run, people.viewer) as socket:
        await socket.receive_from(timeout_s=10)
        await database_sync_to_async(run_delete)(run=run)
        assert await socket.receive_output(timeout_s=10) == {"type": "websocket.close", "code": 4404}


@pytest.mark.usefixtures("serving")
async def test_a_former_member_is_shown_the_door(run: Run, people: People) -> None:
    async with watching(run, people.viewer) as socket:
        await socket.receive_from(timeout_s=10)
        membership = await Membership.objects.aget(user=people.viewer)
        await database_sync_to_async(membership_delete)(membership=membership)
        assert await socket.receive_output(timeout_s=10) == {"type": "websocket.close", "code": 4404}


@pytest.mark.usefixtures("serving")
@pytest.mark.parametrize(("who", "code"), [("stranger", 4404), (None, 4401)])
async def test_strangers_are_turned_away(run: Run, people: People, who: str | None, code: int) -> None:
    user = None if who is None else people.stranger
    async with watching(run, user) as socket:
        assert await socket.receive_output(timeout_s=10) == {"type": "websocket.close", "code": code}


@pytest.mark.usefixtures("serving")
async def test_a_run_that_is_not_there_closes_with_4404(run: Run, people: People) -> None:
    await Run.objects.filter(pk=run.pk).adelete()
    async with watching(run, people.editor) as socket:
        assert await socket.receive_output(timeout_s=10) == {"type": "websocket.close", "code": 4404}


@pytest.mark.usefixtures("serving")
async def test_an_editor_tells_a_run_what_to_do_and_hears_why_not(run: Run, people: People) -> None:
    async with watching(run, people.editor) as socket:
        await socket.receive_from(timeout_s=10)
        await socket.send_to(text_data=json.dumps({"type": "command", "command": {"kind": "load", "factor": -1}}))
        answer = json.loads(await socket.receive_from(timeout_s=10))
        assert (answer["type"], answer["path"]) == ("refused", "command.factor")
        await socket.send_to(text_data="no json")
        await socket.send_to(text_data=json.dumps({"type": "command", "command": {"kind": "load", "factor": 2}}))
        for _ in range(100):
            await database_sync_to_async(run.refresh_from_db)()
            if run.commands:
                break
            await asyncio.sleep(0.02)
        assert run.commands == [{"kind": "load", "factor": 2.0}]


@pytest.mark.usefixtures("serving")
async def test_a_viewer_may_look_but_not_touch(run: Run, people: People) -> None:
    async with watching(run, people.viewer) as socket:
        await socket.receive_from(timeout_s=10)
        await socket.send_to(text_data=json.dumps({"type": "command", "command": {"kind": "pause"}}))
        assert json.loads(await socket.receive_from(timeout_s=10))["type"] == "refused"
        await database_sync_to_async(run.refresh_from_db)()
        assert run.commands == []
