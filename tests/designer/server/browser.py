"""A browser as far as the server can tell: a session cookie, a Yjs document, y-websocket's manners."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from pycrdt import Doc, Map

from designer.config.asgi import application
from designer.domain.graph.model import Design as DesignValue
from designer.server import y_protocol
from designer.server.document_services import document_read
from designer.server.models import Design
from tests.websocket import WebsocketCommunicator

ORIGIN = "http://testserver"
Maps = dict[str, Map[Any]]


def add_node(node_id: str, label: str = "added") -> Callable[[Mapping[str, Map[Any]]], None]:
    """An edit that puts a function on the canvas."""

    def change(maps: Mapping[str, Map[Any]]) -> None:
        maps["nodes"][node_id] = Map({"service": "lambda", "label": label, "parameters": Map({"memory_mb": 512})})
        maps["positions"][node_id] = {"x": 5, "y": 6}

    return change


def remove_node(node_id: str) -> Callable[[Mapping[str, Map[Any]]], None]:
    """An edit that takes a node away, and nothing else."""

    def change(maps: Mapping[str, Map[Any]]) -> None:
        del maps["nodes"][node_id]

    return change


async def stored(design: Design) -> DesignValue:
    """The design as it is stored."""
    return (await sync_to_async(document_read)(design.pk)).design


def session_cookie(user: User) -> str:
    """The Cookie header of a signed-in person."""
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    return f"{name}={client.cookies[name].value}"


def socket(path: str, *, cookie: str = "", origin: str = ORIGIN, host: str = "testserver") -> WebsocketCommunicator:
    """A websocket to the real application, not yet connected."""
    headers = [(b"host", host.encode()), (b"cookie", cookie.encode())]
    if origin:
        headers.append((b"origin", origin.encode()))
    return WebsocketCommunicator(application, path, headers=headers)


async def closed_with(communicator: WebsocketCommunicator) -> int:
    """The close code of a socket that is opened and then closed by the server."""
    await communicator.connect()
    while True:
        message = await communicator.receive_output(5)
        if message["type"] == "websocket.close":
            return int(message["code"])


class Browser:
    """One open design in one browser."""

    def __init__(self, communicator: WebsocketCommunicator) -> None:
        self.socket = communicator
        self.cookie = ""
        self.doc: Doc[Any] = Doc()
        self.maps: Maps = {
            name: self.doc.get(name, type=Map)
            for name in ("meta", "nodes", "positions", "edges", "groups", "notes", "scenarios")
        }
        self.sent = 0
        self.stored = 0
        self.presence: list[bytes] = []
        self.denied: list[str] = []
        self.closed: int | None = None
        self._outgoing: list[bytes] = []
        self._from_server = False
        self._subscription = self.doc.observe(self._changed)
        self._reader: asyncio.Task[None] | None = None
        self._synced = asyncio.Event()
        self._heard = asyncio.Event()

    @classmethod
    async def open(cls, user: User, design_id: uuid.UUID, doc: Doc[Any] | None = None) -> Browser:
        """Open the design as the person and wait until it is here; ``doc`` is what a page had before."""
        cookie = await sync_to_async(session_cookie)(user)
        browser = cls(socket(f"/ws/designs/{design_id}/document/", cookie=cookie))
        browser.cookie = cookie
        if doc is not None:
            browser.doc.apply_update(doc.get_update())
            browser._outgoing.clear()
        await browser.connect()
        return browser

    async def connect(self) -> None:
        """Connect and sync."""
        connected, _ = await self.socket.connect(5)
        assert connected
        self._reader = asyncio.create_task(self._read())
        await self.socket.send_to(bytes_data=y_protocol.sync_step_1(self.doc.get_state()))
        await asyncio.wait_for(self._synced.wait(), 5)

    async def edit(self, change: Callable[[Maps], None]) -> None:
        """Change the document and send the change; returns before it is stored."""
        with self.doc.transaction():
            change(self.maps)
        for update in self._outgoing:
            await self.send(y_protocol.document_update(update))
        self._outgoing.clear()

    async def send(self, frame: bytes) -> None:
        """Send a frame, counting it as y-websocket's counterpart in the browser does."""
        if frame[:2] == b"\x00\x02" or (frame[:2] == b"\x00\x01" and len(frame) > 5):
            self.sent += 1
        await self.socket.send_to(bytes_data=frame)

    async def saved(self) -> None:
        """Wait until everything that was sent has been stored."""
        await self.until(lambda: self.stored >= self.sent)

    async def until(self, condition: Callable[[], bool], timeout_s: float = 5) -> None:
        """Wait until what the server sends makes the condition true."""

        async def wait() -> None:
            while not condition():
                self._heard.clear()
                await self._heard.wait()

        try:
            await asyncio.wait_for(wait(), timeout_s)
        except TimeoutError:
            raise AssertionError(f"not within {timeout_s} s; document: {self.content()}") from None

    def content(self) -> dict[str, Any]:
        """The document as plain values."""
        return {name: item.to_py() for name, item in self.maps.items()}

    async def close(self) -> None:
        """Leave."""
        if self._reader is not None:
            self._reader.cancel()
            await asyncio.gather(self._reader, return_exceptions=True)
        await self.socket.disconnect()

    async def _read(self) -> None:
        while True:
            message = await self.socket.next_output()
            if message["type"] == "websocket.close":
                self.closed = message["code"]
                self._heard.set()
                return
            await self._handle(message["bytes"])
            self._heard.set()

    async def _handle(self, frame: bytes) -> None:
        reader = y_protocol.Reader(frame)
        match reader.number():
            case y_protocol.SYNC:
                kind, content = reader.number(), reader.block()
                if kind == y_protocol.SYNC_STEP_1:
                    await self.send(y_protocol.sync_step_2(self.doc.get_update(content)))
                else:
                    self._from_server = True
                    self.doc.apply_update(content)
                    self._from_server = False
                    if kind == y_protocol.SYNC_STEP_2:
                        self._synced.set()
            case y_protocol.AWARENESS:
                self.presence.append(reader.block())
            case y_protocol.AUTH:
                reader.number()
                self.denied.append(reader.text())
            case y_protocol.STORED:
                self.stored = reader.number()

    def _changed(self, event: Any) -> None:
        if not self._from_server:
            self._outgoing.append(event.update)


class Events:
    """The events socket of one open design."""

    def __init__(self, communicator: WebsocketCommunicator) -> None:
        self.socket = communicator

    @classmethod
    async def open(cls, user: User, design_id: uuid.UUID) -> Events:
        """Open the socket as the person."""
        cookie = await sync_to_async(session_cookie)(user)
        events = cls(socket(f"/ws/designs/{design_id}/events/", cookie=cookie))
        connected, _ = await events.socket.connect(5)
        assert connected
        return events

    async def next(self, kind: str = "", timeout_s: float = 5) -> dict[str, Any]:
        """The next message, of that type if one is given."""
        while True:
            message: dict[str, Any] = json.loads(await self.socket.receive_from(timeout_s))
            if kind in ("", message["type"]):
                return message

    async def close(self) -> None:
        """Leave."""
        await self.socket.disconnect()
